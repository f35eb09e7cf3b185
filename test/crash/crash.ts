// npm run crash [-- --seed N] [--kills N] [--store sqlite|mongodb] [--people N] [--stages N] [--json]
// The real command killed again and again while people tell cases on three platforms: what was lost, by name. Exit code 1
// on any loss, with the seed that makes the same people, words and instants.
import { parseArgs } from 'node:util';
import { openEngine } from '../support/engine.ts';
import { chanceOf } from './chance.ts';
import { LOSSES, type Verdict } from './oracle.ts';
import { play } from './stage.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    kills: { type: 'string', default: '200' },
    store: { type: 'string', default: 'both' },
    people: { type: 'string', default: '2' },
    stages: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const [kills, people, stages] = [Number(values.kills), Number(values.people), Number(values.stages)];
const say = (line: string): void => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);

/** Several stages at once, each with its own part of the kills, so that a start of one is the talk of another. */
async function on(store: 'sqlite' | 'mongodb'): Promise<Verdict & { losses: string[] }> {
  const chance = chanceOf(seed).of(store);
  const engines = await Promise.all(
    Array.from({ length: stages }, () => (store === 'mongodb' ? openEngine() : undefined)),
  );
  const began = Date.now();
  const verdicts = await Promise.all(
    engines.map((engine, i) =>
      play({
        ...{ chance: chance.of(`stage ${i}`), name: `stage ${i}`, people },
        kills: Math.floor(kills / stages) + (i < kills % stages ? 1 : 0),
        ...(engine ? { mongoUri: engine.uri } : {}),
      }),
    ),
  );
  await Promise.all(engines.map((engine) => engine?.close()));
  const all = sum(verdicts);
  return { ...all, seconds: Math.round((Date.now() - began) / 1_000) };
}

function sum(verdicts: (Verdict & { losses: string[] })[]): Verdict & { losses: string[] } {
  return verdicts.reduce((all, one) => {
    const figures = Object.entries(one).map(([name, value]) => [
      name,
      typeof value === 'number' ? value + Number(all[name as keyof Verdict]) : [...all.losses, ...one.losses],
    ]);
    return Object.fromEntries(figures) as Verdict & { losses: string[] };
  });
}

const stores = (['sqlite', 'mongodb'] as const).filter((one) => values.store === 'both' || values.store === one);
const byStore: Record<string, Verdict> = {};
const losses: string[] = [];
for (const store of stores) {
  const { losses: found, ...verdict } = await on(store);
  byStore[store] = verdict;
  losses.push(...found.map((loss) => `${store}: ${loss}`));
  const {
    kills: killed,
    cases,
    words,
    announcements,
    clicks_repeated,
    greetings_repeated,
    announcements_repeated,
    seconds,
  } = verdict;
  say(`${store}: ${killed} kills in ${seconds} s; ${cases} cases of ${words} messages, ${announcements} announcements`);
  say(`  ${LOSSES.map((name) => `${name} ${verdict[name]}`).join(', ')}`);
  say(
    `  clicks and greetings that died with the process ${clicks_repeated} and ${greetings_repeated}, second copies in Telegram and Slack ${announcements_repeated}`,
  );
}
for (const loss of losses) say(loss);
const total = sum(Object.values(byStore).map((verdict) => ({ ...verdict, losses: [] })));
const isLost = LOSSES.some((name) => total[name] > 0);
say(isLost ? `Lost. Again: npm run crash -- --seed ${seed} --kills ${kills}` : `Nothing lost. The seed was ${seed}.`);
if (values.json) {
  const { losses: _, ...figures } = total;
  process.stdout.write(`${JSON.stringify({ ...figures, seed, stores: byStore }, null, 2)}\n`);
}
process.exitCode = isLost ? 1 : 0;

// A stage: three platforms of our own, people on each, a store, and the real command between them, killed again and again
// at instants that chance chooses, and started again at once.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../adapters/index.ts';
import type { Practice } from '../../src/model.ts';
import { botOf } from '../support/bot.ts';
import { TOKEN as DISCORD_TOKEN, openDiscord } from '../support/discord.ts';
import { APP_TOKEN, BOT_TOKEN, openSlack } from '../support/slack.ts';
import { openTelegram, TOKEN } from '../support/telegram.ts';
import type { Chance } from './chance.ts';
import { inDiscord, inSlack, inTelegram } from './chats.ts';
import { type Evidence, judge, type Verdict } from './oracle.ts';
import { type Chat, live } from './people.ts';

const FLOW = join(import.meta.dirname, '../../flows/territorial-governance/flow.yaml');
const GROUP = '-100777';
const DESK = 'C0STAFF';
/** Milliseconds within which something comes after all, also what a dead process had in hand. */
const PATIENCE = 60_000;

export interface Setting {
  chance: Chance;
  name: string;
  /** Of MongoDB; absent: SQLite. */
  mongoUri?: string;
  kills: number;
  /** On each platform. */
  people: number;
}

export async function play({
  chance,
  name,
  mongoUri,
  kills,
  people,
}: Setting): Promise<Verdict & { losses: string[] }> {
  const began = Date.now();
  const [telegram, slack, discord] = await Promise.all([openTelegram(), openSlack(), openDiscord()]);
  slack.channels.set(DESK, {});
  // Slack repeats an event for some five minutes: here, for a minute of shorter pauses.
  slack.tries = 600;
  // As the real one has it: on a busy machine shorter ones would be missed, and the connection given up.
  discord.beat = 41_250;
  const room = discord.channel(0);
  const data = mkdtempSync(join(tmpdir(), 'recueil-killed-'));
  const flow = join(data, 'flow.yaml');
  // The same questions, with no quiet hours.
  writeFileSync(flow, readFileSync(FLOW, 'utf8').replace(/quiet: .*/, 'quiet: { from: 0, until: 0 }'));
  const bot = botOf({
    ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: telegram.root, DATA_DIR: data, FLOW_FILE: flow },
    ...{ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: slack.api },
    ...{ DISCORD_BOT_TOKEN: DISCORD_TOKEN, DISCORD_API_URL: discord.api },
    ...{ STAFF_TO: `telegram:${GROUP},slack:${DESK},discord:${room}`, PAUSE_MS: '100', LOG_LEVEL: 'warn' },
    ...(mongoUri === undefined ? {} : { MONGODB_URI: mongoUri }),
  });
  const announced = (): Evidence['announced'] => ({
    telegram: counted(telegram.said.filter(({ chat }) => chat === GROUP)),
    slack: counted(slack.said.filter(({ channel, thread }) => channel === DESK && thread === undefined)),
    discord: counted(discord.said.filter(({ channel }) => channel === room)),
  });

  /** Some milliseconds after somebody's next word: while it is saved, acknowledged or answered. */
  let spoken = Promise.withResolvers<void>();
  async function wordThen(ms: number): Promise<void> {
    await Promise.race([spoken.promise, sleep(5_000)]);
    await sleep(ms);
  }
  const overheard = (chat: Chat): Chat => ({
    ...chat,
    says(text) {
      spoken.resolve();
      spoken = Promise.withResolvers();
      return chat.says(text);
    },
  });

  let killing = true;
  async function killAgainAndAgain(): Promise<void> {
    const when = chance.of(`${name} kills`);
    /** Milliseconds that a start takes, as the last whole one took. */
    let start = 1_500;
    for (let count = 0; count < kills; count++) {
      const from = Date.now();
      const listening = bot.start();
      listening.catch(() => undefined);
      if (when.happens(0.15)) await sleep(when.below(start));
      else {
        await listening;
        start = Date.now() - from;
        await (when.happens(0.5) ? sleep(when.below(1_500)) : wordThen(when.below(150)));
      }
      await bot.kill('SIGKILL');
    }
    killing = false;
    await bot.start();
  }

  try {
    const chats = Array.from({ length: people }, (_, i) => [
      inTelegram(telegram, `Camille ${i}`),
      inSlack(slack, `Dominique ${i}`),
      inDiscord(discord, `Noor ${i}`),
    ]).flat();
    const lives = chats.map((chat, i) => {
      const who = `${chat.platform}${i}`;
      return live(overheard(chat), { chance: chance.of(who), name: who, goesOn: () => killing, patience: PATIENCE });
    });
    await killAgainAndAgain();
    const diaries = await Promise.all(lives);
    const ids = diaries.flatMap(({ cases }) => cases.flatMap(({ id }) => id ?? []));
    const isAnnounced = () => Object.values(announced()).every((place) => ids.every((id) => place.has(id)));
    for (const end = Date.now() + PATIENCE; !isAnnounced() && Date.now() < end; ) await sleep(200);
    await bot.kill('SIGTERM');
    const store = await openStore(mongoUri, data);
    const practices: Practice[] = [];
    for await (const practice of store.practices()) practices.push(practice);
    await store.close();
    const faults = bot.printed().split('"level":50').length - 1;
    const findings = judge({ diaries, practices, announced: announced() });
    if (faults > 0)
      findings.losses.push(
        ...bot
          .printed()
          .split('\n')
          .filter((line) => line.includes('"level":50'))
          .slice(0, 5),
      );
    return { kills, ...findings, faults, seconds: Math.round((Date.now() - began) / 1_000) };
  } finally {
    await bot.kill('SIGKILL');
    await Promise.all([telegram.stop(), slack.stop(), discord.stop()]);
    rmSync(data, { recursive: true, force: true });
  }
}

/** How many messages begin the announcement of each case. */
function counted(said: { text: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of said) {
    const id = /Nouveau récit ([0-9A-Z]{5}-[0-9A-Z]{5})/.exec(text)?.[1];
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

// One story over all platforms, with the real command and the real libraries: told in Telegram by a volunteer, taken up in
// Slack and in Discord at once, asked about, answered, accepted and used. Then again, the process killed in every step.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Practice } from '../src/model.ts';
import { type Bot, botOf } from './support/bot.ts';
import { TOKEN as DISCORD_TOKEN, type Discord, openDiscord } from './support/discord.ts';
import { run } from './support/run.ts';
import { APP_TOKEN, BOT_TOKEN, openSlack, type Slack } from './support/slack.ts';
import { personIn } from './support/slack-people.ts';
import { openTelegram, type Telegram, TOKEN } from './support/telegram.ts';

const FLOW = join(import.meta.dirname, '../flows/territorial-governance/flow.yaml');
const DESK = 'C0STAFF';
const ANSWERS = [
  'Le quartier des Tilleuls, à Valbrume',
  'La mairie prête une salle, une association anime',
  'Un comité se réunit chaque trimestre',
  'Beaucoup de personnes sont venues cette année',
  'Une personne payée pour coordonner',
];
/** What only the team may read. */
const TALK = ['cet auteur est confus', 'on en parle à midi'];

interface Stage {
  telegram: Telegram;
  slack: Slack;
  discord: Discord;
  room: string;
  bot: Bot;
  practice(): Promise<Practice | undefined>;
  close(): Promise<void>;
}

async function open(): Promise<Stage> {
  const [telegram, slack, discord] = await Promise.all([openTelegram(), openSlack(), openDiscord()]);
  slack.channels.set(DESK, {});
  const room = discord.channel(0);
  const data = mkdtempSync(join(tmpdir(), 'recueil-story-'));
  const flow = join(data, 'flow.yaml');
  // The same questions, with no quiet hours: the story may be told by night.
  writeFileSync(flow, readFileSync(FLOW, 'utf8').replace(/quiet: .*/, 'quiet: { from: 0, until: 0 }'));
  const environment = {
    ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: telegram.root, DATA_DIR: data, FLOW_FILE: flow },
    ...{ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: slack.api },
    ...{ DISCORD_BOT_TOKEN: DISCORD_TOKEN, DISCORD_API_URL: discord.api },
    STAFF_TO: `slack:${DESK}?lang=fr,discord:${room}?lang=fr`,
  };
  const bot = botOf(environment);
  return {
    ...{ telegram, slack, discord, room, bot },
    async practice() {
      const { out } = await run(['practices', '--json'], environment);
      return (JSON.parse(out) as Practice[])[0];
    },
    async close() {
      await bot.kill('SIGKILL');
      await Promise.all([telegram.stop(), slack.stop(), discord.stop()]);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function comes(look: () => boolean, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (!look()) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

/** A step of the story: what somebody does, and the sign that it has come. */
interface Step {
  what: string;
  act(): Promise<unknown>;
  sign(): boolean;
}

/** Plays the whole; with `deadly`, the process dies in the midst of every step and another goes on. */
async function play(stage: Stage, deadly: boolean): Promise<void> {
  const { telegram, slack, discord, room, bot } = stage;
  await bot.start();
  const author = telegram.person();
  const [alix, noor] = [personIn(slack, 'Alix'), discord.person('Noor')];
  const heard = (sign: RegExp) => telegram.said.some(({ chat, text }) => chat === String(author.id) && sign.test(text));
  const inSlack = (sign: RegExp) => slack.said.some(({ channel, text }) => channel === DESK && sign.test(text));
  const inDiscord = (sign: RegExp) => discord.said.some(({ text }) => sign.test(text));
  const both = (sign: RegExp) => inSlack(sign) && inDiscord(sign);
  const card = () => slack.said.find(({ channel, thread }) => channel === DESK && thread === undefined);

  const steps: Step[] = [
    { what: 'greets', act: () => author.says('/start'), sign: () => heard(/Acceptez-vous/) },
    { what: 'accepts', act: () => author.says('1'), sign: () => heard(/Question 1\/5/) },
    ...ANSWERS.map((text, i) => ({
      what: `answers ${i + 1}`,
      act: () => author.says(text),
      sign: () => heard(i < 4 ? new RegExp(`Question ${i + 2}/5`) : /Tout est juste/),
    })),
    { what: 'sends', act: () => author.says('1'), sign: () => heard(/Son numéro est/) && both(/Nouveau récit/) },
    {
      what: 'two take it at once',
      act: () => Promise.allSettled([alix.presses('Prendre', DESK), noor.presses('Prendre', room)]),
      sign: () => both(/suivi par/),
    },
    {
      what: 'one answer is asked back',
      act: () => alix.presses('Faire préciser', DESK),
      sign: () => inSlack(/Quelle réponse faire préciser/),
    },
    {
      what: 'the question',
      async act() {
        await alix.presses('Bonne pratique', DESK);
        await alix.submits({ text: 'Combien de personnes, à peu près ?' });
      },
      sign: () => heard(/Combien de personnes, à peu près/) && both(/L’auteur l’a reçue/),
    },
    {
      what: 'the answer in two messages, an old button between, while the team talks',
      async act() {
        await author.says('Environ cent vingt personnes');
        await author.presses(/Pourquoi/).catch(() => undefined);
        await alix.answers(card()?.ts ?? '', TALK[0] ?? '', DESK);
        await noor.saysIn(room, TALK[1] ?? '');
        await author.says('dont la moitié revient aider');
      },
      sign: () => heard(/Que faire de ces mots[\s\S]*cent vingt[\s\S]*dont la moitié/),
    },
    {
      what: 'replaces',
      act: () => author.says('Remplacer ma réponse'),
      sign: () => both(/dont la moitié revient aider/),
    },
    {
      what: 'accepts the case',
      act: () => noor.presses('Accepter', room),
      sign: () => heard(/est accepté/) && both(/Accepté/),
    },
    {
      what: 'uses it',
      async act() {
        await alix.presses('Utilisé dans un rapport', DESK);
        await alix.submits({ report: 'Rapport de printemps', quotation: 'Un comité se réunit chaque trimestre' });
      },
      sign: () => heard(/est utilisé[\s\S]*Rapport de printemps[\s\S]*Un comité/) && both(/Utilisé dans/),
    },
  ];
  for (const { what, act, sign } of steps) {
    await act();
    if (deadly) {
      await bot.kill('SIGKILL');
      await bot.start();
    }
    // A click that died with the process is not delivered again: people press once more.
    if (await comes(sign, deadly ? 6_000 : 20_000)) continue;
    assert.ok(deadly, `never came: ${what}\n${telegram.said.at(-1)?.text}\n${card()?.text}`);
    await act();
    assert.ok(await comes(sign, 20_000), `never came, even after a second try: ${what}`);
  }
}

async function end(stage: Stage): Promise<void> {
  const practice = await stage.practice();
  assert.equal(practice?.state, 'used');
  assert.equal(practice.answers['evidence']?.text, 'Environ cent vingt personnes\ndont la moitié revient aider');
  assert.deepEqual(
    practice.order.filter((key) => key !== 'evidence').map((key) => practice.answers[key]?.text),
    ANSWERS.filter((_, i) => i !== 3),
  );
  assert.equal(practice.history.filter(({ what }) => what === 'taken').length, 1);
  assert.deepEqual(
    practice.uses?.map(({ report, quotation }) => [report, quotation]),
    [['Rapport de printemps', 'Un comité se réunit chaque trimestre']],
  );
  const toAuthor = stage.telegram.said.map(({ text }) => text).join('\n');
  for (const words of [...TALK, 'Alix', 'Noor']) assert.ok(!toAuthor.includes(words), `“${words}” reached the author`);
  const loser = practice.holder?.name === 'Alix' ? 'Noor' : 'Alix';
  const staff = [...stage.slack.said, ...stage.discord.said].map(({ text }) => text).join('\n');
  assert.match(staff, new RegExp(`${loser}, ce récit est déjà suivi par ${practice.holder?.name}`));
  assert.doesNotMatch(stage.bot.printed(), /Tilleuls|cent vingt|Alix|confus/);
}

for (const deadly of [false, true]) {
  test(`the story from the volunteer to the report${deadly ? ', killed in every step' : ''}`, async () => {
    const stage = await open();
    try {
      await play(stage, deadly);
      await end(stage);
    } finally {
      await stage.close();
    }
  });
}

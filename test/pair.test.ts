// Two processes of one configuration on one MongoDB: one polls Telegram and holds Discord's gateway, the other stands by and
// takes over when it is killed; nothing is lost, and the one that comes back stands by in its turn.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openMongo } from '../adapters/stores/mongo/index.ts';
import { botOf } from './support/bot.ts';
import { TOKEN as DISCORD_TOKEN, openDiscord } from './support/discord.ts';
import { openEngine } from './support/engine.ts';
import { APP_TOKEN, BOT_TOKEN, openSlack } from './support/slack.ts';
import { personIn } from './support/slack-people.ts';
import { openTelegram, TOKEN } from './support/telegram.ts';

const FLOW = join(import.meta.dirname, '../flows/territorial-governance/flow.yaml');
const ANSWERS = [
  'Le quartier des Tilleuls, à Valbrume',
  'La mairie prête une salle, une association anime',
  'Un comité se réunit chaque trimestre',
  'Environ quatre-vingts personnes par an',
  'Une personne payée pour coordonner',
];

test('two processes on one store: one listens where only one may, and the other takes over', async (t) => {
  const engine = await openEngine();
  const [telegram, slack, discord] = await Promise.all([openTelegram(), openSlack(), openDiscord()]);
  const data = mkdtempSync(join(tmpdir(), 'recueil-pair-'));
  const flow = join(data, 'flow.yaml');
  writeFileSync(flow, readFileSync(FLOW, 'utf8').replace(/quiet: .*/, 'quiet: { from: 0, until: 0 }'));
  const room = discord.channel(0);
  const environment = {
    ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: telegram.root, FLOW_FILE: flow, MONGODB_URI: engine.uri },
    ...{ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: slack.api },
    ...{ DISCORD_BOT_TOKEN: DISCORD_TOKEN, DISCORD_API_URL: discord.api, STAFF_TO: `discord:${room}` },
  };
  const [one, two] = [botOf(environment), botOf(environment)];
  t.after(async () => {
    await Promise.all([one.kill('SIGKILL'), two.kill('SIGKILL')]);
    await Promise.all([telegram.stop(), slack.stop(), discord.stop()]);
    await engine.close();
    rmSync(data, { recursive: true, force: true });
  });
  await one.start();
  await two.start();
  assert.equal(discord.identified.length, 1);
  assert.equal(slack.links.open, 2);

  const authors = [telegram.person(), discord.person(), personIn(slack)];
  const tell = (texts: [string, RegExp][]) =>
    Promise.all(
      authors.map(async (author) => {
        for (const [text, sign] of texts) {
          await author.says(text);
          await author.hears(sign);
        }
      }),
    );
  const [first = '', second = '', third = '', ...others] = ANSWERS;
  await tell([
    ['bonjour', /Acceptez-vous/],
    ['1', /Question 1\/5/],
    [first, /Question 2\/5/],
  ]);
  await one.kill('SIGKILL');
  const killed = Date.now();
  await tell([[second, /Question 3\/5/]]);
  t.diagnostic(`all answered ${Date.now() - killed} ms after the kill`);
  assert.equal(discord.identified.length, 2);
  // It comes back, and stands by.
  await one.start();
  await tell([[third, /Question 4\/5/]]);
  assert.equal(discord.identified.length, 2);
  // The one at work is asked to stop: the other follows at once.
  assert.equal(await two.kill('SIGTERM'), 0);
  await tell([
    ...others.map((text, i): [string, RegExp] => [text, i === 0 ? /Question 5\/5/ : /Tout est juste/]),
    ['1', /Son numéro est/],
  ]);
  assert.equal(discord.identified.length, 3);
  assert.equal(telegram.waits.most, 1, 'nobody polls beside another');

  const store = await openMongo(engine.uri);
  const told: string[][] = [];
  for await (const { answers, order } of store.practices()) told.push(order.map((key) => answers[key]?.text ?? ''));
  await store.close();
  assert.deepEqual(told, [ANSWERS, ANSWERS, ANSWERS]);
});

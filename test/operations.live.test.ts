// The real command as an operator meets it: ready or not, watched, and stopped in the middle of its work.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bot, botOf, freePort } from './support/bot.ts';
import { openTelegram, type Person, type Telegram, TOKEN } from './support/telegram.ts';

const folder = mkdtempSync(join(tmpdir(), 'recueil-operations-'));
let running: { bot: Bot; telegram: Telegram }[] = [];
afterEach(async () => {
  for (const { bot, telegram } of running) {
    await bot.kill('SIGKILL');
    await telegram.stop();
  }
  running = [];
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function world(more: Record<string, string> = {}) {
  const telegram = await openTelegram();
  const port = await freePort();
  const root = `http://127.0.0.1:${port}`;
  const own = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: telegram.root, PORT: String(port), HOST: '127.0.0.1' };
  const bot = botOf({ ...own, DATA_DIR: mkdtempSync(join(folder, 'data-')), LOG_LEVEL: 'trace', ...more });
  running.push({ bot, telegram });
  const ask = async (path: string) => {
    const answer = await fetch(root + path).catch(() => undefined);
    return answer ? `${answer.status} ${await answer.text()}` : 'closed';
  };
  const until = async (path: string, sign: string) => {
    for (const deadline = Date.now() + 20_000; ; await sleep(20)) {
      const said = await ask(path);
      if (said.startsWith(sign)) return;
      assert.ok(Date.now() < deadline, `${path}: ${said}\n${bot.printed()}`);
    }
  };
  return { telegram, bot, ask, until };
}

const ANSWER = 'Au quartier des Tilleuls, la mairie et douze bénévoles tiennent une permanence';

async function begin(person: Person): Promise<void> {
  await person.says('/start');
  await person.hears(/Acceptez-vous/);
  await person.presses('J’accepte');
  await person.hears(/Question 1\/5/);
}

test('ready once Telegram has let it begin, watched meanwhile, and neither metrics nor log tell of anybody', async () => {
  const { telegram, bot, ask, until } = await world();
  telegram.fail('getMe', { status: 502 }, { pause: 500 });
  const starting = bot.start();
  await until('/readyz', '503 starting: waiting for telegram');
  assert.equal(await ask('/healthz'), '200 ok');
  await starting;
  assert.equal(await ask('/readyz'), '200 ready');
  const person = telegram.person('Zéphyrine');
  await begin(person);
  await person.says(ANSWER);
  await person.hears(/Question 2\/5/);
  telegram.fail('sendMessage', { status: 502 });
  await person.says('La mairie et deux associations');
  await person.hears(/Question 3\/5/);
  const metrics = await ask('/metrics');
  assert.match(metrics, /^recueil_deliveries_total\{channel="telegram",state="sent"\} [4-9]$/m);
  assert.match(metrics, /^recueil_deliveries_total\{channel="telegram",state="retried"\} 1$/m);
  assert.match(metrics, /^recueil_drafts_open 1$/m);
  assert.equal(await bot.kill('SIGTERM'), 0);
  const lines = bot
    .printed()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const messages = told.map(({ msg }) => msg);
  for (const one of ['started', 'listening', 'a message did not go out', 'asked to stop', 'stopped']) {
    assert.ok(messages.includes(one), `${one}: ${messages.join(', ')}`);
  }
  const undelivered = told.find(({ msg }) => msg === 'a message did not go out');
  assert.deepEqual(Object.keys(undelivered ?? {}), ['level', 'time', 'kind', 'id', 'channel', 'outcome', 'msg']);
  assert.match(String(undelivered?.['id']), /^[\w-]{22}$/);
  for (const text of [metrics, bot.printed()]) {
    for (const secret of ['Zéphyrine', String(person.id), TOKEN.slice(10), 'Tilleuls', 'associations']) {
      assert.ok(!text.includes(secret), secret);
    }
  }
});

test('asked to stop under load, it ends what is in hand, exits 0, and no word is lost', async () => {
  const { telegram, bot } = await world();
  await bot.start();
  const people = Array.from({ length: 12 }, () => telegram.person());
  await Promise.all(people.map(begin));
  const talking = people.map((person, i) => person.says(`${ANSWER} ${i}`));
  await sleep(60);
  const began = performance.now();
  assert.equal(await bot.kill('SIGTERM'), 0);
  assert.ok(performance.now() - began < 10_000);
  assert.doesNotMatch(bot.printed(), /not all work in hand|a turn failed/);
  await Promise.all(talking);
  await bot.start();
  for (const [i, person] of people.entries()) {
    await person.hears(/Question 2\/5/);
    await person.says('/modifier 1');
    await person.hears(new RegExp(`bénévoles tiennent une permanence ${i}\\b`));
  }
});

/** A bot with an answer on its way that Telegram takes its time with. */
async function busy(more: Record<string, string>) {
  const w = await world(more);
  const { telegram, bot } = w;
  await bot.start();
  const person = telegram.person();
  await begin(person);
  telegram.fail('sendMessage', { pause: 15_000 });
  const calls = () => telegram.calls.filter(({ method }) => method === 'sendMessage').length;
  const before = calls();
  await person.says(ANSWER);
  while (calls() === before) await sleep(20);
  return { ...w, person };
}

test('work that does not end in time is left, which is said; it is taken up at the next start', async () => {
  const { bot, until, person } = await busy({ STOP_SECONDS: '1' });
  const began = performance.now();
  const ended = bot.kill('SIGTERM');
  await until('/readyz', '503 stopping');
  assert.equal(await ended, 0);
  assert.ok(performance.now() - began < 5_000);
  assert.match(bot.printed(), /not all work in hand could be ended/);
  await bot.start();
  await person.hears(/Question 2\/5/);
});

test('a second signal ends it at once, as a shell tells of it', async () => {
  const { bot, until } = await busy({ STOP_SECONDS: '60' });
  void bot.kill('SIGINT');
  await until('/readyz', '503 stopping');
  assert.equal(await bot.kill('SIGTERM'), 143);
});

// What comes in from Telegram, with the real grammY: what is confirmed and when, by polling and by webhook.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openHttp } from '../src/http.ts';
import { begin } from './support/begin.ts';
import type { Telegram } from './support/telegram.ts';
import { confirmed, intakeOf, STAFF, text, until, world } from './support/telegram-channel.ts';

describe('fetching messages', () => {
  const FAULTS: [string, Parameters<Telegram['fail']>[1], RegExp][] = [
    ['another program fetches', { status: 409 }, /^error another program receives this bot’s messages/],
    ['a token is revoked', { status: 401 }, /^error Telegram refuses the token/],
    ['Telegram is down', { status: 502 }, /^warn Telegram has trouble answering/],
    [
      'there is too much',
      { status: 429, body: { parameters: { retry_after: 1 } } },
      /^warn Telegram asks to slow down/,
    ],
    ['the network is lost', { cut: 'before' }, /^warn Telegram cannot be reached/],
  ];
  for (const [what, fault, line] of FAULTS) {
    test(`goes on when ${what}, with one clear line`, { timeout: 90_000 }, async (t) => {
      const w = await world();
      w.telegram.fail('getUpdates', fault);
      await w.start();
      await until(() => w.lines.length > 0, 'a line');
      assert.match(w.lines[0] ?? '', line);
      assert.doesNotMatch(w.lines.join(), /AAtest/);
      // Those that only people can mend are asked again after a quarter of a minute or a whole one: too long for a test.
      if (['status' in fault && fault.status].some((status) => status === 401 || status === 409)) return;
      await w.telegram.deliver(text(1, 4_001, 'bonjour'));
      await until(() => w.taken.length === 1, 'the message');
      await until(() => w.lines.length === 2, 'the end of it');
      assert.equal(w.lines[1], 'info Telegram answers again');
      t.diagnostic(w.lines.join(' | '));
    });
  }

  test('waits as long as Telegram says', async () => {
    const w = await world();
    w.telegram.fail('getUpdates', { status: 429, body: { parameters: { retry_after: 2 } } });
    const begun = Date.now();
    await w.start();
    await w.telegram.deliver(text(1, 4_001, 'bonjour'));
    await until(() => w.taken.length === 1);
    assert.ok(Date.now() - begun >= 1_900);
  });

  test('confirms a batch in milliseconds, and only what is saved', async () => {
    const w = await world();
    const saved = Promise.withResolvers<void>();
    w.onReceive = ({ person }) => (person.id === '4001' ? saved.promise : Promise.resolve());
    await w.start();
    await w.telegram.deliver(text(1, 4_002, 'un'));
    await w.telegram.deliver(text(2, 4_001, 'lent'));
    for (let id = 3; id <= 40; id++) await w.telegram.deliver(text(id, 4_000 + id, 'vite'));
    // One slow person blocks nobody, and nothing of theirs is confirmed.
    await until(() => w.taken.length === 39, 'everybody else');
    await until(() => confirmed(w.telegram) === 2, 'what is saved');
    saved.resolve();
    await until(() => w.taken.length === 40 && confirmed(w.telegram) === 41, 'the slow one');
    assert.equal(new Set(w.taken.map(({ id }) => id)).size, 40);
  });

  test('a store that is away leaves the update to come again, and it does', async () => {
    const w = await world();
    let away = 10;
    const intake = intakeOf(w);
    // Neither the turn nor the parking can be written.
    const attempt: typeof intake.attempt = async (_id, _raw, work) => {
      if (away-- > 0) throw new Error('away');
      await work();
    };
    await begin(w.channel, { ...intake, attempt });
    await w.telegram.deliver(text(1, 4_001, 'bonjour'));
    await until(() => away < 9, 'a second try');
    assert.equal(confirmed(w.telegram) < 2, true);
    away = 0;
    await until(() => w.taken.length === 1 && confirmed(w.telegram) === 2);
  });

  test('an update that fails five times is kept as it came, reported, and confirmed', async () => {
    const w = await world();
    let tries = 0;
    w.onReceive = async ({ text: said }) => {
      if (said !== 'poison') return;
      tries += 1;
      throw new Error('our fault');
    };
    await w.start();
    await w.telegram.deliver(text(1, 4_001, 'poison'));
    await w.telegram.deliver(text(2, 4_001, 'suite'));
    await until(() => confirmed(w.telegram) === 3, 'both confirmed');
    assert.equal(tries, 5);
    assert.deepEqual(
      w.taken.map(({ text: said }) => said),
      ['suite'],
    );
    assert.deepEqual(w.lines, ['parked']);
    assert.deepEqual(JSON.parse(w.parked[0]?.raw ?? ''), text(1, 4_001, 'poison'));
  });

  test('updates out of order, twice, malformed and unknown are all confirmed; what is readable is taken', async () => {
    const w = await world();
    w.telegram.twice = true;
    await w.start();
    await w.telegram.deliver(text(7, 4_001, 'second', 20));
    await w.telegram.deliver(text(6, 4_001, 'premier', 19));
    await w.telegram.deliver({ update_id: 8, message: { chat: 'nulle part' } });
    await w.telegram.deliver({ update_id: 9, business_message: {} });
    await until(() => confirmed(w.telegram) === 10);
    await until(() => w.taken.length >= 2);
    const orders = w.taken.map(({ order, text: said }) => [order, said].join(' ')).sort();
    assert.deepEqual([...new Set(orders)], ['000000000019 premier', '000000000020 second']);
    assert.deepEqual(w.parked, []);
  });

  test('asks for the kinds of update it reads, by name', async () => {
    const w = await world();
    await w.start();
    await until(() => w.telegram.calls.some(({ method }) => method === 'getUpdates'));
    const { payload } = w.telegram.calls.find(({ method }) => method === 'getUpdates') ?? assert.fail();
    assert.deepEqual(payload['allowed_updates'], ['message', 'edited_message', 'callback_query', 'my_chat_member']);
    assert.ok(
      !w.telegram.calls.some(({ method, payload: p }) => method === 'deleteWebhook' && p['drop_pending_updates']),
    );
  });
});

describe('the webhook', () => {
  const secret = 'a-secret-of-nobody-0123456789';
  const failures: unknown[] = [];

  async function listening() {
    const w = await world({ webhook: { url: 'http://127.0.0.1:1/telegram', secret } });
    const routes = [...(w.channel.routes ?? [])];
    const http = await openHttp({ port: 0, host: '127.0.0.1', routes, failed: (error) => void failures.push(error) });
    const url = `http://127.0.0.1:${http.port}/telegram`;
    await w.start();
    const call = async (body: string, headers: Record<string, string> = { [HEADER]: secret }) => {
      const answer = await fetch(url, { method: 'POST', body, headers });
      return [answer.status, await answer.text()];
    };
    return { ...w, http, url, call };
  }
  const HEADER = 'x-telegram-bot-api-secret-token';

  test('is registered with its secret and the kinds of update it reads', async () => {
    const { telegram, http } = await listening();
    const { payload } = telegram.calls.find(({ method }) => method === 'setWebhook') ?? assert.fail();
    assert.deepEqual(payload, {
      url: 'http://127.0.0.1:1/telegram',
      secret_token: secret,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
    assert.ok(!telegram.calls.some(({ method }) => method === 'getUpdates'));
    await http.stop();
  });

  test('a call without the secret, or with another, is a 401 with no trace of work', async () => {
    const { call, taken, telegram, lines, http } = await listening();
    const calls = telegram.calls.length;
    const said = JSON.stringify(text(1, 4_001, 'bonjour'));
    const wrong = ['', 'x', secret.slice(0, -1), `${secret} `.trimEnd().toUpperCase(), `${secret}0`, 'é'.repeat(3_000)];
    assert.deepEqual(await call(said, {}), [401, '']);
    for (const one of wrong)
      assert.deepEqual(await call(said, { [HEADER]: Buffer.from(one).toString('latin1') }), [401, '']);
    // Refused before anything is read: neither broken nor endless bodies make a difference.
    assert.deepEqual(await call('{', {}), [401, '']);
    await sleep(50);
    const later = telegram.calls.slice(calls).filter(({ method }) => !method.startsWith('setMy'));
    assert.deepEqual([taken, lines, later, failures], [[], [], [], []]);
    await http.stop();
  });

  test('answers 200 only when the update is saved, and else lets it come again', async () => {
    const w = await listening();
    const order: string[] = [];
    const saved = Promise.withResolvers<void>();
    const said = JSON.stringify(text(1, 4_001, 'bonjour'));
    const intake = intakeOf(w);
    await w.channel.start({
      ...intake,
      attempt: async (_id, _raw, work) => {
        if (order.length === 0) {
          order.push('away');
          throw new Error('the store is away');
        }
        await saved.promise;
        await work();
        order.push('saved');
      },
    });
    assert.deepEqual(await w.call(said), [500, '']);
    const answered = w.call(said).then((answer) => order.push(String(answer[0])));
    await sleep(50);
    saved.resolve();
    await answered;
    assert.deepEqual(order, ['away', 'saved', '200']);
    assert.equal(failures.splice(0).length, 1);
    await w.http.stop();
  });

  test('one slow person keeps no other waiting', async () => {
    const w = await listening();
    const slow = Promise.withResolvers<void>();
    w.onReceive = ({ person }) => (person.id === '4001' ? slow.promise : Promise.resolve());
    const intake = intakeOf(w);
    await w.channel.start(intake);
    const first = w.call(JSON.stringify(text(1, 4_001, 'lent')));
    assert.deepEqual(await w.call(JSON.stringify(text(2, 4_002, 'vite'))), [200, '']);
    slow.resolve();
    assert.deepEqual(await first, [200, '']);
    await w.http.stop();
  });

  test('malformed, unknown and endless bodies break nothing', async () => {
    const { call, taken, url, http } = await listening();
    for (const body of ['', '{', 'null', '[]', '{"update_id":"1"}']) assert.deepEqual(await call(body), [400, '']);
    for (const body of ['{"update_id":1}', '{"update_id":2,"message":{"chat":7}}', '{"update_id":3,"story":{}}']) {
      assert.deepEqual(await call(body), [200, '']);
    }
    const endless = JSON.stringify({ update_id: 4, message: 'x'.repeat(1_100_000) });
    // The connection may be closed while the rest is still being sent.
    const status = await call(endless).then(
      ([code]) => code,
      () => 413,
    );
    assert.equal(status, 413);
    assert.equal((await fetch(url)).status, 405);
    assert.deepEqual([taken, failures], [[], []]);
    await http.stop();
  });
});

describe('clicks', () => {
  test('stop their spinner before any work; a prompt loses its buttons, a card keeps them', async () => {
    const w = await world();
    const calls = () => w.telegram.calls.map(({ method }) => method);
    w.onReceive = async () => until(() => calls().includes('answerCallbackQuery'), 'the spinner stopped');
    await w.start();
    const person = w.telegram.person();
    await person.pressesData('p1.accept');
    await until(() => calls().includes('editMessageReplyMarkup'), 'the buttons gone');
    const from = { id: 4_002, is_bot: false, first_name: 'Sacha' };
    const message = { message_id: 9, date: 1, chat: { id: Number(STAFF.chat), type: 'supergroup' } };
    await w.telegram.deliver({ callback_query: { id: 's', from, message, data: '7K3QM0XTD2.take' } });
    await until(() => w.taken.length === 2 && confirmed(w.telegram) === 3);
    assert.deepEqual(
      w.taken.map(({ place, choice }) => `${place} ${choice}`),
      ['private p1.accept', 'staff 7K3QM0XTD2.take'],
    );
    assert.equal(calls().filter((method) => method === 'editMessageReplyMarkup').length, 1);
  });
});

// The one HTTP port, spoken to as a platform, a scraper, an orchestrator and somebody hostile would.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setImmediate as rest, setTimeout as sleep } from 'node:timers/promises';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { realClock } from '../src/clock.ts';
import { type HttpOptions, openHttp } from '../src/http.ts';
import { openMetrics } from '../src/metrics.ts';
import type { Library, Pulse, Route } from '../src/ports.ts';
import { createReadiness, pulseOf } from '../src/readiness.ts';
import { conversation, delivery } from './support/documents.ts';
import { world } from './support/world.ts';

const route = (more: Partial<Route> = {}): Route => ({
  method: 'POST',
  path: '/hook',
  admit: ({ 'x-secret': secret }) => (secret === 'known' ? undefined : 401),
  handle: async (body) => ({ status: 200, body: `${body.length}` }),
  ...more,
});

async function opened(more: Partial<HttpOptions> = {}) {
  const failures: unknown[] = [];
  const failed = (error: unknown) => void failures.push(error);
  const http = await openHttp({ port: 0, host: '127.0.0.1', routes: [route()], failed, ...more });
  const root = `http://127.0.0.1:${http.port}`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(root + path, init);
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  const hook = (body: string) => ask('/hook', { method: 'POST', body, headers: { 'x-secret': 'known' } });
  return { http, ask, hook, failures };
}

async function until(good: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 5_000; !(await good()); await sleep(10)) assert.ok(Date.now() < deadline);
}

/** Sends these lines and nothing more; what comes back until the other side hangs up, and after how many milliseconds. */
async function whisper(port: number, lines: string): Promise<{ heard: string; after: number }> {
  const began = performance.now();
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let heard = '';
  socket.on('data', (chunk: string) => {
    heard += chunk;
  });
  socket.on('error', () => undefined);
  socket.write(lines);
  await once(socket, 'close');
  return { heard, after: performance.now() - began };
}

test('a path, a method and a secret that are unknown are refused with nothing said; a body is read whole', async () => {
  const { http, ask, hook } = await opened();
  assert.deepEqual(
    await Promise.all([ask('/'), ask('/hook'), ask('/hook', { method: 'POST', body: 'x' })]).then((all) =>
      all.map(({ status, text }) => [status, text]),
    ),
    [
      [404, ''],
      [405, ''],
      [401, ''],
    ],
  );
  assert.equal((await hook('été')).text, '3');
  assert.equal((await ask('/healthz?x=1')).text, 'ok');
  await http.stop();
});

test('a body over a megabyte is refused, announced or not', async () => {
  const { http, hook } = await opened();
  assert.equal((await hook('x'.repeat(1_048_576))).status, 200);
  assert.equal((await hook('x'.repeat(1_048_577))).status, 413);
  const head = 'POST /hook HTTP/1.1\r\nhost: x\r\nx-secret: known\r\ntransfer-encoding: chunked\r\n\r\n';
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  assert.match((await whisper(http.port, head + chunk.repeat(17))).heard, /^HTTP\/1\.1 413/);
  await http.stop();
});

test('who sends a header or a body too slowly is cut off, and meanwhile others are served', async () => {
  const { http, hook } = await opened({ patience: 300 });
  const slow = [
    whisper(http.port, 'POST /hook HTTP/1.1\r\nhost: x\r\nx-sec'),
    whisper(http.port, 'POST /hook HTTP/1.1\r\nhost: x\r\nx-secret: known\r\ncontent-length: 9\r\n\r\nabc'),
  ];
  assert.equal((await hook('quick')).text, '5');
  for (const { heard, after } of await Promise.all(slow)) {
    assert.match(heard, /^HTTP\/1\.1 408/);
    assert.ok(after < 3_000, `${after} ms`);
  }
  await http.stop();
});

test('a connection that falls silent is closed', async () => {
  const never = route({ handle: () => new Promise(() => undefined) });
  const { http } = await opened({ silence: 200, routes: [never] });
  const { heard } = await whisper(
    http.port,
    'POST /hook HTTP/1.1\r\nhost: x\r\nx-secret: known\r\ncontent-length: 0\r\n\r\n',
  );
  assert.equal(heard, '');
  await http.stop();
});

test('of three hundred connections at once the last are closed as they come', async () => {
  const { http, hook } = await opened();
  const sockets = Array.from({ length: 300 }, () => connect(http.port, '127.0.0.1').on('error', () => undefined));
  const closed = await new Promise<number>((resolve) => {
    let count = 0;
    for (const socket of sockets) {
      socket.once('close', () => {
        count += 1;
        if (count === 44) resolve(count);
      });
    }
  });
  assert.equal(closed, 44);
  for (const socket of sockets) socket.destroy();
  // The port learns a moment later that they are gone.
  await until(async () => (await hook('after').catch(() => undefined))?.text === '5');
  await http.stop();
});

test('a fault of ours is a 500 that says nothing', async () => {
  const broken = route({ handle: () => Promise.reject(new Error('mon récit')) });
  const { http, hook, failures } = await opened({ routes: [broken] });
  const { status, text } = await hook('x');
  assert.deepEqual([status, text, failures.length], [500, '', 1]);
  await http.stop();
});

test('while it stops, channels are told to call again, and health and readiness go on', async () => {
  const readiness = createReadiness([], async () => ({ due: null, drafts: 0, parked: 0 }));
  const { http, ask, hook } = await opened({ watched: [readiness.route] });
  assert.equal((await hook('x')).status, 200);
  readiness.stopping();
  http.drain();
  assert.equal((await hook('x')).status, 503);
  assert.deepEqual([(await ask('/readyz')).status, (await ask('/readyz')).text], [503, 'stopping']);
  assert.equal((await ask('/healthz')).status, 200);
  await http.stop();
});

/** A library whose pulse comes when it is let go. */
function held() {
  const asked: PromiseWithResolvers<Pulse>[] = [];
  const library: Pick<Library, 'pulse'> = {
    pulse() {
      const one = Promise.withResolvers<Pulse>();
      asked.push(one);
      return one.promise;
    },
  };
  return { library, asked };
}

test('ready means: every channel has begun and the store answers in time', async () => {
  const { library, asked } = held();
  const readiness = createReadiness(['telegram', 'slack'], pulseOf(library, 50));
  const read = async () => {
    const { status, body } = await readiness.route.handle('', {});
    return [status, body];
  };
  assert.deepEqual(await read(), [503, 'starting: waiting for telegram, slack']);
  readiness.began('telegram');
  assert.deepEqual(await read(), [503, 'starting: waiting for slack']);
  readiness.began('slack');
  assert.equal(asked.length, 0);
  // Nobody answers: told in time, and asked once however many wait.
  assert.deepEqual(await Promise.all([read(), read()]), [
    [503, 'the store does not answer'],
    [503, 'the store does not answer'],
  ]);
  assert.equal(asked.length, 1);
  asked[0]?.resolve({ due: null, drafts: 0, parked: 0 });
  await rest();
  const again = read();
  asked[1]?.reject(new Error('away'));
  assert.deepEqual(await again, [503, 'the store does not answer']);
  const well = read();
  asked[2]?.resolve({ due: null, drafts: 0, parked: 0 });
  assert.deepEqual(await well, [200, 'ready']);
});

test('metrics: what happened is counted by kind, outcome, channel and state, and no series holds an id or a word', async () => {
  const store = openMemory();
  let oldest: string | null = null;
  const metrics = await openMetrics({
    channels: ['terminal'],
    feel: pulseOf(store),
    oldest: () => oldest,
    clock: { ...realClock, now: () => '2026-03-02T09:10:00.000Z' },
  });
  let isBroken = false;
  const onPost = () => {
    if (isBroken) throw new Error('Zéphyrine');
  };
  const w = await world({ store, onPost, meter: metrics.meter });
  await w.say('bonjour', 'Zéphyrine');
  await w.pass(1_000);
  isBroken = true;
  await w.say('1', 'Zéphyrine');
  await w.pass(1_000);
  oldest = w.house.due.oldest();
  await store.commit('delivery', null, delivery('Quidam', { wakeAt: '2026-03-02T09:09:00.000Z' }));
  await store.commit('conversation', null, conversation('Quidam', { open: 'K' }));
  const { body = '', type } = await metrics.route.handle('', {});
  assert.match(type ?? '', /^text\/plain; version=0\.0\.4/);
  const value = (series: string) =>
    Number(
      body
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')[1],
    );
  assert.ok(value('recueil_turns_total{kind="conversation",outcome="saved"}') >= 3);
  assert.equal(value('recueil_turns_total{kind="practice",outcome="saved"}'), 0);
  assert.equal(value('recueil_deliveries_total{channel="terminal",state="sent"}'), 1);
  assert.ok(value('recueil_deliveries_total{channel="terminal",state="retried"}') >= 1);
  assert.equal(value('recueil_commits_retried_total{kind="conversation"}'), 0);
  assert.equal(
    value('recueil_send_seconds_count{channel="terminal"}'),
    value('recueil_deliveries_total{channel="terminal",state="retried"}') + 1,
  );
  assert.equal(
    value('recueil_turn_seconds_count{kind="conversation"}'),
    value('recueil_commit_seconds_count{kind="conversation"}'),
  );
  // Due at 9:00:01 and tried in vain since, which is longer than what nobody has taken up.
  assert.equal(oldest, '2026-03-02T09:00:01.000Z');
  assert.equal(value('recueil_oldest_due_delivery_seconds'), 599);
  assert.deepEqual(
    ['store_up', 'drafts_open', 'parked_updates'].map((name) => value(`recueil_${name}`)),
    [1, 2, 0],
  );
  assert.ok(value('process_resident_memory_bytes') > 0);
  assert.doesNotMatch(body, /Zéphyrine|Quidam|bonjour/);
  for (const { id } of [await w.conversation()]) assert.ok(!body.includes(id));
});

test('metrics: of a store that is away nothing is told but that', async () => {
  const { library } = held();
  const metrics = await openMetrics({ channels: [], feel: pulseOf(library, 10), oldest: () => null, clock: realClock });
  const { body = '' } = await metrics.route.handle('', {});
  assert.match(body, /^recueil_store_up 0$/m);
  assert.match(body, /^recueil_drafts_open NaN$/im);
});

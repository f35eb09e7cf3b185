// Platforms that storm: told to wait for minutes, servers that fail, answers that never come, and thousands of messages due
// at once. With a fake clock and a channel that counts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { type ManualClock, manualClock } from '../src/clock.ts';
import type { Address, Outbound } from '../src/model.ts';
import { later } from '../src/outgoing.ts';
import { ChannelError, type Post } from '../src/ports.ts';
import { spend } from '../src/rate.ts';
import { START, type World, world } from './support/world.ts';

const RATES = { chat: () => ({ burst: 3, every: 1_000 }), all: { burst: 25, every: 40 } };
const said = (text: string): Outbound => ({
  language: 'fr',
  blocks: [{ as: 'text', spans: [text] }],
  choices: [],
  closed: false,
});
const textOf = (post: Post): string => String(post.message.blocks[0]?.spans[0]);
const place = (chat: string): Address => ({ channel: 'terminal', chat });
const rest = async () => {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setImmediate(resolve));
};
/** Also what is not yet set when time begins to pass. */
const passing = async (clock: ManualClock, ms: number): Promise<void> => {
  await rest();
  await clock.pass(ms, rest);
};

let drawn = 0;
/** Each is a document of its own, as cards and digests are. */
const posts = ({ house }: World, chat: string, texts: string[]): Promise<unknown> =>
  Promise.all(
    texts.map((text) => {
      drawn += 1;
      const event = { kind: 'post' as const, to: place(chat), message: said(text), about: 'x' };
      return house.turns.take({ kind: 'delivery', id: `D${String(drawn).padStart(6, '0')}` }, event);
    }),
  );
const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${name} ${String(i).padStart(4, '0')}`);

/** What went out, where and when; `fails` may throw first. */
async function storm(fails: (post: Post, at: string, n: number) => void | Promise<void> = () => undefined) {
  const clock = manualClock(START);
  const out: { chat: string; text: string; at: number }[] = [];
  const inWork = { now: 0, most: 0 };
  const w = await world({
    clock,
    rates: RATES,
    async onPost(post, n) {
      inWork.now += 1;
      inWork.most = Math.max(inWork.most, inWork.now);
      try {
        await fails(post, clock.now(), n);
        out.push({ chat: post.to.chat, text: textOf(post), at: Date.parse(clock.now()) - Date.parse(START) });
      } finally {
        inWork.now -= 1;
      }
    },
  });
  w.house.due.start();
  const of = (chat: string) => out.filter((one) => one.chat === chat);
  return { w, clock, out, of, inWork };
}

test('so many at once, then one each so often; what was not used is not saved up', () => {
  const rate = { burst: 3, every: 1_000 };
  let spent = 0;
  const draw = (now: number): number => {
    const drawn = spend(spent, rate, now);
    spent = drawn.spent;
    return drawn.at;
  };
  assert.deepEqual([0, 0, 0, 0, 0].map(draw), [0, 0, 0, 1_000, 2_000]);
  assert.deepEqual([60_000, 60_000, 60_000, 60_000].map(draw), [60_000, 60_000, 60_000, 61_000]);
});

test('one budget for a chat, whatever writes there, and other chats go on beside it', async () => {
  const { w, clock, of } = await storm();
  await Promise.all([
    posts(w, 'a', numbered('carte', 4)),
    posts(w, 'a', numbered('bilan', 4)),
    posts(w, 'b', ['seul']),
  ]);
  await rest();
  assert.equal(of('a').length, 3);
  assert.equal(of('b').length, 1);
  await passing(clock, 5_000);
  assert.deepEqual(
    of('a').map(({ at }) => at),
    [0, 0, 0, 1_000, 2_000, 3_000, 4_000, 5_000],
  );
  await w.house.stop();
});

test('told to wait for minutes, a chat waits, its order stays, and nobody else waits', async () => {
  let told = 0;
  const { w, clock, of } = await storm(({ to }) => {
    if (to.chat !== 'a' || told > 0) return;
    told += 1;
    throw new ChannelError('retry', 'too many', { retryAt: later(START, 240_000) });
  });
  const texts = numbered('carte', 12);
  for (const text of texts) await posts(w, 'a', [text]);
  await rest();
  await posts(w, 'b', ['seul']);
  await passing(clock, 239_000);
  assert.deepEqual([of('a').length, of('b').length], [0, 1]);
  await posts(w, 'a', ['dernière']);
  await passing(clock, 30_000);
  assert.deepEqual(
    of('a').map(({ text }) => text),
    [...texts, 'dernière'],
  );
  const times = of('a').map(({ at }) => at);
  assert.equal(times[0], 240_000);
  assert.ok(
    times.slice(1).every((at, i) => at - (times[i] ?? 0) >= 1_000),
    'no burst after it',
  );
  await w.house.stop();
});

test('a wait for all stops all; three chats that are told to wait are taken as that', async () => {
  const all = await storm((_, at) => {
    if (at < later(START, 1)) {
      throw new ChannelError('retry', 'too many', { retryAt: later(START, 60_000), everywhere: true });
    }
  });
  await posts(all.w, 'a', ['un']);
  await rest();
  await posts(all.w, 'b', ['deux']);
  await passing(all.clock, 59_000);
  assert.equal(all.out.length, 0);
  await passing(all.clock, 10_000);
  assert.equal(all.out.length, 2);
  await all.w.house.stop();

  let tries = 0;
  const some = await storm((post, at) => {
    tries += 1;
    if (['a', 'b', 'c'].includes(post.to.chat) && at < later(START, 30_000)) {
      throw new ChannelError('retry', 'too many', { retryAt: later(START, 30_000) });
    }
  });
  for (const chat of ['a', 'b', 'c']) await posts(some.w, chat, ['un']);
  await rest();
  await posts(some.w, 'd', ['deux']);
  await passing(some.clock, 29_000);
  assert.deepEqual([tries, some.out.length], [3, 0]);
  await passing(some.clock, 10_000);
  assert.equal(some.out.length, 4);
  await some.w.house.stop();
});

test('more for one chat than a lease lasts: each goes out once, in order, at its pace', async () => {
  const { w, clock, of } = await storm();
  const texts = numbered('carte', 300);
  await posts(w, 'a', texts);
  await passing(clock, 400_000);
  assert.deepEqual(
    of('a').map(({ text }) => text),
    texts,
  );
  assert.ok((of('a').at(-1)?.at ?? 0) < 310_000);
  await w.house.stop();
});

test('three thousand chats due at once are spread, few in work together, none twice', async () => {
  const { w, clock, out, inWork } = await storm(() => rest());
  await Promise.all(numbered('chat', 3_000).map((chat) => posts(w, chat, ['bonjour'])));
  await passing(clock, 200_000);
  assert.equal(new Set(out.map(({ chat }) => chat)).size, 3_000);
  assert.equal(out.length, 3_000);
  assert.ok(inWork.most <= 32, `${inWork.most} in work`);
  const busiest = Math.max(...out.map(({ at }) => out.filter((o) => o.at >= at && o.at < at + 1_000).length));
  assert.ok(busiest <= 51, `${busiest} within a second`);
  await w.house.stop();
});

test('a platform that answers slowly is not asked for more than it can do', async () => {
  const clock = manualClock(START);
  const slow = manualWait(clock, 15_000);
  const seen: string[] = [];
  const w = await world({
    clock,
    rates: RATES,
    async onPost(post) {
      seen.push(post.to.chat);
      await slow();
    },
  });
  w.house.due.start();
  await Promise.all(numbered('chat', 200).map((chat) => posts(w, chat, ['bonjour'])));
  await passing(clock, 600_000);
  assert.equal(seen.length, 200);
  assert.equal(new Set(seen).size, 200);
  assert.ok(slow.most <= 32);
  await w.house.stop();
});

function manualWait(clock: ReturnType<typeof manualClock>, ms: number) {
  let now = 0;
  const wait = async () => {
    now += 1;
    wait.most = Math.max(wait.most, now);
    await new Promise<void>((resolve) => void clock.at(later(clock.now(), ms), resolve));
    now -= 1;
  };
  wait.most = 0;
  return wait;
}

test('however a platform fails, an address gets its messages in order, each once unless its outcome was unknown', async () => {
  const failures = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant('none' as const) },
      { weight: 2, arbitrary: fc.constant('server' as const) },
      { weight: 1, arbitrary: fc.constant('reset' as const) },
      { weight: 2, arbitrary: fc.constant('wait' as const) },
      { weight: 1, arbitrary: fc.constant('taken' as const) },
    ),
    { minLength: 1, maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(failures, async (drawnList) => {
      const list = [...drawnList];
      const row = new Map<string, number>();
      const { w, clock, of } = await storm(({ to, key }, at) => {
        const failure = to.chat === 'a' ? list.shift() : undefined;
        // What goes wrong three times in a row stands alone: it is no platform's storm.
        const count = (row.get(key) ?? 0) + 1;
        row.set(key, count);
        if (failure === undefined || failure === 'none' || count > 2) return;
        if (failure === 'wait') throw new ChannelError('retry', 'too many', { retryAt: later(at, 90_000) });
        if (failure === 'taken') taken.push(key);
        throw new ChannelError(failure === 'server' ? 'retry' : 'unknown-outcome', 'failed');
      });
      const taken: string[] = [];
      const texts = numbered('carte', 15);
      for (const text of texts) {
        await posts(w, 'a', [text]);
        await rest();
      }
      await posts(w, 'b', ['seul']);
      await passing(clock, 30_000);
      assert.equal(of('b').length, 1, 'another address does not wait');
      await passing(clock, 3_600_000);
      assert.deepEqual(
        of('a').map(({ text }) => text),
        texts,
      );
      await w.house.stop();
    }),
    { numRuns: 15, seed: 7 },
  );
});

test('the pieces of a long message keep the pace, too', async () => {
  const clock = manualClock(START);
  const at: number[] = [];
  const w = await world({
    clock,
    rates: RATES,
    async onPost(post) {
      for (let i = 0; i < 6; i++) {
        at.push(Date.parse(clock.now()) - Date.parse(START));
        if (i < 5) await post.piece(`piece-${i}`);
      }
    },
  });
  await posts(w, 'a', ['un long message']);
  await rest();
  await passing(clock, 20_000);
  assert.deepEqual(at, [0, 0, 0, 1_000, 2_000, 3_000]);
  await w.house.stop();
});

test('what was due while nobody was there goes out at the pace of the platform', async () => {
  const store = openMemory();
  const clock = manualClock(START);
  const failing = await world({
    store,
    clock,
    onPost: () => {
      throw new ChannelError('retry', 'dying');
    },
  });
  await Promise.all(numbered('chat', 400).map((chat) => posts(failing, chat, ['bonjour'])));
  await rest();
  failing.house.due.stop();
  await passing(clock, 3_600_000);
  const seen: { chat: string; at: number }[] = [];
  const alive = await world({
    store,
    clock,
    rates: RATES,
    onPost: ({ to }) => void seen.push({ chat: to.chat, at: Date.parse(clock.now()) }),
  });
  alive.house.due.start();
  await passing(clock, 60_000);
  assert.equal(new Set(seen.map(({ chat }) => chat)).size, 400);
  assert.equal(seen.length, 400);
  const [first] = seen;
  assert.ok(seen.filter(({ at }) => at < (first?.at ?? 0) + 1_000).length <= 51);
  await alive.house.stop();
});

// A year of digests under a fake clock: both clock changes, two processes, restarts and weeks switched off. Every window has
// one digest per address, every case and every move is in exactly one, whatever dies when.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { openMongo } from '../adapters/stores/mongo/index.ts';
import { openSqlite } from '../adapters/stores/sqlite/index.ts';
import { fingerprint } from '../src/address.ts';
import { type ManualClock, manualClock } from '../src/clock.ts';
import { createGather } from '../src/digest/gather.ts';
import { marked } from '../src/digest/marks.ts';
import { scheduleOf } from '../src/digest/schedule.ts';
import { type House, openHouse } from '../src/house.ts';
import type { Given, Instant, Place, Practice } from '../src/model.ts';
import { later } from '../src/outgoing.ts';
import type { Channel, Library, Post, Store } from '../src/ports.ts';
import { practice } from './support/documents.ts';
import { openEngine } from './support/engine.ts';
import { type Mortal, mortal } from './support/kill.ts';
import { flow } from './support/world.ts';

const HOUR = 3_600_000;
const place = (chat: string): Place => ({ address: { channel: 'terminal', chat }, language: 'fr' });
/** The first is a staff place too, the second is read by everybody. */
const PLACES = [place('staff'), place('forum')];

/** Sundays at 2:30 in Paris, reckoned without the library: there is no 2:30 on 29 March, and two on 25 October. */
function windows(): Instant[] {
  const sundays = Array.from({ length: 60 }, (_, i) => later('2026-01-04T00:00:00.000Z', i * 7 * 24 * HOUR));
  return sundays.map((day) => {
    const date = day.slice(0, 10);
    if (date === '2026-03-29') return `${date}T01:00:00.000Z`;
    return date > '2026-03-29' && date <= '2026-10-25' ? `${date}T00:30:00.000Z` : `${date}T01:30:00.000Z`;
  });
}

/** Mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Process {
  house: House | undefined;
  life: Mortal;
  dead: boolean;
}

interface Year {
  store: Store & Library;
  seed: number;
  /** The longest step, in hours. */
  stride?: number;
}

async function year({ store: shared, seed, stride = 40 }: Year): Promise<string> {
  const chance = random(seed);
  const clock: ManualClock = manualClock('2026-01-01T00:00:00.000Z');
  // Nobody gives a sign of life every two seconds of a year: what the dead held is taken up once its lease is over.
  const { crew: _, ...alone } = shared;
  const store = { ...alone, exclusive: false };
  const schedule = scheduleOf('30 2 * * 0', 'Europe/Paris');
  assert.ok(schedule);
  const given = (): Given => ({
    flow,
    staff: PLACES.slice(0, 1),
    digest: { places: PLACES, schedule: schedule.name, next: schedule.next },
    language: 'fr',
    pauses: {},
  });
  const posts: { post: Post; at: Instant }[] = [];
  const channel: Channel = {
    name: 'terminal',
    async start() {},
    async deliver(post) {
      posts.push({ post, at: clock.now() });
      return { messages: [String(posts.length)] };
    },
    check: async () => [],
    async stop() {},
  };

  async function alive(awaits: number): Promise<Process> {
    const life = mortal(awaits);
    const process: Process = { house: undefined, life, dead: false };
    void life.died.then(() => {
      process.dead = true;
    });
    const own = life.wrap(store);
    const tools = { given, clock, zone: schedule?.zone ?? '', atlas: { regions: [], departements: [] } };
    const gather = createGather({ store: own, ...tools, draw: async () => null });
    const failed = (error: unknown): never => {
      throw error;
    };
    const opening = openHouse({ store: own, clock, given, channels: [life.wrap(channel)], gather, failed });
    process.house = (await Promise.race([opening, life.died])) ?? undefined;
    return process;
  }

  let processes: Process[] = [];
  let kills = 0;
  const both = async (awaits: () => number) => {
    processes = [await alive(awaits()), await alive(awaits())];
  };
  const rest = async () => {
    for (const one of processes.filter(({ dead, house }) => house && !dead)) {
      const all = async () => {
        await one.house?.due.poll();
        await one.house?.settled();
        await one.house?.turns.flush();
        await one.house?.settled();
      };
      await Promise.race([all(), one.life.died]);
    }
  };
  /** The dead are replaced; what they held is taken up when their lease has run out. */
  const revive = async () => {
    for (let i = 0; i < processes.length; i++) {
      if (!processes[i]?.dead) continue;
      kills += 1;
      processes[i] = await alive(Number.POSITIVE_INFINITY);
    }
    for (let i = 0; i < 4; i++) {
      await clock.pass(61_000, rest);
      await rest();
    }
  };

  // What a single process that never fails would do, reckoned beside it.
  const all = windows();
  const waiting = PLACES.map(() => new Set<string>());
  const expected = PLACES.map((): string[][] => []);
  const moved = new Map<string, number>();
  let reckoned = clock.now();
  const reckon = () => {
    const passed = all.some((window) => window > reckoned && window <= clock.now());
    reckoned = clock.now();
    if (!passed) return;
    waiting.forEach((set, i) => {
      if (set.size > 0) expected[i]?.push([...set].sort());
      set.clear();
    });
  };

  const submit = async (n: number) => {
    const id = `K${String(n).padStart(9, '0')}`;
    const scope = (['report', 'public', 'named'] as const)[Math.floor(chance() * 3)] ?? 'report';
    const consent = { version: '1', at: clock.now(), scope };
    const {
      version: _,
      outgoing: __,
      wakeAt: ___,
      state: ____,
      history: _____,
      messages: ______,
      ...made
    } = practice(id);
    // The clock of the process that took it may be wrong by weeks: digests do not depend on it.
    const submittedAt = later(clock.now(), Math.floor((chance() - 0.5) * 60 * 24 * HOUR));
    const sent = { kind: 'submitted' as const, practice: { ...made, submittedAt, consent } };
    for (let saved = false; !saved; ) {
      const { house, life } = processes[Math.floor(chance() * processes.length)] ?? {};
      const taken = house?.turns.take({ kind: 'practice', id }, sent).then(() => true);
      saved = (await Promise.race([taken, life?.died.then(() => false)])) ?? false;
      if (!saved) await revive();
    }
    waiting.forEach((set, i) => {
      if (i === 0 || scope !== 'report') set.add(id);
    });
    return { id, scope };
  };
  const move = async ({ id, scope }: { id: string; scope: string }) => {
    const before = (await store.load('practice', id)) as Practice;
    const history = [...before.history, { at: clock.now(), by: 'x', what: 'accepted' }];
    const after = marked(given(), before, { ...before, history, state: 'accepted' });
    assert.equal(await store.commit('practice', before, { ...after, version: before.version + 1 }), 'saved');
    moved.set(id, (moved.get(id) ?? 0) + 1);
    waiting.forEach((set, i) => {
      if (i === 0 || scope !== 'report') set.add(id);
    });
  };

  const cases: { id: string; scope: string }[] = [];
  const soon = () => (chance() < 0.3 ? 3 + Math.floor(chance() * 60) : Number.POSITIVE_INFINITY);
  await both(soon);
  await revive();
  while (clock.now() < '2026-12-31T00:00:00.000Z') {
    if (chance() < 0.04) {
      // Switched off, for up to a month; what was missed becomes one digest.
      processes = [];
      await clock.pass(chance() * 30 * 24 * HOUR, async () => {});
      await both(soon);
    } else if (chance() < 0.3) {
      const i = chance() < 0.5 ? 0 : 1;
      processes[i] = await alive(soon());
    }
    await clock.pass(1 + chance() * stride * HOUR, rest);
    // Both look at the same time.
    await Promise.all([rest(), rest()]);
    await revive();
    reckon();
    for (let n = Math.floor(chance() * 3); n > 0; n--) cases.push(await submit(cases.length));
    const one = cases[Math.floor(chance() * cases.length)];
    if (one && chance() < 0.2) await move(one);
  }
  await clock.pass(8 * 24 * HOUR, rest);
  await revive();
  reckon();

  PLACES.forEach(({ address }, i) => {
    const id = fingerprint(address);
    const byKey = new Map<string, string[]>();
    for (const { post } of posts.filter((one) => one.post.key.startsWith(`${id}-20`))) {
      byKey.set(post.key, idsOf(post));
    }
    assert.deepEqual(
      [...byKey.values()].map((ids) => ids.sort()),
      expected[i],
      `place ${i}, seed ${seed}`,
    );
    const first = cases.filter(({ scope }) => i === 0 || scope !== 'report');
    const told = [...byKey.values()].flat();
    for (const { id: known } of first) assert.ok(told.includes(known), `${known}, place ${i}, seed ${seed}`);
    if (i === 1) for (const { id: secret, scope } of cases) if (scope === 'report') assert.ok(!told.includes(secret));
  });
  return `${cases.length} cases, ${moved.size} moved, ${expected.map((one) => one.length).join(' and ')} digests, ${kills} kills`;
}

/** The new and the moved cases a digest tells: what stands in its first two lists. */
function idsOf({ message }: Post): string[] {
  const from = message.blocks.findIndex(
    ({ as, spans }) => as === 'heading' && /^(?:Nouveaux|Ce qui avance)/.test(String(spans[0])),
  );
  const end = message.blocks.findIndex(
    ({ as, spans }) => as === 'heading' && /^Ce qui (?:attend|manque)/.test(String(spans[0])),
  );
  const lists = message.blocks.slice(from, end < 0 ? undefined : end);
  const ids = lists.flatMap(({ spans }) =>
    spans.flatMap((span) =>
      typeof span === 'object' && 'command' in span ? [span.command.slice(-11).replace('-', '')] : [],
    ),
  );
  return [...new Set(ids)];
}

const SEEDS = Number(process.env['DIGEST_SEEDS'] ?? 3);

test('memory: one digest a window, each case in one', async (t) => {
  for (let seed = 1; seed <= SEEDS; seed++) t.diagnostic(await year({ store: openMemory(), seed }));
});

test('SQLite: one digest a window, each case in one', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'recueil-digest-'));
  const store = openSqlite(folder);
  t.diagnostic(await year({ store, seed: 101, stride: 120 }));
  await store.close();
  rmSync(folder, { recursive: true });
});

test('MongoDB: one digest a window, each case in one', async (t) => {
  const engine = await openEngine();
  const store = await openMongo(engine.uri);
  t.diagnostic(await year({ store, seed: 201, stride: 120 }));
  await store.close();
  await engine.close();
});

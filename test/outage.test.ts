// The store goes away and comes back: people are told once, nothing they wrote is lost, and work resumes by itself.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { guarded, inTime } from '../adapters/stores/away.ts';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { openMongo } from '../adapters/stores/mongo/index.ts';
import { openSqlite } from '../adapters/stores/sqlite/index.ts';
import { type ManualClock, manualClock, realClock } from '../src/clock.ts';
import { openHouse } from '../src/house.ts';
import { createIntake } from '../src/intake.ts';
import type { Conversation, Inbound } from '../src/model.ts';
import { createOutage } from '../src/outage.ts';
import { type Channel, type Library, type Post, type Store, StoreAway } from '../src/ports.ts';
import { conversation } from './support/documents.ts';
import { openEngine } from './support/engine.ts';
import { openProxy } from './support/proxy.ts';
import { flow, message, START, world, writing } from './support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'recueil-outage-'));
after(() => rmSync(folder, { recursive: true }));

const wordsOf = (post: Post | undefined): string => JSON.stringify(post?.message.blocks ?? []);
const apologies = (posts: Post[]): Post[] => posts.filter((post) => post.key.startsWith('away:'));
const rest = async () => {
  for (let i = 0; i < 30; i++) await new Promise((resolve) => setImmediate(resolve));
};
/** Also what is not yet set when time begins to pass. */
const passing = async (clock: ManualClock, ms: number): Promise<void> => {
  await rest();
  await clock.pass(ms, rest);
};

/** A store that can be taken away, and counts what it is asked. */
function fragile() {
  const store = openMemory();
  const state = { away: false, readOnly: false, asked: 0, commits: 0 };
  const ask = (isWrite: boolean) => {
    state.asked += 1;
    if (state.away || (isWrite && state.readOnly)) throw new StoreAway();
  };
  const frail: Store & Library = {
    ...store,
    async load(kind, id) {
      ask(false);
      return store.load(kind, id);
    },
    async due(now, limit) {
      ask(false);
      return store.due(now, limit);
    },
    async owner(one) {
      ask(false);
      return store.owner(one);
    },
    async park(update) {
      ask(true);
      return store.park(update);
    },
    async commit(kind, before, next) {
      ask(true);
      state.commits += 1;
      return store.commit(kind, before, next);
    },
  };
  return { store: frail, state };
}

const answersOf = (c: Conversation | null, field = 'plot'): string[] =>
  Object.values(c?.drafts ?? {}).flatMap((draft) => draft.answers[field]?.parts.map(({ text }) => text) ?? []);

test('while the store is away people are told once, and what they wrote is saved in order once it is back', async () => {
  const { store, state } = fragile();
  const clock = manualClock(START);
  const { say, posts, conversation, failures, house } = await world({ store, clock, pause: 1_000 });
  await say('bonjour');
  await say('1');
  await rest();
  await passing(clock, 5_000);
  state.away = true;
  const before = posts.length;
  const saying = ['Rue des Lilas', 'derrière l’école', 'au fond'].map((text) => say(text));
  await passing(clock, 60_000);
  assert.equal(apologies(posts).length, 1, 'one word in a minute, for three messages');
  assert.match(wordsOf(apologies(posts)[0]), /Vous n’avez rien à renvoyer/);
  assert.equal(posts.length, before + 1);
  state.away = false;
  await passing(clock, 10_000);
  await Promise.all(saying);
  assert.deepEqual(answersOf(await conversation()), ['Rue des Lilas', 'derrière l’école', 'au fond']);
  assert.match(wordsOf(posts.at(-1)), /Terre/, 'the next question, as always');
  assert.equal(posts.length, before + 2);
  assert.deepEqual(failures, []);
  // Soon after it is the same outage; later it is another.
  state.away = true;
  const next = say('Argileuse');
  await passing(clock, 20_000);
  assert.equal(apologies(posts).length, 1);
  state.away = false;
  await passing(clock, 120_000);
  await next;
  await say('/aide');
  state.away = true;
  const third = say('Lourde');
  await passing(clock, 10_000);
  assert.equal(apologies(posts).length, 2);
  state.away = false;
  await passing(clock, 10_000);
  await third;
  await house.stop();
});

test('a click is refused at once while the store is away, and works when pressed again', async () => {
  const { store, state } = fragile();
  const clock = manualClock(START);
  const { say, posts, conversation, house } = await world({ store, clock });
  await say('bonjour');
  await passing(clock, 2_000);
  const click = { ...message('000900', '', 'moi', clock.now()), kind: 'choice' as const };
  const accept = posts.at(-1)?.message.choices[0]?.id ?? '';
  state.away = true;
  const press = (id: string): Promise<void> => house.receive({ ...click, id, choice: accept });
  await assert.rejects(press('c:1'), StoreAway);
  assert.match(wordsOf(apologies(posts)[0]), /Appuyez de nouveau/);
  const asked = state.asked;
  await assert.rejects(press('c:2'), StoreAway);
  assert.equal(state.asked, asked, 'what is known is told from memory');
  await passing(clock, 30_000);
  assert.equal(apologies(posts).length, 1);
  state.away = false;
  await passing(clock, 6_000);
  await press('c:3');
  assert.ok((await conversation()).consent);
});

test('nothing asks a store that is away again and again: a few times a minute, however many wait', async () => {
  const { store, state } = fragile();
  const clock = manualClock(START);
  const { house, posts, failures } = await world({ store, clock });
  house.due.start();
  state.away = true;
  const people = Array.from({ length: 500 }, (_, i) => `p${i}`);
  const waiting = people.map((chat, i) =>
    house.receive(message(String(900 + i).padStart(6, '0'), 'bonjour', chat, START)),
  );
  await passing(clock, 100);
  // Those in flight when it went away failed; from then on one asks for all.
  const first = state.asked;
  await passing(clock, 60_000);
  assert.ok(state.asked - first <= 40, `${state.asked - first} questions in a minute`);
  assert.equal(apologies(posts).length, 500, 'each chat once');
  assert.deepEqual(failures, []);
  state.away = false;
  // It comes back to few at a time: 20 documents each 50 ms, and what became of their messages a second later.
  const [begun, before] = [Date.parse(clock.now()), state.commits];
  await clock.pass(30_000, async () => {
    await rest();
    const most = 20 + ((Date.parse(clock.now()) - begun) / 50) * 40;
    assert.ok(state.commits - before <= most, `${state.commits - before} commits, more than ${most}`);
  });
  await Promise.all(waiting);
  await house.settled();
  assert.equal(new Set(posts.filter((post) => !post.key.startsWith('away:')).map(({ to }) => to.chat)).size, 500);
  await house.stop();
});

test('a store that can only be read is away for whoever writes', async () => {
  const { store, state } = fragile();
  const clock = manualClock(START);
  const { say, posts, conversation, house } = await world({ store, clock, pause: 500 });
  await say('bonjour');
  await say('1');
  await passing(clock, 2_000);
  state.readOnly = true;
  house.due.start();
  const saying = say('Rue des Lilas, derrière l’école');
  await passing(clock, 60_000);
  assert.equal(apologies(posts).length, 1);
  state.readOnly = false;
  await passing(clock, 8_000);
  await saying;
  assert.equal(answersOf(await conversation()).length, 1);
  await house.stop();
});

test('a message that went out while the store was away is not sent a second time', async () => {
  const { store, state } = fragile();
  const clock = manualClock(START);
  const { say, posts, house, pass } = await world({
    store,
    clock,
    onPost: () => {
      state.away = true;
    },
  });
  house.due.start();
  await say('bonjour');
  await passing(clock, 180_000);
  assert.equal(posts.length, 1);
  state.away = false;
  await passing(clock, 10_000);
  state.away = false;
  await pass(180_000);
  assert.equal(posts.length, 1, 'what became of it was kept in mind');
  await house.stop();
});

test('a slow store: people are told once, and answered in the end', async () => {
  const store = openMemory();
  const clock = manualClock(START);
  const slow: Store & Library = {
    ...store,
    commit: (kind, before, next) =>
      new Promise((resolve, reject) => {
        clock.at(new Date(Date.parse(clock.now()) + 15_000).toISOString(), () =>
          store.commit(kind, before, next).then(resolve, reject),
        );
      }),
  };
  const { say, posts } = await world({ store: slow, clock });
  const done = say('bonjour');
  await passing(clock, 3_000);
  assert.equal(posts.length, 0);
  await passing(clock, 2_000);
  assert.equal(apologies(posts).length, 1);
  await passing(clock, 60_000);
  await done;
  assert.equal(posts.length, 2);
});

test('in a group only what is said to us is answered', async () => {
  const { store, state } = fragile();
  const clock = manualClock(START);
  const { house, posts } = await world({ store, clock });
  state.away = true;
  const said = (id: string, text: string, more: Partial<Inbound> = {}) =>
    house
      .receive({ ...message(id, text, 'groupe', START), place: 'other', ...more })
      .catch((error: unknown) => assert.ok(error instanceof StoreAway));
  void said('1', 'quelqu’un a du café ?');
  await passing(clock, 10_000);
  assert.equal(apologies(posts).length, 0);
  void said('2', '/start');
  await passing(clock, 10_000);
  assert.equal(apologies(posts).length, 1);
  await house.stop();
});

test('failures of the store are no tries of an update; at the end it is left to the platform', async () => {
  const clock = manualClock(START);
  const { store, state } = fragile();
  const outage = createOutage({ clock, chance: () => 0.5, changed: () => undefined });
  let [tries, done] = [0, 0];
  const receive = async () => {
    tries += 1;
    if (tries < 9) throw new StoreAway();
  };
  const parked = () => assert.fail('parked');
  const intake = createIntake({
    ...{ receive, heard: async () => undefined, outage, store, clock, parked },
    channel: 'x',
  });
  const attempt = (id: string) =>
    intake
      .attempt(id, {}, receive)
      .then(() => {
        done += 1;
      })
      .catch((error: unknown) => assert.ok(error instanceof StoreAway));
  const both = [attempt('7'), attempt('7')];
  await rest();
  await passing(clock, 60_000);
  await Promise.all(both);
  assert.deepEqual(
    [tries, done, (await store.pulse()).parked],
    [9, 2, 0],
    'told twice by the platform, it is one piece of work',
  );
  // Parking waits for the store, too.
  state.away = true;
  const poison = createIntake({
    ...{ receive, heard: async () => undefined, outage, store, clock, channel: 'x', parked: () => undefined },
  }).attempt('8', {}, () => Promise.reject(new Error('poison')));
  await rest();
  await passing(clock, 30_000);
  state.away = false;
  await passing(clock, 30_000);
  await poison;
  assert.equal((await store.pulse()).parked, 1);
  tries = 0;
  const left = intake.attempt('9', {}, receive);
  await rest();
  outage.stop();
  await assert.rejects(left, StoreAway);
});

// ------------------------------------------------------------------------------------------------- with real engines

/** One person who tells where their garden is while `spoil` lasts, on a real store. */
async function tells(store: Store & Library, spoil: () => void, mend: () => void, lasts: number): Promise<void> {
  const posts: Post[] = [];
  const channel = writing(posts);
  const states: boolean[] = [];
  const house = await openHouse({
    ...{ store, clock: realClock, channels: [channel] },
    given: () => ({ flow, staff: [], forms: [], language: 'fr', pauses: { terminal: { text: 0, long: 0 } } }),
    failed: (error) => assert.fail(error as Error),
    storeAway: (away) => states.push(away),
  });
  house.due.start();
  const say = (order: string, text: string) => house.receive(message(order, text, 'moi', realClock.now()));
  await say('000100', 'bonjour');
  await say('000101', '1');
  await house.settled();
  spoil();
  const long = 'Une parcelle de la rue des Lilas. '.repeat(2_000);
  const saying = say('000200', long);
  for (const until = Date.now() + 15_000; apologies(posts).length === 0 && Date.now() < until; ) await sleep(20);
  await sleep(lasts);
  assert.equal(apologies(posts).length, 1);
  mend();
  await saying;
  await house.settled();
  assert.match(wordsOf(posts.at(-1)), /en entier/);
  assert.equal(apologies(posts).length, 1);
  const [heard] = await store.recent('terminal', 1);
  assert.equal(heard?.heard, '000200');
  assert.deepEqual(states, [true, false]);
  await house.stop();
  await store.close();
}

/** The store's own connection, to spoil it from outside. */
function spied(open: () => Store & Library): { store: Store & Library; db: DatabaseSync } {
  const { exec } = DatabaseSync.prototype;
  const seen = new Set<DatabaseSync>();
  DatabaseSync.prototype.exec = function (sql) {
    seen.add(this);
    return exec.call(this, sql);
  };
  const store = open();
  DatabaseSync.prototype.exec = exec;
  const db = [...seen].find((one) => one.location()?.endsWith('recueil.db'));
  assert.ok(db);
  return { store, db };
}

test('SQLite: the disk is full, and then is no more', async () => {
  const { store, db } = spied(() => openSqlite(join(folder, 'full')));
  const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
  const most = (count: number) => db.exec(`PRAGMA max_page_count = ${count}`);
  await tells(
    store,
    () => most(pages + 2),
    () => most(1_000_000),
    1_000,
  );
});

test('SQLite: it can only be read, and then is written again', async () => {
  const { store, db } = spied(() => openSqlite(join(folder, 'only')));
  await tells(
    store,
    () => db.exec('PRAGMA query_only = 1'),
    () => db.exec('PRAGMA query_only = 0'),
    1_000,
  );
});

test('what a driver never answers has failed in time', async () => {
  const store: Store & Library = { ...openMemory(), load: () => inTime(new Promise<never>(() => undefined), 20) };
  const silent = guarded(store, () => false);
  await assert.rejects(silent.load('conversation', 'K1'), StoreAway);
  assert.equal(await inTime(Promise.resolve(1), 20), 1);
});

test('MongoDB: a write that had no answer is not taken for saved; one that no server takes concerns itself alone', async (t) => {
  const engine = await openEngine();
  const proxy = await openProxy(engine.uri);
  const store = await openMongo(proxy.uri);
  t.after(async () => {
    await store.close();
    await proxy.close();
    await engine.close();
  });
  const [one, two] = [conversation('K1'), conversation('K2')];
  await store.commit('conversation', null, one);
  await store.commit('conversation', null, two);
  proxy.cut();
  await assert.rejects(store.commit('conversation', one, { ...one, version: 2, count: 9 }), StoreAway);
  await assert.rejects(store.load('conversation', one.id), StoreAway);
  proxy.mend();
  assert.equal((await store.load('conversation', one.id))?.count, one.count);
  const huge = { ...two, version: 2, person: { id: 'x', name: 'n'.repeat(17_000_000) } };
  const [big, small] = await Promise.allSettled([
    store.commit('conversation', two, huge),
    store.commit('conversation', one, { ...one, version: 2, count: 9 }),
  ]);
  assert.equal(small.status, 'fulfilled');
  assert.ok(big.status === 'rejected' && !(big.reason instanceof StoreAway), String(big));
});

test('MongoDB: cut off, then no longer the primary, then there again', async (t) => {
  const engine = await openEngine();
  const [one, two] = [
    await openProxy(engine.uri),
    await openProxy(engine.uri.replace('recueil_test_', 'recueil_other_')),
  ];
  const stores = [await openMongo(one.uri), await openMongo(two.uri)] as const;
  t.after(async () => {
    for (const { close } of [...stores, one, two, engine]) await close();
  });
  const lasting = (store: Store & Library) => ({ ...store, close: async () => undefined });
  await tells(lasting(stores[0]), one.cut, one.mend, 2_000);
  const only = (readOnly: boolean) => () => void Object.assign(two, { readOnly });
  await tells(lasting(stores[1]), only(true), only(false), 2_000);
});

test('MongoDB: so slow that people are told, and nothing is done twice', async (t) => {
  const engine = await openEngine();
  const proxy = await openProxy(engine.uri);
  const store = await openMongo(proxy.uri);
  t.after(async () => {
    for (const { close } of [store, proxy, engine]) await close();
  });
  const spoil = () => {
    proxy.delay = 3_000;
  };
  const mend = () => {
    proxy.delay = 0;
  };
  const posts: string[] = [];
  const channel: Channel = {
    name: 'terminal',
    async start() {},
    async deliver({ key }) {
      posts.push(key);
      return { messages: [String(posts.length)] };
    },
    check: async () => [],
    async stop() {},
  };
  const house = await openHouse({
    ...{ store, clock: realClock, channels: [channel], copies: 0, failed: (error) => assert.fail(error as Error) },
    given: () => ({ flow, staff: [], forms: [], language: 'fr', pauses: { terminal: { text: 0, long: 0 } } }),
  });
  spoil();
  await house.receive(message('000100', 'bonjour', 'moi', realClock.now()));
  mend();
  await house.stop();
  assert.equal(posts.filter((key) => key.startsWith('away:')).length, 1);
  assert.equal(posts.length, 2);
});

// The contract on every store, and what is particular to each.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import mongoose from 'mongoose';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { openMongo } from '../adapters/stores/mongo/index.ts';
import { TELLING, WAITING } from '../adapters/stores/mongo/pulse.ts';
import { QUERIES } from '../adapters/stores/sqlite/digest.ts';
import { Locked, openSqlite, RECENT, readSqlite } from '../adapters/stores/sqlite/index.ts';
import { PULSE } from '../adapters/stores/sqlite/pulse.ts';
import { type OpenStore, storeContract } from './store.contract.ts';
import { practice } from './support/documents.ts';
import { openEngine } from './support/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'recueil-stores-'));
after(() => rmSync(folder, { recursive: true }));

storeContract('memory', async () => {
  const store = openMemory();
  return { store, reopen: async () => store, close: async () => {} };
});

storeContract('SQLite', async () => {
  const place = join(folder, 'contract');
  let store: OpenStore = openSqlite(place);
  return {
    store,
    async reopen() {
      await store.close();
      store = openSqlite(place);
      return store;
    },
    close: () => store.close(),
  };
});

storeContract('MongoDB', async () => {
  const engine = await openEngine();
  let store: OpenStore = await openMongo(engine.uri);
  return {
    store,
    async reopen() {
      await store.close();
      store = await openMongo(engine.uri);
      return store;
    },
    async close() {
      await store.close();
      await engine.close();
    },
  };
});

test('SQLite: written ahead and synchronous, readable by its owner only', async () => {
  const place = join(folder, 'pragmas');
  const store = openSqlite(place);
  const db = new DatabaseSync(join(place, 'recueil.db'), { readOnly: true });
  assert.equal(db.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal');
  db.close();
  assert.equal(statSync(join(place, 'recueil.db')).mode & 0o077, 0);
  await store.close();
});

test('SQLite: the last active conversations are found by an index', async () => {
  const place = join(folder, 'recent');
  await openSqlite(place).close();
  const db = new DatabaseSync(join(place, 'recueil.db'), { readOnly: true });
  const plan = JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${RECENT}`).all('discord', 9));
  db.close();
  assert.match(plan, /USING INDEX conversations_recent/);
  assert.doesNotMatch(plan, /TEMP B-TREE/);
});

test('SQLite: what digests read is found by an index, and counts are made from the index alone', async () => {
  const place = join(folder, 'digests');
  await openSqlite(place).close();
  const db = new DatabaseSync(join(place, 'recueil.db'), { readOnly: true });
  const plan = (query: string, ...values: (string | number)[]) =>
    JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${query}`).all(...values));
  assert.match(plan(QUERIES.sets, ''), /SEARCH practices USING (?:COVERING )?INDEX practices_told/);
  assert.match(plan(QUERIES.told, '', 'public', 9), /SEARCH practices USING INDEX practices_told/);
  assert.match(plan(QUERIES.state, 'new', 'public', 9), /SEARCH practices USING INDEX practices_state/);
  assert.match(plan(QUERIES.tally, 'public'), /SEARCH counted USING COVERING INDEX counted_by/);
  assert.match(plan(QUERIES.trail), /SEARCH counted USING COVERING INDEX counted_by/);
  for (const query of [QUERIES.told, QUERIES.state]) assert.doesNotMatch(plan(query, '', 'public', 9), /TEMP B-TREE/);
  db.close();
});

test('SQLite: the pulse is read from indexes alone', async () => {
  const place = join(folder, 'pulse');
  await openSqlite(place).close();
  const db = new DatabaseSync(join(place, 'recueil.db'), { readOnly: true });
  const plan = (query: string) => JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${query}`).all());
  for (const table of ['conversations', 'practices', 'deliveries', 'digests']) {
    assert.match(plan(PULSE.due), new RegExp(`SEARCH ${table} USING COVERING INDEX ${table}_due`));
  }
  assert.match(plan(PULSE.drafts), /SCAN conversations USING (?:COVERING )?INDEX conversations_open/);
  db.close();
});

test('SQLite: one writer at a time, readers beside it', async () => {
  const place = join(folder, 'locked');
  assert.equal(readSqlite(place), null);
  const store = openSqlite(place);
  assert.throws(() => openSqlite(place), Locked);
  await store.commit('practice', null, practice('K1'));
  const reader = readSqlite(place);
  assert.equal((await reader?.load('practice', 'K1'))?.headline, 'Rue des Lilas');
  await reader?.close();
  await store.close();
  await openSqlite(place).close();
});

test('SQLite: a killed process lets go of the folder and loses nothing it acknowledged', async () => {
  const place = join(folder, 'killed');
  const script = `
    const { openSqlite } = await import(${JSON.stringify(join(import.meta.dirname, '../adapters/stores/sqlite/index.ts'))});
    const { practice } = await import(${JSON.stringify(join(import.meta.dirname, 'support/documents.ts'))});
    const store = openSqlite(${JSON.stringify(place)});
    for (let i = 0; ; i++) { await store.commit('practice', null, practice('K' + i)); console.log(i); }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    printed += chunk;
    if (printed.split('\n').length > 50) break;
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  const acknowledged = printed.slice(0, printed.lastIndexOf('\n')).split('\n').map(Number);
  const store = openSqlite(place);
  for (const i of acknowledged) assert.ok(await store.load('practice', `K${i}`), `K${i}`);
  await store.close();
});

test('SQLite: a content that a killed process left half written is cleared away', async () => {
  const place = join(folder, 'half');
  await openSqlite(place).close();
  mkdirSync(join(place, 'files'));
  writeFileSync(join(place, 'files', '.4711-1.part'), 'a photo, by half');
  writeFileSync(join(place, 'files', 'K1.part'), 'whole');
  await readSqlite(place)?.close();
  assert.equal(readdirSync(join(place, 'files')).length, 2);
  await openSqlite(place).close();
  assert.deepEqual(readdirSync(join(place, 'files')), ['K1.part']);
});

test('MongoDB: answers are read in a shell as answers.<field>.text, and the indexes are there', async () => {
  const engine = await openEngine();
  const store = await openMongo(engine.uri);
  await store.commit('practice', null, practice('K1'));
  const shell = await mongoose.createConnection(engine.uri).asPromise();
  const rows = shell.db?.collection<{ _id: string }>('practices');
  const row = await rows?.findOne({ 'answers.territory.text': 'Rue des Lilas' });
  assert.equal(row?._id, 'K1');
  const keys = async (name: string) =>
    (await shell.db?.collection(name).indexes())?.map((index) => Object.keys(index.key).join(','));
  assert.deepEqual(await keys('practices'), [
    ...['_id', 'wakeAt', 'traces', 'submittedAt,_id', 'messages'],
    ...['told,submittedAt,_id', 'state,submittedAt,_id', 'consent.scope,facets', 'terms,submittedAt,_id'],
  ]);
  assert.deepEqual(await keys('conversations'), [
    '_id',
    'wakeAt',
    'traces',
    'address.channel,activeAt',
    'trail',
    'open',
  ]);
  assert.deepEqual(await keys('deliveries'), ['_id', 'wakeAt', 'traces', 'about', 'owned']);
  const plan = async (name: string, filter: object, order: Record<string, 1>) =>
    JSON.stringify((await shell.db?.collection(name).find(filter).sort(order).explain())?.['queryPlanner']);
  const [waiting, telling] = [plan('deliveries', WAITING, { wakeAt: 1 }), plan('conversations', TELLING, { open: 1 })];
  for (const [read, index] of [
    [await waiting, 'wakeAt_1'],
    [await telling, 'open_1'],
  ] as const) {
    assert.match(read, new RegExp(`"IXSCAN".*"indexName":"${index}"`));
    assert.doesNotMatch(read, /COLLSCAN|"stage":"SORT"/);
  }
  await shell.close();
  await store.close();
  await engine.close();
});

test('SQLite: what was erased or written over is in no byte of the files once they are purged', async () => {
  const place = join(folder, 'purged');
  const store = openSqlite(place);
  const told = (i: number) => `parole-${i}-secrete`;
  const idOf = (i: number) => `K${String((i * 7_919) % 1_000_003).padStart(9, '0')}`;
  const ROUNDS = 150;
  for (let i = 0; i < ROUNDS; i++) {
    const answers = { soil: { text: told(i).repeat(1 + ((i * 37) % 120)), parts: [], label: 'Terre' } };
    const terms = Array.from({ length: 30 }, (_, n) => `${(n * 7_919 + i * 104_729) % 9_973}${told(i)}`);
    const one = practice(idOf(i), { answers, terms, traces: [told(i)], messages: [`${told(i)}/m:1`] });
    await store.commit('practice', null, one);
    // What grows moves its neighbours from page to page.
    await store.commit('practice', one, { ...one, version: 2, headline: told(i).repeat(1 + ((i * 53) % 150)) });
    if (i < 20 || i % 2 === 0) continue;
    const gone = await store.load('practice', idOf(i - 20));
    assert.ok(gone);
    const { terms: _, traces: __, ...rest } = gone;
    const emptied = { ...rest, version: 3, headline: '', answers: {}, messages: [] };
    if (i % 4 === 1) await store.forget('practice', gone.id);
    else await store.commit('practice', gone, emptied);
    await store.purge();
    const bytes = readdirSync(place).map((name) => readFileSync(join(place, name), 'latin1'));
    const isThere = (words: string) => bytes.some((one) => one.includes(words));
    assert.deepEqual([isThere(told(i - 20)), isThere(told(i))], [false, true], told(i - 20));
  }
  await store.close();
});

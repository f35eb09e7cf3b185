// Group commit: how many writes there are, and who hears of what.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import mongoose from 'mongoose';
import { type Each, grouped } from '../adapters/stores/group.ts';
import { openMongo } from '../adapters/stores/mongo/index.ts';
import { openSqlite } from '../adapters/stores/sqlite/index.ts';
import { conversation } from './support/documents.ts';
import { openEngine } from './support/engine.ts';

/** A write that ends when it is told to. */
function slow() {
  const batches: number[][] = [];
  const ends: ((fate: 'well' | 'ill') => void)[] = [];
  const write = async (batch: number[]): Promise<Each<string>[]> => {
    batches.push(batch);
    const fate = await new Promise((resolve) => ends.push(resolve));
    if (fate === 'ill') throw new Error('the engine is away');
    return batch.map((n) => (n === 13 ? { error: new Error('unlucky') } : { outcome: `saved ${n}` }));
  };
  return { write, batches, end: (fate: 'well' | 'ill' = 'well') => ends.shift()?.(fate) };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test('what one tick brings is one write, what comes meanwhile is the next, in order', async () => {
  const { write, batches, end } = slow();
  const put = grouped(write);
  const first = Promise.all(range(0, 5).map(put));
  await tick();
  const second = Promise.all(range(5, 8).map(put));
  await tick();
  assert.deepEqual(batches, [range(0, 5)]);
  end();
  assert.deepEqual(
    await first,
    range(0, 5).map((n) => `saved ${n}`),
  );
  const third = put(8);
  await tick();
  assert.deepEqual(batches, [range(0, 5), range(5, 8)]);
  end();
  await second;
  await tick();
  end();
  assert.equal(await third, 'saved 8');
  assert.deepEqual(batches, [range(0, 5), range(5, 8), [8]]);
});

test('an item that fails fails alone; a write that fails fails those in it, and those behind it are written', async () => {
  const { write, batches, end } = slow();
  const put = grouped(write);
  const first = Promise.allSettled([12, 13].map(put));
  await tick();
  const second = put(14);
  end();
  assert.deepEqual(
    (await first).map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
  await tick();
  end('ill');
  await assert.rejects(second, /away/);
  const third = put(15);
  await tick();
  end();
  assert.equal(await third, 'saved 15');
  assert.deepEqual(batches, [[12, 13], [14], [15]]);
});

test('a write is never longer than its measure', async () => {
  const sizes: number[] = [];
  const put = grouped(async (batch: number[]) => {
    sizes.push(batch.length);
    return batch.map((outcome) => ({ outcome }));
  });
  assert.deepEqual(await Promise.all(range(0, 300).map(put)), range(0, 300));
  assert.deepEqual(sizes, [128, 128, 44]);
});

test('MongoDB: sixty-four people write with one command', async (t) => {
  const engine = await openEngine();
  const store = await openMongo(engine.uri);
  const shell = await mongoose.createConnection(engine.uri).asPromise();
  t.after(async () => {
    await shell.close();
    await store.close();
    await engine.close();
  });
  const commands = async (): Promise<number> => {
    const { metrics } = (await shell.db?.admin().command({ serverStatus: 1 })) ?? {};
    return ['update', 'insert', 'findAndModify'].reduce((sum, name) => sum + Number(metrics.commands[name].total), 0);
  };
  const people = range(0, 64).map((n) => conversation(`one${n}`));
  const before = await commands();
  await Promise.all(people.map((one) => store.commit('conversation', null, one)));
  assert.equal((await commands()) - before, 1);
  const later = people.map((one) => ({ ...one, version: 2, language: 'en' as const }));
  await Promise.all(people.map((one, i) => store.commit('conversation', one, later[i] ?? one)));
  assert.equal((await commands()) - before, 2);
  assert.deepEqual(await Promise.all(people.map(({ id }) => store.load('conversation', id))), later);
});

test('SQLite: sixty-four people share one transaction', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'recueil-group-'));
  const store = openSqlite(folder);
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const reader = await import('node:sqlite').then(
    ({ DatabaseSync }) => new DatabaseSync(join(folder, 'recueil.db'), { readOnly: true }),
  );
  t.after(() => reader.close());
  const kept = () => Number(reader.prepare('SELECT count(*) AS count FROM conversations').get()?.['count']);
  const seen: number[] = [];
  const people = range(0, 64).map((n) => store.commit('conversation', null, conversation(`one${n}`)));
  await Promise.all(people.map((one) => one.then(() => seen.push(kept()))));
  assert.deepEqual(new Set(seen), new Set([64]), 'the first to hear of it finds all the others there');
});

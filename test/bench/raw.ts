// The least that could keep a conversation: one read and one compare-and-swap write per message with the bare driver, both
// on disk before the next, on the same engine.
import { DatabaseSync } from 'node:sqlite';
import mongoose from 'mongoose';
import { answers } from './words.ts';

export interface Raw {
  /** Messages per second of so many people at once. */
  rate(people: number, messages: number): Promise<number>;
  close(): Promise<void>;
}

/** Runs `message` so often for each of so many people, in order for each, and returns the rate. */
async function told(people: number, messages: number, message: (who: string, n: number) => Promise<void>) {
  const start = performance.now();
  const tell = async (who: string) => {
    for (let n = 0; n < messages; n++) await message(who, n);
  };
  await Promise.all(Array.from({ length: people }, (_, i) => tell(`r${i}-${start}`)));
  return (people * messages * 1_000) / (performance.now() - start);
}

export async function rawMongo(uri: string): Promise<Raw> {
  const connection = await mongoose.createConnection(uri).asPromise();
  const rows = connection.collection<{ _id: string; version: number; answers: Record<string, string> }>('raw', {
    writeConcern: { w: 1, journal: true },
  });
  const answer = answers();
  return {
    rate: (people, messages) =>
      told(people, messages, async (_id, n) => {
        const row = await rows.findOne({ _id });
        const [version, text] = [row?.version ?? 0, answer()];
        if (!row) await rows.insertOne({ _id, version: 1, answers: { f0: text } });
        else await rows.updateOne({ _id, version }, { $set: { [`answers.f${n % 5}`]: text, version: version + 1 } });
      }),
    close: () => connection.close(),
  };
}

export function rawSqlite(file: string): Raw {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec('CREATE TABLE raw (id TEXT PRIMARY KEY, version INTEGER, body TEXT) WITHOUT ROWID');
  const read = db.prepare('SELECT version, body FROM raw WHERE id = ?');
  const insert = db.prepare('INSERT INTO raw (id, version, body) VALUES (?, 1, ?)');
  const write = db.prepare('UPDATE raw SET version = ?, body = ? WHERE id = ? AND version = ?');
  const answer = answers();
  return {
    rate: (people, messages) =>
      told(people, messages, async (id, n) => {
        const row = read.get(id) as { version: number; body: string } | undefined;
        const body = JSON.parse(row?.body ?? '{}') as Record<string, string>;
        body[`f${n % 5}`] = answer();
        if (row) write.run(row.version + 1, JSON.stringify(body), id, row.version);
        else insert.run(id, JSON.stringify(body));
      }),
    close: async () => db.close(),
  };
}

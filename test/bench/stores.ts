// Whole turns on a store against the same store's bare engine doing one read and one compare-and-swap write per message.
import { DatabaseSync } from 'node:sqlite';
import mongoose from 'mongoose';
import { realClock } from '../../src/clock.ts';
import { openHouse } from '../../src/house.ts';
import type { Flow } from '../../src/model.ts';
import type { Channel, Library, Store } from '../../src/ports.ts';

const TEXT = 'La mairie prête une salle, douze bénévoles animent l’atelier du soir';

/** Messages per second of `people` at once, each telling a case message by message, through the whole house. */
export async function wholeTurns(store: Store & Library, flow: Flow, people: number, cases: number): Promise<number> {
  let order = 0;
  const next = (): string => {
    order += 1;
    return String(order).padStart(9, '0');
  };
  const channel: Channel = {
    name: 'bench',
    start: async () => {},
    deliver: async () => {
      const at = next();
      return { messages: [at], order: at };
    },
    check: async () => [],
    stop: async () => {},
  };
  const given = () => ({ flow, staff: [], language: 'fr' as const, pauses: { bench: { text: 0, long: 0 } } });
  const failed = (error: unknown): never => {
    throw error;
  };
  const house = await openHouse({ store, clock: realClock, given, channels: [channel], failed });
  const tell = async (chat: string) => {
    for (const text of ['bonjour', '1', ...flow.fields.map(() => TEXT), '1']) {
      const at = next();
      const person = { id: chat, name: chat };
      const from = { channel: 'bench', chat };
      const one = { id: `m:${at}`, order: at, place: 'private' as const, from, person, at: realClock.now(), text };
      await house.receive({ ...one, kind: 'message', files: [] });
      // The next message of a person comes once they were answered.
      await Promise.resolve();
    }
  };
  const start = performance.now();
  await Promise.all(
    Array.from({ length: people }, async (_, i) => {
      for (let one = 0; one < cases; one++) await tell(`p${i}-${one}-${start}`);
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  await house.stop();
  return (people * cases * (flow.fields.length + 3)) / seconds;
}

/** The bare driver: one findOne and one updateOne guarded by the version per message, journalled. */
export async function rawMongo(uri: string, people: number, messages: number): Promise<number> {
  const connection = await mongoose.createConnection(uri).asPromise();
  const rows = connection.collection<{ _id: string; version: number; answers: Record<string, string> }>('raw', {
    writeConcern: { w: 1, journal: true },
  });
  const start = performance.now();
  const write = async (id: string) => {
    await rows.insertOne({ _id: id, version: 0, answers: {} });
    for (let i = 0; i < messages; i++) {
      const row = await rows.findOne({ _id: id });
      const version = row?.version ?? 0;
      await rows.updateOne({ _id: id, version }, { $set: { [`answers.f${i % 5}`]: TEXT, version: version + 1 } });
    }
  };
  await Promise.all(Array.from({ length: people }, (_, i) => write(`r${i}-${start}`)));
  const rate = (people * messages * 1_000) / (performance.now() - start);
  await connection.close();
  return rate;
}

/** The bare SQLite: one SELECT and one guarded UPDATE per message, in a transaction that is on disk when it ends. */
export function rawSqlite(file: string, messages: number): number {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec('CREATE TABLE raw (id TEXT PRIMARY KEY, version INTEGER, body TEXT) WITHOUT ROWID');
  db.prepare("INSERT INTO raw VALUES ('x', 0, '{}')").run();
  const read = db.prepare("SELECT version, body FROM raw WHERE id = 'x'");
  const write = db.prepare("UPDATE raw SET version = ?, body = ? WHERE id = 'x' AND version = ?");
  const start = performance.now();
  for (let i = 0; i < messages; i++) {
    const row = read.get() as { version: number; body: string };
    const body = JSON.parse(row.body) as Record<string, string>;
    body[`f${i % 5}`] = TEXT;
    write.run(row.version + 1, JSON.stringify(body), row.version);
  }
  const rate = (messages * 1_000) / (performance.now() - start);
  db.close();
  return rate;
}

// Whole turns with a million open drafts stored, against ten thousand: as ratios to the bare driver, so that what the
// machine does in between counts for neither.
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../../adapters/stores/sqlite/index.ts';
import type { Flow } from '../../src/model.ts';
import { gather } from './people.ts';
import { rawSqlite } from './raw.ts';
import { rateAgainst } from './rounds.ts';

const [FEW, MANY] = [10_000, 1_000_000];
const ROUNDS = 5;

export async function millionFigures(flow: Flow, folder: string): Promise<Record<string, number>> {
  const few = await stored(flow, join(folder, 'few'), FEW);
  const many = await stored(flow, join(folder, 'many'), MANY);
  return { million_vs_ten_thousand: many.ratio / few.ratio, million_open_ms: many.open };
}

async function stored(flow: Flow, folder: string, count: number): Promise<{ ratio: number; open: number }> {
  await fill(flow, folder, count);
  const start = performance.now();
  const store = openSqlite(folder);
  const people = await gather(store, flow);
  const open = performance.now() - start;
  const raw = rawSqlite(join(folder, 'raw.db'));
  const ratio = await rateAgainst(
    () => raw.rate(8, 105),
    () => people.tell(8, 15),
    ROUNDS,
  );
  await people.stop();
  await raw.close();
  await store.close();
  return { ratio, open };
}

/** One person begins for real, up to the third question; the others are copies of their rows, each with an id of its own. */
async function fill(flow: Flow, folder: string, count: number): Promise<void> {
  const store = openSqlite(folder);
  const people = await gather(store, flow);
  await people.begin('first', 2);
  await people.stop();
  await store.close();
  const db = new DatabaseSync(join(folder, 'recueil.db'));
  db.exec('PRAGMA synchronous = OFF');
  const id = db.prepare('SELECT id FROM conversations').get()?.['id'] as string;
  const columnsOf = (table: string) =>
    db
      .prepare(`SELECT name FROM pragma_table_info('${table}') WHERE name <> 'id'`)
      .all()
      .map(({ name }) => name)
      .join(', ');
  for (const table of ['conversations', 'pieces', 'counted']) {
    const columns = columnsOf(table);
    // Ids as they are drawn: anywhere in the order of those there are.
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})
      INSERT INTO ${table} (id, ${columns})
      SELECT printf('%08x-%d', (n.i * 2654435761) & 4294967295, n.i), ${columns} FROM n, ${table} WHERE id = '${id}'`);
  }
  // On disk before anything is measured, or the first flush of a turn would have to wait for all of it.
  db.exec('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const file = openSync(join(folder, 'recueil.db'), 'r+');
  fsyncSync(file);
  closeSync(file);
}

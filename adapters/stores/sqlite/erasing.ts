// Erasing in SQLite: what finds a trace of somebody, and what makes sure that it is gone from the bytes of the file.
import type { Kind } from '../../../src/model.ts';
import type { Documents, Store } from '../../../src/ports.ts';
import { mentions } from '../parked.ts';
import type { Statements } from './statements.ts';

/** Writes what changed of a document's traces. */
export function indexTraces<K extends Kind>(
  { run }: Pick<Statements, 'run'>,
  kind: K,
  before: Documents[K] | null,
  { id, traces }: Documents[K],
): void {
  if (before?.traces === traces) return;
  run('DELETE FROM traces WHERE kind = ? AND id = ?', kind, id);
  for (const one of traces ?? []) run('INSERT OR IGNORE INTO traces (trace, kind, id) VALUES (?, ?, ?)', one, kind, id);
}

export const erasing = ({ run, all }: Pick<Statements, 'run' | 'all'>): Pick<Store, 'traced' | 'unpark' | 'purge'> => ({
  async traced(trace) {
    const rows = all('SELECT kind, id FROM traces WHERE trace = ?', trace);
    return rows.map(({ kind, id }) => ({ kind: kind as Kind, id: String(id) }));
  },
  async unpark(channel, ids) {
    for (const { id, raw } of all('SELECT id, raw FROM parked WHERE channel = ?', channel)) {
      if (mentions(String(raw), ids)) run('DELETE FROM parked WHERE id = ?', String(id));
    }
  },
  async purge() {
    // A page that was split keeps copies of rows in its free space, which `secure_delete` does not see: 17 of 280 erasures
    // left something in a trial. Only writing every page anew leaves nothing.
    run('VACUUM');
    const [done] = all('PRAGMA wal_checkpoint(TRUNCATE)');
    if (done?.['busy'] !== 0) throw new Error('another process is reading');
  },
});

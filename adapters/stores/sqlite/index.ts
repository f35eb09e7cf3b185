// The store in one SQLite file: no server, every commit on disk before it is acknowledged. One process writes at a time.
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Address, Instant, Kind, Practice } from '../../../src/model.ts';
import type { Documents, Library, Store } from '../../../src/ports.ts';
import { guarded } from '../away.ts';
import { isAway } from './away.ts';
import { commits } from './commit.ts';
import { digestReading } from './digest.ts';
import { erasing } from './erasing.ts';
import { filesIn, sweep } from './files.ts';
import { pulseOf } from './pulse.ts';
import { join, SCHEMA, TABLES } from './schema.ts';
import { type Row, statementsOn } from './statements.ts';
import { finding, unindexTerms } from './terms.ts';

type Tree = Record<string, unknown>;

const KINDS = Object.keys(TABLES) as Kind[];

/** By the index on what is read of the body (conversations_recent). */
export const RECENT = `SELECT body -> '$.address' AS address, body ->> '$.heard' AS heard FROM conversations
  WHERE body ->> '$.heard' IS NOT NULL AND body ->> '$.address.channel' = ?
  ORDER BY body ->> '$.activeAt' DESC LIMIT ?`;

/** Another process holds the data folder. */
export class Locked extends Error {}

const filesFolder = (folder: string): string => joinPath(folder, 'files');

/** Opens the store to read and write; throws `Locked` while another process holds the folder. */
export function openSqlite(folder: string): Store & Library {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = hold(joinPath(folder, 'lock.db'));
  const file = joinPath(folder, 'recueil.db');
  const db = new DatabaseSync(file);
  chmodSync(file, 0o600);
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON',
  );
  db.exec(SCHEMA);
  sweep(filesFolder(folder));
  const store = storeOn(db, folder);
  const close = async (): Promise<void> => {
    db.close();
    lock.close();
  };
  return guarded({ ...store, close }, isAway);
}

/** Opens the store to read only, beside a process that writes. Null when there is nothing yet. */
export function readSqlite(folder: string): (Store & Library) | null {
  const file = joinPath(folder, 'recueil.db');
  if (!existsSync(file)) return null;
  const db = new DatabaseSync(file, { readOnly: true });
  db.exec('PRAGMA busy_timeout = 5000');
  return guarded(storeOn(db, folder), isAway);
}

/** An exclusive transaction on a file of its own: the operating system lets it go when the process dies, however it dies. */
function hold(file: string): DatabaseSync {
  const lock = new DatabaseSync(file);
  try {
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) throw new Locked('locked');
    throw error;
  }
}

function storeOn(db: DatabaseSync, folder: string): Store & Library {
  const statements = statementsOn(db);
  const { run, get, all, transaction } = statements;

  function read<K extends Kind>(kind: K, id: string, row: Row): Documents[K] {
    const pieces = all('SELECT path, value FROM pieces WHERE kind = ? AND id = ?', kind, id);
    const body = JSON.parse(String(row['body'])) as Tree;
    join(body, pieces.map((piece) => [String(piece['path']), JSON.parse(String(piece['value']))] as const) as never);
    return { ...body, id, version: Number(row['version']), wakeAt: row['wake_at'] ?? null } as Documents[K];
  }

  function unindex(id: string): void {
    const at = get('SELECT submitted_at FROM practices WHERE id = ?', id)?.['submitted_at'];
    const terms = get("SELECT value FROM pieces WHERE kind = 'practice' AND id = ? AND path = 'terms'", id)?.['value'];
    if (terms !== undefined) unindexTerms({ run }, String(at), id, JSON.parse(String(terms)) as string[]);
  }

  return {
    name: `SQLite, ${folder}`,
    exclusive: true,
    files: filesIn(filesFolder(folder)),
    async secret(fresh) {
      return transaction(() => {
        run("INSERT OR IGNORE INTO settings (name, value) VALUES ('secret', ?)", fresh);
        return String(get("SELECT value FROM settings WHERE name = 'secret'")?.['value']);
      });
    },
    async load(kind, id) {
      const row = get(`SELECT version, wake_at, body FROM ${TABLES[kind]} WHERE id = ?`, id);
      return row ? read(kind, id, row) : null;
    },
    commit: commits(statements),
    async due(now, limit) {
      const one = (kind: Kind) => `SELECT '${kind}' AS kind, id, wake_at FROM ${TABLES[kind]} WHERE wake_at <= ?`;
      const rows = all(
        `${KINDS.map(one).join(' UNION ALL ')} ORDER BY wake_at LIMIT ?`,
        ...KINDS.map(() => now),
        limit,
      );
      return rows.map((row) => ({ kind: row['kind'] as Kind, id: String(row['id']) }));
    },
    async owner(message) {
      const row = get('SELECT practice FROM messages WHERE message = ?', message);
      if (row) return { kind: 'practice', id: String(row['practice']) };
      const delivery = get('SELECT delivery FROM owned WHERE message = ?', message);
      return delivery ? { kind: 'delivery', id: String(delivery['delivery']) } : null;
    },
    async forget(kind, id) {
      transaction(() => {
        if (kind === 'practice') unindex(id);
        run(`DELETE FROM ${TABLES[kind]} WHERE id = ?`, id);
        run('DELETE FROM pieces WHERE kind = ? AND id = ?', kind, id);
        run('DELETE FROM counted WHERE kind = ? AND id = ?', kind, id);
        run('DELETE FROM traces WHERE kind = ? AND id = ?', kind, id);
        if (kind === 'practice') run('DELETE FROM messages WHERE practice = ?', id);
        if (kind === 'delivery') run('DELETE FROM owned WHERE delivery = ?', id);
        run('INSERT OR IGNORE INTO forgotten (kind, id) VALUES (?, ?)', kind, id);
      });
    },
    async park({ id, at, channel, raw }) {
      run('INSERT OR REPLACE INTO parked (id, at, channel, raw) VALUES (?, ?, ?, ?)', id, at, channel, raw);
    },
    ...erasing(statements),
    pulse: pulseOf(get),
    ...finding(statements),
    async close() {
      db.close();
    },
    async recent(channel, limit) {
      const rows = all(RECENT, channel, limit);
      return rows.map((row) => ({
        address: JSON.parse(String(row['address'])) as Address,
        heard: String(row['heard']),
      }));
    },
    ...digestReading(all, (row) => read('practice', String(row['id']), row)),
    async *practices(since: Instant = ''): AsyncGenerator<Practice> {
      let [from, after] = [since, ''];
      for (;;) {
        const row = get(
          'SELECT id, version, wake_at, body, submitted_at FROM practices WHERE (submitted_at, id) > (?, ?) ORDER BY submitted_at, id LIMIT 1',
          ...[from, after],
        );
        if (!row) return;
        [from, after] = [String(row['submitted_at']), String(row['id'])];
        yield read('practice', after, row);
      }
    },
  };
}

// The tables of the SQLite store, and how a document is laid out in them: one row for most of it, one row per answer, so
// that an ordinary turn rewrites little. Pure.
import type { Kind } from '../../../src/model.ts';

export const TABLES: Record<Kind, string> = {
  conversation: 'conversations',
  practice: 'practices',
  delivery: 'deliveries',
  digest: 'digests',
};

export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, wake_at TEXT, body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS practices (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, wake_at TEXT, body TEXT NOT NULL, submitted_at TEXT
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS deliveries (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, wake_at TEXT, body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS counted (
    kind TEXT NOT NULL, id TEXT NOT NULL, scope TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, id)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS digests (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, wake_at TEXT, body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS pieces (
    kind TEXT NOT NULL, id TEXT NOT NULL, path TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, id, path)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (message TEXT PRIMARY KEY, practice TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS owned (message TEXT PRIMARY KEY, delivery TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS owned_by ON owned (delivery);
  CREATE TABLE IF NOT EXISTS terms (
    term TEXT NOT NULL, at TEXT NOT NULL, practice TEXT NOT NULL, PRIMARY KEY (term, at, practice)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS traces (
    trace TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (trace, kind, id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS traces_of ON traces (kind, id);
  CREATE TABLE IF NOT EXISTS forgotten (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS parked (
    id TEXT PRIMARY KEY, at TEXT NOT NULL, channel TEXT NOT NULL, raw TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS conversations_due ON conversations (wake_at) WHERE wake_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS practices_due ON practices (wake_at) WHERE wake_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (wake_at) WHERE wake_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS digests_due ON digests (wake_at) WHERE wake_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS practices_told ON practices (
    coalesce(body ->> '$.told', ''), body ->> '$.consent.scope', submitted_at, id
  );
  CREATE INDEX IF NOT EXISTS practices_state ON practices (
    body ->> '$.state', body ->> '$.consent.scope', submitted_at, id
  );
  CREATE INDEX IF NOT EXISTS counted_by ON counted (kind, scope, value);
  CREATE INDEX IF NOT EXISTS practices_submitted ON practices (submitted_at, id);
  CREATE INDEX IF NOT EXISTS conversations_recent ON conversations (
    body ->> '$.address.channel', body ->> '$.activeAt'
  ) WHERE body ->> '$.heard' IS NOT NULL;
  CREATE INDEX IF NOT EXISTS conversations_open ON conversations (id) WHERE body ->> '$.open' IS NOT NULL;
  CREATE INDEX IF NOT EXISTS messages_of ON messages (practice);
`;

type Tree = Record<string, unknown>;

/** Where a value has a row of its own; `*` is any key. No key of a document holds a slash. */
const PIECES = [
  ['drafts', '*', 'answers', '*'],
  ['drafts', '*', 'story'],
  ['answers', '*'],
  ['former', '*'],
  ['story'],
  ['held'],
  ['seen'],
  ['messages'],
  ['owned'],
  ['said'],
  ['terms'],
];

const isPiece = (path: string[]): boolean =>
  PIECES.some((one) => one.length === path.length && one.every((key, i) => key === '*' || key === path[i]));

const mayHold = (path: string[]): boolean =>
  PIECES.some((one) => one.length > path.length && path.every((key, i) => one[i] === '*' || one[i] === key));

/** Splits a document into its body and its pieces by path; values stay references, so that they can be compared. */
export function split(document: Tree): { body: Tree; pieces: Map<string, unknown> } {
  const pieces = new Map<string, unknown>();
  const walk = (tree: Tree, at: string[]): Tree =>
    Object.fromEntries(
      Object.entries(tree).flatMap(([key, value]): [string, unknown][] => {
        const path = [...at, key];
        if (value === undefined) return [];
        if (isPiece(path)) {
          pieces.set(path.join('/'), value);
          return [];
        }
        const inner = mayHold(path) && typeof value === 'object' && value !== null && !Array.isArray(value);
        return [[key, inner ? walk(value as Tree, path) : value]];
      }),
    );
  return { body: walk(document, []), pieces };
}

/** Puts a document together again. */
export function join(body: Tree, pieces: Iterable<[path: string, value: unknown]>): Tree {
  for (const [path, value] of pieces) {
    const keys = path.split('/');
    const last = keys.pop() ?? '';
    const tree = keys.reduce((at, key) => {
      if (!Object.hasOwn(at, key)) at[key] = {};
      return at[key] as Tree;
    }, body);
    tree[last] = value;
  }
  return body;
}

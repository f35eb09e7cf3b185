// Commits to SQLite: those of the same moment share one transaction, so one flush of the disk, and each hears what became
// of its own.
import type { Delivery, Kind, Practice } from '../../../src/model.ts';
import type { Commit, Documents, Store } from '../../../src/ports.ts';
import { without } from '../changes.ts';
import { type Each, grouped } from '../group.ts';
import { countedOf } from './digest.ts';
import { indexTraces } from './erasing.ts';
import { split, TABLES } from './schema.ts';
import type { Statements } from './statements.ts';
import { indexTerms } from './terms.ts';

interface Change {
  kind: Kind;
  before: Documents[Kind] | null;
  after: Documents[Kind];
}

type Tree = Record<string, unknown>;

export function commits(statements: Statements): Store['commit'] {
  const { run, get, transaction } = statements;

  /** One transaction for all; where one of them fails, each has one of its own, and the others are saved. */
  const commit = grouped(async (batch: Change[]): Promise<Each<Commit>[]> => {
    try {
      return transaction(() => batch.map((one) => ({ outcome: outcomeOf(one) })));
    } catch (error) {
      return batch.length === 1 ? [{ error }] : batch.map(alone);
    }
  });

  function alone(one: Change): Each<Commit> {
    try {
      return { outcome: transaction(() => outcomeOf(one)) };
    } catch (error) {
      return { error };
    }
  }

  /** Nothing is changed unless it is saved: the others of the transaction are. */
  const outcomeOf = ({ kind, before, after }: Change): Commit =>
    !before && get('SELECT 1 FROM forgotten WHERE kind = ? AND id = ?', kind, after.id)
      ? 'forgotten'
      : write(kind, before, after);

  function write(kind: Kind, before: Documents[Kind] | null, after: Documents[Kind]): Commit {
    const { id, version, wakeAt, ...rest } = after as Documents[Kind] & Tree;
    const now = split(rest as Tree);
    const was = before ? split(before as unknown as Tree) : { body: {}, pieces: new Map<string, unknown>() };
    const body = JSON.stringify(now.body);
    const saved = before
      ? run(
          `UPDATE ${TABLES[kind]} SET version = ?, wake_at = ?, body = ? WHERE id = ? AND version = ?`,
          ...[version, wakeAt, body, id, before.version],
        )
      : run(
          `INSERT OR IGNORE INTO ${TABLES[kind]} (id, version, wake_at, body) VALUES (?, ?, ?, ?)`,
          ...[id, version, wakeAt, body],
        );
    if (saved.changes === 0) return 'stale';
    for (const [path, value] of now.pieces) {
      if (was.pieces.get(path) === value) continue;
      const piece = JSON.stringify(value);
      run('INSERT OR REPLACE INTO pieces (kind, id, path, value) VALUES (?, ?, ?, ?)', kind, id, path, piece);
    }
    for (const path of was.pieces.keys()) {
      if (!now.pieces.has(path)) run('DELETE FROM pieces WHERE kind = ? AND id = ? AND path = ?', kind, id, path);
    }
    count(kind, before, after);
    indexTraces(statements, kind, before, after);
    if (kind === 'practice') indexPractice(before as Practice | null, after as Practice);
    if (kind === 'delivery') indexDelivery(before as Delivery | null, after as Delivery);
    return 'saved';
  }

  function count(kind: Kind, before: Documents[Kind] | null, after: Documents[Kind]): void {
    const [was, is] = [countedOf(kind, before), countedOf(kind, after)];
    if (was.value === is.value && was.scope === is.scope) return;
    run(
      'INSERT OR REPLACE INTO counted (kind, id, scope, value) VALUES (?, ?, ?, ?)',
      ...[kind, after.id, is.scope, is.value],
    );
  }

  function indexPractice(before: Practice | null, after: Practice): void {
    // A note is no case: it is in no list.
    if (before?.submittedAt !== after.submittedAt && !after.note) {
      run('UPDATE practices SET submitted_at = ? WHERE id = ?', after.submittedAt, after.id);
    }
    indexTerms(statements, before, after);
    if (before?.messages === after.messages) return;
    for (const message of without(before?.messages, after.messages)) {
      run('DELETE FROM messages WHERE message = ?', message);
    }
    for (const message of after.messages) {
      run('INSERT OR IGNORE INTO messages (message, practice) VALUES (?, ?)', message, after.id);
    }
  }

  function indexDelivery(before: Delivery | null, after: Delivery): void {
    if (before?.owned === after.owned) return;
    for (const message of without(before?.owned, after.owned)) run('DELETE FROM owned WHERE message = ?', message);
    for (const message of after.owned ?? []) {
      run('INSERT OR IGNORE INTO owned (message, delivery) VALUES (?, ?)', message, after.id);
    }
  }

  return (kind, before, after) => commit({ kind, before, after });
}

// Statements on an open SQLite file, each prepared once, and transactions.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

export type Row = Record<string, unknown>;

export interface Statements {
  run(sql: string, ...values: SQLInputValue[]): { changes: number | bigint };
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** All of it, on disk when it returns, or nothing when it throws. */
  transaction<T>(work: () => T): T;
}

export function statementsOn(db: DatabaseSync): Statements {
  const prepared = new Map<string, StatementSync>();
  const sql = (text: string): StatementSync => {
    const known = prepared.get(text);
    if (known) return known;
    const statement = db.prepare(text);
    prepared.set(text, statement);
    return statement;
  };
  const run: Statements['run'] = (text, ...values) => sql(text).run(...values);
  return {
    run,
    get: (text, ...values) => sql(text).get(...values),
    all: (text, ...values) => sql(text).all(...values),
    transaction(work) {
      run('BEGIN IMMEDIATE');
      try {
        const result = work();
        run('COMMIT');
        return result;
      } catch (error) {
        if (db.isTransaction) run('ROLLBACK');
        throw error;
      }
    },
  };
}

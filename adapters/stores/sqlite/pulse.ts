// What an operator watches, read from indexes of SQLite and counted no further than it must.
import type { Library } from '../../../src/ports.ts';
import { MOST } from '../sums.ts';

const first = (table: string): string => `SELECT min(wake_at) AS due FROM ${table} WHERE wake_at IS NOT NULL`;

export const PULSE = {
  due: `SELECT min(due) AS due FROM (${['conversations', 'practices', 'deliveries', 'digests'].map(first).join(' UNION ALL ')})`,
  drafts: `SELECT count(*) AS count FROM (
    SELECT 1 FROM conversations WHERE body ->> '$.open' IS NOT NULL LIMIT ${MOST})`,
  parked: `SELECT count(*) AS count FROM (SELECT 1 FROM parked LIMIT ${MOST})`,
};

export const pulseOf =
  (get: (sql: string) => Record<string, unknown> | undefined): Library['pulse'] =>
  async () => ({
    due: (get(PULSE.due)?.['due'] ?? null) as string | null,
    drafts: Number(get(PULSE.drafts)?.['count']),
    parked: Number(get(PULSE.parked)?.['count']),
  });

// What digests read of the SQLite store, each by an index: they never look at a case or a person that has nothing to say.
import type { Conversation, Kind, Practice, State } from '../../../src/model.ts';
import type { Documents, Library } from '../../../src/ports.ts';
import { tallied, trailOf } from '../sums.ts';

type Row = Record<string, unknown>;
type Scopes = Parameters<Library['tally']>[0];

const TOLD = "coalesce(body ->> '$.told', '')";
const SCOPE = "body ->> '$.consent.scope'";
const inOrder = (where: string) => `SELECT id, version, wake_at, body, submitted_at FROM practices
  WHERE ${where} AND ${SCOPE} = ? ORDER BY submitted_at, id LIMIT ?`;

export const QUERIES = {
  /** The next set of places that some case was told to. */
  sets: `SELECT min(${TOLD}) AS told FROM practices WHERE ${TOLD} > ?`,
  told: inOrder(`${TOLD} = ?`),
  state: inOrder("body ->> '$.state' = ? AND submitted_at IS NOT NULL"),
  tally: "SELECT value, count(*) AS count FROM counted WHERE kind = 'practice' AND scope = ? GROUP BY value",
  trail: "SELECT value, count(*) AS count FROM counted WHERE kind = 'conversation' AND scope = '' GROUP BY value",
};

/** What is counted of a document, in a table of its own: an index on a body would be read with every body. */
export function countedOf<K extends Kind>(kind: K, document: Documents[K] | null): { scope: string; value: string } {
  if (!document) return { scope: '', value: '' };
  if (kind === 'practice') {
    const { consent, facets = '' } = document as unknown as Practice;
    return { scope: consent.scope, value: facets };
  }
  const { trail } = document as unknown as Conversation;
  return { scope: '', value: kind === 'conversation' && trail ? JSON.stringify(trail) : '' };
}

export function digestReading(
  all: (sql: string, ...values: (string | number)[]) => Row[],
  read: (row: Row) => Practice,
): Pick<Library, 'untold' | 'standing' | 'tally' | 'trail'> {
  const practices = (sql: string, keys: string[], scopes: Scopes, limit: number) => {
    const rows = keys.flatMap((key) => scopes.flatMap((scope) => all(sql, key, scope, limit)));
    const name = (row: Row) => `${row['submitted_at']}${row['id']}`;
    return rows
      .sort((a, b) => (name(a) < name(b) ? -1 : 1))
      .slice(0, limit)
      .map(read);
  };

  /** Every set of places that some case was told to, as it is written in `told`. */
  function sets(): string[] {
    const found = [''];
    for (;;) {
      const next = all(QUERIES.sets, found.at(-1) ?? '')[0]?.['told'];
      if (typeof next !== 'string') return found;
      found.push(next);
    }
  }

  return {
    async untold(place, scopes, limit) {
      const others = sets().filter((set) => !set.split(',').includes(place));
      return practices(QUERIES.told, others, scopes, limit);
    },
    standing: async (state: State, scopes, limit) => practices(QUERIES.state, [state], scopes, limit),
    async tally(scopes) {
      const groups = scopes.flatMap((scope) => all(QUERIES.tally, scope));
      return tallied(groups.map(({ value, count }) => ({ facets: value, count })));
    },
    trail: async () =>
      trailOf(
        all(QUERIES.trail).map(({ value, count }) => ({ trail: JSON.parse(String(value)), count: Number(count) })),
      ),
  };
}

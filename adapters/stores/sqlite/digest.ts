// What digests read of the SQLite store, each by an index: they never look at a case or a person that has nothing to say.
import type { Practice, State } from '../../../src/model.ts';
import type { Library } from '../../../src/ports.ts';
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
  state: inOrder("body ->> '$.state' = ?"),
  tally: `SELECT body ->> '$.facets' AS facets, count(*) AS count FROM practices WHERE ${SCOPE} = ? GROUP BY 1`,
  trail: "SELECT body ->> '$.trail' AS trail, count(*) AS count FROM conversations WHERE trail > '' GROUP BY 1",
};

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
    tally: async (scopes) => tallied(scopes.flatMap((scope) => all(QUERIES.tally, scope))),
    trail: async () =>
      trailOf(
        all(QUERIES.trail).map(({ trail, count }) => ({ trail: JSON.parse(String(trail)), count: Number(count) })),
      ),
  };
}

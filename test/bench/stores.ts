// Whole turns on a store against the same store's bare engine. A turn is all of a message: led to its conversation, stepped,
// committed, answered by a message that a channel takes, and the news of that riding on the next turn.
import { join } from 'node:path';
import { openMongo } from '../../adapters/stores/mongo/index.ts';
import { openSqlite } from '../../adapters/stores/sqlite/index.ts';
import type { Flow } from '../../src/model.ts';
import { openEngine } from '../support/engine.ts';
import { gather } from './people.ts';
import { type Raw, rawMongo, rawSqlite } from './raw.ts';
import { rateAgainst } from './rounds.ts';

const ROUNDS = 7;
/** Messages of one person: a greeting, consent and five answers, up to the summary. */
const MESSAGES = 7;

/** Ratios for one person after the other, and for sixty-four at once. */
async function compared(people: Awaited<ReturnType<typeof gather>>, raw: Raw): Promise<{ one: number; many: number }> {
  const one = await rateAgainst(
    () => raw.rate(1, 60 * MESSAGES),
    () => people.tell(1, 60),
    ROUNDS,
  );
  const many = await rateAgainst(
    () => raw.rate(64, 5 * MESSAGES),
    () => people.tell(64, 5),
    ROUNDS,
  );
  await people.stop();
  await raw.close();
  return { one, many };
}

export async function sqliteFigures(flow: Flow, folder: string): Promise<Record<string, number>> {
  const store = openSqlite(join(folder, 'turns'));
  const { one, many } = await compared(await gather(store, flow), rawSqlite(join(folder, 'raw.db')));
  await store.close();
  return { sqlite_vs_raw: one, sqlite_vs_raw_64: many };
}

export async function mongoFigures(flow: Flow): Promise<Record<string, number>> {
  const engine = await openEngine();
  const store = await openMongo(engine.uri);
  const { one, many } = await compared(await gather(store, flow), await rawMongo(engine.uri));
  await store.close();
  await engine.close();
  return { mongo_vs_raw_seq: one, mongo_vs_raw_64: many };
}

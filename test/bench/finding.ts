// What a search costs with two hundred cases and with a hundred times as many, in a store filled with invented ones.
import { openMongo } from '../../adapters/stores/mongo/index.ts';
import { openSqlite } from '../../adapters/stores/sqlite/index.ts';
import { search, similarTo } from '../../src/finding.ts';
import type { Practice, State } from '../../src/model.ts';
import type { Library, Store } from '../../src/ports.ts';
import { indexed } from '../../src/search/kept.ts';
import { readQuery } from '../../src/search/query.ts';
import { practice } from '../support/documents.ts';
import { openEngine } from '../support/engine.ts';
import { flow } from '../support/world.ts';
import { chance, word } from './words.ts';

const NOW = '2026-11-25T10:00:00.000Z';
const STATES: State[] = ['new', 'inHand', 'waiting', 'accepted', 'used'];
const WORDS = 6_000;
const PER_CASE = 60;
const TEAM = { team: true, id: 'bench:1' };
const [place = '', soil = ''] = flow.fields.map(({ key }) => key);

/** Words as often as people use them: the n-th a n-th as often as the first. */
const drawn = (random: () => number): string => word(Math.floor(WORDS ** random()) - 1);

function made(n: number): Practice {
  const random = chance(n + 1);
  const text = (count: number) => Array.from({ length: count }, () => drawn(random)).join(' ');
  const headline = text(3);
  const submittedAt = new Date(Date.parse('2024-01-01T00:00:00.000Z') + n * 3_600_000).toISOString();
  const answers = {
    [place]: { text: headline, parts: [], label: 'x' },
    [soil]: { text: text(PER_CASE), parts: [], label: 'y' },
  };
  const state = STATES[n % STATES.length] ?? 'new';
  const one = practice(`B${n}`, { answers, order: [place, soil], headline, submittedAt, state, messages: [] });
  return indexed(one, null, { flow });
}

/** Common words, rare words, both, a state, a date, a misspelt word, and many words at once. */
const SEARCHES = [
  word(10),
  `${word(3)} ${word(25)}`,
  word(900),
  `${word(5)} acceptés`,
  `${word(40)} depuis 2024-01-04`,
  `${word(300)}x`,
  [1, 2, 4, 8, 16, 32].map(word).join(' '),
];

/** Milliseconds per search with `few` and with `many` cases, and per comparison of a case with the others. */
async function searches(store: Store & Library, few: number, many: number) {
  const fill = async (from: number, to: number) => {
    for (let at = from; at < to; at += 50) {
      const batch = Array.from({ length: Math.min(50, to - at) }, (_, i) => made(at + i));
      await Promise.all(batch.map((one) => store.commit('practice', null, one)));
    }
  };
  const best = async (work: () => Promise<unknown>) => {
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 6; round++) {
      const start = performance.now();
      await work();
      least = Math.min(least, performance.now() - start);
    }
    return least;
  };
  const measure = async (count: number) => {
    const searching = await best(async () => {
      for (const text of SEARCHES) await search(store, TEAM, readQuery(text, NOW, 'Europe/Paris'));
    });
    const comparing = await best(() => similarTo(store, made(count - 1)));
    return { search: searching / SEARCHES.length, compare: comparing };
  };
  await fill(0, few);
  const withFew = await measure(few);
  await fill(few, many);
  return { few: withFew, many: await measure(many) };
}

export async function findFigures(folder: string): Promise<Record<string, number>> {
  const shelf = openSqlite(folder);
  const inSqlite = await searches(shelf, 200, 4_000);
  await shelf.close();
  const engine = await openEngine();
  const library = await openMongo(engine.uri);
  const inMongo = await searches(library, 200, 4_000);
  await library.close();
  await engine.close();
  return {
    find_sqlite_ms: inSqlite.few.search,
    find_sqlite_growth_20: inSqlite.many.search / inSqlite.few.search,
    find_mongo_ms: inMongo.few.search,
    find_mongo_growth_20: inMongo.many.search / inMongo.few.search,
    compare_sqlite_ms: inSqlite.many.compare,
    compare_mongo_ms: inMongo.many.compare,
  };
}

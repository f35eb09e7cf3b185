// Finding cases in the library: every step a bounded look at an index, the order decided by pure code. What a search costs
// grows with the words it holds, not with the cases there are; it is never done within a turn.
import { distance } from 'fastest-levenshtein';
import type { Gazetteer, Practice } from './model.ts';
import type { Found, Library, Store } from './ports.ts';
import { likeness, merged, nearest, ranked, type Sign, telling, weight } from './search/order.ts';
import type { Query } from './search/query.ts';
import type { Reader, Similar } from './search/question.ts';
import type { Results } from './search/results.ts';
import { mark, wordFor } from './search/terms.ts';
import { visible } from './visible.ts';

export type Reading = Pick<Store, 'load'> & Pick<Library, 'find' | 'counts' | 'words'>;

/** Cases with the rarest term that are looked at, the newest first. */
export const LOOK = 2_000;
/** Cases that a search orders; beyond that more words are asked for. */
export const MOST = 200;
export const PER_PAGE = 5;
/** Known words that an unknown one is compared with, by beginning. */
const NEAR = 5_000;
/** Of them, those that are looked up. */
const TRIED = 5;

export async function search(store: Reading, reader: Reader, query: Query, gazetteer?: Gazetteer): Promise<Results> {
  const library = countingOnce(store);
  const scopes = scopesOf(reader, query);
  const words = await Promise.all(query.words.map((word) => known(library, scopes, word, gazetteer)));
  const terms = [...new Set(words.flatMap(({ term }) => (term === undefined ? [] : [term])))];
  const unknown = words.filter(({ term }) => term === undefined).map(({ typed }) => typed);
  const looking = lookingFor(library, query, scopes);
  const counts = await library.counts(terms, LOOK);
  const whole = terms.length > 0 || query.words.length === 0 ? await looking(terms) : [];
  const partly = whole.length === 0 && terms.length > 1;
  const held = partly ? await Promise.all(terms.map((term) => looking([term]))) : terms.map(() => whole);
  const all = partly ? merged(held) : whole;
  const names = all.length > 1 ? await Promise.all(terms.map((term) => looking([mark.head(term)]))) : [];
  const signs = terms.map(
    (_, i): Sign => ({ weight: weight(counts[i] ?? 0), held: ids(held[i]), names: ids(names[i]) }),
  );
  const order = ranked(all, signs).slice(0, MOST);
  const pages = Math.max(1, Math.ceil(order.length / PER_PAGE));
  const page = Math.min(query.page, pages);
  return {
    practices: await readAll(library, reader, order.slice((page - 1) * PER_PAGE, page * PER_PAGE)),
    total: order.length,
    more: all.length > MOST || (counts.length > 0 && Math.min(...counts) >= LOOK),
    ...{ page, pages, partly: partly && all.length > 0, unknown },
    instead: words.flatMap(({ typed, used }) => (used === undefined ? [] : [{ typed, used }])),
  };
}

/** The same term is counted once in a search. */
function countingOnce({ load, find, counts, words }: Reading): Reading {
  const known = new Map<string, number>();
  return {
    ...{ load, find, words },
    async counts(terms, most) {
      const fresh = terms.filter((term) => !known.has(term));
      const counted = fresh.length > 0 ? await counts(fresh, most) : [];
      for (const [i, term] of fresh.entries()) known.set(term, counted[i] ?? 0);
      return terms.map((term) => known.get(term) ?? 0);
    },
  };
}

const ids = (found: Found[] = []): Set<string> => new Set(found.map(({ id }) => id));

/** Whose cases: each a term that every case the reader may see carries. */
function scopesOf({ team, id }: Reader, { mine }: Query): string[] {
  if (team) return mine ? [mark.heldBy(id)] : [mark.staff];
  return mine ? [mark.by(id)] : [mark.public, mark.by(id)];
}

/** Looks for cases with these terms that the filters let through, the rarest term leading. */
function lookingFor(library: Reading, query: Query, scopes: string[]): (terms: string[]) => Promise<Found[]> {
  const { states, unused, since, until } = query;
  const marks = states.length > 0 ? states.map((state) => [mark.state(state)]) : [[]];
  const dates = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
  return async (terms) => {
    const each = scopes.flatMap((scope) =>
      marks.map((one) => [...terms, ...one, ...(unused ? [mark.unused] : []), scope]),
    );
    const lists = each.map(async (all) => {
      const counts = await library.counts(all, LOOK);
      const rarest = all.map((term, i) => ({ term, count: counts[i] ?? 0 })).sort((a, b) => a.count - b.count);
      if (rarest[0]?.count === 0) return [];
      return library.find({ terms: rarest.map(({ term }) => term), ...dates, look: LOOK }, MOST + 1);
    });
    return merged(await Promise.all(lists));
  };
}

/** The query with each word that no case holds in place of the nearest that one does; without any, it finds nothing. */
export async function corrected(library: Reading, reader: Reader, query: Query): Promise<Query> {
  const scopes = scopesOf(reader, query);
  const words = query.words.map(async (word) => ({
    ...word,
    term: (await known(library, scopes, word)).term ?? word.term,
  }));
  return { ...query, words: await Promise.all(words) };
}

interface Known {
  typed: string;
  /** Undefined: no case that the reader sees holds it, or anything near it. */
  term?: string;
  /** The word in its place, as a case has it. */
  used?: string;
}

/** The word itself if a case that the reader sees holds it, or else the nearest such word. */
async function known(
  library: Reading,
  scopes: string[],
  { typed, term }: Query['words'][number],
  gazetteer?: Gazetteer,
): Promise<Known> {
  const seen = async (word: string): Promise<Found | undefined> => {
    for (const scope of scopes) {
      const [one] = await library.find({ terms: [word, scope], look: LOOK }, 1);
      if (one) return one;
    }
    return undefined;
  };
  if (await seen(term)) return { typed, term };
  const beginnings = new Set([...term].slice(0, 2));
  const words = await Promise.all([...beginnings].map((one) => library.words(one, NEAR)));
  for (const near of nearest(term, words.flat(), distance).slice(0, TRIED)) {
    const one = await seen(near);
    const practice = one && (await library.load('practice', one.id));
    if (practice) return { typed, term: near, used: wordFor(practice, near, gazetteer) ?? near };
  }
  return { typed };
}

async function readAll(library: Reading, reader: Reader, found: Found[]): Promise<Practice[]> {
  const read = await Promise.all(found.map(({ id }) => readOne(library, reader, id)));
  return read.filter((practice) => practice !== null);
}

/** A case, if the reader may see it. */
export async function readOne(library: Pick<Store, 'load'>, reader: Reader, id: string): Promise<Practice | null> {
  const practice = await library.load('practice', id);
  if (!practice) return null;
  const viewer = !reader.team && practice.author === reader.id ? 'author' : reader.team ? 'staff' : 'public';
  return visible(practice, viewer).content ? practice : null;
}

/** Words of a case whose rarity is asked for, and the rarest of them, by which others are looked for. */
const ASKED = 60;
const RARE = 12;
/** Cases looked at for each of these words, and read in the end. */
const PER_WORD = 50;
const READ = 20;
/** Below this, two cases share no more than their subject. */
const LIKE = 0.25;

/** The cases nearest to one, the nearest first, at most `most`: by the rare words they share, their places and their text. */
export async function similarTo(library: Reading, practice: Practice, most = 3): Promise<Similar[]> {
  const words = telling(practice, ASKED);
  const counts = await library.counts(words, LOOK);
  const rare = words
    .map((term, i) => ({ term, count: counts[i] ?? 0 }))
    // One case that holds it may be this one.
    .filter(({ count }) => count > 0 && count < LOOK)
    .sort((a, b) => a.count - b.count)
    .slice(0, RARE);
  const shared = new Map<string, number>();
  const all = rare.reduce((sum, { count }) => sum + weight(count), 0);
  const sharing = await Promise.all(
    rare.map(({ term }) => library.find({ terms: [term, mark.staff], look: LOOK }, PER_WORD)),
  );
  for (const [i, { count }] of rare.entries()) {
    for (const { id } of sharing[i] ?? []) {
      if (id !== practice.id) shared.set(id, (shared.get(id) ?? 0) + weight(count) / all);
    }
  }
  const near = [...shared].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, READ);
  const read = await Promise.all(near.map(([id]) => library.load('practice', id)));
  return read
    .flatMap((one, i) =>
      one ? [{ id: one.id, headline: one.headline, likeness: likeness(practice, one, near[i]?.[1] ?? 0) }] : [],
    )
    .filter((one) => one.likeness >= LIKE)
    .sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? -1 : 1))
    .slice(0, most);
}

// What a typed search asks for: words, states, dates, whose cases, which page. Whatever is typed is words at worst. Pure.
import { bare } from '../fold.ts';
import type { Instant, State } from '../model.ts';
import { type Span, takeDates } from './dates.ts';
import { tokens, wordsOf } from './terms.ts';

/** Nobody means more than this, in characters and in words. */
export const LONGEST = 200;
export const MOST_WORDS = 12;

export interface Query extends Span {
  words: { typed: string; term: string }[];
  /** Any of these; all of them when there are none. */
  states: State[];
  mine: boolean;
  unused: boolean;
  /** Counted from 1. */
  page: number;
}

const inflected = (stem: string): string[] => ['', 'e', 's', 'es'].map((ending) => stem + ending);

/** How people name a state, as `bare` leaves it. */
const STATES: Record<State, string[]> = {
  new: ['nouveau', 'nouveaux', 'nouvelle', 'nouvelles', 'new'],
  inHand: ['en main', 'en cours', ...inflected('pris'), 'in hand', 'in progress', 'taken'],
  waiting: ['en attente', 'attend une reponse', 'attendent une reponse', 'waiting'],
  accepted: [...inflected('accepte'), 'accepted'],
  used: [...inflected('utilise'), 'used'],
  setAside: [...inflected('ecarte'), ...inflected('mis').map((word) => `${word} de cote`), 'set aside', 'dismissed'],
  withdrawn: [...inflected('retire'), 'withdrawn'],
};
const UNUSED = [
  ...inflected('utilise').flatMap((word) => [`pas ${word}`, `non ${word}`, `jamais ${word}`, `pas encore ${word}`]),
  ...[...inflected('inutilise'), 'not used', 'not yet used', 'never used', 'unused'],
];
const MINE = ['les miens', 'les miennes', 'miens', 'mes recits', 'mes cas', 'mine', 'my stories', 'my cases'];

type Filter = { state: State } | 'unused' | 'mine';

/** The longest first, so that `pas utilisés` is not read as `utilisés`. */
const filters: [phrase: string, filter: Filter][] = [
  ...Object.entries(STATES).flatMap(([state, phrases]) =>
    phrases.map((phrase): [string, Filter] => [phrase, { state: state as State }]),
  ),
  ...UNUSED.map((phrase): [string, Filter] => [phrase, 'unused']),
  ...MINE.map((phrase): [string, Filter] => [phrase, 'mine']),
].sort(([a], [b]) => b.length - a.length) as [string, Filter][];
const FILTERS = new Map(filters);
const FILTER = new RegExp(`(?<= )(?:${filters.map(([phrase]) => phrase).join('|')})(?= )`, 'g');

/** Total. What stands between quotation marks is words, whatever it says. */
export function readQuery(text: string, now: Instant, timeZone: string): Query {
  const quoted: string[] = [];
  const open = text.replace(/"([^"]*)"|«([^»]*)»|“([^”]*)”/g, (_, ...said: (string | undefined)[]) => {
    quoted.push(said.slice(0, 3).find((one) => one !== undefined) ?? '');
    return ' ';
  });
  const lower = open
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[’‘]/g, "'")
    .toLowerCase();
  const { rest: undated, span } = takeDates(lower, now, timeZone);
  let page = 1;
  const unpaged = undated.replace(/(?<!\w)page +(\d{1,3})(?!\w)/g, (_, said: string) => {
    page = Math.max(1, Number(said));
    return ' ';
  });
  const found: Filter[] = [];
  const rest = ` ${bare(unpaged)} `.replace(FILTER, (phrase) => {
    const filter = FILTERS.get(phrase);
    if (filter) found.push(filter);
    return '';
  });
  const states = found.flatMap((filter) => (typeof filter === 'object' ? [filter.state] : []));
  const words = new Map<string, string>();
  // The words are said back as they were typed.
  const terms = new Set(tokens([rest, ...quoted].join(' ')));
  for (const { word, term } of wordsOf(text)) if (terms.has(term) && !words.has(term)) words.set(term, word);
  return {
    ...span,
    words: [...words].map(([term, typed]) => ({ term, typed })),
    states: [...new Set(states)],
    mine: found.includes('mine'),
    unused: found.includes('unused'),
    page,
  };
}

/** Whether it asks for anything at all. */
export const isEmpty = ({ words, states, mine, unused, since, until }: Query): boolean =>
  words.length === 0 && states.length === 0 && !mine && !unused && since === undefined && until === undefined;

/** The same search, of another page, as it is typed. */
export const withPage = (text: string, page: number): string =>
  `${text
    .replace(/(?<!\w)page +\d{1,3}(?!\w)/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()} page ${page}`;

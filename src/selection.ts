// Which cases are meant: by state, date, territory, use and words. Pure.
import { bare } from './fold.ts';
import type { Field, Gazetteer, Instant, Practice, State } from './model.ts';
import { areasOf } from './places/labels.ts';
import type { Query } from './search/query.ts';
import { mark, termsOf } from './search/terms.ts';

export interface Selection {
  states?: State[];
  since?: Instant;
  /** Up to and without this moment. */
  until?: Instant;
  /** Words or the official code of a territory, as the author named it or as it was resolved; or what it lies in. */
  territory?: string;
  used?: boolean;
  /** What a typed search asks for. */
  query?: Query;
  /** Whose cases are one's own in that search: `channel:person`. */
  reader?: string;
}

/** What its author has withdrawn is not to be chosen. */
export const STATES: State[] = ['new', 'inHand', 'waiting', 'accepted', 'used', 'setAside'];

/** A reader of cases that tells which ones are meant. `fields` are those of the flow. */
export function selecting(selection: Selection, fields: Field[], gazetteer?: Gazetteer): (one: Practice) => boolean {
  const { states, since, until, territory, used, query, reader } = selection;
  const place = bare(territory ?? '');
  const terms = query
    ? [...query.words.map(({ term }) => term), ...(query.mine ? [mark.heldBy(reader ?? '')] : [])]
    : [];
  const isMeant = (one: Practice): boolean =>
    // A note is no case.
    one.note !== true &&
    (states === undefined || states.length === 0 || states.includes(one.state)) &&
    (since === undefined || one.submittedAt >= since) &&
    (until === undefined || one.submittedAt < until) &&
    (used === undefined || isUsed(one) === used) &&
    (place === '' || isIn(one, place, gazetteer)) &&
    holds(one, terms, fields);
  if (!query) return isMeant;
  const { states: said, since: from, until: end, unused } = query;
  const asked: Selection = { states: said, ...(from ? { since: from } : {}), ...(end ? { until: end } : {}) };
  const isAsked = selecting({ ...asked, ...(unused ? { used: false } : {}) }, fields);
  return (one) => isMeant(one) && isAsked(one);
}

const isUsed = ({ state, uses = [] }: Practice): boolean =>
  state === 'used' || uses.some(({ kind }) => kind === 'used');

function isIn({ places = [], headline }: Practice, place: string, gazetteer?: Gazetteer): boolean {
  // A région goes by its name: its number is that of a département elsewhere.
  const codes = places.flatMap(({ level, code, departement, epci }) => [
    ...(level === 'region' ? [] : [code]),
    ...[departement ?? '', epci ?? ''],
  ]);
  if (codes.some((code) => bare(code) === place)) return true;
  if (places.some((one) => areasOf(one, gazetteer).some((name) => bare(name) === place))) return true;
  const spaced = ` ${bare([headline, ...places.map(({ name }) => name)].join(' '))} `;
  return spaced.includes(` ${place} `);
}

/** Every one of them, as a search would have it. */
function holds(one: Practice, terms: string[], fields: Field[]): boolean {
  if (terms.length === 0) return true;
  const held = new Set(one.terms ?? termsOf(one, fields));
  return terms.every((term) => held.has(term));
}

// Which cases are meant: by state, date, territory, use and words. Pure.
import { bare } from './fold.ts';
import type { Instant, Practice, State } from './model.ts';

export interface Selection {
  states?: State[];
  since?: Instant;
  /** Up to and without this moment. */
  until?: Instant;
  /** Words or the official code of a territory, as the author named it or as it was resolved. */
  territory?: string;
  used?: boolean;
  /** All of them are in the case. */
  words?: string;
}

/** What its author has withdrawn is not to be chosen. */
export const STATES: State[] = ['new', 'inHand', 'waiting', 'accepted', 'used', 'setAside'];

/** A reader of cases that tells which ones are meant. */
export function selecting({ states, since, until, territory, used, words }: Selection): (one: Practice) => boolean {
  const place = bare(territory ?? '');
  const wanted = bare(words ?? '')
    .split(' ')
    .filter((word) => word !== '');
  return (one) =>
    // A note is no case.
    one.note !== true &&
    (states === undefined || states.includes(one.state)) &&
    (since === undefined || one.submittedAt >= since) &&
    (until === undefined || one.submittedAt < until) &&
    (used === undefined || isUsed(one) === used) &&
    (place === '' || isIn(one, place)) &&
    (wanted.length === 0 || holds(one, wanted));
}

const isUsed = ({ uses = [] }: Practice): boolean => uses.some(({ kind }) => kind === 'used');

function isIn({ places = [], headline }: Practice, place: string): boolean {
  const codes = places.flatMap(({ code, departement, region }) => [code, departement ?? '', region ?? '']);
  if (codes.some((code) => bare(code) === place)) return true;
  const spaced = ` ${bare([headline, ...places.map(({ name }) => name)].join(' '))} `;
  return spaced.includes(` ${place} `);
}

function holds({ answers, former, story, headline }: Practice, wanted: string[]): boolean {
  const told = Object.values({ ...former, ...answers }).map(({ text }) => text);
  const text = bare([headline, story?.text ?? '', ...told].join(' '));
  return wanted.every((word) => text.includes(word));
}

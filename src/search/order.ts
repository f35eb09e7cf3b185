// In which order cases are given, which known word a misspelt one stands for, and how alike two cases are. Pure, so that
// every store gives the same.
import { fold } from '../fold.ts';
import type { Practice, Territory } from '../model.ts';
import type { Found } from '../ports.ts';
import { isWord } from './terms.ts';

/** A rare word tells more than a common one: 1 for a word of one case, a tenth for one of a thousand. */
export const weight = (count: number): number => 1 / Math.log2(1 + Math.max(1, count));

/** A word of the search: the cases that hold it, and those that it names. */
export interface Sign {
  weight: number;
  held: Set<string>;
  names: Set<string>;
}

/** Newest first; of the same moment, by their numbers. */
export const byDate = (a: Found, b: Found): number => (a.at + a.id > b.at + b.id ? -1 : a.id === b.id ? 0 : 1);

/** Those with the most telling words first, a word that names a case counting twice; then the newest. */
export function ranked(found: Found[], signs: Sign[]): Found[] {
  const score = ({ id }: Found) =>
    signs.reduce((sum, one) => sum + one.weight * (Number(one.held.has(id)) + Number(one.names.has(id))), 0);
  return found
    .map((one) => ({ one, score: score(one) }))
    .sort((a, b) => b.score - a.score || byDate(a.one, b.one))
    .map(({ one }) => one);
}

/** Each case once, newest first. */
export const merged = (lists: Found[][]): Found[] =>
  [...new Map(lists.flat().map((one) => [one.id, one])).values()].sort(byDate);

/** Letters that may differ: none in a short word, where every letter tells. */
const tolerance = (term: string): number => (term.length < 4 ? 0 : term.length < 7 ? 1 : 2);

const letters = (word: string): string => [...word].sort().join('');

/** The known words that an unknown one may stand for, the nearest first: those it begins, then those it misspells. */
export function nearest(term: string, known: string[], distance: (a: string, b: string) => number): string[] {
  const most = tolerance(term);
  if (most === 0) return [];
  const far = (word: string): number => {
    if (word.startsWith(term)) return 0;
    if (Math.abs(word.length - term.length) > most) return Number.POSITIVE_INFINITY;
    const differing = distance(term, word);
    // Two letters that changed places are one slip.
    return differing === 2 && letters(word) === letters(term) ? 1 : differing;
  };
  return known
    .map((word) => ({ word, far: far(word) }))
    .filter((one) => one.far <= most)
    .sort((a, b) => a.far - b.far || a.word.length - b.word.length || (a.word < b.word ? -1 : 1))
    .map(({ word }) => word);
}

/** The words by which a case is most likely to be told from others: those that name it, then the longest. */
export function telling(practice: Practice, most: number): string[] {
  const terms = practice.terms ?? [];
  const heads = terms.filter((term) => term.startsWith('^')).map((term) => term.slice(1));
  const long = terms.filter(isWord).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return [...new Set([...heads, ...long])].slice(0, most);
}

/** Letters of a case that are compared. */
const COMPARED = 20_000;

/** How alike two cases are, from 0 to 1: by their letters, three by three, by their places, and by the rare words shared. */
export function likeness(a: Practice, b: Practice, shared: number): number {
  const places = placeLikeness(a.places ?? [], b.places ?? []);
  const text = jaccard(trigrams(a), trigrams(b));
  return Math.round(((text + shared + (places ?? shared)) / 3) * 100) / 100;
}

/** Sets of three letters in a row, words apart. */
function trigrams({ answers, story }: Practice): Set<string> {
  const all = [...Object.values(answers).map(({ text }) => text), story?.text ?? ''].join(' ');
  const text = ` ${fold(all.slice(0, COMPARED)).replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return new Set(Array.from({ length: Math.max(0, text.length - 2) }, (_, i) => text.slice(i, i + 3)));
}

/** Of all that either has, how much both have (https://en.wikipedia.org/wiki/Jaccard_index). */
function jaccard(a: Set<string>, b: Set<string>): number {
  let both = 0;
  for (const one of a) if (b.has(one)) both += 1;
  return both === 0 ? 0 : both / (a.size + b.size - both);
}

/** 1 for the same territory, less when one of them only lies in the same département or région; unknown without any. */
function placeLikeness(a: Territory[], b: Territory[]): number | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const near = (one: Territory, other: Territory): number => {
    if (one.level === other.level && one.code === other.code) return 1;
    if (one.departement !== undefined && one.departement === other.departement) return 0.5;
    return one.region !== undefined && one.region === other.region ? 0.2 : 0;
  };
  return Math.max(...a.flatMap((one) => b.map((other) => near(one, other))));
}

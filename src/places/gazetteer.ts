// The official code as look-ups: who bears a name, a name a letter away, a postal code. Pure; made at the first look.
import { bare } from '../fold.ts';
import { distance } from './distance.ts';
import type { Bearer, Gazetteer, Official, Territory } from './model.ts';

/** A name as it is looked up: folded, without punctuation, `St` and `Ste` in full, `s/` as `sur`. */
export const keyOf = (name: string): string =>
  bare(name.replace(/\bs\s*\//gi, 'sur ')).replace(/\bst(e?)\b/g, 'saint$1');

/** The forms an EPCI's name begins or ends with, in the code and in what people write. */
const FORM =
  /^(?:(?:cc|ca|cu|communaute urbaine|communaute d agglomeration|communaute de communes|communaute|metropole|eurometropole|agglomeration|agglo)\b ?(?:de la |de l |du |des |de |d )?)+|(?: (?:metropole|agglomeration|agglo|communaute))+$/g;

/** The proper part of an EPCI's name: `CA du Sicoval` → `sicoval`; empty when there is nothing else. */
export const coreOf = (key: string): string => key.replace(FORM, '').trim();

interface Index {
  byName: Map<string, Bearer[]>;
  byPostal: Map<string, Official[]>;
  byCode: Record<Territory['level'], Map<string, Official>>;
  /** Names by first letter and length; made when the first misspelt name is looked for. */
  shelves?: Map<string, Shelved[]>;
}

interface Shelved {
  name: string;
  /** Which letters it has: most other names are told apart by that alone. */
  letters: number;
}

/** Look-ups over what `read` gives; it is called once, at the first look. */
export function gazetteerOf(read: () => Official[]): Gazetteer {
  let made: Index | undefined;
  const index = (): Index => {
    made ??= indexOf(read());
    return made;
  };
  const every = (level: Territory['level']) =>
    [...index().byCode[level].values()].map(territoryOf).sort((a, b) => (a.code < b.code ? -1 : 1));
  return {
    named: (key) => index().byName.get(key) ?? [],
    near: (key) => near(index(), key),
    postal: (code) => index().byPostal.get(code) ?? [],
    at: (level, code) => index().byCode[level].get(code),
    departements: () => every('departement'),
    regions: () => every('region'),
  };
}

/** The place alone, as it is kept with an answer. */
export const territoryOf = ({ population: _, postal: _postal, also: _also, ...place }: Official): Territory => place;

function indexOf(all: Official[]): Index {
  const byName = new Map<string, Bearer[]>();
  const byPostal = new Map<string, Official[]>();
  const byCode: Index['byCode'] = { commune: new Map(), epci: new Map(), departement: new Map(), region: new Map() };
  const add = (key: string, bearer: Bearer) => {
    const bearers = byName.get(key);
    if (bearers?.some(({ place }) => place === bearer.place)) return;
    if (bearers) bearers.push(bearer);
    else byName.set(key, [bearer]);
  };
  for (const place of all) {
    byCode[place.level].set(place.code, place);
    for (const code of place.postal ?? []) push(byPostal, code, place);
    for (const key of keysOf(place, place.name)) add(key, { place, by: 'own' });
    for (const key of shortOf(place)) add(key, { place, by: 'short' });
    for (const name of place.also ?? []) for (const key of keysOf(place, name)) add(key, { place, by: 'other' });
  }
  for (const bearers of byName.values()) if (bearers.length > 1) bearers.sort(order);
  for (const places of byPostal.values()) if (places.length > 1) places.sort((a, b) => b.population - a.population);
  return { byName, byPostal, byCode };
}

/** From this many inhabitants a town is called by the first word of its name: Cherbourg, Aix, Issy. */
const CITY = 20_000;

function shortOf({ level, name, population }: Official): string[] {
  if (level !== 'commune' || population < CITY) return [];
  const [, short] = /^(?!Saint|Villeneuve)([^\s-]{3,})-(?:en|sur|sous|l[eèa]s?|du|des?|aux?)-/.exec(name) ?? [];
  return short === undefined ? [] : [keyOf(short)];
}

const order = (a: Bearer, b: Bearer): number =>
  Number(a.by === 'other') - Number(b.by === 'other') || b.place.population - a.place.population;

function keysOf({ level }: Official, name: string): string[] {
  const key = keyOf(name);
  if (level !== 'epci') return [key];
  const [, acronym = ''] = /\((\p{Lu}{3,})\)/u.exec(name) ?? [];
  const bare = keyOf(name.replace(/\(.*\)/, ''));
  const core = coreOf(bare);
  const keys = [key, bare, core, core.replace(/^(?:le|la|les|l) /, ''), keyOf(acronym)];
  return [...new Set(keys)].filter((one) => one !== '');
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** One bit a letter. */
function lettersOf(key: string): number {
  let letters = 0;
  for (let i = 0; i < key.length; i++) letters |= 1 << (key.charCodeAt(i) & 31);
  return letters;
}

function countOf(letters: number): number {
  let count = 0;
  for (let left = letters; left !== 0; left &= left - 1) count += 1;
  return count;
}

function shelvesOf(names: Iterable<string>): Map<string, Shelved[]> {
  const shelves = new Map<string, Shelved[]>();
  for (const name of names) push(shelves, shelfOf(name, name.length), { name, letters: lettersOf(name) });
  return shelves;
}

const shelfOf = (key: string, length: number): string => `${key[0] ?? ''}${length}`;

/** Shorter names have too many neighbours to tell a slip from another word. */
const SHORTEST = 5;
const TWICE = 9;

function near(index: Index, key: string): readonly Bearer[] {
  if (key.length < SHORTEST) return [];
  index.shelves ??= shelvesOf(index.byName.keys());
  const { byName, shelves } = index;
  const most = key.length < TWICE ? 1 : 2;
  let least = most;
  let found: string[] = [];
  const own = lettersOf(key);
  for (let length = key.length - most; length <= key.length + most; length++) {
    for (const { name, letters } of shelves.get(shelfOf(key, length)) ?? []) {
      if (countOf(own ^ letters) > 2 * least) continue;
      const apart = distance(key, name, least);
      if (apart > least) continue;
      if (apart < least) found = [];
      least = apart;
      found.push(name);
    }
  }
  return found.flatMap((name) => byName.get(name) ?? []).sort(order);
}

// Where a text names places: the longest names first, and only where the words around say that a place is meant. Pure.
import { ARTICLES, AT, GLUE, GROUPED, KINDS, ORDINARY, WITHIN } from './cues.ts';
import type { Bearer, Gazetteer, Official } from './model.ts';
import { numberAt } from './numbers.ts';
import { endsBefore, type Found, isCapital, type Token, tokensOf } from './tokens.ts';

export interface Reading {
  tokens: Token[];
  spans: Found[];
}

/** The longest names have eleven words. */
const WORDS = 11;
/** …those that are misspelt are looked for up to five. */
const GUESSED = 5;
/** How many misspelt names are looked for in one text. */
const GUESSES = 12;
/** From this many inhabitants a town is known by its name alone, even without a capital. */
const TOWN = 5_000;
/** A misspelt name is taken for that of a place with at least as many inhabitants. */
const KNOWN = 2_000;

export function spansOf(gazetteer: Gazetteer, text: string): Reading {
  const tokens = tokensOf(text);
  const spans: Found[] = [];
  let guesses = GUESSES;
  for (let i = 0; i < tokens.length; ) {
    const before = spans.at(-1);
    const exact = numberAt(gazetteer, tokens, i, before) ?? nameAt(gazetteer, tokens, i);
    const isWhole = exact && !tokens[exact.to]?.joined;
    const guess = !isWhole && guesses > 0 && isGuessable(tokens, i) ? guessAt(gazetteer, tokens, i) : undefined;
    if (guess !== undefined) guesses -= 1;
    const found = guess || (exact && (isWhole || isList(gazetteer, tokens, exact.to)) ? exact : undefined);
    if (found) spans.push(found);
    i = found ? found.to : i + 1;
  }
  return { tokens, spans };
}

/** `Brest-Quimper`, `Lyon-3e`: what is joined to the name is a name or a number of its own. */
const isList = (gazetteer: Gazetteer, tokens: Token[], i: number): boolean =>
  /^\d/.test(tokens[i]?.key ?? '') || nameAt(gazetteer, tokens, i) !== undefined;

function nameAt(gazetteer: Gazetteer, tokens: Token[], i: number): Found | undefined {
  const keys = keysAt(tokens, i);
  for (let to = i + keys.length; to > i; to--) {
    const bearers = bearersOf(gazetteer, keys[to - i - 1] ?? '');
    if (bearers.length === 0) continue;
    const setting = settingOf(tokens, i, to);
    const among = ofKind(gazetteer, bearers, setting);
    const [most] = among;
    if (most && (isAcronym(tokens, i, to, bearers) || isMeant(tokens, i, to, setting, most))) {
      return { from: i, to: setting.grouped ? to + 1 : to, among, doubtful: setting.kind === 'quarter' };
    }
  }
  return undefined;
}

/** Areas have no article in their name, and a commune may have the same with one: La Creuse, la Creuse. */
function bearersOf(gazetteer: Gazetteer, key: string): readonly Bearer[] {
  const bearers = gazetteer.named(key);
  const article = key.indexOf(' ');
  if (bearers.length === 0 || !ARTICLES.has(key.slice(0, article))) return bearers;
  const isArea = ({ place: { level } }: Bearer) => level === 'departement' || level === 'region';
  return [...gazetteer.named(key.slice(article + 1)).filter(isArea), ...bearers];
}

const CONTRACTED = new Map([
  ['au', 'le'],
  ['du', 'le'],
  ['aux', 'les'],
  ['des', 'les'],
]);

/** The word, it and the next, and so on to the end of its phrase, each as a name; `au Havre` is `Le Havre`. */
function keysAt(tokens: Token[], from: number): string[] {
  const first = tokens[from]?.key ?? '';
  const keys = [first];
  let key = CONTRACTED.get(first) ?? first;
  for (let i = from + 1; i - from < WORDS && !endsBefore(tokens, i); i++) {
    key = `${key} ${tokens[i]?.key}`;
    keys.push(key);
  }
  return keys;
}

interface Setting {
  kind: (typeof KINDS)[string] | undefined;
  at: boolean;
  within: boolean;
  en: boolean;
  article: boolean;
  /** `Pau agglo`. */
  grouped: boolean;
  /** The phrase holds nothing else. */
  alone: boolean;
  /** …nor does the answer. */
  whole: boolean;
}

/** What the words around a name say of it. */
function settingOf(tokens: Token[], from: number, to: number): Setting {
  const { small, start } = smallBefore(tokens, from, to);
  const isFirst = endsBefore(tokens, start);
  const before = isFirst ? '' : (tokens[start - 1]?.key ?? '');
  const kind = Object.hasOwn(KINDS, before) ? KINDS[before] : undefined;
  const grouped = GROUPED.has(tokens[to]?.key ?? '') && !endsBefore(tokens, to);
  const end = endsBefore(tokens, grouped ? to + 1 : to) || tokens[to]?.key === 'et';
  const alone = end && (isFirst || (kind !== undefined && endsBefore(tokens, start - 1)));
  return {
    kind: grouped ? 'epci' : kind,
    at: small.some((key) => AT.has(key)),
    within: small.some((key) => WITHIN.has(key)),
    en: small.includes('en'),
    article: small.some((key) => ARTICLES.has(key) || key === 'du'),
    grouped,
    alone,
    whole: alone && to >= tokens.length && start <= 1,
  };
}

/** The small words between a name and what announces it, and where they start. */
function smallBefore(tokens: Token[], from: number, to: number): { small: string[]; start: number } {
  const first = tokens[from]?.key ?? '';
  const small = to - from > 1 && CONTRACTED.has(first) ? [first] : [];
  let start = from;
  while (from - start < 3 && !endsBefore(tokens, start) && GLUE.has(tokens[start - 1]?.key ?? '')) {
    start -= 1;
    small.push(tokens[start]?.key ?? '');
  }
  return { small, start };
}

/** Those that the setting can mean: of the kind it says; else towns after `à`, areas after `en` or an article. */
function ofKind(gazetteer: Gazetteer, bearers: readonly Bearer[], setting: Setting): Official[] {
  const own = bearers.filter(({ by }) => by !== 'other');
  const all = onePer((own.length > 0 ? own : bearers).map(({ place }) => place));
  const level = (...levels: Official['level'][]) => all.filter((place) => levels.includes(place.level));
  const or = (some: Official[], others: Official[]) => (some.length > 0 ? some : others);
  if (setting.kind === 'epci') return or(level('epci'), groupsOf(gazetteer, level('commune')));
  const kind = setting.kind === 'quarter' ? undefined : setting.kind;
  const towns = level('commune').filter((town) => !isShadowed(town, all));
  if (setting.at || kind === 'commune') return or(towns, all);
  if (kind) return or(level(kind), all);
  if (setting.within || setting.article) return or(level('departement', 'region'), all);
  return or(level('commune', 'departement', 'region'), all);
}

/** Nobody means the village when they say `à la Réunion`. */
const SHADOW = 200;
const isShadowed = (town: Official, all: Official[]): boolean =>
  all.some(({ level, population }) => level !== 'commune' && population > SHADOW * town.population);

/** The intercommunality of the best known town of that name: `l'agglo de Pau`. */
function groupsOf(gazetteer: Gazetteer, [town]: Official[]): Official[] {
  const group = town?.epci === undefined ? undefined : gazetteer.at('epci', town.epci);
  return group ? [group] : [];
}

/** Overseas a région is its département; Paris and Saint-Martin are both commune and département: one of the two. */
function onePer(all: Official[]): Official[] {
  const has = (level: Official['level'], is: (place: Official) => boolean) =>
    all.some((place) => place.level === level && is(place));
  return all.filter(
    (one) =>
      !(one.level === 'region' && has('departement', ({ region }) => region === one.code)) &&
      !(
        one.level === 'departement' &&
        has('commune', ({ name, population }) => name === one.name && population === one.population)
      ),
  );
}

function isMeant(
  tokens: Token[],
  from: number,
  to: number,
  setting: Setting,
  { level, population }: Official,
): boolean {
  const words = tokens.slice(from, to).filter(({ key }) => !GLUE.has(key));
  const [first] = words;
  if (!first) return false;
  const capital = isCapital(first);
  if (isCodeAt(tokens, to)) return true;
  // `en ligne` is not Ligné: only areas follow `en`.
  if (!capital && setting.en && level === 'commune') return false;
  if (words.length === 1 && ORDINARY.has(first.key)) return isOrdinaryMeant(tokens, first, to, setting, population);
  if (words.length > 1 || setting.alone || setting.kind !== undefined) return true;
  if (!capital) return setting.at || population >= TOWN;
  return !first.opens || population >= TOWN || endsBefore(tokens, to) || tokens[to]?.key === 'et';
}

/** `AURA`, `MEL`: short, in capitals, and a name that somebody goes by. */
const isAcronym = (tokens: Token[], from: number, to: number, bearers: readonly Bearer[]): boolean =>
  to === from + 1 &&
  /^[A-Z\d]{3,5}$/.test(tokens[from]?.raw ?? '') &&
  bearers.some(({ by, place }) => by === 'other' || place.level === 'epci');

/** A word of every day is a place's name with a capital after a sign, or alone; `le Nord de la ville` is not. */
function isOrdinaryMeant(tokens: Token[], first: Token, to: number, setting: Setting, people: number): boolean {
  const goesOn = !endsBefore(tokens, to) && /^(?:de|du|des|d|of)$/.test(tokens[to]?.key ?? '');
  if (goesOn) return false;
  const { whole, kind, at, within, article, alone } = setting;
  const isTown = people >= TOWN;
  if (!isCapital(first)) return isTown && (whole || at);
  if (whole || (kind !== undefined && kind !== 'quarter')) return true;
  return at || within || article || alone || (isTown && !first.starts);
}

/** `(93)`, `93200`, right after the name. */
const isCodeAt = (tokens: Token[], i: number): boolean =>
  /^(?:\d{2}|2[ab]|9[78]\d|\d{5})$/.test(tokens[i]?.key ?? '') && endsBefore(tokens, i + 1);

/** Where a word that is no name may be a misspelt one: with a capital, or at the beginning of a phrase. */
function isGuessable(tokens: Token[], i: number): boolean {
  const key = tokens[i]?.key ?? '';
  if (/^\d|^.$/.test(key) || GLUE.has(key) || Object.hasOwn(KINDS, key)) return false;
  const { start } = smallBefore(tokens, i, i + 1);
  const isKind = Object.hasOwn(KINDS, tokens[start - 1]?.key ?? '');
  return isCapital(tokens[i]) || endsBefore(tokens, isKind ? start - 1 : start);
}

/** A name misspelt after `à`, alone in its phrase, or before a code; null when there is none, undefined if no such sign. */
function guessAt(gazetteer: Gazetteer, tokens: Token[], i: number): Found | null | undefined {
  const keys = keysAt(tokens, i).slice(0, GUESSED);
  let looked = false;
  for (let to = i + keys.length; to > i; to--) {
    const setting = settingOf(tokens, i, to);
    const isCued = setting.at || setting.alone || setting.kind !== undefined || isCodeAt(tokens, to);
    const isPlain = to === i + 1 && ORDINARY.has(tokens[i]?.key ?? '');
    if (!isCued || isPlain || setting.kind === 'quarter' || !(setting.alone || isCapital(tokens[i]))) continue;
    looked = true;
    const bearers = gazetteer.near(keys[to - i - 1] ?? '').filter(({ place }) => place.population >= KNOWN);
    const among = ofKind(gazetteer, bearers, setting);
    if (among.length > 0) return { from: i, to, among, doubtful: false };
  }
  return looked ? null : undefined;
}

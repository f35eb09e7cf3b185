// The terms under which a case is found: one tokeniser for what is kept and for what is asked, so that every store gives
// the same results. A word is folded and lightly stemmed, French and English alike; what is no word begins with a sign. Pure.
import { fold } from '../fold.ts';
import type { Field, Gazetteer, Practice, State } from '../model.ts';
import { areasOf } from '../places/labels.ts';
import { visible } from '../visible.ts';
import { ACTOR_WORDS, actorKinds } from './actors.ts';

/** Different words kept of one case: those of a book. What comes after them is kept, shown and exported, but not found. */
const MOST = 5_000;
/** Letters of a word that tell it from every other. */
const LONGEST = 40;

const STOP = new Set(
  `a ai afin ainsi alors apres as au aucun aucune aussi autre autres aux avant avec avoir avons c ca car ce cela celle
  celles celui ces cet cette ceux chaque chez ci comme comment d dans de depuis des deux donc dont du elle elles en encore entre
  es est et etaient etait etant ete etre eu eux fait faire font ici il ils j je l la le les leur leurs lors lui m ma mais
  meme memes mes moi mon n ne ni nos notre nous on ont ou par parce pas pendant peu peut plus pour pourquoi qu quand que
  quel quelle quelles quels qui quoi s sa sans se ses si son sont sous sur t ta te tel telle tes toi ton tous tout toute
  toutes tres trop tu un une vers via vos votre vous y
  about after all also an and any are be because been before being both but by can could did do does each for from had
  has have he her here him his how i if in into is it its itself just me more most my no nor not of off only or other our
  out over own same she since so some such than that the their them then there these they this those through to too under until
  up very was we were what when where which while who why will with would you your`.split(/\s+/),
);

/**
 * Endings that French and English words take without changing what they speak of, with the least that must be left: the
 * first that fits is taken off. `maire` and `mairie` stay apart.
 */
const ENDINGS: [ending: RegExp, instead: string, least: number][] = [
  [/eaux$/, 'eau', 4],
  [/aux$/, 'al', 4],
  [/ment$/, '', 4],
  [/(?:ing|ent|ed)$/, '', 4],
  [/ies$/, 'i', 3],
  [/[sxe]$/, '', 3],
  [/r$/, '', 4],
  [/y$/, 'i', 3],
  [/([a-z])\1$/, '$1', 4],
];

/** `Bénévoles` → `benevol`. Taking the stem of a stem changes nothing. */
function stem(word: string): string {
  if (!/^[a-z]+$/.test(word)) return word;
  for (const [ending, instead, least] of ENDINGS) {
    const shorter = word.replace(ending, instead);
    if (shorter !== word && shorter.length >= least && !STOP.has(shorter)) return stem(shorter);
  }
  return word;
}

/** The term a folded word stands for, or undefined when it says nothing by itself. */
function termOf(word: string): string | undefined {
  const whole = word.length > LONGEST ? [...word].slice(0, LONGEST).join('') : word;
  const isTelling = whole.length > 1 || /\p{N}|\p{Lo}/u.test(whole);
  return isTelling && !STOP.has(whole) ? stem(whole) : undefined;
}

/** Every word of a text as it was written, with its term, in order. */
export function* wordsOf(text: string): Generator<{ word: string; term: string }> {
  for (const [word] of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    // Folding may part one word in two: a letter that is a modifier becomes none.
    for (const [piece] of fold(word).matchAll(/[\p{L}\p{N}]+/gu)) {
      const term = termOf(piece);
      if (term !== undefined) yield { word, term };
    }
  }
}

/** The different terms of a text, in the order in which they come. Total; each term is its own only term. */
export const tokens = (text: string): string[] => [...new Set([...wordsOf(text)].map(({ term }) => term))];

/** Terms that are no words. A word begins with a letter or a digit, so that no text can forge one. */
export const mark = {
  /** Cases that the team sees, that everybody sees, that this person told. */
  staff: '@staff',
  public: '@public',
  by: (author: string) => `@=${author}`,
  heldBy: (person: string) => `@~${person}`,
  state: (state: State) => `#${state}`,
  unused: '#not-used',
  /** A word that names the case: its headline, its place. */
  head: (term: string) => `^${term}`,
};

export const isWord = (term: string): boolean => !/^[@#^]/.test(term);

/** Everything by which a case is found, its words last. Who may find it is asked of `visible` alone. */
export function termsOf(practice: Practice, fields: Pick<Field, 'key' | 'kind'>[], gazetteer?: Gazetteer): string[] {
  // A note is no case: it is found by nobody.
  if (practice.note) return [];
  const { answers, former, story, headline, places = [] } = practice;
  const ofKind = (kind: Field['kind']) =>
    fields.filter((field) => field.kind === kind).map(({ key }) => answers[key]?.text ?? '');
  // Who types a number of two digits means a département: a région's own would be taken for one.
  const names = places.map(
    ({ level, name, code, departement = '' }) => `${name} ${level === 'region' ? '' : code} ${departement}`,
  );
  const heads = tokens([headline, ...ofKind('place'), ...names].join('\n'));
  const areas = tokens(places.flatMap((place) => areasOf(place, gazetteer)).join('\n'));
  const kinds = [...actorKinds(ofKind('actors').join('\n'))].flatMap((kind) => tokens(ACTOR_WORDS[kind]));
  const texts = [...practice.order.map((key) => answers[key]), story, ...Object.values(former ?? {})];
  const words = tokens(texts.map((told) => told?.text ?? '').join('\n'));
  const all = [...new Set([...heads, ...areas, ...kinds, ...words])].slice(0, MOST);
  return [...marksOf(practice), ...heads.slice(0, MOST).map(mark.head), ...all];
}

function marksOf(practice: Practice): string[] {
  const { state, author, holder, uses = [] } = practice;
  const isUsed = state === 'used' || uses.some(({ kind }) => kind === 'used');
  return [
    mark.by(author),
    ...(visible(practice, 'staff').content ? [mark.staff, ...(holder ? [mark.heldBy(holder.id)] : [])] : []),
    ...(visible(practice, 'public').content ? [mark.public] : []),
    mark.state(state),
    ...(isUsed ? [] : [mark.unused]),
  ];
}

/** How the first word with this term was written in a case: what a reader is told in place of a stem. */
export function wordFor(practice: Practice, term: string, gazetteer?: Gazetteer): string | undefined {
  const names = (practice.places ?? []).flatMap((place) => [place.name, ...areasOf(place, gazetteer)]);
  const texts = Object.values(practice.answers).map(({ text }) => text);
  for (const text of [practice.headline, ...names, ...texts, practice.story?.text ?? '']) {
    for (const one of wordsOf(text)) if (one.term === term) return one.word.toLowerCase();
  }
  return undefined;
}

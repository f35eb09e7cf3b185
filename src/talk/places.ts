// The places that the official code has for an answer: shown with the recap, chosen or set aside there. Pure.
import type { Block, Conversation, Draft, Mention } from '../model.ts';
import { isAsked } from '../places/answers.ts';
import { inWords, labelOf } from '../places/labels.ts';
import { opening } from '../views.ts';
import { says } from '../words.ts';
import { openDraft, type Scene, w, withDraft } from './scene.ts';

/** A mention and where it stands: the field, its number, its place in the answer. */
interface Named {
  key: string;
  at: number;
  index: number;
  mention: Mention;
}

/** Up to so many recognised places are set aside one by one, beyond that all at once. */
const ONE_BY_ONE = 4;
/** What buttons hold on every platform, in UTF-16 units. */
const BUTTON = 60;

interface Hints {
  blocks: Block[];
  options: { option: string; label: string }[];
}

const namedIn = (s: Scene, draft: Draft): Named[] =>
  s.given.flow.fields.flatMap(({ key, kind }, i) =>
    kind === 'place'
      ? (draft.answers[key]?.mentions ?? []).map((mention, index) => ({ key, at: i + 1, index, mention }))
      : [],
  );

/** What the recap adds: what was recognised and which place is asked, with the choices that go with them. */
export function placeHints(s: Scene, c: Conversation, draft: Draft): Hints {
  const named = namedIn(s, draft);
  const known = knownHints(s, c, named);
  const asked = askedHints(s, c, named);
  const point = named.length === 0 && isPointed(s, draft) ? [says(w(c).pointKept, c.language)] : [];
  return { blocks: [...known.blocks, ...asked.blocks, ...point], options: [...asked.options, ...known.options] };
}

function knownHints(s: Scene, c: Conversation, named: Named[]): Hints {
  const known = named.flatMap(({ mention: { place } }, i) => (place ? [{ i, place }] : []));
  if (known.length === 0) return { blocks: [], options: [] };
  const names = known.map(({ place }) => labelOf(place, w(c), s.given.gazetteer)).join(' ; ');
  const all =
    known.length > 1
      ? { option: 'drop-all', label: w(c).wrongPlaces }
      : { option: `not-${known[0]?.i}`, label: w(c).wrongPlace };
  const each = known.map(({ i, place }) => ({ option: `drop-${i}`, label: button(w(c).dropPlace(inWords(place))) }));
  const isAmong = known.length > 1 || named.some(({ mention }) => isAsked(mention));
  const options = isAmong && known.length <= ONE_BY_ONE ? each : [all];
  return { blocks: [says(w(c).recognised(names), c.language)], options };
}

/** One name at a time: the first that may be several places. */
function askedHints(s: Scene, c: Conversation, named: Named[]): Hints {
  const i = named.findIndex(({ mention }) => isAsked(mention));
  const mention = named[i]?.mention;
  if (!mention) return { blocks: [], options: [] };
  const choices = mention.among.map((place, j) => ({
    option: `is-${i}-${j}`,
    label: button(labelOf(place, w(c), s.given.gazetteer)),
  }));
  return {
    blocks: [says(w(c).whichPlace(mention.said), c.language)],
    options: [...choices, { option: `none-${i}`, label: w(c).otherPlace }],
  };
}

const button = (label: string): string => opening(label, BUTTON).text;

/** The code has no coordinates: a point shared on the map is kept as it is. */
const isPointed = (s: Scene, draft: Draft): boolean =>
  s.given.flow.fields.some(
    ({ key, kind }) => kind === 'place' && draft.answers[key]?.parts.some((part) => part.location !== undefined),
  );

/**
 * What a choice says of the places: `is-0-2`, the first name is its third place; `none-0`, it is none of them; `not-0`,
 * it is not that one; `drop-0` or `drop-all`, it is to be left out. Null when there is nothing to say it of. `lost`: the number of the answer whose
 * place is now unknown.
 */
export function decided(c: Conversation, s: Scene, option: string): { c: Conversation; lost?: number } | null {
  const draft = openDraft(c);
  if (!draft) return null;
  const [what = '', which = '', choice = ''] = option.split('-');
  const named = namedIn(s, draft);
  const meant =
    which === 'all' ? named.filter(({ mention }) => mention.place) : named.filter((_, i) => String(i) === which);
  const after = meant.map((one) => ({ ...one, mention: decide(one.mention, what, Number(choice)) }));
  const [first] = after;
  if (!first) return null;
  const next = withDraft(c, { ...after.reduce(withMention, draft), touched: s.at });
  return after.every(({ mention }) => mention.none) ? { c: next, lost: first.at } : { c: next };
}

/** A place that is not the right one is one of its homonyms, if it has any. */
function decide({ place, none: _, ...mention }: Mention, what: string, choice: number): Mention {
  const chosen = what === 'is' ? mention.among[choice] : undefined;
  if (chosen) return { ...mention, place: chosen };
  return what === 'not' && place && mention.among.length > 1 ? mention : { ...mention, none: true };
}

function withMention(draft: Draft, { key, index, mention }: Named): Draft {
  const answer = draft.answers[key];
  if (!answer?.mentions) return draft;
  const mentions = answer.mentions.with(index, mention);
  return { ...draft, answers: { ...draft.answers, [key]: { ...answer, mentions } } };
}

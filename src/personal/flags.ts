// What the team is told before a case goes anywhere: which of its texts hold what may be personal data. A text that changes
// is read again; what the team has checked stays so while nothing new stands in it. Pure.
import { textOf } from '../fields.ts';
import type { Flag, Part, PersonalKind, Practice } from '../model.ts';
import { personalIn } from './find.ts';

/** Words that may be personal data, as they were written. */
export interface Noticed {
  kind: PersonalKind;
  words: string;
}

/** Of what somebody wrote, of the names of their files, and of the addresses behind their words. */
export function noticedIn(parts: Part[]): Noticed[] {
  const before = known.get(parts);
  if (before) return before;
  const files = parts.flatMap(({ files: some = [] }) => some.flatMap(({ name }) => (name ? [spaced(name)] : [])));
  const links = parts.flatMap(({ links: some = [] }) => some);
  const texts = [textOf(parts), ...files, ...links];
  const found = texts.flatMap((text) =>
    personalIn(text).map(({ kind, start, end }) => ({ kind, words: text.slice(start, end) })),
  );
  known.set(parts, found);
  return found;
}

/** A recap is looked at several times, and lists of parts never change. */
const known = new WeakMap<Part[], Noticed[]>();

/** `facture_Mme_Durand.pdf` is read as words, its ending apart. */
const spaced = (name: string): string => name.replace(/\.\p{L}{2,5}$/u, '').replaceAll('_', ' ');

export const kindsOf = (found: Noticed[]): PersonalKind[] => [...new Set(found.map(({ kind }) => kind))];

type Texts = Pick<Practice, 'answers' | 'story' | 'former' | 'replies'>;

/** Every text of a case, by its name. */
function textsOf({ story, answers, former = {}, replies = [] }: Texts): Map<Flag['where'], Part[]> {
  const named = (of: 'a' | 'f', told: Practice['answers']) =>
    Object.entries(told).map(([key, { parts }]): [Flag['where'], Part[]] => [`${of}:${key}`, parts]);
  return new Map<Flag['where'], Part[]>([
    ...(story ? [['story', story.parts] as const] : []),
    ...named('a', answers),
    ...named('f', former),
    ...(replies.length > 0 ? [['reply', replies.flatMap(({ parts }) => parts)] as const] : []),
  ]);
}

const TEXTS = ['story', 'answers', 'former', 'replies'] as const;

/** The case with what the team is to check; `anew`: read again although nothing changed. */
export function flagged(before: Practice | null, practice: Practice, anew = false): Practice {
  const same = before !== null && !anew && TEXTS.every((key) => before[key] === practice[key]);
  if (same || practice.note) return practice;
  const former = before ? textsOf(before) : undefined;
  const checked = new Set((practice.personal ?? []).filter((flag) => flag.checked).map(({ where }) => where));
  const flags = [...textsOf(practice)].flatMap(([where, parts]): Flag[] => {
    const found = noticedIn(parts);
    if (found.length === 0) return [];
    const old = checked.has(where) ? noticedIn(former?.get(where) ?? []).map(({ words }) => words) : [];
    const isKnown = found.every(({ words }) => old.includes(words));
    return [{ where, kinds: kindsOf(found), ...(isKnown ? { checked: true } : {}) }];
  });
  const { personal, ...rest } = practice;
  if (JSON.stringify(flags) === JSON.stringify(personal ?? [])) return practice;
  return flags.length > 0 ? { ...rest, personal: flags } : rest;
}

type Flagged = Pick<Practice, 'personal'>;

export const unchecked = ({ personal = [] }: Flagged): Flag[] => personal.filter(({ checked }) => !checked);

/** Nothing of it is made public before somebody of the team has looked. What is answered to the team is never public. */
export const isHeld = (practice: Flagged): boolean => unchecked(practice).some(({ where }) => where !== 'reply');

const CHANGES = new Set(['edited', 'deleted', 'revised', 'answered']);

/** How often its author has changed it: whoever checks says what they had before their eyes. */
export const changesOf = ({ history }: Pick<Practice, 'history'>): number =>
  history.filter(({ what }) => CHANGES.has(what)).length;

/** Somebody of the team has read what was flagged. */
export const checkedBy = (practice: Practice): Practice => ({
  ...practice,
  personal: (practice.personal ?? []).map((flag) => ({ ...flag, checked: true as const })),
});

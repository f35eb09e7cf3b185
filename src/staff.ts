// The team: who may act on cases, and what a click or a typed line of theirs means. Pure.
import { isSame } from './address.ts';
import { bare, unspoken } from './fold.ts';
import type { Action, FormName, Given, Inbound, Language, LinkKind, Role } from './model.ts';

/** What may be done to a case, with the words that do it when typed; the first is the one the bot writes. */
export const verbs = {
  take: { fr: ['prendre'], en: ['take'] },
  hand: { fr: ['passer'], en: ['hand'], form: 'hand' },
  ask: { fr: ['demander'], en: ['ask'], form: 'ask' },
  field: { fr: ['preciser'], en: ['clarify'] },
  accept: { fr: ['accepter'], en: ['accept'] },
  aside: { fr: ['ecarter'], en: ['dismiss'], form: 'reason' },
  use: { fr: ['utiliser'], en: ['use'], form: 'use' },
  plan: { fr: ['prevoir'], en: ['plan'], form: 'plan' },
  unused: { fr: ['inutilise'], en: ['unused'], form: 'unused' },
  note: { fr: ['noter'], en: ['jot'], form: 'note' },
  see: { fr: ['voir'], en: ['see'] },
  link: { fr: ['lier'], en: ['link'] },
  check: { fr: ['relire'], en: ['check'] },
  draft: { fr: ['brouillon'], en: ['draft'] },
  bar: { fr: ['bloquer'], en: ['block'], form: 'bar' },
  unbar: { fr: ['debloquer'], en: ['unblock'] },
} satisfies Record<string, Record<Language, string[]> & { form?: FormName }>;

export type Verb = keyof typeof verbs;

/** What a rapporteur may do; a facilitator may do everything. */
const RAPPORTEUR = new Set<Verb>(['use', 'plan', 'unused', 'note', 'see', 'link']);

export const mayDo = (role: Role, verb: Verb): boolean => role === 'facilitator' || RAPPORTEUR.has(verb);

export const isVerb = (word: string): word is Verb => Object.hasOwn(verbs, word);

export const formNameOf = (verb: Verb): FormName | undefined => (verbs[verb] as { form?: FormName }).form;

/** What the bot writes for a verb on a case: `prendre 7K3QM-0XTD2`. */
export const verbWord = (verb: Verb, language: Language): string => verbs[verb][language][0] ?? verb;

/** Undefined: somebody who is not of the team. */
export function roleOf(given: Pick<Given, 'staff' | 'people'>, { from, person }: Inbound): Role | undefined {
  const own = given.people?.[`${from.channel}:${person.id}`];
  if (own) return own;
  const inPlace = given.staff.some(({ address }) => isSame(address, from) || isAround(address, from));
  return inPlace ? 'facilitator' : undefined;
}

/** A thread within a staff place is that place. */
export const isAround = (place: Inbound['from'], from: Inbound['from']): boolean =>
  place.thread === undefined && place.channel === from.channel && place.chat === from.chat;

export interface Deed {
  practice: string;
  verb: Verb;
  argument?: string;
  form?: Record<string, string>;
}

const ID = /^[0-9A-Z]{10}$/;

/** A button of a card: `<case>.<verb>` or `<case>.<verb>-<argument>`. */
export function pressedDeed(choice: string): Deed | undefined {
  const [, practice = '', verb = '', argument] = /^([0-9A-Z]{10})\.([a-z]+)(?:-([\w-]+))?$/.exec(choice) ?? [];
  return isVerb(verb) ? { practice, verb, ...(argument === undefined ? {} : { argument }) } : undefined;
}

const words = new Map<string, Verb>();
for (const verb of Object.keys(verbs).filter(isVerb)) {
  for (const word of [...verbs[verb].fr, ...verbs[verb].en]) words.set(word, verb);
}

/** A typed line: `/demander 7K3QM-0XTD2 Combien de personnes ?`, a number before the words for one answer. */
export function typedDeed(text: string): Deed | undefined {
  const [, slash, word = '', id = '', rest = ''] =
    /^\s*(?:@\w+\s+)?(\/?)([\p{L}]+)(?:@\w+)?\s+([0-9A-Za-z]{5}-?[0-9A-Za-z]{5})(?:\s+([\s\S]*))?$/u.exec(text) ?? [];
  const verb = words.get(bare(word));
  const practice = unspoken(id);
  // `demander rapidement` is no action.
  const isNumber = slash === '/' || /\d/.test(id) || id === id.toUpperCase();
  if (verb === undefined || !ID.test(practice) || !isNumber) return undefined;
  if (verb === 'link') return linkDeed(practice, rest);
  const [, number, words_ = ''] = verb === 'ask' ? (/^(\d{1,2})\s+([\s\S]+)$/.exec(rest) ?? []) : [];
  if (number !== undefined) return { practice, verb: 'ask', argument: number, form: { text: words_ } };
  const form = formOfLine(verb, rest.trim());
  return { practice, verb, ...(form ? { form } : {}) };
}

const KINDS = new Map<string, LinkKind>([
  ...(['pareil', 'meme', 'same'] as const).map((word) => [word, 'same'] as const),
  ...(['suite', 'continue', 'continues'] as const).map((word) => [word, 'continues'] as const),
  ...(['contredit', 'contredire', 'contradicts'] as const).map((word) => [word, 'contradicts'] as const),
]);

function linkDeed(practice: string, rest: string): Deed {
  const [first = '', second = ''] = rest.trim().split(/\s+/);
  const to = [first, second].map(unspoken).find((id) => ID.test(id));
  const kind = [first, second].map((word) => KINDS.get(bare(word))).find((one) => one !== undefined);
  return { practice, verb: 'link', ...(to && kind ? { argument: `${kind}-${to}` } : {}) };
}

/** Words typed or replied in place of a form: one input a line, or parted by semicolons. */
export function formOfLine(verb: Verb, text: string): Record<string, string> | undefined {
  if (text === '' || formNameOf(verb) === undefined) return undefined;
  const pieces = text.split(text.includes('\n') ? /\n+/ : /\s*;\s*/).map((piece) => piece.trim());
  const [report = '', second = '', third = '', fourth = ''] = pieces;
  if (verb === 'use') return filled({ report, section: second, quotation: unquoted(third), link: fourth });
  if (verb === 'plan') return filled({ report, section: second });
  if (verb === 'unused') return filled({ report, text: pieces.slice(1).join('\n') });
  return { text };
}

const filled = (form: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''));

const unquoted = (text: string): string => text.replace(/^[«"“]\s*|\s*[»"”]$/g, '');

/** What somebody of the team did, or undefined: not of the team, or not a deed. */
export function actionOf(given: Given, inbound: Inbound, deed: Deed): Action | undefined {
  const role = roleOf(given, inbound);
  if (role === undefined) return undefined;
  const place = given.staff.find(({ address }) => isAround(address, inbound.from) || isSame(address, inbound.from));
  const form = inbound.form ?? deed.form;
  return {
    id: inbound.id,
    verb: deed.verb,
    ...(deed.argument === undefined ? {} : { argument: deed.argument }),
    ...(form ? { form } : {}),
    by: { id: `${inbound.from.channel}:${inbound.person.id}`, name: inbound.person.name },
    role,
    place: place?.address ?? inbound.from,
    language: place?.language ?? given.language,
  };
}

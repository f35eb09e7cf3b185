// What is said under the card of a case: who did what, questions and answers, everything in full. Only the team reads it.
// Pure.
import { fingerprint, isSame } from '../address.ts';
import type { Address, Block, Given, Instant, Language, Outbound, Place, Practice, Said, Wanted } from '../model.ts';
import { emit } from '../outgoing.ts';
import { card } from './card.ts';

/** The delivery of a case in a place. */
export const cardId = (practice: string, place: Address): string => `${practice}-${fingerprint(place)}`;

/** The delivery of a case that is brought back to a place. */
export const lapseId = (practice: string, place: Address, lapse: string): string =>
  `${cardId(practice, place)}-${lapse}`;

export const plain = (language: Language, blocks: Block[]): Outbound => ({
  language,
  blocks,
  choices: [],
  closed: false,
});

/** The name of a message in a place, by which whoever replies to it or corrects it is led back. */
export const ownedName = ({ channel, chat }: Address, message: string): string => `${channel}:${chat}/${message}`;

interface Under {
  /** The same key again takes the place of the former message. */
  key: string;
  /** Tells one saying of this key from another. */
  version?: string;
  /** Only there; otherwise in every staff place. */
  place?: Place;
  /** There too, should it be none of them: somebody of the team may act from anywhere. */
  also?: Place;
  /** The choice whose words are to come in a reply. */
  prompt?: Wanted;
  /** It shows words of the author; or from now on nothing may show them. */
  words?: Said['words'];
}

/** Says something under the card. */
export function under(
  practice: Practice,
  given: Given,
  at: Instant,
  { key, version = '', place, also, prompt, words }: Under,
  view: (language: Language) => Outbound,
): Practice {
  const isStaff = given.staff.some(({ address }) => also === undefined || isSame(address, also.address));
  const places = place ? [place] : [...given.staff, ...(also && !isStaff ? [also] : [])];
  return places.reduce((next, { address, language }) => {
    const said: Said = { to: address, about: practice.id, key, message: view(language), ...(words ? { words } : {}) };
    return emit(next, at, {
      kind: 'event',
      key: `u:${fingerprint(address)}:${key}${version}`,
      to: { kind: 'delivery', id: cardId(practice.id, address) },
      event: { kind: 'under', ...said, ...(prompt === undefined ? {} : { prompt }) },
    });
  }, practice);
}

/** What of a case its card shows. */
const SHOWN = [
  ...([
    'state',
    'holder',
    'headline',
    'answers',
    'story',
    'former',
    'consent',
    'unreachable',
    'barred',
    'uses',
    'asks',
    'personal',
  ] as const),
  ...(['unread', 'notes', 'links', 'similar', 'history'] as const),
];

/** The card, made or brought up to date, in every staff place. */
export function showCards(before: Practice | null, after: Practice, given: Given, at: Instant): Practice {
  if (before && SHOWN.every((key) => before[key] === after[key])) return after;
  return given.staff.reduce((next, { address, language }) => {
    const id = cardId(after.id, address);
    const post = { kind: 'post' as const, to: address, message: card(after, language), about: after.id };
    const again = (after.lapsed ?? []).map((lapse) => lapseId(after.id, address, lapse));
    return [id, ...again].reduce(
      (shown, to) =>
        emit(shown, at, {
          kind: 'event',
          // One of its own for each commit: what is on its way is never mixed up with what follows it.
          key: `card:${to}:${before?.version ?? 0}`,
          to: { kind: 'delivery', id: to },
          event: to === id ? post : { ...post, standing: true },
        }),
      next,
    );
  }, after);
}

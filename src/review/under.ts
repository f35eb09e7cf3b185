// What is said under the card of a case: who did what, questions and answers, everything in full. Only the team reads it.
// Pure.
import { fingerprint, isSame } from '../address.ts';
import type { Address, Block, Given, Instant, Language, Outbound, Practice } from '../model.ts';
import { emit } from '../outgoing.ts';
import { card } from './card.ts';

/** The delivery of a case in a place. */
export const cardId = (practice: string, place: Address): string => `${practice}-${fingerprint(place)}`;

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
  place?: Address;
  /** The choice whose words are to come in a reply. */
  prompt?: string;
}

/** Says something under the card. */
export function under(
  practice: Practice,
  given: Given,
  at: Instant,
  { key, version = '', place, prompt }: Under,
  view: (language: Language) => Outbound,
): Practice {
  return given.staff
    .filter(({ address }) => place === undefined || isSame(address, place))
    .reduce((next, { address, language }) => {
      const id = cardId(practice.id, address);
      return emit(next, at, {
        kind: 'event',
        key: `u:${fingerprint(address)}:${key}${version}`,
        to: { kind: 'delivery', id },
        event: { kind: 'under', key, message: view(language), ...(prompt === undefined ? {} : { prompt }) },
      });
    }, practice);
}

/** What of a case its card shows. */
const SHOWN = [
  ...(['state', 'holder', 'headline', 'answers', 'story', 'former', 'consent', 'unreachable', 'uses', 'asks'] as const),
  ...(['unread', 'notes', 'links', 'similar', 'history'] as const),
];

/** The card, made or brought up to date, in every staff place. */
export function showCards(before: Practice | null, after: Practice, given: Given, at: Instant): Practice {
  if (before && SHOWN.every((key) => before[key] === after[key])) return after;
  return given.staff.reduce((next, { address, language }) => {
    const id = cardId(after.id, address);
    return emit(next, at, {
      kind: 'event',
      // One of its own for each commit: what is on its way is never mixed up with what follows it.
      key: `card:${id}:${before?.version ?? 0}`,
      to: { kind: 'delivery', id },
      event: { kind: 'post', to: address, message: card(after, language), about: after.id },
    });
  }, after);
}

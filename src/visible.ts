// Who may see what of a practice: the one function every view asks, from the first announcement on. Pure.
import type { Practice } from './model.ts';
import { isHeld } from './personal/flags.ts';

/** `staff`: facilitators and rapporteurs in their own places. `public`: everybody else who reads a digest or a search. */
export type Viewer = 'author' | 'staff' | 'public';

/** Where it is shown: in a chat (card, search, a case in full), in a digest, in a file that is taken away. */
export type Where = 'chat' | 'digest' | 'file';

export interface Sight {
  /** The answers, the story and their files. */
  content: boolean;
  /** The name its author chose to be known by. */
  author: boolean;
}

export type Seen = Pick<Practice, 'consent' | 'state' | 'note' | 'personal'>;

const NOTHING: Sight = { content: false, author: false };

/**
 * What `viewer` may see. Consent `report` opens a practice to staff only, `public` to everyone without its author,
 * `named` with the name its author chose. What its author has withdrawn is theirs alone; what the team has set aside, and
 * what is no case, is not public; no digest tells of either. What may be personal data is kept from the public until
 * somebody of the team has looked.
 */
export function visible(practice: Seen, viewer: Viewer, where: Where = 'chat'): Sight {
  const { scope } = practice.consent;
  const isWithdrawn = practice.state === 'withdrawn';
  const isAside = practice.state === 'setAside' || practice.note === true;
  if (where === 'digest' && (isAside || isWithdrawn)) return NOTHING;
  if (viewer === 'author') return { content: true, author: true };
  if (isWithdrawn) return NOTHING;
  if (viewer === 'staff') return { content: true, author: scope === 'named' };
  return isAside || scope === 'report' || isHeld(practice) ? NOTHING : { content: true, author: scope === 'named' };
}

/** The name its author chose, where this viewer may read it. */
export const authorOf = (practice: Seen, viewer: Viewer, where?: Where): string | undefined =>
  visible(practice, viewer, where).author ? practice.consent.name : undefined;

/** Whether only words that the team has still to check keep a case from this viewer. */
export function isKeptBack({ personal, ...practice }: Seen, viewer: Viewer, where?: Where): boolean {
  const isShown = visible({ ...practice, ...(personal ? { personal } : {}) }, viewer, where).content;
  return !isShown && visible(practice, viewer, where).content;
}

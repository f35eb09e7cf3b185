// Who may see what of a practice: the one function every view asks, from the first announcement on. Pure.
import type { Consent, Practice } from './model.ts';

/** `staff`: facilitators and rapporteurs in their own places. `public`: everybody else who reads a digest or a search. */
export type Viewer = 'author' | 'staff' | 'public';

export interface Sight {
  /** The answers, the story and their files. */
  content: boolean;
  /** Who told it. */
  author: boolean;
}

/**
 * What `viewer` may see. Consent `report` opens a practice to staff only, `public` to everyone without its author,
 * `named` with its author. Staff never learn the author from a practice: they reach them through the bot. What its author
 * has withdrawn is theirs alone.
 */
export function visible(practice: Pick<Practice, 'consent' | 'state'>, viewer: Viewer): Sight {
  const scope: Consent['scope'] = practice.consent.scope;
  if (viewer === 'author') return { content: true, author: true };
  if (practice.state === 'withdrawn') return { content: false, author: false };
  if (viewer === 'staff') return { content: true, author: scope === 'named' };
  return { content: scope !== 'report', author: scope === 'named' };
}

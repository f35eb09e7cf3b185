// What happens to a case once it is sent: its states, who does what, questions and answers, uses. Types only.
import type { Role } from './asking.ts';
import type { Address, Instant, Language, Outbound, Part } from './message.ts';

/**
 * New; taken by a facilitator; waiting for its author's answer; accepted by the team; used in a report. Or set aside by
 * the team, or withdrawn by its author.
 */
export type State = 'new' | 'inHand' | 'waiting' | 'accepted' | 'used' | 'setAside' | 'withdrawn';

/** Where a case is planned for, used, or will not be: one entry of a report's ledger. */
export interface Use {
  id: string;
  at: Instant;
  by: string;
  kind: 'planned' | 'used' | 'unused';
  report: string;
  section?: string;
  quotation?: string;
  link?: string;
  why?: string;
}

export type LinkKind = 'same' | 'continues' | 'contradicts';

/** What happened to a case, when and by whom. */
export interface Entry {
  at: Instant;
  /** The author's conversation, or the name of somebody of the team. */
  by: string;
  what: string;
  field?: string;
  /** The words that were replaced. */
  before?: string;
  /** What was said of it: a reason, the name of who takes over. */
  text?: string;
  /** Of somebody of the team: `channel:id`. */
  actor?: string;
}

/** A question of the facilitators, on its way to the author of a case. */
export interface Ask {
  id: string;
  practice: string;
  at: Instant;
  /** Who asks, as the author reads it. */
  from: string;
  text: string;
  /** Corrected so many times by who asked; gone when its text is empty. */
  revision?: number;
  /** The one answer it is about; its label as the author knows it. */
  field?: string;
  label?: string;
}

/** A question to the author, and what became of it. */
export interface Asked extends Ask {
  /** The message it was typed in, when it was: `m:<message>`. */
  source?: string;
  by: string;
  state: 'queued' | 'sent' | 'failed' | 'answered';
  reason?: string;
}

/** Words for a case already sent, until their author says what to do with them. */
export interface Reply {
  practice: string;
  ask?: string;
  field?: string;
  label?: string;
  at: Instant;
  parts: Part[];
}

/** What the author of a case is told of it: where it stands, and in what it was used. */
export interface News {
  /** Unique for ever. */
  id: string;
  practice: string;
  state: State;
  use?: Use;
  reason?: string;
  /** The last words were not kept: the case can hold no more than so many characters. */
  full?: number;
}

/** What somebody of the team does to a case. */
export interface Action {
  /** Unique for ever: the click, or the message. */
  id: string;
  verb: string;
  argument?: string;
  form?: Record<string, string>;
  by: { id: string; name: string };
  role: Role;
  place: Address;
  language: Language;
}

/** A choice whose words are to come in a reply, from who made it: `channel:person`. */
export interface Wanted {
  choice: string;
  by: string;
}

/** What is said under the card of a case. */
export interface Said {
  to: Address;
  about: string;
  key: string;
  message: Outbound;
  prompt?: Wanted;
  /** It shows words of the author; or from now on nothing may show them. */
  words?: 'shown' | 'gone';
}

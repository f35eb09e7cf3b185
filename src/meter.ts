// What is watched of the house at work, as types only. Nothing in it holds a name or a word.
import type { Instant, Kind, Ref } from './model.ts';

/** Counts and times what the house does. */
export interface Meter {
  /** A turn begins: events of one document, folded. The function tells how it ends; `same`: nothing was to be saved. */
  turn(kind: Kind): (outcome: 'saved' | 'same' | 'failed') => void;
  /** `stale`: somebody else was first, and the turn is made again on what they wrote. */
  commit(kind: Kind): (outcome: 'saved' | 'stale' | 'forgotten') => void;
  /** One message of this document on its way to a channel. */
  send(from: Ref, channel: string): (outcome: SendOutcome) => void;
}

/** `retried`: it stays in the queue. `failed`: the chat is closed. `refused`: the message is ill-made. */
export type SendOutcome = 'sent' | 'retried' | 'moved' | 'failed' | 'refused';

/** How a store is doing. Counts go no further than 10,000, which then means at least that many. */
export interface Pulse {
  /** When what has waited longest may first be taken up by any process; it may be still to come. */
  due: Instant | null;
  /** People in the middle of telling a case. */
  drafts: number;
  /** Updates set aside after failing again and again. */
  parked: number;
}

// What the house asks of the world: a store, a library to read, channels, a clock. Types and one error class.
import type { Address, Conversation, Delivery, Inbound, Instant, Kind, Outbound, Practice, Ref } from './model.ts';

export interface Documents {
  conversation: Conversation;
  practice: Practice;
  delivery: Delivery;
}

/** Keeps documents, each written atomically. Errors of the engine itself are thrown; nothing else is. */
export interface Store {
  /** Where it keeps things, for people: never holds a password. */
  readonly name: string;
  /** One process at a time holds this store, so that whatever was leased before belongs to the dead. */
  readonly exclusive: boolean;
  /** The installation's own key, made from `fresh` the first time and kept with the data. */
  secret(fresh: string): Promise<string>;
  load<K extends Kind>(kind: K, id: string): Promise<Documents[K] | null>;
  /**
   * Saves what changed between `before` and `after` (found by reference), if the stored version is still that of
   * `before`. `after.version` must be `before.version + 1`, or 1 for a new document. A forgotten id is refused.
   */
  commit<K extends Kind>(kind: K, before: Documents[K] | null, after: Documents[K]): Promise<Commit>;
  /** Documents whose `wakeAt` has come, the longest due first. */
  due(now: Instant, limit: number): Promise<Ref[]>;
  /** The practice that holds a message, as `<conversation>/<message>`. */
  owner(message: string): Promise<Ref | null>;
  /** Erases a document and keeps its id from ever being used again. */
  forget(kind: Kind, id: string): Promise<void>;
  close(): Promise<void>;
}

export type Commit = 'saved' | 'stale' | 'forgotten';

/** Reading what is kept, never within a turn. */
export interface Library {
  practices(since?: Instant): AsyncIterable<Practice>;
}

export interface Post {
  to: Address;
  message: Outbound;
  /** Unique for ever: platforms that know nonces get it as one. */
  key: string;
  /** Ids of the pieces that are already out. */
  out: string[];
}

export interface Sent {
  /** The platform's ids of the pieces sent now. */
  messages: string[];
  /** The last piece's place in the platform's order. */
  order?: string;
}

export interface Finding {
  ok: boolean;
  /** What was looked at, and when it is not well, what to do. */
  text: string;
}

export interface Channel {
  readonly name: string;
  /** Begins to listen. `receive` resolves once what the update changed is saved, and only then is it acknowledged. */
  start(receive: (inbound: Inbound) => Promise<void>): Promise<void>;
  deliver(post: Post): Promise<Sent>;
  check(): Promise<Finding[]>;
  /** Finishes what is in hand and lets go. */
  stop(): Promise<void>;
}

/** How a platform can fail us: a closed list, each with its treatment. */
export class ChannelError extends Error {
  readonly kind: 'retry' | 'permanent' | 'unknown-outcome';
  readonly retryAt: Instant | undefined;
  /** Pieces that went out before the failure. */
  readonly out: string[];

  constructor(kind: ChannelError['kind'], message: string, more: { retryAt?: Instant; out?: string[] } = {}) {
    super(message);
    this.name = 'ChannelError';
    this.kind = kind;
    this.retryAt = more.retryAt;
    this.out = more.out ?? [];
  }
}

export interface Clock {
  now(): Instant;
  /** Calls `act` at that moment, or soon if it has passed; returns how to cancel it. */
  at(moment: Instant, act: () => void): () => void;
}

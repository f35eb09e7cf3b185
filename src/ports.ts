// What the house asks of the world: a store, a library to read, channels, a clock. Types, and the errors they may throw.
import type { Pulse } from './meter.ts';
import type {
  Address,
  Conversation,
  Delivery,
  Digest,
  FileRef,
  Inbound,
  Instant,
  Kind,
  Language,
  Outbound,
  Practice,
  Ref,
  Scope,
  State,
  Trail,
} from './model.ts';
import type { Rate } from './rate.ts';

export { ChannelError, StoreAway } from './faults.ts';
export type * from './meter.ts';

export interface Documents {
  conversation: Conversation;
  practice: Practice;
  delivery: Delivery;
  digest: Digest;
}

/** Keeps documents, each written atomically. Errors of the engine itself are thrown, as `StoreAway` when it is away; nothing else is. */
export interface Store {
  /** Where it keeps things, for people: never holds a password. */
  readonly name: string;
  /** One process at a time holds this store, so that whatever was leased before belongs to the dead. */
  readonly exclusive: boolean;
  /** Who else is at work on it; absent when nobody else can be. */
  readonly crew?: Crew;
  readonly files: Files;
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
  /** What holds a message: a practice, as `<conversation>/<message>`; a delivery, as `<channel>:<chat>/<message>`. */
  owner(message: string): Promise<Ref | null>;
  /** The documents that carry this trace. */
  traced(trace: string): Promise<Ref[]>;
  /** Erases a document and keeps its id from ever being used again. */
  forget(kind: Kind, id: string): Promise<void>;
  /** Sees to it that what was erased or overwritten is no longer in the bytes of its files either. */
  purge(): Promise<void>;
  /** Keeps, as it came, an update that failed again and again, so that it stops nobody else. */
  park(update: Parked): Promise<void>;
  /** Erases the parked updates of this channel in which one of these ids stands as a word of its own. */
  unpark(channel: string, ids: string[]): Promise<void>;
  close(): Promise<void>;
}

/** The processes that share a store, and what only one of them does. Times are the store's own. */
export interface Crew {
  /** This process lives for so many milliseconds more; `at` says where, for those beside it. */
  lives(process: string, at: string, ms: number): Promise<void>;
  /** It lives no more. */
  leaves(process: string): Promise<void>;
  /** Those that live, as they said. */
  living(): Promise<{ name: string; at: string }[]>;
  /** Who took this duty last, dead or alive. */
  holder(duty: string): Promise<string | undefined>;
  /** Takes it over from this holder, or from nobody; false when it is another's by now. */
  take(duty: string, from: string | undefined, by: string): Promise<boolean>;
}

/** Content of files, beside the documents. A name is chosen by the caller and written again whole. */
export interface Files {
  /** Keeps this content under this name, or nothing at all if it ends in an error. */
  put(name: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Null when there is no such file. */
  open(name: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Nothing happens when there is no such file. */
  remove(name: string): Promise<void>;
}

export interface Parked {
  id: string;
  at: Instant;
  channel: string;
  /** The update as the platform sent it, as JSON. */
  raw: string;
}

export type Commit = 'saved' | 'stale' | 'forgotten';

/** Reading what is kept, never within a turn. */
export interface Library {
  practices(since?: Instant): AsyncIterable<Practice>;
  /** The conversations of a channel, the last active first, each with the last thing heard in it. */
  recent(channel: string, limit: number): Promise<Heard[]>;
  /**
   * Cases with something to tell a place (the fingerprint of its address), the oldest first: new to it, or moved since.
   * Only those whose consent has one of these scopes.
   */
  untold(place: string, scopes: Scope[], limit: number): Promise<Practice[]>;
  /** Cases in a state, the oldest first. */
  standing(state: State, scopes: Scope[], limit: number): Promise<Practice[]>;
  /** How many cases count for each facet. */
  tally(scopes: Scope[]): Promise<Record<string, number>>;
  /** The sum of everybody's trail. */
  trail(): Promise<Trail>;
  /** What an operator watches: read from indexes, at a cost that does not grow with what is kept. */
  pulse(): Promise<Pulse>;
  /**
   * The cases that carry every one of these terms, newest first, at most `limit`: read from an index, where the first
   * term leads. Of the cases with the first term only the newest `look` are looked at, so that no search costs more
   * however many cases there are; give the rarest first.
   */
  find(sought: Sought, limit: number): Promise<Found[]>;
  /** How many cases carry each of these terms, counted no further than `most`. */
  counts(terms: string[], most: number): Promise<number[]>;
  /** Words of cases that begin so, in order, at most `limit`. */
  words(beginning: string, limit: number): Promise<string[]>;
}

export interface Sought {
  /** At least one. */
  terms: string[];
  /** From this moment on, before that one. */
  since?: Instant;
  until?: Instant;
  look: number;
}

/** A case and when it was sent. */
export interface Found {
  id: string;
  at: Instant;
}

/** How far a conversation was heard: `Conversation.heard`. */
export interface Heard {
  address: Address;
  heard: string;
}

export interface Post {
  to: Address;
  message: Outbound;
  /** Unique for ever: platforms that know nonces get it as one. */
  key: string;
  /** Ids of the pieces that are already out. */
  out: string[];
  /** The pieces of the message whose place it takes: changed where they stand, more added or some removed as needed. */
  edits?: string[];
  /** The message it stands under: a thread, or a reply. */
  under?: string;
  /** The content of `message.attachment`; null when it is gone. */
  content?(): Promise<AsyncIterable<Uint8Array> | null>;
  /** Told of each piece that is out while more follow, and waited for. */
  piece: (message: string) => Promise<void>;
}

export interface Sent {
  /** The platform's ids of the pieces sent now; after an edit, of all that make the message. */
  messages: string[];
  /** The last piece's place in the platform's order. */
  order?: string;
}

export interface Finding {
  ok: boolean;
  /** What was looked at, and when it is not well, what to do. */
  text: string;
}

/** What the house gives a channel that begins to listen. */
export interface Intake {
  /** Resolves once what the update changed is saved, and only then is it acknowledged. */
  receive(inbound: Inbound): Promise<void>;
  /**
   * Does `work` on an update; what fails five times is parked as it came, and then counts as done. While the store is away
   * nothing counts, and the work waits: all but a `click`, which rejects at once with `StoreAway`, to be pressed again.
   */
  attempt(id: string, raw: unknown, work: () => Promise<void>, click?: boolean): Promise<void>;
  /** Whether nothing can be saved just now, as far as is known. */
  away(): boolean;
  /** The channel's conversations, the last active first: where to look for what was written while nobody listened. */
  recent(limit: number): Promise<Heard[]>;
  /** The greatest `order` heard from this address; undefined for somebody new. */
  heard(address: Address): Promise<string | undefined>;
}

export interface Channel {
  readonly name: string;
  /** Begins to listen; or only to be ready to deliver, where `listen` is there. */
  start(intake: Intake): Promise<void>;
  /** Listens until the signal: there when the platform lets only one process do so. Resolves once it has begun. */
  listen?(turn: AbortSignal): Promise<void>;
  deliver(post: Post): Promise<Sent>;
  /** The content of a file, at once: some platforms keep it a short time only. */
  fetch?(file: FileRef): Promise<AsyncIterable<Uint8Array>>;
  /** What the platform takes: by one chat, and by all together. Pieces of a message, and changes of one, count. */
  readonly rates?: { chat(to: Address): Rate; all: Rate };
  /** Shows that an answer is on its way. */
  typing?(to: Address): Promise<void>;
  /** What it answers on the one HTTP port. */
  readonly routes?: Route[];
  check(): Promise<Finding[]>;
  /** Finishes what is in hand and lets go. */
  stop(): Promise<void>;
}

/** One path of the HTTP port. The body is read only after `admit`, and never past a megabyte. */
export interface Route {
  method: 'POST' | 'GET';
  path: string;
  /** The status to refuse with, before any work; undefined to go on. */
  admit(headers: Record<string, string | undefined>): number | undefined;
  handle(body: string, headers: Record<string, string | undefined>): Promise<Reply>;
}

export interface Reply {
  status: number;
  body?: string;
  /** Media type of the body: plain text when absent. */
  type?: string;
}

/** What the bot says of itself where a platform lists it, per language. */
export type Menu = Record<Language, { title: string; about: string; commands: MenuCommand[] }>;

export interface MenuCommand {
  name: string;
  says: string;
  /** It may be followed by something: a number, a few words. */
  takes?: boolean;
}

export interface Clock {
  now(): Instant;
  /** Calls `act` at that moment, or soon if it has passed; returns how to cancel it. */
  at(moment: Instant, act: () => void): () => void;
}

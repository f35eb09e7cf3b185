// The nouns of Recueil, as types only: nothing here does anything, and every value survives JSON unchanged.
import type { Given } from './asking.ts';
import type { Ask, Asked, Entry, LinkKind, Reply, State, Use, Wanted } from './case.ts';
import type { CaseHead, Event, Ref, Stamped } from './event.ts';
import type { Address, Block, FileRef, Instant, Language, Outbound, Part } from './message.ts';
import type { Flag } from './personal/model.ts';
import type { Question, Similar } from './search/question.ts';
import type { Barred, CaseRef, Consent, Draft, Prompt, Target, Told, Trail, Undo } from './telling.ts';

export type * from './asking.ts';
export type * from './case.ts';
export type * from './event.ts';
export type * from './message.ts';
export type * from './personal/model.ts';
export type * from './places/model.ts';
export type * from './telling.ts';

/** Work that a commit leaves to be done: at least once, in order, by whoever holds the lease. */
export type Outgoing = {
  /** Deterministic, unique in its document. */
  key: string;
  dueAt: Instant;
  /** Until then the committing process does it; afterwards any process may. */
  leasedUntil: Instant;
  /** Which process that is, where several share the store. */
  by?: string;
  attempts: number;
  /** When it was first due, once a try has failed. */
  since?: Instant;
} & (
  | {
      kind: 'message';
      to: Address;
      message: Outbound;
      /** Pieces already out. */
      out: string[];
      /** The pieces of the message it takes the place of. */
      edits?: string[];
      /** The message it stands under: a thread or a reply, as the platform has it. */
      under?: string;
    }
  /** Asks what stands open, after this lead: worded when it goes out, and kept as worded once a piece of it is out. */
  | { kind: 'prompt'; to: Address; lead: Block[]; message?: Outbound; out: string[] }
  | { kind: 'event'; to: Ref | { message: string }; event: Event }
  /** Copies the content of a file that came with a message. */
  | { kind: 'fetch'; part: string; file: FileRef; kept: string }
  /** Erases a copied file that nothing refers to any more. */
  | { kind: 'drop'; kept: string }
  /** Reads the library for what a digest is to say. */
  | { kind: 'gather'; window: string; asked: boolean }
  /** Makes the file of an export and keeps it under this name: long work, which tells how far it is. */
  | {
      kind: 'build';
      order: { format: string; query: string /** Who asks: `channel:person`. */; reader: string; language: Language };
      name: string;
      kept: string;
    }
  /** Asks something of the library; the answer comes back as `found`. */
  | { kind: 'look'; question: Question }
  /** Looks for the cases nearest to this one; they come back as `compared`. */
  | { kind: 'compare' }
  /** Erases the document itself, for ever. */
  | { kind: 'forget' }
);

export interface Document {
  id: string;
  /** Counts commits; compare-and-swap. */
  version: number;
  outgoing: Outgoing[];
  /** When something in this document is next due; null when nothing is. */
  wakeAt: Instant | null;
  /** What it holds that is told elsewhere, so that erasure finds it: ids of cases, `channel:person`, or `*`, any case. */
  traces?: string[];
}

/** What the bot knows about one person, at one address. */
export interface Conversation extends Document {
  address: Address;
  person: { id: string; name: string };
  language: Language;
  consent?: Consent;
  /** Words with no home yet: before consent, outside a draft, beside a closed prompt. Shown to nobody. */
  held: Part[];
  drafts: Record<string, Draft>;
  /** The draft being told. */
  open?: string;
  prompt?: Prompt;
  last?: Target;
  cases: CaseRef[];
  /** What was left to the team that is no case. */
  notes: { id: string; at: Instant }[];
  /** Questions that were not answered yet; `shown` is the key of the message that asks, `messages` its pieces. */
  asks?: (Ask & { shown?: string; messages?: string[] })[];
  reply?: Reply;
  /** The next draft is told for somebody else. */
  behalf?: true;
  undo?: Undo;
  /** What was last searched for, and what its choices are called by: for the next page. */
  searched?: { label: string; text: string };
  /** A short ring of ids: what was already taken and is no longer anywhere in the drafts. */
  seen: string[];
  reminders: { on: boolean; count: number; lastAt?: Instant };
  /** Counts prompts and messages. */
  count: number;
  /** When the person last did something. */
  activeAt: Instant;
  /** The greatest `order` heard from them: what came later, on a platform that keeps nothing for us, is still to be read. */
  heard?: string;
  /** The person looked at their own page once: it is kept as things stand. */
  home?: true;
  /** The chat is closed to us, and why. */
  unreachable?: string;
  barred?: Barred;
  /** The person takes no more questions of the team. */
  unasked?: true;
  campaign?: string;
  trail?: Trail;
}

/** A completed, confirmed case. It knows its author by conversation id only. */
export interface Practice extends Document, CaseHead {
  state: State;
  answers: Record<string, Told>;
  story?: { text: string; parts: Part[] };
  /** Answers to questions that the flow no longer asks. */
  former?: Record<string, Told>;
  /** Who took it. */
  holder?: { id: string; name: string };
  uses?: Use[];
  /** Its author's chat is closed to us, and why. */
  unreachable?: string;
  /** The team takes no more words of its author. */
  barred?: true;
  history: Entry[];
  asks?: Asked[];
  replies?: { ask: string; at: Instant; parts: Part[] }[];
  /** Private to the team. */
  notes?: { at: Instant; by: string; text: string }[];
  links?: { to: string; kind: LinkKind; at: Instant; by: string }[];
  /** Answers that came and that nobody of the team has acted on. */
  unread?: number;
  /** A short ring of ids: clicks already taken. */
  clicks?: string[];
  /** What was brought back to the team. */
  lapsed?: ('untaken' | 'unused')[];
  /** Every message it is made of, as `<author>/<message>`: an edit finds its case by it. */
  messages: string[];
  /** The digest that told of it first, by place, and how many of its moves were told there. One place, one key. */
  digests?: Record<string, { window: string; moves: number }>;
  /** The places that know all there is to tell, as one text: what an index finds them by. */
  told?: string;
  /** What it counts for, as one text: `actors:association departement:92 state:new`; empty when it is nobody's to read. */
  facets?: string;
  /** What may be personal data in it, as the team is told. */
  personal?: Flag[];
  /** The nearest cases there were when it came, the nearest first. */
  similar?: Similar[];
  /** By what it is found (src/search/terms.ts). */
  terms?: string[];
}

/** One message living in a staff or digest place. */
export interface Delivery extends Document {
  to: Address;
  /** The practice or note it speaks of. */
  about: string;
  state: 'queued' | 'sent' | 'failed';
  /** The platform's ids of its pieces. */
  messages: string[];
  reason?: string;
  /** What somebody wrote in a group, kept until they come for it in private. */
  held?: { person: string; part: Part /** They come to tell for somebody else. */; behalf?: true };
  /** Messages that stand under this one, by key: the ids of their pieces. */
  under?: Record<string, string[]>;
  /** Choices that wait for words in a reply, by the key of the message that asks for them. */
  prompts?: Record<string, Wanted>;
  /** The messages under it that hold words of the author, by key. */
  quoting?: string[];
  /** What it says now. */
  said?: Outbound;
  /** Every message of this place that a reply may answer, as `<channel>:<chat>/m:<message>`. */
  owned?: string[];
  /** Who is told when it cannot be delivered for good. */
  report?: Ref;
  /** What was searched for, for the next page. */
  searched?: string;
}

/** What one place is told, window after window; its id is the fingerprint of its address. */
export interface Digest extends Document {
  to: Address;
  language: Language;
  /** How `next` was reckoned. */
  schedule: string;
  /** The window to come. */
  next: Instant;
  /** The window of the digest in the making. */
  making?: string;
  /** Asked for by hand, and still to be made; and the last that were asked for at all. */
  wanted: string[];
  seen: string[];
  /** The picture of the last digest, as kept. */
  picture?: string;
  /** The place no longer takes messages, and why: nothing more is tried until the next start. */
  gone?: string;
  /** What was searched for, for the next page. */
  searched?: string;
}

/** Pure and total: from a document (null when there is none yet) and what happened, the document that follows. */
export type Step<D extends Document> = (given: Given, before: D | null, id: string, stamped: Stamped) => D | null;

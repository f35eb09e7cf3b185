// The nouns of Recueil, as types only: nothing here does anything, and every value survives JSON unchanged.
import type { Given, Scope } from './asking.ts';
import type { Action, Ask, Asked, Entry, LinkKind, News, Reply, Said, State, Use, Wanted } from './case.ts';
import type {
  Address,
  Attachment,
  Block,
  FileRef,
  Inbound,
  Instant,
  Language,
  Outbound,
  Part,
  Place,
} from './message.ts';
import type { Flag } from './personal/model.ts';
import type { Territory } from './places/model.ts';
import type { Question, Similar } from './search/question.ts';
import type { Answer, Barred, CaseRef, Consent, Draft, Prompt, Target, Told, Trail, Undo } from './telling.ts';

export type * from './asking.ts';
export type * from './case.ts';
export type * from './message.ts';
export type * from './personal/model.ts';
export type * from './places/model.ts';
export type * from './telling.ts';

// -------------------------------------------------------------------------------------------------- the documents

export type Kind = 'conversation' | 'practice' | 'delivery' | 'digest';

export interface Ref {
  kind: Kind;
  id: string;
}

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
export interface Practice extends Document {
  state: State;
  flow: string;
  language: Language;
  author: string;
  submittedAt: Instant;
  consent: Consent;
  /** Field keys in the order of the flow at submission. */
  order: string[];
  headline: string;
  answers: Record<string, Told>;
  story?: { text: string; parts: Part[] };
  /** Answers to questions that the flow no longer asks. */
  former?: Record<string, Told>;
  campaign?: string;
  /** What the answers of kind `place` name in the official code. */
  places?: Territory[];
  /** Who took it. */
  holder?: { id: string; name: string };
  uses?: Use[];
  /** Its author's chat is closed to us, and why. */
  unreachable?: string;
  /** The team takes no more words of its author. */
  barred?: true;
  history: Entry[];
  /** What somebody left that is no case: it is read, answered and linked, and never listed among the cases. */
  note?: true;
  /** Typed in for somebody else by this person, who vouches for their consent. */
  behalf?: string;
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

// ------------------------------------------------------------------------------------------------------ the events

type Derived = 'state' | 'history' | 'messages' | 'answers' | 'former' | 'story';

/** A case on its way to its own document, which puts together what its parts say. */
export type Submission = Omit<Practice, keyof Document | Derived> & {
  id: string;
  answers: Record<string, Answer>;
  former?: Record<string, Answer>;
  story?: { parts: Part[] };
};

/** What can happen to a document. */
export type Event =
  | { kind: 'inbound'; inbound: Inbound }
  | { kind: 'woke' /** The processes that live: what any other had leased is free. */; living?: string[] }
  | { kind: 'sent'; key: string; messages: string[]; order?: string /** More pieces follow. */; partial?: boolean }
  | { kind: 'done'; key: string }
  | {
      kind: 'failed';
      key: string;
      reason: string /** Absent: for good. */;
      retryAt?: Instant;
      /** The platform refuses this one message, by a fault of ours: the chat itself is open. */
      refused?: boolean;
      /** It was not tried: its turn has not come. */
      untried?: true;
    }
  /** The place has a new address; the message goes there. */
  | { kind: 'moved'; key: string; to: Address }
  /** How far a long piece of work is: `of` is unknown while counting. */
  | { kind: 'progress'; key: string; done: number; of?: number }
  /** The file of an export is made; or it cannot be, and why in words; or there is nothing to put in it. */
  | { kind: 'built'; key: string; attachment?: Attachment; count: number; refused?: string }
  /** A file was copied or given up: `file` says how. */
  | { kind: 'copied'; key: string; part: string; file: FileRef }
  /** The author's chat closed, or opened again. */
  | { kind: 'reach'; unreachable?: string }
  /** The team takes no more words of the author of this case, or takes them again; said to every case of theirs. */
  | { kind: 'bar'; practice: string; reason?: string }
  | { kind: 'unbar'; practice: string }
  | { kind: 'barred'; barred: boolean }
  /** The author contests it. */
  | { kind: 'appealed'; part: Part }
  /** Somebody called the bot in a group; they come for their words in private; here they are. */
  | { kind: 'called'; inbound: Inbound }
  | { kind: 'claimed'; by: string; person: string; order: string }
  | { kind: 'handed'; part: Part }
  /** Somebody of the team comes from a staff place, to tell for somebody else. */
  | { kind: 'behalf'; id: string }
  | { kind: 'submitted'; practice: Submission }
  | { kind: 'edited'; by: string; part: string; text: string; files: FileRef[]; edit: string; deleted?: boolean }
  /** A message under the one of this delivery; said again under the same key, it takes the place of the former. */
  | ({ kind: 'under' } & Said)
  /** Somebody of the team replied to a message of this delivery. */
  | { kind: 'replied'; inbound: Inbound }
  | { kind: 'acted'; action: Action }
  | { kind: 'asked'; ask: Ask }
  /** Who asked corrected or deleted the message with the question. */
  | { kind: 'amended'; source: string; text: string }
  | { kind: 'relayed'; ask: string; state: 'sent' | 'failed'; reason?: string }
  | { kind: 'reply'; by: string; reply: Reply; how: 'add' | 'replace' }
  /** The author would like to see their case, or one answer of it. */
  | { kind: 'open'; field?: string }
  | { kind: 'opened'; id: string; practice: string; blocks: Block[]; field?: string; label?: string }
  | { kind: 'news'; news: News }
  | { kind: 'withdrawn'; by: string }
  /** The author says anew who may read it, and under which name. */
  | { kind: 'consented'; by: string; scope: Scope; name?: string }
  /** A note is to become the story of a draft. */
  | { kind: 'seed'; id: string; parts: Part[] }
  /** `standing`: only where it was said before. */
  | { kind: 'post'; to: Address; message: Outbound; about: string; report?: Ref; standing?: true }
  /** A digest place is configured; or somebody there asks for what is new, by a message or command of this id. */
  | { kind: 'expected'; place: Place }
  | { kind: 'wanted'; id: string; place: Place }
  /** What a digest says (null: nothing is new), and the cases that belong to it, with the number of their moves. */
  | { kind: 'gathered'; window: string; message: Outbound | null; cases: { id: string; moves: number }[] }
  /** A case belongs to a digest of this place. */
  | { kind: 'told'; place: string; window: string; moves: number }
  /** A message of the document's could not be delivered, for good. */
  | { kind: 'undelivered'; reason: string }
  /** What the library answers, and what was searched for. */
  | { kind: 'found'; key: string; message: Outbound; text?: string }
  | { kind: 'compared'; key: string; similar: Similar[] }
  /** A case is no more, at the end of its announced retention or before; `asked`: its author just asked for it. */
  | { kind: 'expired'; practice: string; asked?: true };

/** An event with its time and one fresh id: the only clock and chance a step sees. */
export interface Stamped {
  event: Event;
  at: Instant;
  /** Ten characters of Crockford's base 32: 50 bits. */
  fresh: string;
  /** The process that takes the step, where several share the store. */
  by?: string;
}

/** Pure and total: from a document (null when there is none yet) and what happened, the document that follows. */
export type Step<D extends Document> = (given: Given, before: D | null, id: string, stamped: Stamped) => D | null;

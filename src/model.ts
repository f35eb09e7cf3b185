// The nouns of Recueil, as types only: nothing here does anything, and every value survives JSON unchanged.
import type { Address, FileRef, Inbound, Instant, Language, Outbound, Place, Point, Words } from './message.ts';

export type * from './message.ts';

// ------------------------------------------------------------------------------------------------------ the flow

export type Scope = 'report' | 'public' | 'named';

export interface Field {
  key: string;
  kind: 'text' | 'place' | 'actors';
  /** The field that names the practice in lists and announcements. */
  headline: boolean;
  /** Letters and digits under which an answer is thin. */
  minimum: number;
  /** A few words: buttons, recap, card. */
  label: Words;
  question: Words;
  /** One line: what a good answer holds. */
  hint: Words;
  why: Words;
  example: Words;
  /** What to ask, once, when the answer is thin. */
  followUp: Words;
}

/** What is asked, how, and under which terms: one data file. */
export interface Flow {
  name: string;
  title: Words;
  welcome: Words;
  /** What happens after the case is sent. */
  next: Words;
  consent: { version: string; text: Words; scope: Scope };
  fields: Field[];
  limits: { answer: number; draft: number; story: number; drafts: number; parts: number };
  /** Days. */
  retention: { draft: number; practice: number };
  reminders: { days: number[]; quiet: { from: number; until: number }; timeZone: string };
}

/** Constant data that the steps may read. */
export interface Given {
  flow: Flow;
  staff: Place[];
  /** Channels that open forms. */
  forms?: string[];
  /** The language of someone whose platform tells none. */
  language: Language;
  /** Milliseconds to wait after a free text before replying, by channel; `long` after a probably cut text. */
  pauses: Record<string, { text: number; long: number }>;
}

// -------------------------------------------------------------------------------------------------- the documents

export type Kind = 'conversation' | 'practice' | 'delivery';

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
  attempts: number;
} & (
  | {
      kind: 'message';
      to: Address;
      message: Outbound;
      /** Pieces already out. */
      out: string[];
      replaceable: boolean;
      /** The pieces of the message it takes the place of. */
      edits?: string[];
      /** The message it stands under: a thread or a reply, as the platform has it. */
      under?: string;
    }
  | { kind: 'event'; to: Ref | { message: string }; event: Event }
  /** Copies the content of a file that came with a message. */
  | { kind: 'fetch'; part: string; file: FileRef; kept: string }
  /** Erases a copied file that nothing refers to any more. */
  | { kind: 'drop'; kept: string }
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
}

/** One message's worth of words, as sent. */
export interface Part {
  /** `m:<message>` */
  id: string;
  order: string;
  at: Instant;
  text: string;
  files?: FileRef[];
  location?: Point;
  links?: string[];
  forwarded?: boolean;
  /** The edit this text comes from, for a later edit to win whatever the order of arrival. */
  edited?: string;
  /** Its author deleted the message: the text is gone. */
  deleted?: Instant;
}

/** Why an answer is thin. */
export type Thinness = 'empty' | 'emoji' | 'link' | 'filler' | 'short' | 'file';

export interface Answer {
  parts: Part[];
  /** The field's label when it was answered: readable even after the flow dropped the field. */
  label: string;
  thin?: Thinness;
  /** The author says that the story already holds it. */
  inStory?: boolean;
}

export interface Draft {
  /** The id of the practice it becomes. */
  id: string;
  flow: string;
  begun: Instant;
  touched: Instant;
  story: Part[];
  answers: Record<string, Answer>;
  campaign?: string;
  /** The person was told that the draft is about to be erased. */
  warned?: boolean;
}

export interface Consent {
  version: string;
  at: Instant;
  scope: Scope;
}

export type PromptKind =
  | 'consent'
  | 'refused'
  | 'question'
  | 'followUp'
  | 'change'
  | 'add'
  | 'recap'
  | 'which'
  | 'place'
  | 'aside'
  | 'cases'
  | 'done'
  | 'paused';

/** Where the person stands: the last thing the bot asked. */
export interface Prompt {
  id: string;
  kind: PromptKind;
  field?: string;
  /** A recap with every word. */
  whole?: boolean;
  /** When it was asked. */
  at: Instant;
  /** The platform's order of its message, once known. */
  order?: string;
  /** What its message offers to share, or takes back. */
  wants?: 'location' | 'nothing';
  /** A process died with this message in hand: it was due then, and may or may not have been shown. */
  doubt?: Instant;
}

/** Where free text went last: a text sent before the next prompt was shown goes there too. */
export type Target = { to: 'held' } | { to: 'story'; draft: string } | { to: 'answer'; draft: string; field: string };

export interface CaseRef {
  id: string;
  headline: string;
  at: Instant;
  state: Practice['state'];
}

/** What `undo` brings back. */
export type Undo = { kind: 'draft'; draft: Draft } | { kind: 'answer'; draft: string; field: string; answer: Answer };

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
  notes: { id: string; at: Instant; parts: Part[] }[];
  undo?: Undo;
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
  campaign?: string;
}

export interface Told {
  text: string;
  parts: Part[];
  thin?: Thinness;
  inStory?: boolean;
  label: string;
}

/**
 * New; taken by a facilitator; waiting for its author's answer; accepted by the team; used in a report. Or set aside by
 * the team, or withdrawn by its author.
 */
export type State = 'new' | 'inHand' | 'waiting' | 'accepted' | 'used' | 'setAside' | 'withdrawn';

/** A place of the official code (https://www.insee.fr/fr/information/2560452), named by the author's words. */
export interface Territory {
  level: 'commune' | 'epci' | 'departement' | 'region';
  code: string;
  name: string;
  /** Codes of what holds it. */
  departement?: string;
  region?: string;
}

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
  history: { at: Instant; by: string; what: string; field?: string; before?: string }[];
  /** Every message it is made of, as `<author>/<message>`: an edit finds its case by it. */
  messages: string[];
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
  held?: { person: string; part: Part };
}

// ------------------------------------------------------------------------------------------------------ the events

export type Submission = Omit<Practice, keyof Document | 'state' | 'history' | 'messages'> & { id: string };

/** What can happen to a document. */
export type Event =
  | { kind: 'inbound'; inbound: Inbound }
  | { kind: 'woke' /** Take over the leases of a process known to be dead. */; takeover?: boolean }
  | { kind: 'sent'; key: string; messages: string[]; order?: string /** More pieces follow. */; partial?: boolean }
  | { kind: 'done'; key: string }
  | {
      kind: 'failed';
      key: string;
      reason: string /** Absent: for good. */;
      retryAt?: Instant;
      /** The platform refuses this one message, by a fault of ours: the chat itself is open. */
      refused?: boolean;
    }
  /** The place has a new address; the message goes there. */
  | { kind: 'moved'; key: string; to: Address }
  /** A file was copied or given up: `file` says how. */
  | { kind: 'copied'; key: string; part: string; file: FileRef }
  /** The author's chat closed, or opened again. */
  | { kind: 'reach'; unreachable?: string }
  /** Somebody called the bot in a group; they come for their words in private; here they are. */
  | { kind: 'called'; inbound: Inbound }
  | { kind: 'claimed'; by: string; person: string; order: string }
  | { kind: 'handed'; part: Part }
  | { kind: 'submitted'; practice: Submission }
  | { kind: 'edited'; by: string; part: string; text: string; files: FileRef[]; edit: string; deleted?: boolean }
  | { kind: 'post'; to: Address; message: Outbound; about: string }
  /** A case reached the end of its announced retention. */
  | { kind: 'expired'; practice: string };

/** An event with its time and one fresh id: the only clock and chance a step sees. */
export interface Stamped {
  event: Event;
  at: Instant;
  /** Ten characters of Crockford's base 32: 50 bits. */
  fresh: string;
}

/** Pure and total: from a document (null when there is none yet) and what happened, the document that follows. */
export type Step<D extends Document> = (given: Given, before: D | null, id: string, stamped: Stamped) => D | null;

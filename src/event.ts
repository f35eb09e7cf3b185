// What can happen to a document, with the case that is sent from one to another. Types only.
import type { Scope } from './asking.ts';
import type { Action, Ask, News, Reply, Said } from './case.ts';
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
import type { Territory } from './places/model.ts';
import type { Similar } from './search/question.ts';
import type { Answer, Consent } from './telling.ts';

export type Kind = 'conversation' | 'practice' | 'delivery' | 'digest';

export interface Ref {
  kind: Kind;
  id: string;
}

/** What a case says of itself from the moment it is sent, its words aside. */
export interface CaseHead {
  flow: string;
  language: Language;
  author: string;
  submittedAt: Instant;
  consent: Consent;
  /** Field keys in the order of the flow at submission. */
  order: string[];
  headline: string;
  campaign?: string;
  /** What the answers of kind `place` name in the official code. */
  places?: Territory[];
  /** What somebody left that is no case: it is read, answered and linked, and never listed among the cases. */
  note?: true;
  /** Typed in for somebody else by this person, who vouches for their consent. */
  behalf?: string;
}

/** A case on its way to its own document, which puts together what its parts say. */
export interface Submission extends CaseHead {
  id: string;
  answers: Record<string, Answer>;
  former?: Record<string, Answer>;
  story?: { parts: Part[] };
}

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

// What somebody is telling and where they stand in it: answers, drafts, prompts. Types only.
import type { Scope } from './asking.ts';
import type { State } from './case.ts';
import type { Instant, Part } from './message.ts';
import type { Mention } from './places/model.ts';

/** Why an answer is thin. */
export type Thinness = 'empty' | 'emoji' | 'link' | 'filler' | 'short' | 'file';

export interface Answer {
  parts: Part[];
  /** The field's label when it was answered: readable even after the flow dropped the field. */
  label: string;
  thin?: Thinness;
  /** The author says that the story already holds it. */
  inStory?: boolean;
  /** Of an answer of kind `place`: what its words name in the official code. */
  mentions?: Mention[];
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
  /** Who tells it for somebody else, and vouches for their consent. */
  behalf?: string;
  /** The person was told that the draft is about to be erased. */
  warned?: boolean;
}

export interface Consent {
  version: string;
  at: Instant;
  scope: Scope;
  /** The name its author would like to be read, with scope `named` only. */
  name?: string;
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
  | 'case'
  | 'withdraw'
  | 'reply'
  | 'revise'
  | 'replyHow'
  | 'scope'
  | 'byline'
  | 'barred'
  | 'appeal'
  | 'done'
  | 'paused';

/** Where the person stands: the last thing the bot asked. */
export interface Prompt {
  id: string;
  kind: PromptKind;
  field?: string;
  /** The case it is about, once sent. */
  practice?: string;
  /** The facilitators' question it answers. */
  ask?: string;
  /** The field's label, as the case has it. */
  label?: string;
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
export type Target =
  | { to: 'held' }
  | { to: 'story'; draft: string }
  | { to: 'answer'; draft: string; field: string }
  | { to: 'reply' };

export interface CaseRef {
  id: string;
  headline: string;
  at: Instant;
  state: State;
  /** Who may read it; absent: as the conversation's consent says. */
  scope?: Scope;
}

/** What `undo` brings back. */
export type Undo = { kind: 'draft'; draft: Draft } | { kind: 'answer'; draft: string; field: string; answer: Answer };

/** The team takes no more of somebody's words: the case it was said about, and the reason they are told. */
export interface Barred {
  at: Instant;
  practice: string;
  reason: string;
  /** They contested it. */
  appealed?: Instant;
}

/** How far somebody's drafts came: begun and sent, and the question where those at hand and those given up stopped. */
export interface Trail {
  begun: number;
  sent: number;
  /** By field key, or `recap` when every question has its answer. */
  at: Record<string, number>;
  left: Record<string, number>;
}

export interface Told {
  text: string;
  parts: Part[];
  thin?: Thinness;
  inStory?: boolean;
  mentions?: Mention[];
  label: string;
}

// What is asked of people, in which words and under which terms, as types only: a flow, and the constant data of the steps.
import type { Instant, Language, Place, Words } from './message.ts';
import type { Gazetteer } from './places/model.ts';

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
  /** Days after which a case that nobody took, or that was accepted and not used, is brought back to the team, once. */
  review: { untaken: number; unused: number };
}

/** A facilitator takes cases and talks with their authors; a rapporteur reads, notes and says what is used. */
export type Role = 'facilitator' | 'rapporteur';

/** Constant data that the steps may read. */
export interface Given {
  flow: Flow;
  staff: Place[];
  /** Persons who may act wherever they are, as `channel:id`, with their role; anybody in a staff place is a facilitator. */
  people?: Record<string, Role>;
  /** How questions to authors are signed: by the role, or by the person's name. */
  signature?: 'role' | 'name';
  /** Places that are told what is new, and when the next window after a moment opens; `schedule` is how it is reckoned. */
  digest?: { places: Place[]; schedule: string; next: (after: Instant) => Instant };
  /** Channels that open forms. */
  forms?: string[];
  /** The language of someone whose platform tells none. */
  language: Language;
  /** Milliseconds to wait after a free text before replying, by channel; `long` after a probably cut text. */
  pauses: Record<string, { text: number; long: number }>;
  /** The official code, when the flow asks for a place. */
  gazetteer?: Gazetteer;
}

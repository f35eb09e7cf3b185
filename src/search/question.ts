// What somebody asks of the library, and who asks. Types only.
import type { Language } from '../message.ts';

/** One of the team, as `channel:person`, or a contributor by their conversation's id: what they see is not the same. */
export interface Reader {
  team: boolean;
  id: string;
}

/** `label` begins the ids of the choices under the answer: what comes back says which question it continues. */
export type Question = { reader: Reader; language: Language; label: string } & (
  | { kind: 'search'; text: string }
  /** Another page of what the delivery of this id answered. */
  | { kind: 'page'; of: string; page: number }
  | { kind: 'read'; id: string }
  /** Which cases a report uses, plans or leaves out; of every report when none is named. */
  | { kind: 'ledger'; report?: string }
);

/** A case near another one; `likeness` goes from 0 to 1. */
export interface Similar {
  id: string;
  headline: string;
  likeness: number;
}

// How much a case may hold, with everything its author changed in it: far under what a document of either store can. Pure.
import type { Given, Part, Practice } from '../model.ts';

/** As many full drafts as a conversation may hold. */
const DRAFTS = 3;

export const mostOf = (given: Given): number => DRAFTS * given.flow.limits.draft;

const sum = (texts: string[]): number => texts.reduce((total, { length }) => total + length, 0);

/** Whether these parts fit beside the words a case has, those that were replaced included. In UTF-16 units. */
export function hasRoom(p: Practice, given: Given, parts: Part[]): boolean {
  const answers = Object.values({ ...p.former, ...p.answers }).map(({ text }) => text);
  const replies = (p.replies ?? []).flatMap((reply) => reply.parts.map(({ text }) => text));
  const replaced = p.history.map(({ before = '' }) => before);
  const held = [...answers, p.story?.text ?? '', ...replies, ...replaced];
  return sum(held) + sum(parts.map(({ text }) => text)) <= mostOf(given);
}

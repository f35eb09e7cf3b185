// What a step of the conversation works with, and the small moves every phase makes on the document. Pure.
import { isAnswered, thinness } from '../fields.ts';
import type { Answer, Conversation, Draft, Given, Inbound, Instant, Outgoing, Part } from '../model.ts';
import { mentionsIn } from '../places/answers.ts';

export { inOrder, partOf } from '../parts.ts';

import type { Wording } from '../words/fr.ts';
import { wording } from '../words.ts';

export interface Scene {
  given: Given;
  at: Instant;
  fresh: string;
  /** The process at work. */
  by?: string | undefined;
  inbound?: Inbound;
}

export const w = (c: Conversation): Wording => wording(c.language);

export const openDraft = (c: Conversation): Draft | undefined => (c.open === undefined ? undefined : c.drafts[c.open]);

export const withDraft = (c: Conversation, draft: Draft): Conversation => ({
  ...c,
  drafts: { ...c.drafts, [draft.id]: draft },
});

export function withoutDraft(c: Conversation, id: string): Conversation {
  const { [id]: gone, ...drafts } = c.drafts;
  if (!gone) return c;
  const { open, last, ...rest } = { ...c, drafts };
  const keepOpen = open === undefined || open === id ? {} : { open };
  const keepLast = last === undefined || ('draft' in last && last.draft === id) ? {} : { last };
  return remember(
    { ...rest, ...keepOpen, ...keepLast },
    partsOf(gone).map((part) => part.id),
  );
}

export const partsOf = (draft: Draft): Part[] => {
  const parts = [...draft.story];
  for (const answer of Object.values(draft.answers)) parts.push(...answer.parts);
  return parts;
};

/** How many ids the ring keeps: far more than any platform delivers again. */
const RING = 2_000;

/** Marks ids as taken, so that the same event delivered again changes nothing. */
export const remember = (c: Conversation, ids: string[]): Conversation =>
  ids.length === 0 ? c : { ...c, seen: [...c.seen, ...ids].slice(-RING) };

export const fieldAt = (s: Scene, key: string | undefined) => s.given.flow.fields.find((field) => field.key === key);

/** The first question of the flow without an answer, or undefined when all are answered. */
export const firstMissing = (s: Scene, draft: Draft) =>
  s.given.flow.fields.find((field) => !isAnswered(draft.answers[field.key]));

/** The answer with these parts, read again for what is thin. */
export function answerOf(s: Scene, c: Conversation, key: string, parts: Part[], before?: Answer): Answer {
  const field = fieldAt(s, key);
  const thin = field && thinness(field, parts);
  const mentions = mentionsIn(s.given, field, parts, before?.mentions);
  const label = field?.label[c.language] ?? before?.label ?? key;
  return { parts, label, ...(thin ? { thin } : {}), ...(mentions ? { mentions } : {}) };
}

export function withAnswer(s: Scene, c: Conversation, draft: Draft, key: string, parts: Part[]): Conversation {
  const answer = answerOf(s, c, key, parts, draft.answers[key]);
  return withDraft(c, { ...draft, touched: s.at, answers: { ...draft.answers, [key]: answer } });
}

export const answersOf = (answers: Record<string, { parts: Part[] }>): Part[][] =>
  Object.values(answers).map((answer) => answer.parts);

/** Cases on their way to their own document, which will hold their files. */
export function leaving(work: Outgoing): Part[][] {
  if (work.kind !== 'event') return [];
  const { event } = work;
  if (event.kind === 'reply') return [event.reply.parts];
  if (event.kind !== 'submitted') return [];
  const { story, answers, former } = event.practice;
  return [story?.parts ?? [], ...answersOf({ ...former, ...answers })];
}

/** Everything a conversation holds of a person's words, in UTF-16 units: three full drafts fit MongoDB's 16 MB. */
export function isFull(c: Conversation, s: Scene, part: Part): boolean {
  const undone = c.undo?.kind === 'draft' ? partsOf(c.undo.draft) : (c.undo?.answer.parts ?? []);
  const drafts = Object.values(c.drafts).flatMap(partsOf);
  const away = c.outgoing.flatMap(leaving).flat();
  const parts = [c.held, undone, drafts, c.reply?.parts ?? [], away];
  return parts.reduce((sum, list) => sum + lengthOf(list), 0) + part.text.length > 3 * s.given.flow.limits.draft;
}

/** The length of `textOf` these parts. */
export function lengthOf(parts: Part[]): number {
  let length = 0;
  for (const { text } of parts) length += text === '' ? 0 : text.length + (length > 0 ? 1 : 0);
  return length;
}

export const isLong = (s: Scene, parts: Part[]): boolean => lengthOf(parts) > s.given.flow.limits.story;

/** Whether the consent given still covers what the flow now says. */
export const consents = (c: Conversation, s: Scene): boolean => c.consent?.version === s.given.flow.consent.version;

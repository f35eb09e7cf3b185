// The files of a conversation: copied after the turn that brought them, told about when they could not be. Pure.
import { type Copied, followFiles, holds, withCopy } from '../files.ts';
import type { Conversation, Draft, Part } from '../model.ts';
import { emit, withdraw } from '../outgoing.ts';
import { quotes, says } from '../words.ts';
import { tell } from './say.ts';
import { answersOf, leaving, type Scene, w } from './scene.ts';

/** Every list of parts that a conversation holds. */
const listsOf = (c: Conversation): Part[][] => [
  c.held,
  ...Object.values(c.drafts).flatMap(listsIn),
  ...(c.undo?.kind === 'draft' ? listsIn(c.undo.draft) : []),
  ...(c.undo?.kind === 'answer' ? [c.undo.answer.parts] : []),
  ...(c.reply ? [c.reply.parts] : []),
];

const listsIn = (draft: Draft): Part[][] => [draft.story, ...answersOf(draft.answers)];

const HOLDERS = ['held', 'drafts', 'undo', 'reply'] as const;

/** After any step: what came is to be copied, what left for good is to be erased. */
export function filed(before: Conversation | null, after: Conversation, s: Scene): Conversation {
  if (before && HOLDERS.every((key) => before[key] === after[key])) return after;
  if (!hasFiles(after) && !(before && hasFiles(before))) return after;
  return followFiles(after, s.at, after.id, {
    before: before ? listsOf(before) : [],
    after: listsOf(after),
    leaving: after.outgoing.flatMap(leaving),
  });
}

/** Most people send none: there is nothing to follow. */
const hasFiles = (c: Conversation): boolean =>
  listsOf(c).some((parts) => parts.some(({ files }) => files !== undefined));

/** A file was copied or given up. One whose message has left for a case is told there; with no case left it is erased. */
export function copied(before: Conversation, s: Scene, event: Copied): Conversation {
  const c = withdraw(before, (work) => work.key === event.key);
  const { copy, name } = event.file;
  const told =
    copy && 'missing' in copy && c !== before
      ? tell(c, s, [says(w(c).fileMissing[copy.missing], c.language), ...(name === undefined ? [] : [quotes(name)])])
      : c;
  if (listsOf(c).some((list) => holds(list, event))) return noted(told, event);
  const to = { message: `${c.id}/${event.part}` };
  return emit(told, s.at, { kind: 'event', key: `${event.key}:case`, to, event });
}

function noted(c: Conversation, event: Copied): Conversation {
  const held = withCopy(c.held, event);
  const drafts = mapValues(c.drafts, (draft) => {
    const story = withCopy(draft.story, event);
    const answers = mapValues(draft.answers, (answer) => {
      const parts = withCopy(answer.parts, event);
      return parts === answer.parts ? answer : { ...answer, parts };
    });
    return story === draft.story && answers === draft.answers ? draft : { ...draft, story, answers };
  });
  const { reply } = c;
  return { ...c, held, drafts, ...(reply ? { reply: { ...reply, parts: withCopy(reply.parts, event) } } : {}) };
}

/** The record with each value mapped, or the record itself when none changed. */
function mapValues<T>(record: Record<string, T>, change: (value: T) => T): Record<string, T> {
  const entries = Object.entries(record).map(([key, value]) => [key, change(value)] as const);
  return entries.some(([key, value]) => value !== record[key]) ? Object.fromEntries(entries) : record;
}

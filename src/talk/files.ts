// The files of a conversation: copied after the turn that brought them, told about when they could not be. Pure.
import { type Copied, followFiles, holds, withCopy } from '../files.ts';
import type { Conversation, Draft, Part } from '../model.ts';
import { emit, withdraw } from '../outgoing.ts';
import { quotes, says } from '../words.ts';
import { tell } from './say.ts';
import { leaving, type Scene, w } from './scene.ts';

/** Every list of parts that a conversation holds; `but`: that this other version of it has not in the same place. */
function listsOf(c: Conversation, but: Conversation | null = null): Part[][] {
  const lists: Part[][] = [];
  const take = (list: Part[] = [], other?: Part[]) => list !== other && list.length > 0 && lists.push(list);
  const takeDraft = (draft: Draft, other?: Draft) => {
    if (draft === other) return;
    take(draft.story, other?.story);
    for (const key of Object.keys(draft.answers)) take(draft.answers[key]?.parts, other?.answers[key]?.parts);
  };
  take(c.held, but?.held);
  for (const draft of Object.values(c.drafts)) takeDraft(draft, but?.drafts[draft.id]);
  if (c.undo?.kind === 'draft') takeDraft(c.undo.draft, but?.undo?.kind === 'draft' ? but.undo.draft : undefined);
  if (c.undo?.kind === 'answer') take(c.undo.answer.parts);
  take(c.reply?.parts, but?.reply?.parts);
  return lists;
}

/** After any step: what came is to be copied, what left for good is to be erased. */
export function filed(before: Conversation | null, after: Conversation, s: Scene): Conversation {
  const changed = [...listsOf(after, before), ...(before ? listsOf(before, after) : [])];
  if (!changed.some((list) => list.some(({ files }) => files?.length))) return after;
  return followFiles(after, s.at, after.id, {
    before: before ? listsOf(before) : [],
    after: listsOf(after),
    leaving: after.outgoing.flatMap(leaving),
  });
}

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

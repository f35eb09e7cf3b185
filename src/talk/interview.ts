// The five questions: where a free text goes, what is thin, what is asked next. Pure.
import { textOf } from '../fields.ts';
import type { Block, Conversation, Draft, Part, Prompt, Target } from '../model.ts';
import { says } from '../words.ts';
import { ask, type How, pauseAfter } from './say.ts';
import {
  fieldAt,
  firstMissing,
  inOrder,
  isFull,
  isLong,
  lengthOf,
  openDraft,
  partsOf,
  remember,
  type Scene,
  w,
  withAnswer,
  withDraft,
} from './scene.ts';

/** The first unanswered question, or the recap when none is left. */
export function goOn(c: Conversation, s: Scene, lead: Block[] = [], how: How = {}): Conversation {
  const draft = openDraft(c);
  if (!draft) return ask(c, s, { kind: 'done' }, lead, how);
  const missing = firstMissing(s, draft);
  return ask(c, s, missing ? { kind: 'question', field: missing.key } : { kind: 'recap' }, lead, how);
}

/** The open prompt again, or what comes next when it makes no more sense (the flow was edited, the draft is gone). */
export function sayAgain(c: Conversation, s: Scene, lead: Block[] = [], how: How = {}): Conversation {
  const { prompt } = c;
  const known = prompt && (prompt.field === undefined || prompt.practice !== undefined || fieldAt(s, prompt.field));
  const draft = openDraft(c);
  if (!prompt || !known || prompt.kind === 'paused') return goOn(c, s, lead, how);
  const needsDraft = NEED_DRAFT.has(prompt.kind);
  if (needsDraft && !draft) return goOn(c, s, lead, how);
  if (prompt.kind === 'recap' && draft && firstMissing(s, draft)) return goOn(c, s, lead, how);
  const { kind, field, practice, ask: question, label } = prompt;
  const rest = { field, practice, ask: question, label };
  const known_ = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return ask(c, s, { kind, ...known_ }, lead, how);
}

const NEED_DRAFT = new Set<Prompt['kind']>([
  ...(['question', 'followUp', 'change', 'add', 'recap', 'which', 'place'] as const),
]);

/** A free text under a question, a follow-up, a change or an addition. */
export function answer(c: Conversation, s: Scene, part: Part): Conversation {
  const { prompt } = c;
  const draft = openDraft(c);
  if (!draft) return goOn(c, s);
  const key = prompt?.field;
  const field = fieldAt(s, key);
  if (prompt?.kind === 'add' && key === undefined) return append(c, s, { to: 'story', draft: draft.id }, part);
  if (key === undefined || !field) return toFormer(c, s, draft, key, part);
  const target = { to: 'answer' as const, draft: draft.id, field: key };
  const first = s.given.flow.fields[0]?.key === key;
  if (prompt?.kind === 'question' && first && draft.story.length === 0 && isLong(s, [part])) {
    return append(c, s, { to: 'story', draft: draft.id }, part);
  }
  if (prompt?.kind === 'change') return append(replaceable(c, draft, key), s, target, part);
  return append(c, s, target, part, prompt?.kind === 'followUp' || prompt?.kind === 'add');
}

/** Sets the answer aside for `undo` and empties it: the new one takes its place in the same step. */
function replaceable(c: Conversation, draft: Draft, key: string): Conversation {
  const former = draft.answers[key];
  if (!former || former.parts.length === 0) return c;
  const { [key]: _, ...answers } = draft.answers;
  const undo = { kind: 'answer' as const, draft: draft.id, field: key, answer: former };
  return remember(
    { ...withDraft(c, { ...draft, answers }), undo },
    former.parts.map((part) => part.id),
  );
}

export type DraftTarget = Extract<Target, { draft: string }>;

/**
 * Adds a text where it belongs and says what comes next. `final`: the follow-up was asked already, so that a thin answer
 * is now accepted. Used for new texts and for those that cross the next question on their way.
 */
export function append(c: Conversation, s: Scene, target: DraftTarget, part: Part, final = false): Conversation {
  const draft = c.drafts[target.draft];
  if (!draft) return goOn(c, s);
  const before = target.to === 'story' ? draft.story : (draft.answers[target.field]?.parts ?? []);
  const parts = inOrder([...before, part]);
  const refusal = fullness(c, s, draft, before, part);
  if (refusal) return sayAgain(remember(c, [part.id]), s, [says(refusal, c.language)]);
  const how: How = { pause: pauseAfter(c, s), joined: before.length > 0 };
  if (target.to === 'story') {
    const next = { ...withDraft(c, { ...draft, touched: s.at, story: parts }), last: target };
    return goOn(next, s, [says(w(c).storyKept(lengthOf(parts)), c.language)], how);
  }
  return settle(
    { ...withAnswer(s, c, draft, target.field, parts), last: target },
    s,
    draft.id,
    target.field,
    final,
    how,
  );
}

/** After an answer: one follow-up when it is thin, else the next question. */
export function settle(
  c: Conversation,
  s: Scene,
  draftId: string,
  key: string,
  final: boolean,
  how: How,
): Conversation {
  const answer = c.drafts[draftId]?.answers[key];
  if (answer?.thin && !final && c.open === draftId) return ask(c, s, { kind: 'followUp', field: key }, [], how);
  return goOn(c, s, [says(answer?.thin ? w(c).thinAccepted : w(c).noted, c.language)], how);
}

/** A text whose question an edit of the flow removed while it was open: kept under its key, as a former answer. */
function toFormer(c: Conversation, s: Scene, draft: Draft, key: string | undefined, part: Part): Conversation {
  const gone = [says(w(c).questionGone, c.language)];
  const how = { pause: pauseAfter(c, s) };
  if (key !== undefined) {
    const parts = inOrder([...(draft.answers[key]?.parts ?? []), part]);
    const kept = withAnswer(s, c, draft, key, parts);
    return goOn({ ...kept, last: { to: 'answer', draft: draft.id, field: key } }, s, gone, how);
  }
  const kept = withDraft(c, { ...draft, touched: s.at, story: inOrder([...draft.story, part]) });
  return goOn({ ...kept, last: { to: 'story', draft: draft.id } }, s, gone, how);
}

/** Why a text cannot be kept, or undefined: the limits of the flow, in characters and messages. */
function fullness(c: Conversation, s: Scene, draft: Draft, before: Part[], part: Part): string | undefined {
  const { limits } = s.given.flow;
  const all = partsOf(draft);
  const units = lengthOf(before) + 1 + part.text.length;
  // Code points are counted one by one only when UTF-16 units are too many.
  if (units > limits.answer + 1 && [...textOf([...before, part])].length > limits.answer) {
    return w(c).answerFull(limits.answer);
  }
  if (lengthOf(all) + part.text.length > limits.draft || isFull(c, s, part)) return w(c).draftFull(limits.draft);
  return all.length >= limits.parts ? w(c).partsFull(limits.parts) : undefined;
}

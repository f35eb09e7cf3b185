// How far drafts come, counted where they begin, advance and end, within the write that is made anyway. Pure.
import { isAnswered } from '../fields.ts';
import type { Conversation, Draft, Flow, Trail } from '../model.ts';

const NONE: Trail = { begun: 0, sent: 0, at: {}, left: {} };

/** The first question without an answer. */
const standing = (flow: Flow, draft: Draft): string =>
  flow.fields.find((field) => !isAnswered(draft.answers[field.key]))?.key ?? 'recap';

export function followed(flow: Flow, before: Conversation, after: Conversation): Conversation {
  if (before.drafts === after.drafts) return after;
  const was = before.trail ?? NONE;
  const at = summed(
    {},
    Object.values(after.drafts).map((draft) => standing(flow, draft)),
    1,
  );
  const come = Object.values(after.drafts).filter(({ id }) => before.drafts[id] === undefined);
  const gone = Object.values(before.drafts).filter(({ id }) => after.drafts[id] === undefined);
  if (come.length + gone.length === 0) return isSame(at, was.at) ? after : { ...after, trail: { ...was, at } };
  // One that was given up and is taken back was begun before.
  const isBack = ({ id }: Draft) => before.undo?.kind === 'draft' && before.undo.draft.id === id;
  const isSent = ({ id }: Draft) => after.cases.some((one) => one.id === id);
  const given = gone.filter((draft) => !isSent(draft)).map((draft) => standing(flow, draft));
  const back = come.filter(isBack).map((draft) => standing(flow, draft));
  const trail: Trail = {
    begun: was.begun + come.filter((draft) => !isBack(draft)).length,
    sent: was.sent + gone.filter(isSent).length,
    at,
    left: summed(summed(was.left, given, 1), back, -1),
  };
  return { ...after, trail };
}

const isSame = (a: Record<string, number>, b: Record<string, number>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => a[key] === b[key]);

function summed(counts: Record<string, number>, keys: string[], by: number): Record<string, number> {
  const sum = new Map(Object.entries(counts));
  for (const key of keys) sum.set(key, (sum.get(key) ?? 0) + by);
  return Object.fromEntries([...sum].filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

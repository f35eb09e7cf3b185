// Beginning, leaving and finding again: a person may have several drafts, one of them open. Pure.

import type { Block, Conversation, Draft, Part, Undo } from '../model.ts';
import { emit } from '../outgoing.ts';
import { headlineOf, receipt } from '../views.ts';
import { says } from '../words.ts';
import { goOn, sayAgain } from './interview.ts';
import { ask, type How } from './say.ts';
import {
  consents,
  firstMissing,
  isLong,
  lengthOf,
  openDraft,
  remember,
  type Scene,
  w,
  withDraft,
  withoutDraft,
} from './scene.ts';
import { submissionOf } from './submission.ts';

/** Opens a new draft with the held words as its story, and asks the first question. */
export function begin(c: Conversation, s: Scene, lead: Block[] = [], how: How = {}): Conversation {
  if (!consents(c, s)) return ask(c, s, { kind: 'consent' });
  const { drafts: most } = s.given.flow.limits;
  if (Object.keys(c.drafts).length >= most) {
    return ask(c, s, { kind: 'cases' }, [says(w(c).tooManyDrafts(most), c.language)]);
  }
  const draft: Draft = {
    ...draftOf(s, c.held),
    ...(c.campaign === undefined ? {} : { campaign: c.campaign }),
    ...(c.behalf ? { behalf: c.person.name } : {}),
  };
  const other = openDraft(c) ? [says(w(c).otherDraft, c.language)] : [];
  const { last: _, behalf, ...rest } = c;
  const forOther = behalf ? [says(w(c).staff.behalfBegun, c.language)] : [];
  const opened: Conversation = { ...withDraft(rest, draft), held: [], open: draft.id };
  const next: Conversation = draft.story.length > 0 ? { ...opened, last: { to: 'story', draft: draft.id } } : opened;
  return goOn(next, s, [...lead, ...forOther, ...other, ...storyKept(c, s)], how);
}

/** A draft with nothing but a story. */
export const draftOf = (s: Scene, story: Part[]): Draft => ({
  ...{ id: s.fresh, flow: s.given.flow.name, begun: s.at, touched: s.at },
  ...{ story, answers: {} },
});

function storyKept(c: Conversation, s: Scene): Block[] {
  if (c.held.length === 0) return [];
  const length = lengthOf(c.held);
  return [says(isLong(s, c.held) ? w(c).storyKept(length) : w(c).heldIsStory(length), c.language)];
}

/** Somebody of the team types in what another told them: marked so, with who vouches for the consent. */
export function onBehalf(c: Conversation, s: Scene, allowed = isTeam(c, s)): Conversation {
  if (!allowed) return sayAgain(c, s, [says(w(c).staff.behalfOnlyStaff, c.language)]);
  return begin({ ...c, behalf: true }, s);
}

const isTeam = (c: Conversation, s: Scene): boolean =>
  s.given.people?.[`${c.address.channel}:${c.person.id}`] !== undefined;

/** Drops the open draft, so that `undo` can bring it back. */
export function cancel(c: Conversation, s: Scene): Conversation {
  const draft = openDraft(c);
  if (!draft) return sayAgain(c, s, [says(w(c).nothingToCancel, c.language)]);
  return ask(setAside(c, draft), s, { kind: 'done' }, [says(w(c).cancelled, c.language)]);
}

/** Begins again from nothing, so that `undo` can bring the former draft back. */
export function restart(c: Conversation, s: Scene): Conversation {
  const draft = openDraft(c);
  if (!draft) return begin(c, s, [says(w(c).begun, c.language)]);
  return begin(setAside(c, draft), s, [says(w(c).restarted, c.language)]);
}

const setAside = (c: Conversation, draft: Draft): Conversation => ({
  ...withoutDraft(c, draft.id),
  undo: { kind: 'draft', draft },
});

/** Takes back the last drop, restart or replaced answer; what it replaces can be taken back in turn. */
export function undo(c: Conversation, s: Scene): Conversation {
  if (!c.undo) return sayAgain(c, s, [says(w(c).nothingToUndo, c.language)]);
  const { undo: taken, ...rest } = c;
  const back = taken.kind === 'draft' ? draftBack(rest, taken) : answerBack(rest, taken);
  return goOn(back, s, [says(w(c).undone, c.language)]);
}

function draftBack(c: Conversation, { draft }: Extract<Undo, { kind: 'draft' }>): Conversation {
  const current = openDraft(c);
  const without = current ? setAside(c, current) : c;
  return { ...withDraft(without, draft), open: draft.id };
}

function answerBack(c: Conversation, taken: Extract<Undo, { kind: 'answer' }>): Conversation {
  const draft = c.drafts[taken.draft];
  if (!draft) return c;
  const current = draft.answers[taken.field];
  const next = withDraft(c, { ...draft, answers: { ...draft.answers, [taken.field]: taken.answer } });
  return current ? { ...next, undo: { ...taken, answer: current } } : next;
}

/** The list of one's own drafts and cases, and its choices. */
export const list = (c: Conversation, s: Scene): Conversation => ask(c, s, { kind: 'cases' });

export function chosenCase(c: Conversation, s: Scene, option: string): Conversation {
  if (option === 'new') return begin(c, s);
  const draft = c.drafts[option.slice(2)];
  return draft ? goOn({ ...c, open: draft.id }, s) : list(c, s);
}

/** Sends the open draft: it leaves the conversation and becomes a practice, in one write. */
export function send(c: Conversation, s: Scene): Conversation {
  const draft = openDraft(c);
  if (!draft || !c.consent || firstMissing(s, draft)) return goOn(c, s);
  const whole = c.held.length > 0 ? { ...draft, story: [...draft.story, ...c.held] } : draft;
  const practice = submissionOf(s, c, whole, c.consent);
  const { undo: kept, ...left } = withoutDraft({ ...withDraft(c, whole), held: [] }, draft.id);
  const own = { id: draft.id, headline: headlineOf(s.given.flow, whole), at: s.at, state: 'new' as const };
  const sent = emit<Conversation>({ ...left, ...undoOfOther(kept, draft.id), cases: [...c.cases, own] }, s.at, {
    kind: 'event',
    key: `submit:${draft.id}`,
    to: { kind: 'practice', id: draft.id },
    event: { kind: 'submitted', practice },
  });
  return ask(sent, s, { kind: 'done' }, receipt(s.given, draft.id, c.language), { lasting: true });
}

const undoOfOther = (undo: Undo | undefined, sent: string): { undo?: Undo } =>
  undo && !(undo.kind === 'answer' && undo.draft === sent) ? { undo } : {};

/** Leaves for now; the next words will be met with the open question. */
export function pause(c: Conversation, s: Scene): Conversation {
  return openDraft(c) ? ask(c, s, { kind: 'paused' }) : sayAgain(c, s);
}

/** The words under which a draft's parts are known as taken once it is gone. */
export const forgetDrafts = (c: Conversation): Conversation =>
  Object.keys(c.drafts).reduce(
    (next, id) => withoutDraft(next, id),
    remember(
      c,
      c.held.map((part) => part.id),
    ),
  );

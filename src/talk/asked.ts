// What the team asks about a case already sent, and what its author answers or changes: words are gathered here, and go to
// the case once their author has said so. A question never takes the place of one that stands open. Pure.
import { hasContent, textOf } from '../fields.ts';
import type { Ask, Block, Conversation, Event, Part, Prompt, Reply } from '../model.ts';
import { DAY, DECLINED, emit, later, withdraw } from '../outgoing.ts';
import { says } from '../words.ts';
import { hold } from './aside.ts';
import { goOn, sayAgain } from './interview.ts';
import { questionBlocks } from './question.ts';
import { amend, ask, type How, isWaiting, pauseAfter, tell } from './say.ts';
import { inOrder, remember, type Scene, w } from './scene.ts';
import { awake } from './waiting.ts';

/** Where a question may take the floor at once. */
const FREE = new Set<Prompt['kind']>(['done', 'paused', 'cases', 'refused']);
/** After that long, words that nobody said what to do with are added to the answer: nothing is lost. */
export const PATIENCE = DAY;

export const isFree = (c: Conversation): boolean => (!c.prompt || FREE.has(c.prompt.kind)) && c.held.length === 0;

export const askOf = (c: Conversation, id: string | undefined): Ask | undefined => c.asks?.find((one) => one.id === id);

/** A question has come. It waits for the end of the quiet hours. */
export function asked(c: Conversation, s: Scene, question: Ask): Conversation {
  const known = `ask:${question.id}:${question.revision ?? 0}`;
  const isGone = c.cases.some(({ id, state }) => id === question.practice && state === 'withdrawn');
  if (c.seen.includes(known) || isGone) return c;
  if (question.revision !== undefined) return corrected(remember(c, [known]), s, question);
  if (c.unasked || c.barred) return declined(remember(c, [known]), s, question);
  return raise(remember({ ...c, asks: [...(c.asks ?? []), question] }, [known]), s);
}

/** What was still to be asked reaches nobody. */
export function unaskable(c: Conversation, s: Scene): Conversation {
  const waiting = (c.asks ?? []).filter((one) => one.shown === undefined);
  const asks = (c.asks ?? []).filter((one) => one.shown !== undefined);
  return waiting.reduce((next, one) => declined(next, s, one), waiting.length > 0 ? { ...c, asks } : c);
}

const declined = (c: Conversation, s: Scene, question: Ask): Conversation =>
  relay(c, s, question, { state: 'failed', reason: DECLINED });

/** A question was corrected, or taken back: its message says so where it stands. */
function corrected(c: Conversation, s: Scene, question: Ask): Conversation {
  const before = (c.asks ?? []).find((one) => one.id === question.id);
  if (!before || (before.revision ?? 0) >= (question.revision ?? 0)) return c;
  const gone = question.text === '';
  const asks = (c.asks ?? []).flatMap((one) => (one !== before ? [one] : gone ? [] : [{ ...one, ...question }]));
  if (c.outgoing.some(({ key }) => key === before.shown)) return unsaid({ ...c, asks }, s, before, question);
  const said = gone ? [says(w(c).staff.askGone, c.language)] : questionBlocks(c, question);
  const { messages } = before;
  const next = messages
    ? amend({ ...c, asks }, s, `amend:${question.id}:${question.revision}`, said, messages)
    : { ...c, asks };
  return gone && c.prompt?.ask === question.id ? goOn(next, s) : next;
}

/** It was still to go out: nobody sees what it said before. */
function unsaid(c: Conversation, s: Scene, { id, shown }: { id: string; shown?: string }, question: Ask): Conversation {
  const asks = (c.asks ?? []).map((one) => {
    const { shown: _, ...anew } = one;
    return one.id === id ? anew : one;
  });
  const next = withdraw({ ...c, asks }, ({ key }) => key === shown);
  const stands = c.prompt?.ask === id;
  if (question.text === '') return stands ? goOn(next, s) : next;
  return stands ? askNow(next, s, question) : raise(next, s);
}

/** Says the questions that were not said yet: as what is asked now, or set apart from what stands open. */
export function raise(c: Conversation, s: Scene): Conversation {
  const waiting = (c.asks ?? []).filter((one) => one.shown === undefined);
  if (waiting.length === 0) return c;
  // Nobody is woken; who writes by night is awake.
  if (s.inbound === undefined && awake(s.at, s.given.flow) > s.at) return c;
  // What was written before it was shown is no answer to it.
  const taken = (next: Conversation): Conversation => ({ ...next, last: { to: 'held' } });
  return waiting.reduce((next, one) => (isFree(next) ? askNow(taken(next), s, one) : setApart(next, s, one)), c);
}

function askNow(c: Conversation, s: Scene, question: Ask, lead: Block[] = [], how: How = {}): Conversation {
  const next = ask(c, s, { kind: 'reply', ask: question.id, practice: question.practice }, lead, {
    ...how,
    lasting: true,
  });
  return mark(next, question, next.prompt?.id ?? '');
}

function setApart(c: Conversation, s: Scene, question: Ask): Conversation {
  const choice = { id: `ask.${question.id}`, label: w(c).staff.replyButton };
  const blocks = [...questionBlocks(c, question), says(w(c).staff.askLater, c.language)];
  const next = tell(c, s, blocks, { choices: [choice] });
  return mark(next, question, `n${next.count.toString(36)}`);
}

const mark = (c: Conversation, { id }: Ask, key: string): Conversation => ({
  ...c,
  asks: (c.asks ?? []).map((one) => (one.id === id && one.shown === undefined ? { ...one, shown: key } : one)),
});

/** Whether the message with a question reached its author: the team hears of it. */
export function delivered(c: Conversation, s: Scene, event: Extract<Event, { kind: 'sent' | 'failed' }>): Conversation {
  const question = c.asks?.find((one) => one.shown === event.key);
  if (!question) return c;
  if (event.kind === 'failed') {
    return event.refused ? relay(c, s, question, { state: 'failed', reason: event.reason }) : c;
  }
  const messages = [...(question.messages ?? []), ...event.messages];
  const asks = (c.asks ?? []).map((one) => (one === question ? { ...one, messages } : one));
  return event.partial ? { ...c, asks } : relay({ ...c, asks }, s, question, { state: 'sent' });
}

const relay = (
  c: Conversation,
  s: Scene,
  { id, practice }: Ask,
  news: { state: 'sent' } | { state: 'failed'; reason: string },
): Conversation =>
  emit(c, s.at, {
    kind: 'event',
    key: `relayed:${id}`,
    to: { kind: 'practice', id: practice },
    event: { kind: 'relayed', ask: id, ...news },
  });

/** The person would like to answer: this question, or the first that waits. */
export function takeUp(c: Conversation, s: Scene, id?: string): Conversation {
  const question = id === undefined ? c.asks?.[0] : askOf(c, id);
  if (!question) return sayAgain(c, s, [says(w(c).staff.nothingToReply, c.language)]);
  return askNow(c, s, question);
}

/** Words under a question of the team, or under an answer that is being changed. */
export function replies(c: Conversation, s: Scene, part: Part): Conversation {
  const { prompt } = c;
  const question = askOf(c, prompt?.ask);
  if (prompt?.kind === 'reply' && !question) return hold(c, s, part);
  const begun: Reply = question
    ? answerTo(question, s)
    : { practice: prompt?.practice ?? '', at: s.at, parts: [], ...fieldOf(prompt ?? {}) };
  return joinReply(begunOn(c, s, begun), s, part);
}

const answerTo = (question: Ask, s: Scene): Reply => ({
  ...{ practice: question.practice, ask: question.id, at: s.at, parts: [] },
  ...fieldOf(question),
});

/** Words that wait for a choice stay where they belong: with the same answer, or else they are added to theirs. */
function begunOn(c: Conversation, s: Scene, reply: Reply): Conversation {
  const { reply: former } = c;
  if (!former || former.parts.length === 0) return { ...c, reply };
  const isSame = former.practice === reply.practice && former.ask === reply.ask && former.field === reply.field;
  if (isSame) return c;
  return { ...tell(given(c, s, former, 'add'), s, [says(w(c).staff.replyDefault, c.language)]), reply };
}

const fieldOf = ({ field, label }: { field?: string; label?: string }) => ({
  ...(field === undefined ? {} : { field }),
  ...(label === undefined ? {} : { label }),
});

/** One more message of the same reply. */
export function joinReply(c: Conversation, s: Scene, part: Part): Conversation {
  const { reply } = c;
  if (!reply || !hasContent([part])) return remember(c, [part.id]);
  const most = s.given.flow.limits.answer;
  if (textOf(reply.parts).length + part.text.length > most) {
    return sayAgain(remember(c, [part.id]), s, [says(w(c).answerFull(most), c.language)]);
  }
  const how: How = { pause: pauseAfter(c, s), joined: isWaiting(c) };
  const next: Conversation = { ...c, last: { to: 'reply' } };
  if (reply.field === undefined) return passOn(next, s, { ...reply, parts: [part] }, how);
  const parts = inOrder([...reply.parts, part]);
  return ask({ ...next, reply: { ...reply, parts } }, s, { kind: 'replyHow', practice: reply.practice }, [], how);
}

/** An answer in free words goes to the team message by message; what follows at once belongs to it. */
function passOn(c: Conversation, s: Scene, reply: Reply, how: How): Conversation {
  const open = { ...c, reply: { ...reply, parts: [] } };
  return onward(given(open, s, reply, 'add'), s, [says(w(c).staff.replySent, c.language)], how);
}

/** The words leave for the case. */
function given(c: Conversation, s: Scene, reply: Reply, how: 'add' | 'replace'): Conversation {
  const ids = reply.parts.map((part) => part.id);
  const asks = (c.asks ?? []).filter((one) => one.id !== reply.ask);
  return emit(remember({ ...c, asks }, ids), s.at, {
    kind: 'event',
    key: `reply:${ids[0] ?? ''}`,
    to: { kind: 'practice', id: reply.practice },
    event: { kind: 'reply', by: c.id, reply, how },
  });
}

/** The next question of the team, or where the person stood. */
function onward(c: Conversation, s: Scene, lead: Block[], how: How = {}): Conversation {
  const next = c.asks?.find((one) => one.shown !== undefined);
  if (next && !c.open) return askNow(c, s, next, lead, how);
  return goOn(c, s, lead, how);
}

/** What becomes of the words: added, put in the place of the former, or erased. */
export function chosenHow(c: Conversation, s: Scene, option: string): Conversation {
  const { reply, last: _, ...rest } = c;
  if (!reply) return goOn(c, s);
  const { reply: __, ...without } = { ...rest, reply };
  if (option === 'drop') {
    const ids = reply.parts.map((part) => part.id);
    return onward(remember(without, ids), s, [says(w(c).staff.dropped, c.language)]);
  }
  const said = reply.ask === undefined ? w(c).staff.revisedSaid : w(c).staff.replySent;
  return onward(given(without, s, reply, option === 'replace' ? 'replace' : 'add'), s, [says(said, c.language)]);
}

/** Words that waited too long for that choice. */
export function defaulted(c: Conversation, s: Scene): Conversation {
  const { reply } = c;
  if (!reply || reply.parts.length === 0 || later(reply.at, PATIENCE) > s.at) return c;
  const { reply: _, ...without } = c;
  const sent = given(without, s, reply, 'add');
  const said = [says(w(c).staff.replyDefault, c.language)];
  return c.prompt?.kind === 'replyHow' ? goOn(sent, s, said) : tell(sent, s, said);
}

/** Words held aside turn out to answer the question that waits, or to belong to the last answer. */
export function heldToReply(c: Conversation, s: Scene): Conversation {
  const { reply } = c;
  const question = c.asks?.find((one) => one.shown !== undefined);
  if (question) {
    const begun = begunOn({ ...c, held: [] }, s, answerTo(question, s));
    return c.held.reduce((next, part) => joinReply(next, s, part), begun);
  }
  if (!reply || c.held.length === 0) return goOn(c, s);
  const sent = given({ ...c, held: [] }, s, { ...reply, parts: c.held }, 'add');
  return goOn(sent, s, [says(w(c).staff.replySent, c.language)]);
}

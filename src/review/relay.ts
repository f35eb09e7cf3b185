// Between the team and the author of a case: questions out, answers and changes in, news. The author is reached through
// their conversation, by events; the practice knows no more of them than its name. Pure.
import { textOf, thinness } from '../fields.ts';
import { spoken } from '../fold.ts';
import type { Action, Ask, Asked, Block, Event, Given, Instant, Part, Practice, Reply, Told } from '../model.ts';
import { DECLINED, emit, GONE } from '../outgoing.ts';
import { mentionsIn, withPlaces } from '../places/answers.ts';
import { typedDeed } from '../staff.ts';
import { attachments, opening, sheet } from '../views.ts';
import type { StaffWording } from '../words/staff.fr.ts';
import { heads, quotes, says, saysOf, wording } from '../words.ts';
import { hasRoom, mostOf } from './room.ts';
import { ownedName, plain, under } from './under.ts';

/** Whether the author still owes an answer. */
const waits = (asks: Asked[] = []): boolean => asks.some(({ state }) => state === 'queued' || state === 'sent');

export const toAuthor = (p: Practice, at: Instant, key: string, event: Event): Practice =>
  emit(p, at, { kind: 'event', key, to: { kind: 'conversation', id: p.author }, event });

interface Asking {
  given: Given;
  action: Action;
  at: Instant;
  fresh: string;
}

/** Puts a question on its way. Signed as configured; the author's platform shows nothing else of who asks. */
export function askAuthor(
  p: Practice,
  { given, action, at, fresh }: Asking,
  text: string,
  field: string | undefined,
): Practice {
  const label = field === undefined ? undefined : p.answers[field]?.label;
  const ask: Ask = {
    id: fresh,
    practice: p.id,
    at,
    from: given.signature === 'name' ? action.by.name : wording(p.language).staff.fromRole,
    text: text.toWellFormed(),
    ...(field === undefined ? {} : { field }),
    ...(label === undefined ? {} : { label }),
  };
  const source = action.id.startsWith('m:') ? { source: action.id } : {};
  const asks = [...(p.asks ?? []), { ...ask, ...source, by: action.by.name, state: 'queued' as const }];
  const messages = source.source ? [...p.messages, ownedName(action.place, action.id)] : p.messages;
  const state = p.state === 'accepted' || p.state === 'used' ? p.state : 'waiting';
  return showAsk(
    toAuthor({ ...p, asks, messages, state }, at, `ask:${ask.id}`, { kind: 'asked', ask }),
    given,
    at,
    ask.id,
  );
}

/** Why it reached nobody, when it is not the platform's doing. */
const WHY: Record<string, (w: StaffWording) => string> = {
  [GONE]: (w) => w.askUnknown,
  [DECLINED]: (w) => w.askDeclined,
};

/** The question and what became of it, under the card; the same message is kept up to date. */
export function showAsk(p: Practice, given: Given, at: Instant, id: string): Practice {
  const ask = p.asks?.find((one) => one.id === id);
  if (!ask) return p;
  const version = `${ask.state}${ask.revision ?? ''}`;
  return under(p, given, at, { key: `ask:${id}`, version }, (language) => {
    const w = wording(language).staff;
    const { label } = ask;
    const title = saysOf(language, (name, on) => w.asked(name, label && on), ask.by, label ?? '');
    const closed = p.unreachable !== undefined && ask.state === 'queued';
    const stands = WHY[ask.reason ?? '']?.(w) ?? w.askState[ask.state];
    return plain(language, [
      title,
      quotes(ask.text),
      says(closed ? wording(language).cardUnreachable : stands, language),
    ]);
  });
}

/** What a typed question asks: nothing, when nothing is left behind the number of the case. */
function wordsOf(text: string): string {
  const deed = typedDeed(text);
  return (deed ? (deed.form?.['text'] ?? '') : text).toWellFormed().trim();
}

/** A question was corrected where it was typed: it is corrected under the card and in its author's chat; or taken back. */
export function amended(p: Practice, given: Given, at: Instant, event: Extract<Event, { kind: 'amended' }>): Practice {
  const before = p.asks?.find(({ source }) => source === event.source);
  const text = wordsOf(event.text);
  if (!before || before.state === 'answered' || before.text === text) return p;
  const { by, state, reason, source, ...ask } = { ...before, text, revision: (before.revision ?? 0) + 1 };
  const gone = text === '';
  const asks = p.asks?.flatMap((one) => (one !== before ? [one] : gone ? [] : [{ ...one, ...ask }])) ?? [];
  const next: Practice = { ...p, asks, state: p.state === 'waiting' && !waits(asks) ? 'inHand' : p.state };
  const told = toAuthor(next, at, `ask:${ask.id}:${ask.revision}`, { kind: 'asked', ask });
  return showAsk(told, given, at, ask.id);
}

/** The author's chat took the question, or refused it. */
export function relayed(p: Practice, given: Given, at: Instant, news: Extract<Event, { kind: 'relayed' }>): Practice {
  const { ask: id, state, reason } = news;
  if (!p.asks?.some((one) => one.id === id && one.state === 'queued')) return p;
  const asks = p.asks.map((one) =>
    one.id === id ? { ...one, state, ...(reason === undefined ? {} : { reason }) } : one,
  );
  const next: Practice = { ...p, asks, state: p.state === 'waiting' && !waits(asks) ? 'inHand' : p.state };
  return showAsk(reason === GONE ? { ...next, unreachable: GONE } : next, given, at, id);
}

/** Words of the author for a case already sent: an answer to a question, or a change of one answer. */
export function replied(p: Practice, given: Given, at: Instant, event: Extract<Event, { kind: 'reply' }>): Practice {
  const { reply, by } = event;
  const known = reply.parts.every((part) => p.messages.includes(`${by}/${part.id}`));
  if (p.state === 'withdrawn' || known) return p;
  if (!hasRoom(p, given, reply.parts)) return refused(p, given, at);
  const asks = p.asks?.map((one) => (one.id === reply.ask ? { ...one, state: 'answered' as const } : one));
  const next: Practice = {
    ...p,
    messages: [...p.messages, ...reply.parts.map((part) => `${by}/${part.id}`)],
    ...(asks ? { asks } : {}),
    state: p.state === 'waiting' && !waits(asks) ? 'inHand' : p.state,
    unread: (p.unread ?? 0) + 1,
  };
  const shown = reply.ask === undefined ? next : showAsk(next, given, at, reply.ask);
  return reply.field === undefined ? withReply(shown, given, at, reply) : withRevision(shown, given, at, event);
}

/** A case that is full keeps what it has, and its author is told. */
function refused(p: Practice, given: Given, at: Instant): Practice {
  const news = { id: `full:${p.id}:${p.version}`, practice: p.id, state: p.state, full: mostOf(given) };
  return toAuthor(p, at, `full:${p.version}`, { kind: 'news', news });
}

function withReply(p: Practice, given: Given, at: Instant, reply: Reply): Practice {
  const ask = reply.ask ?? '';
  const before = p.replies?.find((one) => one.ask === ask);
  const parts = [...(before?.parts ?? []), ...reply.parts];
  const others = (p.replies ?? []).filter((one) => one.ask !== ask);
  const history = [...p.history, { at, by: p.author, what: 'answered' }];
  return showReply({ ...p, history, replies: [...others, { ask, at, parts }] }, given, at, ask);
}

/** The answer under the card, kept up to date with what the author adds, corrects or deletes. */
export function showReply(p: Practice, given: Given, at: Instant, ask: string): Practice {
  const reply = p.replies?.find((one) => one.ask === ask);
  if (!reply) return p;
  const by = p.asks?.find(({ id }) => id === ask)?.by ?? '';
  return under(p, given, at, { key: `reply:${ask}`, version: `:${p.history.length}`, words: 'shown' }, (language) =>
    plain(language, [
      saysOf(language, wording(language).staff.answered, by),
      ...quoted(textOf(reply.parts)),
      ...attachments(reply.parts, language).map((line) => says(line, language)),
    ]),
  );
}

/** Somebody's words; nothing is said as nothing. */
const quoted = (text: string): Block[] => [quotes(text.trim() === '' ? '…' : text)];

/** A new revision of one answer: the former words stay in the history, and both are shown. */
function withRevision(
  p: Practice,
  given: Given,
  at: Instant,
  { reply, how, by }: Extract<Event, { kind: 'reply' }>,
): Practice {
  const key = reply.field ?? '';
  const former = p.answers[key];
  const parts = how === 'add' ? [...(former?.parts ?? []), ...reply.parts] : reply.parts;
  const answer = reread(given, key, former ?? { text: '', parts: [], label: reply.label ?? key }, parts);
  const isHeadline = given.flow.fields.some((field) => field.headline && field.key === key);
  const before = former?.text ?? '';
  const revised: Practice = {
    ...p,
    answers: { ...p.answers, [key]: answer },
    ...(isHeadline ? { headline: opening(answer.text, 120).text } : {}),
    history: [...p.history, { at, by, what: 'revised', field: key, before }],
  };
  const asker = p.asks?.find(({ id }) => id === reply.ask)?.by;
  return under(
    withPlaces(revised),
    given,
    at,
    { key: `revision:${revised.history.length}`, words: 'shown' },
    (language) => {
      const w = wording(language).staff;
      return plain(language, [
        ...(asker === undefined ? [] : [saysOf(language, w.answered, asker)]),
        saysOf(language, w.revised, answer.label),
        says(w.before, language),
        ...quoted(before),
        says(w.after, language),
        ...quoted(answer.text),
        ...attachments(parts, language).map((line) => says(line, language)),
      ]);
    },
  );
}

/** An answer with other parts, read again for what is thin. */
export function reread(given: Given, key: string, answer: Told, parts: Part[]): Told {
  const { thin: _, mentions: known, ...rest } = answer;
  const field = given.flow.fields.find((one) => one.key === key);
  const thin = field && thinness(field, parts);
  const mentions = mentionsIn(given, field, parts, known);
  const text = textOf(parts);
  return { ...rest, parts, text, ...(thin ? { thin } : {}), ...(mentions ? { mentions } : {}) };
}

/** Tells the author where their case stands, whenever that changed, and of each use made of it. */
export function tellAuthor(before: Practice, after: Practice, at: Instant): Practice {
  const uses = (after.uses ?? []).slice(before.uses?.length ?? 0).filter(({ kind }) => kind === 'used');
  if (before.state === after.state && uses.length === 0) return after;
  const id = `${after.id}:${before.version}`;
  const news = { practice: after.id, state: after.state };
  if (uses.length === 0) {
    const reason = after.state === 'setAside' ? after.history.at(-1)?.text : undefined;
    return toAuthor(after, at, `news:${id}`, {
      kind: 'news',
      news: { id, ...news, ...(reason === undefined ? {} : { reason }) },
    });
  }
  return uses.reduce(
    (next, use) => toAuthor(next, at, `news:${use.id}`, { kind: 'news', news: { id: use.id, ...news, use } }),
    after,
  );
}

/** The words of a note become the story of a draft of its author. */
export const seed = (p: Practice, at: Instant): Practice =>
  toAuthor(p, at, `seed:${p.version}`, { kind: 'seed', id: `${p.id}:${p.version}`, parts: p.story?.parts ?? [] });

/** The author looks at their case, or at one answer of it. */
export function opened(p: Practice, at: Instant, field: string | undefined): Practice {
  const answer = field === undefined ? undefined : p.answers[field];
  return toAuthor(p, at, `opened:${p.version}:${field ?? ''}`, {
    kind: 'opened',
    id: `opened:${p.id}:${p.version}`,
    practice: p.id,
    blocks: answer ? quoted(answer.text) : withState(p),
    ...(field === undefined ? {} : { field, label: answer?.label ?? field }),
  });
}

function withState(p: Practice): Block[] {
  const [first = heads(spoken(p.id), p.language), ...rest] = sheet(p, p.language).blocks;
  const w = wording(p.language).staff;
  return [first, says(w.standing(spoken(p.id), w.where[p.state]), p.language), ...rest];
}

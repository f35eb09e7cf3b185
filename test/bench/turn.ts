// One turn of the core against the least that could do it: a hand-written switch that stores its whole state as JSON. Both
// know the same message a second time, and keep what they are about to say until it is said.

import { changes } from '../../adapters/stores/changes.ts';
import type { Conversation, Event, Flow, Given, Inbound, Instant } from '../../src/model.ts';
import { isSpoken } from '../../src/outgoing.ts';
import { advance } from '../../src/talk/advance.ts';

const START = Date.parse('2026-03-02T09:00:00.000Z');
/** Milliseconds that somebody takes to read a question and to answer it. */
const THINKING = 20_000;
const answer = (i: number): string => `La mairie prête une salle, douze bénévoles animent l’atelier numéro ${i}`;

/** The flow with this many fields, made of its own. */
export function widened(flow: Flow, count: number): Flow {
  const fields = Array.from({ length: count }, (_, i) => {
    const field = flow.fields[i % flow.fields.length];
    if (!field) throw new Error('a flow has fields');
    return { ...field, key: `f${i}`, headline: i === 0 };
  });
  return { ...flow, fields };
}

/** What somebody writes who tells a case, from the first word to the last. */
export const script = (flow: Flow): Inbound[] =>
  ['bonjour', '1', ...flow.fields.map((_, i) => answer(i)), '1'].map((text, i) => ({
    id: `m:${10 * i}`,
    order: orderOf(10 * i),
    place: 'private',
    from: { channel: 'terminal', chat: 'moi' },
    person: { id: 'moi', name: 'moi' },
    at: new Date(START + i * THINKING).toISOString(),
    kind: 'message',
    text,
    files: [],
  }));

const orderOf = (n: number): string => String(n).padStart(6, '0');

/**
 * Tells a case through the real step. The news of what was sent rides on the next turn, as in the house; what a turn
 * changed passes through JSON, as a store would have it.
 */
export function tellReal(flow: Flow, messages: Inbound[]): void {
  const given: Given = { flow, staff: [], language: 'fr', pauses: { terminal: { text: 0, long: 0 } } };
  let c: Conversation | null = null;
  let news: Event[] = [];
  const turn = (events: Event[], at: Instant, fresh: string) => {
    const before: Conversation | null = c;
    for (const event of events) c = advance(given, c, 'x', { event, at, fresh });
    if (c !== null && c !== before) {
      JSON.parse(JSON.stringify(before ? changes(before as never, c as never) : c));
    }
  };
  for (const inbound of messages) {
    turn([...news, { kind: 'inbound', inbound }], inbound.at, inbound.id.padStart(10, '0'));
    news = newsOf(c, inbound);
  }
  turn(news, messages.at(-1)?.at ?? '', '');
  const told = c as Conversation | null;
  if (told?.cases.length !== 1 || told.outgoing.length > 0) throw new Error('the case was not told');
}

/** Everything that waits is done: a message is shown a little after what it answers. */
const newsOf = (c: Conversation | null, { id, order }: Inbound): Event[] =>
  (c?.outgoing ?? []).map((work) =>
    isSpoken(work)
      ? { kind: 'sent', key: work.key, messages: [`${id}+`], order: `${order}+` }
      : { kind: 'done', key: work.key },
  );

interface State {
  language: string;
  consent?: string;
  at: number;
  answers: Record<string, { id: string; at: string; text: string }>;
  /** What is to be said, until it is. */
  reply?: { key: string; to: Inbound['from']; text: string };
}

/** The floor: asks, stores, asks the next; no commands, no pause, no crossing, no edit, no second language. */
export function tellFloor(flow: Flow, messages: Inbound[]): void {
  let stored = JSON.stringify({ language: 'fr', at: -2, answers: {} } satisfies State);
  for (const { id, at, text, from } of messages) {
    const state = JSON.parse(stored) as State;
    if (Object.values(state.answers).some((one) => one.id === id)) continue;
    const field = flow.fields[state.at];
    if (field) state.answers[field.key] = { id, at, text };
    else if (state.at === -1 && text === '1') state.consent = at;
    state.at += 1;
    const next = flow.fields[state.at];
    const reply = next
      ? `Question ${state.at + 1}/${flow.fields.length} : ${next.label.fr}\n${next.question.fr}\n${next.hint.fr}`
      : state.at === flow.fields.length
        ? flow.fields.map((one) => `${one.label.fr} : ${state.answers[one.key]?.text ?? ''}`).join('\n')
        : flow.next.fr;
    stored = JSON.stringify({ ...state, reply: { key: `${state.at}`, to: from, text: reply } });
  }
  if (!stored.includes(flow.next.fr.slice(0, 20))) throw new Error('the case was not told');
}

/** Rounds that count, after as many to warm up. */
const ROUNDS = 15;
/** Messages of one round, of each. */
const MESSAGES = 6_000;

/**
 * Microseconds of processor time per message: of a turn with 5 fields, with 50, and of the floor with 5. Their rounds take
 * turns and the median counts, so that whatever else the machine does falls on all alike.
 */
function turnCosts(flow: Flow): { real: number; fifty: number; floor: number } {
  const [short, long] = [widened(flow, 5), widened(flow, 50)];
  const sides = { real: side(tellReal, short), fifty: side(tellReal, long), floor: side(tellFloor, short) };
  const rounds = Array.from({ length: 2 * ROUNDS }, () => ({
    ...{ real: sides.real(), fifty: sides.fifty(), floor: sides.floor() },
  })).slice(ROUNDS);
  const median = (of: keyof typeof sides): number =>
    rounds.map((round) => round[of]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  return { real: median('real'), fifty: median('fifty'), floor: median('floor') };
}

/** One round of one side. */
function side(tell: (flow: Flow, messages: Inbound[]) => void, flow: Flow): () => number {
  const messages = script(flow);
  const people = Math.ceil(MESSAGES / messages.length);
  return () => {
    const start = process.cpuUsage();
    for (let person = 0; person < people; person++) tell(flow, messages);
    return process.cpuUsage(start).user / (people * messages.length);
  };
}

export function turnFigures(flow: Flow): Record<string, number> {
  const { real, fifty, floor } = turnCosts(flow);
  return { turn_us: real, turn_vs_floor: real / floor, growth_50_fields: fifty / real };
}

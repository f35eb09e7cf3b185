// One turn of the core against the least that could do it: a hand-written switch that stores its whole state as JSON.

import { changes } from '../../adapters/stores/changes.ts';
import type { Conversation, Event, Flow, Given, Inbound } from '../../src/model.ts';
import { isSpoken } from '../../src/outgoing.ts';
import { advance } from '../../src/talk/advance.ts';

const AT = '2026-03-02T09:00:00.000Z';
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

/** Tells a case through the real step; what changed passes through JSON, as a store would have it. Returns messages. */
export function tellReal(flow: Flow, people: number): number {
  const given: Given = { flow, staff: [], language: 'fr', pauses: { terminal: { text: 0, long: 0 } } };
  let messages = 0;
  for (let person = 0; person < people; person++) {
    let c: Conversation | null = null;
    let order = 0;
    const apply = (event: Event) => {
      const before: Conversation | null = c;
      const after = advance(given, before, 'x', { event, at: AT, fresh: String(messages).padStart(10, '0') });
      if (after && after !== before) {
        JSON.parse(JSON.stringify(before ? changes(before as never, after as never) : after));
        c = after;
      }
    };
    for (const text of ['bonjour', '1', ...flow.fields.map((_, i) => answer(i)), '1']) {
      order += 1;
      apply({ kind: 'inbound', inbound: inbound(order, text) });
      for (const work of (c as Conversation | null)?.outgoing ?? []) {
        order += 1;
        const at = String(order).padStart(6, '0');
        const { key } = work;
        apply(isSpoken(work) ? { kind: 'sent', key, messages: [at], order: at } : { kind: 'done', key });
      }
      messages += 1;
    }
  }
  return messages;
}

function inbound(order: number, text: string): Inbound {
  return {
    id: `m:${order}`,
    order: String(order).padStart(6, '0'),
    place: 'private',
    from: { channel: 'terminal', chat: 'moi' },
    person: { id: 'moi', name: 'moi' },
    at: AT,
    kind: 'message',
    text,
    files: [],
  };
}

/** The floor: asks, stores, asks the next; no commands, no pause, no crossing, no edit, no second language. */
export function tellFloor(flow: Flow, people: number): number {
  let messages = 0;
  for (let person = 0; person < people; person++) {
    let stored = JSON.stringify({ at: -2, answers: {} as Record<string, string> });
    for (const text of ['bonjour', '1', ...flow.fields.map((_, i) => answer(i)), '1']) {
      const state = JSON.parse(stored) as { at: number; answers: Record<string, string> };
      const field = flow.fields[state.at];
      if (field) state.answers[field.key] = text;
      state.at += 1;
      const next = flow.fields[state.at];
      const reply = next
        ? `Question ${state.at + 1}/${flow.fields.length} : ${next.label.fr}\n${next.question.fr}\n${next.hint.fr}`
        : flow.fields.map((one) => `${one.label.fr} : ${state.answers[one.key] ?? ''}`).join('\n');
      stored = JSON.stringify({ ...state, reply });
      messages += 1;
    }
  }
  return messages;
}

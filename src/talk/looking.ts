// What a person asks of the library in their own chat: the answer comes beside the open prompt and changes nothing of it. Pure.
import { isSame } from '../address.ts';
import type { Conversation, Event } from '../model.ts';
import { emit, receive } from '../outgoing.ts';
import type { Chosen } from '../search/asked.ts';
import { withPage } from '../search/query.ts';
import type { Reader } from '../search/question.ts';
import { says } from '../words.ts';
import { tell } from './say.ts';
import { type Scene, w } from './scene.ts';

/** Answers that may be on their way at once; nobody reads more. */
const MOST = 5;

/** Somebody of the team reads as the team does, in their own chat too. */
function readerOf(c: Conversation, s: Scene): Reader {
  const person = `${c.address.channel}:${c.person.id}`;
  const isTeam =
    s.given.people?.[person] !== undefined || s.given.staff.some(({ address }) => isSame(address, c.address));
  return isTeam ? { team: true, id: person } : { team: false, id: c.id };
}

/** Asks the desk. */
export function look(
  c: Conversation,
  s: Scene,
  what: { kind: 'search'; text: string } | { kind: 'read'; id: string },
): Conversation {
  if (c.outgoing.filter(({ kind }) => kind === 'look').length >= MOST) return c;
  const count = c.count + 1;
  const label = `f${count}`;
  const question = { ...what, reader: readerOf(c, s), language: c.language, label };
  return emit({ ...c, count }, s.at, { kind: 'look', key: `look:${label}`, question });
}

/** The desk has answered. */
export function answered(
  c: Conversation,
  s: Scene,
  { key, message, text }: Extract<Event, { kind: 'found' }>,
): Conversation {
  const work = c.outgoing.find((one) => one.key === key);
  if (work?.kind !== 'look') return c;
  const next = tell(receive(c, { kind: 'done', key }, s.at), s, message.blocks, { choices: message.choices });
  return text === undefined ? next : { ...next, searched: { label: work.question.label, text } };
}

/** A choice under an answer: to read a case, or the next page of the last search. */
export function lookFurther(c: Conversation, s: Scene, chosen: Chosen): Conversation {
  if ('read' in chosen) return look(c, s, { kind: 'read', id: chosen.read });
  if (c.searched?.label !== chosen.label) return tell(c, s, [says(w(c).finding.expired, c.language)]);
  return look(c, s, { kind: 'search', text: withPage(c.searched.text, chosen.page) });
}

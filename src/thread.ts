// What becomes of a message in a staff place: it is edited in place, others stand under it, some of them answered by a
// reply. A message whose card is not out yet waits for it. Pure.
import type { Address, Delivery, Event, Given, Inbound, Instant, Outbound, Outgoing } from './model.ts';
import { emit, LEASE, later, NEVER, receive, withdraw } from './outgoing.ts';
import { ownedName } from './review/under.ts';
import { actionOf, formOfLine, pressedDeed } from './staff.ts';

type Message = Extract<Outgoing, { kind: 'message' }>;

const EDIT = 'edit:';
const UNDER = 'under:';
/** The key of the choice that the message itself waits for. */
export const FIRST = 'first';

/** The card says something new: it takes the place of what it said. What it would have said in between is passed over. */
export function reposted(d: Delivery, { message, to }: Extract<Event, { kind: 'post' }>, at: Instant): Delivery {
  if (d.state === 'failed' && d.messages.length === 0) return anew(d, message, to, at);
  const passed = withdraw(d, (work) => work.key.startsWith(EDIT));
  const [last] = d.outgoing.filter((work) => work.kind === 'message' && !work.key.startsWith(UNDER)).slice(-1);
  if (same(message, last?.kind === 'message' ? last.message : d.said)) return d;
  const edits = d.messages;
  return emit(passed, at, {
    kind: 'message',
    key: `${EDIT}${d.version}`,
    to: d.to.chat === to.chat ? d.to : to,
    message,
    out: [],
    edits,
    ...(edits.length === 0 ? { dueAt: NEVER } : {}),
  });
}

/** It could never be said; the place may be open by now. */
function anew({ reason: _, ...d }: Delivery, message: Outbound, to: Address, at: Instant): Delivery {
  const key = `again:${d.version}`;
  return emit<Delivery>({ ...d, state: 'queued' }, at, {
    ...{ kind: 'message', key, to, message, out: [] },
  });
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A message under the card. Once the author took the case back, it takes the place of all that shows their words. */
export function under(d: Delivery, event: Extract<Event, { kind: 'under' }>, at: Instant): Delivery {
  const { quoting = [], ...rest } = d;
  if (event.words === 'gone')
    return quoting.concat(event.key).reduce((next, key) => say(next, { ...event, key }, at), rest);
  if (event.words === undefined || quoting.includes(event.key)) return say(d, event, at);
  return say({ ...d, quoting: [...quoting, event.key] }, event, at);
}

/** Said again under the same key, it is edited in place. */
function say(d: Delivery, event: Extract<Event, { kind: 'under' }>, at: Instant): Delivery {
  const key = `${UNDER}${event.key}`;
  const edits = d.under?.[event.key];
  const [card] = d.messages.slice(-1);
  const prompts = event.prompt === undefined ? {} : { prompts: { ...d.prompts, [key]: event.prompt } };
  return emit({ ...d, ...prompts }, at, {
    kind: 'message',
    key: edits ? `${key}#${d.version}` : key,
    to: d.to,
    message: event.message,
    out: [],
    ...(edits ? { edits } : {}),
    ...(card === undefined ? { dueAt: NEVER } : { under: card }),
  });
}

/** What is out has its ids: a card's are where it is edited, the others where replies are known by. */
export function sent(d: Delivery, event: Extract<Event, { kind: 'sent' }>, at: Instant): Delivery {
  const work = d.outgoing.find((one): one is Message => one.key === event.key && one.kind === 'message');
  if (!work) return d;
  const fresh = work.edits ? [] : event.messages.map((id) => ownedName(d.to, `m:${id}`));
  const received = { ...receive(d, event, at), ...(fresh.length > 0 ? { owned: [...(d.owned ?? []), ...fresh] } : {}) };
  if (!work.key.startsWith(UNDER)) return cardSent(received, work, event);
  const key = work.key.slice(UNDER.length).split('#')[0] ?? '';
  return { ...received, under: { ...d.under, [key]: idsAfter(d.under?.[key] ?? [], work, event) } };
}

function cardSent(d: Delivery, work: Message, event: Extract<Event, { kind: 'sent' }>): Delivery {
  const messages = idsAfter(d.messages, work, event);
  return event.partial ? { ...d, messages } : { ...d, messages, state: 'sent', said: work.message };
}

/** An edit says at its end which messages there are; what is sent adds to them. */
function idsAfter(before: string[], work: Message, event: Extract<Event, { kind: 'sent' }>): string[] {
  if (!work.edits) return [...before, ...event.messages];
  return event.partial || event.messages.length === 0 ? before : event.messages;
}

/** What waited for the card goes out under it. */
export function released(d: Delivery, at: Instant): Delivery {
  const card = d.messages.at(-1);
  const waits = (work: Outgoing): work is Message =>
    work.kind === 'message' && work.dueAt === NEVER && (work.edits !== undefined || work.under === undefined);
  if (d.state !== 'sent' || card === undefined || !d.outgoing.some(waits)) return d;
  const due = { dueAt: at, leasedUntil: later(at, LEASE) };
  const outgoing = d.outgoing.map((work) => {
    if (!waits(work)) return work;
    return work.key.startsWith(UNDER) ? { ...work, ...due, under: card } : { ...work, ...due, edits: d.messages };
  });
  return { ...d, outgoing };
}

/** An edit that the platform refuses (its message is gone, or too old) is said anew; what cannot be said at all is noted. */
export function failed(d: Delivery, event: Extract<Event, { kind: 'failed' }>, at: Instant): Delivery {
  const work = d.outgoing.find((one): one is Message => one.key === event.key && one.kind === 'message');
  const received = receive(d, event, at);
  if (event.retryAt !== undefined || !work) return received;
  if (!event.refused || !work.edits) return { ...received, state: 'failed', reason: event.reason };
  const { edits: _, ...anew } = work;
  const clean: Delivery = work.key.startsWith(UNDER) ? withoutUnder(received, work.key) : { ...received, messages: [] };
  return emit(clean, at, { ...anew, key: `${work.key}+`, out: [] });
}

function withoutUnder(d: Delivery, key: string): Delivery {
  const { [key.slice(UNDER.length).split('#')[0] ?? '']: _, ...rest } = d.under ?? {};
  return { ...d, under: rest };
}

/** A reply to a message that asks for words, by who is asked, is the rest of the action, once; any other stays where it is. */
export function replied(given: Given, d: Delivery, inbound: Inbound, at: Instant): Delivery {
  const id = inbound.replyTo?.replace(/^m:/, '') ?? '';
  const under = Object.entries(d.under ?? {}).find(([, ids]) => ids.includes(id))?.[0];
  const key = under === undefined ? FIRST : `${UNDER}${under}`;
  const { [key]: prompt, ...prompts } = d.prompts ?? {};
  const isTheirs = prompt?.by === `${inbound.from.channel}:${inbound.person.id}`;
  const deed = prompt && isTheirs ? pressedDeed(prompt.choice) : undefined;
  const text = inbound.text.toWellFormed().trim();
  if (!deed || text === '') return d;
  const form = formOfLine(deed.verb, text) ?? { text };
  const action = actionOf(given, inbound, { ...deed, form });
  if (!action) return d;
  return emit({ ...d, prompts }, at, {
    kind: 'event',
    key: `act:${inbound.id}`,
    to: { kind: 'practice', id: deed.practice },
    event: { kind: 'acted', action },
  });
}

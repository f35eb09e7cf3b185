// The step of a delivery: one message living in a staff or digest place, or the answer to a call in a group. Its id makes
// it unique for ever. Pure and total.
import { isSame, written } from './address.ts';
import { EXPORT, exporting, ordered, orderOf } from './export/request.ts';
import { hasContent } from './fields.ts';
import type { Delivery, Event, Given, Inbound, Instant, Language, Outbound, Step } from './model.ts';
import { DAY, emit, later, lease, nextDue, receive, sooner } from './outgoing.ts';
import { partOf } from './parts.ts';
import { askedOf } from './search/asked.ts';
import { roleOf } from './staff.ts';
import { FIRST, failed, released, replied, reposted, sent, under } from './thread.ts';
import { commandOf } from './words/commands.ts';
import { heads, says, wording } from './words.ts';

/** The key of the message that a delivery is made for. */
const POST = 'post';
/** What the answer to a search is about. */
const SEARCH = 'search';
/** How long words left in a group wait for their author. */
const HELD = 7 * DAY;

export const dispatch: Step<Delivery> = (given, before, id, { event, at }) => {
  const after = happened(given, before, id, event, at);
  if (after === null || after === before) return before;
  const wakeAt = sooner(nextDue(after.outgoing), after.held ? later(after.held.part.at, HELD) : null);
  return after.wakeAt === wakeAt ? after : { ...after, wakeAt };
};

function happened(given: Given, before: Delivery | null, id: string, event: Event, at: Instant): Delivery | null {
  if (before?.about === EXPORT) return exporting(before, event, at);
  if (before === null) {
    if (event.kind === 'post') return event.standing ? null : posted(id, event, at);
    if (event.kind === 'under') return alone(id, event, at);
    return event.kind === 'called' ? called(given, id, event.inbound, at) : null;
  }
  switch (event.kind) {
    case 'post':
      return reposted(before, event, at);
    case 'under':
      return under(before, event, at);
    case 'sent':
      return before.about === SEARCH ? unsaid(sent(before, event, at)) : released(sent(before, event, at), at);
    case 'failed':
      return reported(before, failed(before, event, at), at);
    case 'moved':
      return receive({ ...before, to: event.to }, event, at);
    case 'claimed':
      return claimed(before, event, at);
    case 'replied':
      return replied(given, before, event.inbound, at);
    case 'found':
      return found(before, event, at);
    case 'woke':
      return lease(unclaimed(before, at), at, event.living);
    default:
      return receive(before, event, at);
  }
}

const blank = (id: string, { to, about }: Pick<Delivery, 'to' | 'about'>): Delivery => ({
  ...{ id, version: 0, outgoing: [], wakeAt: null, to, about, state: 'queued', messages: [] },
});

const posted = (id: string, { to, about, message, report }: Extract<Event, { kind: 'post' }>, at: Instant): Delivery =>
  saying({ ...blank(id, { to, about }), ...(report ? { report } : {}) }, message, at);

/** Where there is no card to stand under, it stands for itself; what comes next stands under it, or the card in its place. */
function alone(id: string, event: Extract<Event, { kind: 'under' }>, at: Instant): Delivery {
  const delivery = posted(id, { ...event, kind: 'post' }, at);
  return event.prompt === undefined ? delivery : { ...delivery, prompts: { [FIRST]: event.prompt } };
}

const saying = (delivery: Delivery, message: Outbound, at: Instant): Delivery =>
  emit(delivery, at, { kind: 'message', key: POST, to: delivery.to, message, out: [] });

/** An answer is never edited: once out, the cases it shows are kept nowhere but with themselves. */
function unsaid({ said: _, ...delivery }: Delivery): Delivery {
  return delivery;
}

/** The library's answer to the team. */
function found(delivery: Delivery, { key, message, text }: Extract<Event, { kind: 'found' }>, at: Instant): Delivery {
  if (!delivery.outgoing.some((o) => o.key === key)) return delivery;
  const answered = saying(receive(delivery, { kind: 'done', key }, at), message, at);
  return text === undefined ? answered : { ...answered, searched: text };
}

/** Whoever asked to know hears that the message will never arrive. */
const reported = (before: Delivery, after: Delivery, at: Instant): Delivery =>
  after.report && after.state === 'failed' && before.state !== 'failed'
    ? emit(after, at, {
        kind: 'event',
        key: 'report',
        to: after.report,
        event: { kind: 'undelivered', reason: after.reason ?? '' },
      })
    : after;

/** Somebody called the bot in a group: the way to the private chat, where what they wrote here waits for them. */
function called(given: Given, id: string, inbound: Inbound, at: Instant): Delivery | null {
  const question = askedOf(given, id, inbound);
  if (question)
    return emit(blank(id, { to: inbound.from, about: SEARCH }), at, { kind: 'look', key: 'look', question });
  const { language } = given.staff.find(({ address }) => isSame(address, inbound.from)) ?? given;
  const isTeam = inbound.place !== 'other' && roleOf(given, inbound) !== undefined;
  const order = isTeam ? orderOf(inbound.text) : undefined;
  const reader = `${inbound.from.channel}:${inbound.person.id}`;
  if (order) return ordered(id, inbound, { ...order, reader, language }, at);
  const command = commandOf(inbound.text);
  if (isTeam && command?.name === 'behalf') return desk(id, inbound, language, at);
  if (isTeam && command?.name === 'help') {
    return posted(id, { kind: 'post', to: inbound.from, message: helpOf(language), about: 'call' }, at);
  }
  if (command && !isOurs(command.name, inbound.text)) return null;
  const isWords = command === undefined && hasContent([partOf(inbound)]);
  const message = command?.name === 'address' ? addressOf(inbound, language) : door(id, isWords, language);
  const delivery = posted(id, { kind: 'post', to: inbound.from, message, about: 'call' }, at);
  return isWords ? { ...delivery, held: { person: inbound.person.id, part: partOf(inbound) } } : delivery;
}

/** What can be asked in a place of the team. */
function helpOf(language: Language): Outbound {
  const { helpTitle, help } = wording(language).staff;
  const blocks = [heads(helpTitle, language), ...help.map((line) => says(line, language))];
  return { language, blocks, choices: [], closed: false };
}

/** The way to the private chat for somebody of the team who tells for somebody else. */
function desk(id: string, inbound: Inbound, language: Language, at: Instant): Delivery {
  const message: Outbound = {
    ...{ language, blocks: [says(wording(language).staff.behalfDoor, language)], choices: [], closed: false },
    door: { label: wording(language).doorButton, payload: `s_${id}` },
  };
  const delivery = posted(id, { kind: 'post', to: inbound.from, message, about: 'call' }, at);
  return { ...delivery, held: { person: inbound.person.id, part: { ...partOf(inbound), text: '' }, behalf: true } };
}

/** In a group there may be other bots: without our name, only what means nothing else. */
const isOurs = (name: string, text: string): boolean =>
  name !== 'unknown' && (text.includes('@') || ['start', 'fresh', 'address'].includes(name));

/** What to write in STAFF_TO for this place. */
export const addressOf = ({ from, moved = from }: Pick<Inbound, 'from' | 'moved'>, language: Language): Outbound => ({
  language,
  blocks: [says(wording(language).address(written(moved)), language)],
  choices: [],
  closed: false,
});

const door = (id: string, held: boolean, language: Language): Outbound => ({
  language,
  blocks: [says(held ? wording(language).doorHeld : wording(language).doorHere, language)],
  choices: [],
  closed: false,
  door: { label: wording(language).doorButton, payload: held ? `h_${id}` : 'private' },
});

/** Their author, and nobody else, has come for the words. */
function claimed({ held, ...delivery }: Delivery, event: Extract<Event, { kind: 'claimed' }>, at: Instant): Delivery {
  if (held?.person !== event.person) return held ? { ...delivery, held } : delivery;
  return emit<Delivery>(delivery, at, {
    kind: 'event',
    key: 'hand',
    to: { kind: 'conversation', id: event.by },
    event: held.behalf
      ? { kind: 'behalf', id: delivery.id }
      : { kind: 'handed', part: { ...held.part, id: `m:h-${delivery.id}`, order: event.order } },
  });
}

function unclaimed({ held, ...delivery }: Delivery, at: Instant): Delivery {
  return held && later(held.part.at, HELD) > at ? { ...delivery, held } : delivery;
}

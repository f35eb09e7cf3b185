// An export that somebody of the team asks for in their place: one message says how far it is, the file comes under it, and
// our copy is erased once the file is out. Pure and total.
import { drop } from '../files.ts';
import { bare } from '../fold.ts';
import type { Delivery, Event, Inbound, Instant, Language, Outbound, Outgoing } from '../model.ts';
import { emit, LEASE, later, lease, receive, withdraw } from '../outgoing.ts';
import { says } from '../words.ts';
import { type Format, formatOf } from './formats.ts';
import { exportWords } from './words.ts';

/** What a delivery of this kind is about. */
export const EXPORT = 'export';

const SAY = 'say';
const BUILD = 'build';
const FILE = 'file';
const EDIT = 'edit:';
const END = 'end';

type Build = Extract<Outgoing, { kind: 'build' }>;
type Message = Extract<Outgoing, { kind: 'message' }>;

const COMMAND = /^\s*(?:(?:<@!?\w+>|@\w+)[\s,:]*)?\/?(?:exporter|export)(?:@\w+)?(?:\s+([\s\S]*))?$/i;
/** Nobody means a longer one. */
const LONGEST = 300;

/** `/exporter xlsx nantes bénévoles`: a format where one is named, and the words of a search. */
export function orderOf(text: string): { format: Format; query: string } | undefined {
  const match = text.length > LONGEST ? null : COMMAND.exec(text);
  if (!match) return undefined;
  const words = (match[1] ?? '').trim().split(/\s+/);
  const format = words.map((word) => formatOf(bare(word))).find((one) => one !== undefined);
  const query = words.filter((word) => formatOf(bare(word)) === undefined).join(' ');
  return { format: format ?? 'xlsx', query };
}

export type Ordered = { format: Format; query: string; reader: string; language: Language };

/** The first message, and the work that it announces. */
export function ordered(id: string, { from }: Pick<Inbound, 'from'>, order: Ordered, at: Instant): Delivery {
  const w = exportWords[order.language];
  const message = saying(w.asked(nameOf(order.format)), order.language);
  const fresh: Delivery = {
    id,
    version: 0,
    outgoing: [],
    wakeAt: null,
    to: from,
    about: EXPORT,
    state: 'queued',
    messages: [],
  };
  const told = emit(fresh, at, { kind: 'message', key: SAY, to: from, message, out: [] });
  const name = `${bare(w.cases)}-${at.slice(0, 10)}.${order.format}`;
  return emit(told, at, { kind: 'build', key: BUILD, order, name, kept: `export.${id}` });
}

export function exporting(d: Delivery, event: Event, at: Instant): Delivery {
  switch (event.kind) {
    case 'progress':
      return progressed(d, event, at);
    case 'built':
      return built(d, event, at);
    case 'sent':
      return sent(d, event, at);
    case 'failed':
      return failed(d, event, at);
    case 'moved':
      return receive({ ...d, to: event.to }, event, at);
    case 'woke':
      return lease(d, at, event.living);
    default:
      return receive(d, event, at);
  }
}

const nameOf = (format: string): string => format.toUpperCase();

const saying = (text: string, language: Language, more: Partial<Outbound> = {}): Outbound => ({
  ...{ language, blocks: [says(text, language)], choices: [], closed: false },
  ...more,
});

const buildOf = (d: Delivery): Build | undefined =>
  d.outgoing.find((work): work is Build => work.kind === 'build' && work.key === BUILD);

/** Still at work: the lease goes on, and the message says how far it is, once what it last said is out. */
function progressed(d: Delivery, { done, of }: Extract<Event, { kind: 'progress' }>, at: Instant): Delivery {
  const build = buildOf(d);
  if (!build) return d;
  const held = { ...d, outgoing: d.outgoing.map((o) => (o === build ? { ...o, leasedUntil: later(at, LEASE) } : o)) };
  if (d.messages.length === 0 || d.outgoing.some(({ kind }) => kind === 'message')) return held;
  const { format, language } = build.order;
  const w = exportWords[language];
  const text = of === undefined ? w.counting(nameOf(format), done) : w.writing(nameOf(format), done, of);
  return said(held, `${EDIT}${d.version}`, saying(text, language), at);
}

/** The file is made, or is not: the message says so, and the file comes under it. */
function built(d: Delivery, { attachment, count, refused }: Extract<Event, { kind: 'built' }>, at: Instant): Delivery {
  const build = buildOf(d);
  if (!build) return d;
  const { format, language } = build.order;
  const w = exportWords[language];
  const over = withdraw(d, (work) => work.key === BUILD || work.key.startsWith(EDIT));
  const text = refused ?? (attachment ? w.ready(nameOf(format), count) : w.nothing);
  const ended = said(over, END, saying(text, language), at);
  if (!attachment) return ended;
  const under = d.messages.at(-1);
  return emit(ended, at, {
    ...{ kind: 'message', key: FILE, to: d.to, out: [] },
    message: saying(w.file(nameOf(format), count), language, { attachment }),
    ...(under === undefined ? {} : { under }),
  });
}

/** In place of what was said, where it is known to stand. */
const said = (d: Delivery, key: string, message: Outbound, at: Instant): Delivery =>
  emit(d, at, {
    ...{ kind: 'message', key, to: d.to, message, out: [] },
    ...(d.messages.length > 0 ? { edits: d.messages } : {}),
  });

const messageOf = (d: Delivery, key: string): Message | undefined =>
  d.outgoing.find((work): work is Message => work.kind === 'message' && work.key === key);

function sent(d: Delivery, event: Extract<Event, { kind: 'sent' }>, at: Instant): Delivery {
  const work = messageOf(d, event.key);
  if (!work) return d;
  const received = receive(d, event, at);
  if (work.key === FILE) return event.partial ? received : erased({ ...received, state: 'sent' }, work, at);
  if (!work.edits) return { ...received, messages: [...d.messages, ...event.messages] };
  return event.partial || event.messages.length === 0 ? received : { ...received, messages: event.messages };
}

/** What can only be said anew is; a file that cannot be sent here is erased, and the message says so. */
function failed(d: Delivery, event: Extract<Event, { kind: 'failed' }>, at: Instant): Delivery {
  const work = messageOf(d, event.key);
  const received = receive(d, event, at);
  if (event.retryAt !== undefined || !work) return received;
  const { language } = work.message;
  if (work.key === FILE) {
    const clean = erased({ ...received, state: 'failed', reason: event.reason }, work, at);
    return event.refused
      ? said(clean, `${END}:${FILE}`, saying(exportWords[language].undelivered, language), at)
      : clean;
  }
  if (!work.edits || !event.refused) return { ...received, state: 'failed', reason: event.reason };
  if (work.key.startsWith(EDIT)) return { ...received, messages: [] };
  return said({ ...received, messages: [] }, `${work.key}+`, work.message, at);
}

const erased = (d: Delivery, { message }: Message, at: Instant): Delivery =>
  message.attachment ? drop(d, at, message.attachment.kept) : d;

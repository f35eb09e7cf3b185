// The step of a digest place: one document per address, so that a window, a case and a picture are decided by one
// compare-and-swap. A window is closed before the next one opens: its cases are all marked by then. Pure and total.
import { fingerprint, written } from '../address.ts';
import type { Digest, Event, Given, Instant, Place, Step } from '../model.ts';
import { emit, lease, NEVER, nextDue, receive, sooner, withdraw } from '../outgoing.ts';
import { says, wording } from '../words.ts';

type Gathered = Extract<Event, { kind: 'gathered' }>;

/** How many requests by hand may wait; more say nothing new. */
const MOST_WANTED = 5;
/** How many of them are remembered once they are made: a command is delivered again within minutes, if at all. */
const RING = 20;

export const tell: Step<Digest> = (given, before, id, { event, at }) => {
  const start = before ?? born(id, event);
  if (start === null) return null;
  const after = begun(given, happened(given, start, event, at), at);
  if (after === before) return before;
  const own = after.making === undefined && after.next < NEVER ? after.next : null;
  const wakeAt = sooner(nextDue(after.outgoing), own);
  return after.wakeAt === wakeAt ? after : { ...after, wakeAt };
};

function born(id: string, event: Event): Digest | null {
  if (event.kind !== 'expected' && event.kind !== 'wanted') return null;
  const { address, language } = event.place;
  const empty = { version: 0, outgoing: [], wakeAt: null, wanted: [], seen: [] };
  return { id, ...empty, to: address, language, schedule: '', next: NEVER };
}

function happened(given: Given, d: Digest, event: Event, at: Instant): Digest {
  switch (event.kind) {
    case 'expected':
      return expected(given, d, event.place, at);
    case 'wanted':
      return wanted(d, event);
    case 'gathered':
      return gathered(d, event, at);
    case 'undelivered':
      return undelivered(given, d, event.reason, at);
    case 'woke':
      return lease(isConfigured(given, d) ? d : { ...d, next: NEVER }, at, event.living);
    default:
      return receive(d, event, at);
  }
}

const isConfigured = ({ digest }: Given, { id }: Digest): boolean =>
  digest?.places.some(({ address }) => fingerprint(address) === id) ?? false;

/** At every start. A window that passed while nobody ran stays due: all that were missed become this one. */
function expected(given: Given, d: Digest, { language }: Place, at: Instant): Digest {
  const { gone, ...rest } = d;
  const schedule = given.digest?.schedule ?? '';
  if (gone === undefined && d.language === language && d.schedule === schedule && d.next < NEVER) return d;
  const isDue = d.next <= at;
  const isKept = isDue || (d.schedule === schedule && d.next < NEVER);
  return { ...rest, language, schedule, next: isKept ? d.next : (given.digest?.next(at) ?? NEVER) };
}

function wanted(d: Digest, { id, place }: Extract<Event, { kind: 'wanted' }>): Digest {
  if (d.seen.includes(id) || d.wanted.length >= MOST_WANTED) return d;
  const { gone: _, ...rest } = d;
  return { ...rest, language: place.language, wanted: [...d.wanted, id], seen: [...d.seen, id].slice(-RING) };
}

/** Opens what is next, once the window before is closed: asked for by hand, or due by the calendar. */
function begun(given: Given, d: Digest, at: Instant): Digest {
  if (d.making !== undefined || d.outgoing.some(({ kind }) => kind === 'event')) return d;
  const [asked, ...wanted] = d.wanted;
  if (asked !== undefined) return make({ ...d, wanted }, asked, true, at);
  if (d.next > at) return d;
  const next = given.digest?.next(at) ?? NEVER;
  return d.gone === undefined ? make({ ...d, next }, d.next, false, at) : { ...d, next };
}

const make = (d: Digest, window: string, asked: boolean, at: Instant): Digest =>
  emit<Digest>({ ...d, making: window }, at, { kind: 'gather', key: `gather:${window}`, window, asked });

/** The first to come back with what the window says closes it; whoever gathered it as well comes too late. */
function gathered(d: Digest, { window, message, cases }: Gathered, at: Instant): Digest {
  if (d.making !== window) return d;
  const { making: _, picture: former, ...rest } = withdraw(d, ({ key }) => key === `gather:${window}`);
  const marks = cases.reduce<Digest>(
    (next, { id, moves }) =>
      emit(next, at, {
        kind: 'event',
        key: `told:${id}`,
        to: { kind: 'practice', id },
        event: { kind: 'told', place: d.id, window, moves },
      }),
    rest,
  );
  if (message === null) return former === undefined ? marks : { ...marks, picture: former };
  const picture = message.attachment?.kept;
  const posted = emit<Digest>({ ...marks, ...(picture === undefined ? {} : { picture }) }, at, {
    kind: 'event',
    key: `post:${window}`,
    to: { kind: 'delivery', id: `${d.id}-${window}` },
    event: { kind: 'post', to: d.to, message, about: `digest:${window}`, report: { kind: 'digest', id: d.id } },
  });
  return former === undefined ? posted : emit(posted, at, { kind: 'drop', key: `drop:${former}`, kept: former });
}

/** The place is gone: the team is told once, and nothing more is tried there until the next start. */
function undelivered(given: Given, d: Digest, reason: string, at: Instant): Digest {
  if (d.gone !== undefined) return d;
  const others = given.staff.filter(({ address }) => fingerprint(address) !== d.id);
  return others.reduce<Digest>(
    (next, { address, language }) => {
      const blocks = [says(wording(language).digest.gone(written(d.to)), language)];
      const id = `${d.id}-gone-${at}-${fingerprint(address)}`;
      return emit(next, at, {
        kind: 'event',
        key: `gone:${id}`,
        to: { kind: 'delivery', id },
        event: {
          kind: 'post',
          to: address,
          message: { language, blocks, choices: [], closed: false },
          about: 'digest',
        },
      });
    },
    { ...d, gone: reason },
  );
}

// The outgoing queue of a document: what a commit leaves to be done. Pure.
import type { Document, Event, Instant, Outgoing, Ref } from './model.ts';
import { ChannelError, type SendOutcome } from './ports.ts';

/** How long the committing process has before another may take its work over. */
export const LEASE = 60_000;

export const DAY = 86_400_000;

/** Why a question cannot reach its author: their conversation is no more. */
export const GONE = 'gone';

/** Their author takes no questions. */
export const DECLINED = 'declined';

/** What is told instead, and to whom, where an event finds its document no more. */
export function unheard(from: Ref, to: Ref, event: Event): { ref: Ref; event: Event } | undefined {
  if (event.kind === 'asked') {
    return { ref: from, event: { kind: 'relayed', ask: event.ask.id, state: 'failed', reason: GONE } };
  }
  if (event.kind !== 'open' && event.kind !== 'reply') return undefined;
  return { ref: from, event: { kind: 'expired', practice: to.id, asked: true } };
}

/** Work that waits for somebody to be reached again. */
export const NEVER: Instant = '9999-01-01T00:00:00.000Z';

export const later = (at: Instant, ms: number): Instant =>
  ms === 0 ? at : new Date(Date.parse(at) + ms).toISOString();

/** What is said to somebody, be it worded already or not. */
export type Spoken = Extract<Outgoing, { kind: 'message' | 'prompt' }>;
export const isSpoken = (work: Outgoing): work is Spoken => work.kind === 'message' || work.kind === 'prompt';

/** A piece of work before it gets its lease. */
export type Work = Outgoing extends infer O
  ? O extends Outgoing
    ? Omit<O, 'leasedUntil' | 'attempts' | 'since' | 'dueAt'> & { dueAt?: Instant }
    : never
  : never;

/** Adds work, leased to whoever commits it. Work already there under the same key is replaced where it stands. */
export function emit<D extends Document>(document: D, at: Instant, work: Work): D {
  const dueAt = work.dueAt ?? at;
  const entry = { ...work, dueAt, leasedUntil: later(dueAt > at ? dueAt : at, LEASE), attempts: 0 } as Outgoing;
  const there = document.outgoing.some((o) => o.key === work.key);
  const outgoing = there
    ? document.outgoing.map((o) => (o.key === work.key ? entry : o))
    : [...document.outgoing, entry];
  return { ...document, outgoing };
}

export function withdraw<D extends Document>(document: D, drop: (work: Outgoing) => boolean): D {
  const outgoing = document.outgoing.filter((o) => !drop(o));
  return outgoing.length === document.outgoing.length ? document : { ...document, outgoing };
}

/** Takes hold again of work that is due and whose lease has run out, or that was leased by a process that is not among the living. */
export function lease<D extends Document>(document: D, at: Instant, living?: string[]): D {
  const left = (o: Outgoing) => living !== undefined && !living.includes(o.by ?? '');
  const free = (o: Outgoing) => o.dueAt < NEVER && (left(o) || (o.dueAt <= at && o.leasedUntil <= at));
  if (!document.outgoing.some(free)) return document;
  const outgoing = document.outgoing.map((o) =>
    free(o) ? { ...o, leasedUntil: later(o.dueAt > at ? o.dueAt : at, LEASE) } : o,
  );
  return { ...document, outgoing };
}

/** In the hands of another process, which may be sending it at this moment, or may have died. */
export const isElsewhere = (work: Outgoing, by: string | undefined): boolean => by !== undefined && work.by !== by;

/** What is due and to be said before this one; in the hands of others only as long as its lease runs. */
export function aheadOf(work: Outgoing[], key: string, by: string | undefined, at: Instant): Outgoing | undefined {
  const place = work.findIndex((one) => one.key === key);
  const stands = (one: Outgoing) => !isElsewhere(one, by) || one.leasedUntil > at;
  return work.find((one, i) => i < place && isSpoken(one) && one.dueAt <= at && stands(one));
}

/** When the first piece of work may be taken up by any process; null when nothing waits for that. */
export function nextDue(outgoing: Outgoing[]): Instant | null {
  return outgoing.reduce<Instant | null>((first, o) => {
    if (o.dueAt >= NEVER) return first;
    const due = o.dueAt > o.leasedUntil ? o.dueAt : o.leasedUntil;
    return first === null || due < first ? due : first;
  }, null);
}

/** What became of a piece of work: `sent`, `done`, `moved` and `failed` in the queue itself. */
export function receive<D extends Document>(document: D, event: Event, at: Instant): D {
  if (event.kind === 'done' || (event.kind === 'sent' && !event.partial)) {
    return withdraw(document, (o) => o.key === event.key);
  }
  if (event.kind === 'sent') {
    return change(document, event.key, (o) =>
      isSpoken(o) ? { ...o, out: [...o.out, ...event.messages], leasedUntil: later(at, LEASE) } : o,
    );
  }
  if (event.kind === 'moved') {
    return change(document, event.key, (o) =>
      isSpoken(o) ? { ...o, to: event.to, dueAt: at, leasedUntil: later(at, LEASE) } : o,
    );
  }
  if (event.kind !== 'failed') return document;
  const retryAt = event.retryAt;
  if (!retryAt) return withdraw(document, (o) => o.key === event.key);
  return change(document, event.key, (o) => ({
    ...o,
    since: o.since ?? o.dueAt,
    attempts: o.attempts + (event.untried ? 0 : 1),
    dueAt: retryAt,
    leasedUntil: later(retryAt, LEASE),
  }));
}

function change<D extends Document>(document: D, key: string, to: (work: Outgoing) => Outgoing): D {
  if (!document.outgoing.some((o) => o.key === key)) return document;
  return { ...document, outgoing: document.outgoing.map((o) => (o.key === key ? to(o) : o)) };
}

/** When the message that has waited longest was first due; null without any. */
export const waitingSince = (work: Outgoing[]): Instant | null =>
  work.filter(isSpoken).reduce<Instant | null>((first, { since, dueAt }) => sooner(first, since ?? dueAt), null);

/** The earlier of two moments, where null is never. */
export function sooner(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** What to do next: the first due, where a message or an event that failed keeps its like behind it waiting. */
export function ready(work: Outgoing[]): Outgoing | undefined {
  const isEvent = ({ kind }: Outgoing) => kind === 'event';
  const stuck = (like: (one: Outgoing) => boolean) => work.findIndex((one) => like(one) && one.attempts > 0);
  const [message, event] = [stuck(isSpoken), stuck(isEvent)];
  const open = work.filter((one, i) => {
    const first = isSpoken(one) ? message : isEvent(one) ? event : -1;
    return first < 0 || i <= first;
  });
  return open.reduce<Outgoing | undefined>(
    (first, one) => (first && first.dueAt <= one.dueAt ? first : one),
    undefined,
  );
}

/** The same try of the same work, also when its document was read from the store again in the meantime. */
export const isSameTry = (one: Outgoing, work: Outgoing): boolean =>
  one.key === work.key &&
  one.attempts === work.attempts &&
  one.dueAt === work.dueAt &&
  one.leasedUntil === work.leasedUntil;

/** The same try of the same message, with more of its pieces out: the work itself, as its own progress was saved. */
export const isFurther = (one: Outgoing, work: Outgoing): boolean =>
  isSpoken(one) &&
  isSpoken(work) &&
  one.key === work.key &&
  one.attempts === work.attempts &&
  one.out.length > work.out.length;

/** How a try to send ended, from what its document hears of it. */
export function outcomeOf(event: Event): SendOutcome {
  if (event.kind === 'sent' || event.kind === 'moved') return event.kind;
  if (event.kind === 'failed' && event.retryAt !== undefined) return 'retried';
  return event.kind === 'failed' && event.refused ? 'refused' : 'failed';
}

const isOfFiles = ({ kind }: Outgoing): boolean => kind === 'fetch' || kind === 'drop' || kind === 'build';
const isOfDesk = ({ kind }: Outgoing): boolean => kind === 'look' || kind === 'compare';

/** Work that goes on side by side: a long copy or a search keeps no message waiting. */
export const LANES: Record<string, (work: Outgoing) => boolean> = {
  talk: (work) => !isOfFiles(work) && !isOfDesk(work),
  files: isOfFiles,
  desk: isOfDesk,
};

export const failure = (key: string, reason: string, retryAt?: Instant): Extract<Event, { kind: 'failed' }> => ({
  kind: 'failed',
  key,
  reason,
  ...(retryAt === undefined ? {} : { retryAt }),
});

/** e^attempts seconds, at most an hour: 1 s, 3 s, 7 s, 20 s, 55 s, 2 min 28 s … */
export const backoff = (attempts: number): number => Math.min(3_600_000, 1_000 * Math.exp(Math.min(attempts, 10)));

/** What a failure to deliver a message means for it. */
export function undelivered({ key, attempts }: Outgoing, error: unknown, now: Instant): Event {
  const again = (patience: number): Instant => later(now, backoff(patience));
  if (!(error instanceof ChannelError)) return failure(key, 'not delivered', again(attempts));
  const { kind, message, to, retryAt } = error;
  if (kind === 'moved' && to) return { kind: 'moved', key, to };
  if (kind === 'permanent') return failure(key, message);
  if (kind === 'refused') return { ...failure(key, message), refused: true };
  // It may have been delivered: a second copy is better than none, but not at once.
  return failure(key, 'not delivered', retryAt ?? again(kind === 'unknown-outcome' ? attempts + 2 : attempts));
}

/**
 * A failure is saved before anything else of its document is tried, so that nothing overtakes what waits for a retry; and
 * the end of work that renews its lease as it goes, so that it is not taken up again. What stands in a staff place may be
 * answered at once, and is known by its id. Who asked is waiting; that nothing is like a case, nobody waits for.
 */
export function hurries({ kind }: Ref, outcome: Event): boolean {
  if (outcome.kind === 'sent') return kind === 'delivery';
  if (outcome.kind === 'compared') return outcome.similar.length > 0;
  return ['failed', 'moved', 'built', 'found'].includes(outcome.kind);
}

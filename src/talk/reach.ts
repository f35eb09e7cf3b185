// Whether the person can be reached: while their chat is closed to us what we have to say waits, and their cases show it.
// Pure.
import { isSame } from '../address.ts';
import type { Address, Conversation, Instant, Outgoing } from '../model.ts';
import { emit, isSpoken, LEASE, later, NEVER } from '../outgoing.ts';
import type { Scene } from './scene.ts';

/** The chat is closed to us. */
export const closed = (c: Conversation, s: Scene, reason: string): Conversation =>
  c.unreachable === reason ? c : tellCases({ ...c, unreachable: reason }, s, { unreachable: reason });

/** The chat is open: a word came from it, or the platform says so. */
export function opened(c: Conversation, s: Scene): Conversation {
  if (c.unreachable === undefined) return c;
  const { unreachable: _, ...open } = c;
  return tellCases(open, s, {});
}

const tellCases = (c: Conversation, s: Scene, news: { unreachable?: string }): Conversation =>
  c.cases.reduce(
    (next, { id }) =>
      emit(next, s.at, {
        kind: 'event',
        key: `reach:${id}`,
        to: { kind: 'practice', id },
        event: { kind: 'reach', ...news },
      }),
    c,
  );

/**
 * A private chat may have topics, or a thread in its place: we answer where the person last wrote, and what still waits to
 * be said goes there too.
 */
export function movedTo(c: Conversation, address: Address): Conversation {
  if (isSame(c.address, address)) return c;
  const outgoing = c.outgoing.map((work) =>
    isSpoken(work) && isSame(work.to, c.address) ? { ...work, to: address } : work,
  );
  return { ...c, address, outgoing };
}

/** Messages wait for ever while the chat is closed, and go out as soon as it opens again. */
export function waiting(c: Conversation, at: Instant): Conversation {
  const isOpen = c.unreachable === undefined;
  const misplaced = (work: Outgoing) => isSpoken(work) && (work.dueAt === NEVER) === isOpen;
  if (!c.outgoing.some(misplaced)) return c;
  const when = isOpen ? { dueAt: at, leasedUntil: later(at, LEASE) } : { dueAt: NEVER, leasedUntil: NEVER };
  return { ...c, outgoing: c.outgoing.map((work) => (misplaced(work) ? { ...work, ...when } : work)) };
}

// The step of a delivery: one message living in a staff or digest place. Its id makes it unique for ever. Pure and total.
import type { Delivery, Event, Instant, Step } from './model.ts';
import { emit, lease, nextDue, receive } from './outgoing.ts';

/** The key of the one message a delivery carries. */
const POST = 'post';

export const dispatch: Step<Delivery> = (_given, before, id, { event, at }) => {
  const after = happened(before, id, event, at);
  if (after === null || after === before) return before;
  const wakeAt = nextDue(after.outgoing);
  return after.wakeAt === wakeAt ? after : { ...after, wakeAt };
};

function happened(before: Delivery | null, id: string, event: Event, at: Instant): Delivery | null {
  if (before === null) return event.kind === 'post' ? posted(id, event, at) : null;
  switch (event.kind) {
    case 'sent': {
      if (!before.outgoing.some((o) => o.key === event.key)) return before;
      const messages = [...before.messages, ...event.messages];
      return { ...receive(before, event, at), messages, state: event.partial ? before.state : 'sent' };
    }
    case 'failed': {
      const after = receive(before, event, at);
      return event.retryAt ? after : { ...after, state: 'failed', reason: event.reason };
    }
    case 'woke':
      return lease(before, at, event.takeover);
    default:
      return before;
  }
}

const posted = (id: string, event: Extract<Event, { kind: 'post' }>, at: Instant): Delivery =>
  emit<Delivery>(
    { id, version: 0, outgoing: [], wakeAt: null, to: event.to, about: event.about, state: 'queued', messages: [] },
    at,
    { kind: 'message', key: POST, to: event.to, message: event.message, out: [], replaceable: false },
  );

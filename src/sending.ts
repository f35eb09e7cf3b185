// Messages on their way to a channel: after those before them to the same address, whatever document they come from, within
// what the platform takes, and never once their lease is over.
import type { Budget } from './budget.ts';
import type { Event, Instant, Outbound, Outgoing, Ref } from './model.ts';
import { failure, LEASE, later, outcomeOf, type Spoken, undelivered } from './outgoing.ts';
import { type Channel, ChannelError, type Clock, type Meter, type Store } from './ports.ts';
import { createPrecedence } from './precedence.ts';
import type { AnyDocument, Turns } from './turn.ts';

export interface SendingTools {
  store: Store;
  clock: Clock;
  turns: Turns;
  channels: Map<string, Channel>;
  budget: Budget;
  /** The name of this process, where several share the store. */
  process: string | undefined;
  word: (document: AnyDocument, asking: Extract<Outgoing, { kind: 'prompt' }>) => Outbound;
  failed: (error: unknown, ref: Ref) => void;
  meter?: Meter | undefined;
}

/** Milliseconds that one delivery may take: it begins no later before the end of its lease, when another may take it up. */
const CALL = 20_000;
/** Milliseconds that a failed message holds those behind it, beyond what the platform asks for: later it stands alone. */
const HOLD = 60_000;

/** Its turn has not come: it was not tried. */
const notYet = ({ key }: Spoken, at: Instant): Event => ({ ...failure(key, 'not its turn', at), untried: true });

export function createSending(tools: SendingTools) {
  const { store, clock, turns, channels, budget, process, word, failed, meter } = tools;
  const lines = new Map<string, Promise<unknown>>();
  const clear = createPrecedence({ store, clock, process });

  async function deliver(ref: Ref, document: AnyDocument, work: Spoken): Promise<Event> {
    const { key, to, out } = work;
    const { edits, under } = work.kind === 'message' ? work : {};
    const channel = channels.get(to.channel);
    if (!channel) return failure(key, `the channel ${to.channel} is not switched on`, later(clock.now(), 600_000));
    const piece = async (id: string) => {
      await turns.take(ref, { kind: 'sent', key, messages: [id], partial: true });
      await budget.piece(to);
    };
    const name = `${ref.id}:${key}`;
    const wait = await budget.turn(name, to, later(work.leasedUntil, -CALL));
    if (wait !== undefined) return notYet(work, wait);
    const ended = meter?.send(ref, to.channel);
    try {
      const message = work.kind === 'message' ? work.message : word(document, work);
      const { attachment } = message;
      const sent = await channel.deliver({
        ...{ to, message, key: name, out, piece },
        ...(edits ? { edits } : {}),
        ...(under === undefined ? {} : { under }),
        ...(attachment ? { content: () => store.files.open(attachment.kept) } : {}),
      });
      ended?.('sent');
      return { kind: 'sent' as const, key, ...sent };
    } catch (error) {
      if (!(error instanceof ChannelError)) failed(error, ref);
      const outcome = held(name, work, error);
      ended?.(outcomeOf(outcome));
      return outcome;
    } finally {
      budget.done(to);
    }
  }

  /** What is tried again soon, or was told when, keeps its place before what comes after it. */
  function held(name: string, work: Spoken, error: unknown): Event {
    const outcome = undelivered(work, error, clock.now());
    const retryAt = outcome.kind === 'failed' ? outcome.retryAt : undefined;
    if (retryAt === undefined || !(error instanceof ChannelError)) return outcome;
    const isAsked = error.retryAt !== undefined;
    if (isAsked || retryAt <= later(clock.now(), HOLD)) budget.pause(name, work.to, retryAt, error.everywhere === true);
    return outcome;
  }

  return (ref: Ref, document: AnyDocument, work: Spoken): Promise<Event | undefined> => {
    const line = `${work.to.channel}:${work.to.chat}`;
    const before = lines.get(line) ?? Promise.resolve();
    const sending = before
      .then(async () => {
        const turn = await clear(ref, document, work);
        if (turn === 'later') return notYet(work, clock.now());
        return turn === 'now' ? deliver(ref, document, work) : undefined;
      })
      .catch(() => failure(work.key, 'not done', later(clock.now(), LEASE)));
    lines.set(line, sending);
    return sending.finally(() => lines.get(line) === sending && lines.delete(line));
  };
}

// One turn of any document: load, step, commit. In order per document, in parallel across documents; what waits for the
// same document is folded into one commit. Compare-and-swap finds stale copies; there is no lock.
import type {
  Conversation,
  Delivery,
  Digest,
  Event,
  Given,
  Kind,
  Outgoing,
  Practice,
  Ref,
  Stamped,
  Step,
} from './model.ts';
import type { Outage } from './outage.ts';
import { later } from './outgoing.ts';
import { type Clock, type Documents, type Meter, type Store, StoreAway } from './ports.ts';

export type AnyDocument = Documents[Kind];

export interface Steps {
  conversation: Step<Conversation>;
  practice: Step<Practice>;
  delivery: Step<Delivery>;
  digest: Step<Digest>;
}

export type Committed = (ref: Ref, before: AnyDocument | null, after: AnyDocument) => void;

export interface Turns {
  /**
   * Resolves once what the event changed is saved; rejects if it could not be, and then nothing changed. While the store is
   * away it waits in its place, in memory; a click, which somebody can press again, rejects with `StoreAway`.
   */
  take(ref: Ref, event: Event): Promise<void>;
  /** The same, riding on the document's next write, or on one of its own within a second. */
  later(ref: Ref, event: Event): void;
  /** Erases a document for ever, in memory too. */
  forget(ref: Ref): Promise<void>;
  /** Called after every commit, before the event's promise resolves. */
  onCommit(committed: Committed): void;
  /** Writes what rides, and resolves when nothing is in work. */
  flush(): Promise<void>;
}

export interface TurnTools {
  store: Store;
  clock: Clock;
  given: () => Given;
  steps: Steps;
  fresh: () => string;
  outage: Outage;
  /** The name of this process, where several share the store. */
  process?: string | undefined;
  /** Told of a failure of our own, with the document it concerns. */
  failed: (error: unknown, ref: Ref) => void;
  /** How many documents are kept in memory between turns. */
  copies?: number;
  meter?: Meter | undefined;
}

interface Waiting {
  stamped: Stamped;
  resolve: () => void;
  reject: (error: unknown) => void;
}

interface Queue {
  ref: Ref;
  waiting: Waiting[];
  running: Promise<void> | undefined;
  cancel: (() => void) | undefined;
  /** Waits for the store to be back. */
  held?: boolean;
}

/** How long an event that nothing hurries may ride, in milliseconds. */
const RIDE = 1_000;
/** Documents kept in memory between turns, some 10 kB each; a stale copy is harmless. */
const COPIES = 1_024;
/** A document fought over by this many commits in a row is left to its next event. */
const TRIES = 50;

/** An event that finds no document, unless it came before: looking first would be a read in vain. */
const makes = ({ stamped: { event } }: Waiting): boolean => event.kind === 'submitted';

/** A click can be pressed again, and is old news once the store is back. Words, whichever way they come, are kept. */
const isClick = (event: Event): boolean =>
  event.kind === 'inbound' || event.kind === 'called'
    ? event.inbound.kind === 'choice' && event.inbound.form === undefined
    : event.kind === 'acted' && event.action.id.startsWith('c:') && event.action.form === undefined;

export function createTurns(tools: TurnTools): Turns {
  const { outage } = tools;
  const queues = new Map<string, Queue>();
  const copies = new Map<string, AnyDocument>();
  const listeners: Committed[] = [];
  const { process: by } = tools;
  const nameOf = ({ kind, id }: Ref) => `${kind}:${id}`;

  function queueOf(ref: Ref): Queue {
    const name = nameOf(ref);
    const queue = queues.get(name) ?? { ref, waiting: [], running: undefined, cancel: undefined };
    queues.set(name, queue);
    return queue;
  }

  function push(ref: Ref, event: Event): { queue: Queue; done: Promise<void> } {
    const queue = queueOf(ref);
    const stamped = { event, at: tools.clock.now(), fresh: tools.fresh(), ...(by === undefined ? {} : { by }) };
    if (queue.held && isClick(event)) return { queue, done: Promise.reject(new StoreAway()) };
    const done = new Promise<void>((resolve, reject) => queue.waiting.push({ stamped, resolve, reject }));
    return { queue, done };
  }

  function run(queue: Queue): Promise<void> {
    queue.cancel?.();
    queue.cancel = undefined;
    queue.running ??= work(queue).finally(() => {
      queue.running = undefined;
      // An event may have come between the last look and this moment.
      if (queue.waiting.length > 0) void run(queue);
      else queues.delete(nameOf(queue.ref));
    });
    return queue.running;
  }

  async function work(queue: Queue): Promise<void> {
    // Events that arrive in the same tick are folded into the same commit.
    await Promise.resolve();
    if (!outage.open()) await hold(queue, [], new StoreAway());
    while (queue.waiting.length > 0) {
      const batch = queue.waiting.splice(0);
      const ended = tools.meter?.turn(queue.ref.kind);
      try {
        const outcome = await turn(queue.ref, batch);
        ended?.(outcome);
      } catch (error) {
        ended?.('failed');
        copies.delete(nameOf(queue.ref));
        if (error instanceof StoreAway) {
          outage.met();
          await hold(queue, batch, error);
        } else {
          tools.failed(error, queue.ref);
          for (const { reject } of batch) reject(error);
        }
      }
    }
  }

  /** What can wait goes back to its place, and the queue rests until the store may be asked again. */
  async function hold(queue: Queue, batch: Waiting[], error: StoreAway): Promise<void> {
    const all = [...batch, ...queue.waiting.splice(0)];
    for (const { stamped, reject } of all) if (isClick(stamped.event)) reject(error);
    queue.waiting = all.filter(({ stamped }) => !isClick(stamped.event));
    if (queue.waiting.length === 0) return;
    queue.held = true;
    await outage.again().catch(() => {
      for (const { reject } of queue.waiting.splice(0)) reject(error);
    });
    queue.held = false;
  }

  async function turn(ref: Ref, batch: Waiting[]): Promise<'saved' | 'same'> {
    for (let tries = 0; tries < TRIES; tries++) {
      const before = await stored(ref, tries === 0 && batch.some(makes));
      const refused = new Map<Waiting, unknown>();
      const after = fold(ref, before, batch, refused);
      const outcome = after === before || after === null ? 'same' : await save(ref, before, after);
      if (outcome === 'stale') continue;
      for (const waiting of batch) {
        if (refused.has(waiting)) waiting.reject(refused.get(waiting));
        else waiting.resolve();
      }
      return outcome === 'same' ? 'same' : 'saved';
    }
    throw new Error('too many processes are writing the same document');
  }

  async function stored(ref: Ref, isNew: boolean): Promise<AnyDocument | null> {
    const copy = copies.get(nameOf(ref));
    return copy ?? (isNew ? null : await tools.store.load(ref.kind, ref.id));
  }

  /** Applies every event in turn; one that makes the step throw is refused alone. */
  function fold(ref: Ref, before: AnyDocument | null, batch: Waiting[], refused: Map<Waiting, unknown>) {
    return batch.reduce((document, waiting) => {
      try {
        return (tools.steps[ref.kind] as Step<AnyDocument>)(tools.given(), document, ref.id, waiting.stamped);
      } catch (error) {
        tools.failed(error, ref);
        refused.set(waiting, error);
        return document;
      }
    }, before);
  }

  async function save(ref: Ref, before: AnyDocument | null, stepped: AnyDocument) {
    const after = { ...stepped, outgoing: signed(before, stepped), version: (before?.version ?? 0) + 1 };
    const ended = tools.meter?.commit(ref.kind);
    const outcome = await tools.store.commit(ref.kind, before, after);
    ended?.(outcome);
    if (outcome !== 'stale') outage.saved();
    if (outcome === 'saved') {
      keep(nameOf(ref), after);
      for (const committed of listeners) committed(ref, before, after);
    } else {
      copies.delete(nameOf(ref));
    }
    return outcome;
  }

  /** What this commit leaves to be done is ours to do. */
  function signed(before: AnyDocument | null, { outgoing }: AnyDocument): Outgoing[] {
    if (by === undefined || outgoing === before?.outgoing) return outgoing;
    return outgoing.map((work) => (before?.outgoing.includes(work) ? work : { ...work, by }));
  }

  function keep(name: string, document: AnyDocument): void {
    copies.delete(name);
    copies.set(name, document);
    const oldest = copies.size > (tools.copies ?? COPIES) ? copies.keys().next().value : undefined;
    if (oldest !== undefined) copies.delete(oldest);
  }

  return {
    take(ref, event) {
      const { queue, done } = push(ref, event);
      void run(queue);
      return done;
    },
    later(ref, event) {
      const { queue, done } = push(ref, event);
      done.catch(() => undefined); // already told through `failed`; the event comes again when its lease runs out
      if (queue.running) return;
      queue.cancel ??= tools.clock.at(later(tools.clock.now(), RIDE), () => void run(queue));
    },
    async forget(ref) {
      await tools.store.forget(ref.kind, ref.id);
      copies.delete(nameOf(ref));
    },
    onCommit: (committed) => void listeners.push(committed),
    async flush() {
      while (queues.size > 0) await Promise.all([...queues.values()].map(run));
    },
  };
}

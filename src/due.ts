// Whatever is due: work that a commit left behind is done by the process that committed it, or by another once the lease
// has run out. At least once, in order per address, with backoff. The document hears the outcome as an event.

import { createBudget } from './budget.ts';
import { copy } from './copying.ts';
import type { Desk as Library } from './desk.ts';
import type { Duty } from './duty.ts';
import type { Event, Instant, Outbound, Outgoing, Ref } from './model.ts';
import type { Outage } from './outage.ts';
import {
  backoff,
  failure,
  hurries,
  isElsewhere,
  isFurther,
  isSameTry,
  isSpoken,
  LANES,
  later,
  NEVER,
  ready,
  unheard,
  waitingSince,
} from './outgoing.ts';
import { type Channel, ChannelError, type Clock, type Meter, type Store } from './ports.ts';
import { createRounds, type Rounds } from './rounds.ts';
import { createSending } from './sending.ts';
import type { AnyDocument, Turns } from './turn.ts';

const nameOf = ({ kind, id }: Ref, lane: string): string => `${kind}:${id}:${lane}`;

export interface Due extends Rounds {
  /** When the message that has waited longest in the hands of this process was first due; null when there is none. */
  oldest(): Instant | null;
  /** Resolves when nothing that is due now is left in the hands of this process. */
  idle(): Promise<void>;
}

export interface DueTools {
  store: Store;
  clock: Clock;
  turns: Turns;
  channels: Map<string, Channel>;
  outage: Outage;
  /** What a digest has to say, from the library. */
  gather: (digest: string, window: string, asked: boolean) => Promise<Event>;
  desk: Library;
  duty: Pick<Duty, 'process' | 'living'>;
  /** How what waits to be asked is worded, as its conversation stands. */
  word: (document: AnyDocument, asking: Extract<Outgoing, { kind: 'prompt' }>) => Outbound;
  failed: (error: unknown, ref: Ref) => void;
  build: (ref: Ref, work: Extract<Outgoing, { kind: 'build' }>) => Promise<Event>;
  meter?: Meter | undefined;
}

/** Work of one document and lane that this process holds, in order. */
interface Desk {
  ref: Ref;
  /** As last saved. */
  document: AnyDocument;
  work: Outgoing[];
  busy: Promise<void> | undefined;
  cancel: (() => void) | undefined;
}

export function createDue(tools: DueTools): Due {
  const { store, clock, turns, channels } = tools;
  const desks = new Map<string, Desk>();
  const budget = createBudget({ clock, channels });
  const send = createSending({ ...tools, budget, process: tools.duty.process });
  let stopped = false;

  turns.onCommit((ref, before, after) => {
    for (const [lane, belongs] of Object.entries(LANES)) {
      const name = nameOf(ref, lane);
      const desk = desks.get(name) ?? { ref, document: after, work: [], busy: undefined, cancel: undefined };
      desk.document = after;
      const held = new Set(desk.work.map((one) => one.key));
      // What this commit made or leased again is ours; what it dropped is nobody's, nor what waits for a closed chat.
      desk.work = after.outgoing.filter(
        (one) => belongs(one) && one.dueAt < NEVER && (held.has(one.key) || !before?.outgoing.includes(one)),
      );
      if (desk.work.length > 0) {
        desks.set(name, desk);
        sit(name, desk);
      } else if (!desk.busy) leave(name, desk);
    }
  });

  function leave(name: string, desk: Desk): void {
    desk.cancel?.();
    desks.delete(name);
  }

  /** Works through what is due now, then waits for what is due later. */
  function sit(name: string, desk: Desk): void {
    if (desk.busy || stopped) return;
    desk.cancel?.();
    desk.cancel = undefined;
    const next = ready(desk.work);
    if (!next) return;
    if (next.dueAt > clock.now()) {
      // A sign that an answer is coming, while it waits for what else may come. Nothing depends on it.
      if (isSpoken(next) && next.attempts === 0 && budget.isOpen(next.to)) {
        const channel = channels.get(next.to.channel);
        channel?.typing?.(next.to).catch(() => undefined);
      }
      desk.cancel = clock.at(next.dueAt, () => sit(name, desk));
      return;
    }
    desk.busy = perform(desk, next).finally(() => {
      desk.busy = undefined;
      if (desk.work.length > 0) sit(name, desk);
      else leave(name, desk);
    });
  }

  async function perform(desk: Desk, work: Outgoing): Promise<void> {
    const outcome = await does(desk, work);
    if (outcome && hurries(desk.ref, outcome)) await turns.take(desk.ref, outcome).catch(() => undefined);
    else if (outcome) turns.later(desk.ref, outcome);
    desk.work = desk.work.filter((one) => !isSameTry(one, work) && !isFurther(one, work));
  }

  function does(desk: Desk, work: Outgoing): Promise<Event | undefined> {
    const { ref, document } = desk;
    switch (work.kind) {
      case 'message':
      case 'prompt':
        return send(ref, document, work);
      case 'event':
        return pass(ref, work);
      case 'fetch':
        return bring(ref, work);
      case 'drop':
        return trying(work, () => store.files.remove(work.kept));
      case 'gather':
        return trying(work, async () => turns.take(ref, await tools.gather(ref.id, work.window, work.asked)));
      case 'build':
        return tools.build(ref, work);
      case 'look':
      case 'compare':
        return tools.desk.perform(ref, work, document).catch(() => undone(work));
      case 'forget':
        return erase(ref, work);
    }
  }

  /** Done, or to be tried again. */
  const trying = (work: Outgoing, act: () => Promise<unknown>): Promise<Event> =>
    act().then(
      () => ({ kind: 'done', key: work.key }),
      () => undone(work),
    );

  const undone = ({ key, attempts }: Outgoing): Event =>
    failure(key, 'not done', later(clock.now(), backoff(attempts)));

  async function bring(
    ref: Ref,
    { key, part, file, kept, attempts }: Extract<Outgoing, { kind: 'fetch' }>,
  ): Promise<Event> {
    try {
      return { kind: 'copied', key, part, file: await copy({ files: store.files, channels, attempts }, file, kept) };
    } catch (error) {
      if (!(error instanceof ChannelError)) tools.failed(error, ref);
      const retryAt = error instanceof ChannelError ? error.retryAt : undefined;
      return failure(key, 'not copied', retryAt ?? later(clock.now(), backoff(attempts)));
    }
  }

  /** Nobody hears of the outcome: the document is gone. */
  async function erase(ref: Ref, { key, attempts }: Outgoing): Promise<Event | undefined> {
    try {
      await turns.forget(ref);
      return undefined;
    } catch {
      return failure(key, 'not erased', later(clock.now(), backoff(attempts)));
    }
  }

  /** An event for another document is done once that document has saved it. A file whose message is gone goes too. */
  function pass(from: Ref, work: Extract<Outgoing, { kind: 'event' }>): Promise<Event> {
    const { to, event } = work;
    return trying(work, async () => {
      const ref = 'message' in to ? await store.owner(to.message) : to;
      const told = ref && unheard(from, ref, event);
      if (told && !(await store.load(ref.kind, ref.id))) return turns.take(told.ref, told.event);
      if (ref) await turns.take(ref, event);
      else if (event.kind === 'copied' && event.file.copy && 'kept' in event.file.copy) {
        await store.files.remove(event.file.copy.kept);
      }
    });
  }

  const rounds = createRounds({
    ...{ store, clock, turns, outage: tools.outage, living: tools.duty.living, failed: tools.failed },
    isHeld: (ref) => {
      const held = Object.keys(LANES).flatMap((lane) => desks.get(nameOf(ref, lane)) ?? []);
      return held.some(({ document }) => !document.outgoing.some((work) => isElsewhere(work, tools.duty.process)));
    },
  });

  return {
    poll: rounds.poll,
    oldest: () => waitingSince([...desks.values()].flatMap(({ work }) => work)),
    async idle() {
      for (;;) {
        const busy = [...desks.values()].flatMap((desk) => (desk.busy ? [desk.busy] : []));
        if (busy.length === 0) return;
        await Promise.all(busy);
      }
    },
    start: rounds.start,
    stop() {
      stopped = true;
      budget.stop();
      rounds.stop();
      for (const desk of desks.values()) desk.cancel?.();
    },
  };
}

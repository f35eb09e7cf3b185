// Rounds of the store: documents are woken when something in them is due and nobody holds it any more.

import type { Instant, Ref } from './model.ts';
import type { Outage } from './outage.ts';
import { backoff, LEASE, later } from './outgoing.ts';
import { type Clock, type Store, StoreAway } from './ports.ts';
import type { Turns } from './turn.ts';

export interface Rounds {
  /**
   * Takes up what is due in the store, and what those who live no more had leased: known where a crew is, or at the start
   * of the one process there can be (`takeover`).
   */
  poll(takeover?: boolean): Promise<void>;
  /** Polls from now on. */
  start(): void;
  stop(): void;
}

export interface RoundsTools {
  store: Store;
  clock: Clock;
  turns: Turns;
  outage: Outage;
  /** Whether this process has work of this document in hand, and nobody else has. */
  isHeld(ref: Ref): boolean;
  living(): Promise<string[]>;
  failed: (error: unknown, ref: Ref) => void;
}

/** Milliseconds between two looks at the store. */
const EVERY = 5_000;
const BATCH = 100;
const MOST = 10_000;

export function createRounds({ store, clock, turns, outage, isHeld, living, failed }: RoundsTools): Rounds {
  let cancel: (() => void) | undefined;
  let stopped = false;

  /**
   * Leased, and not in our hands: in those of the living, or left of the dead. What waits to be tried again is leased from
   * that moment on: who looks again and again finds it then, who looks once looks that far.
   */
  async function left(now: Instant, once: boolean): Promise<Ref[]> {
    const until = later(now, LEASE + (once ? backoff(Number.POSITIVE_INFINITY) : 0));
    return (await store.due(until, MOST)).filter((ref) => !isHeld(ref));
  }

  /** Found first, and only then is it asked who lives: who leased something meanwhile is then among them. */
  async function poll(takeover = false): Promise<void> {
    const now = clock.now();
    const due = await store.due(now, BATCH);
    const leased = takeover || store.crew ? await left(now, takeover) : [];
    const alive = leased.length > 0 ? await living() : [];
    const woken = [
      ...due.map((ref) => turns.take(ref, { kind: 'woke' })),
      ...leased.map((ref) => turns.take(ref, { kind: 'woke', living: alive })),
    ];
    await Promise.allSettled(woken);
  }

  function start(): void {
    const looking = outage.open() ? poll() : Promise.resolve();
    looking
      .catch((error: unknown) => {
        if (error instanceof StoreAway) outage.met();
        else failed(error, { kind: 'delivery', id: '' });
      })
      .finally(() => {
        if (!stopped) cancel = clock.at(later(clock.now(), EVERY), start);
      });
  }

  return {
    poll,
    start,
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

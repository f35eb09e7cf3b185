// While the store is away: who may ask it again, and when; and who has been told. In memory alone.
import type { Instant } from './model.ts';
import { later } from './outgoing.ts';
import { type Clock, StoreAway } from './ports.ts';

export interface Outage {
  /** Whether the store may be asked now; while it is away, one may now and then, to see. */
  open(): boolean;
  /** Whether it is of no use to ask just now. */
  away(): boolean;
  /** Resolves when it is this one's turn to ask, first come first served; rejects with `StoreAway` at the end. */
  again(): Promise<void>;
  /** The store failed; the store saved something. */
  met(): void;
  saved(): void;
  /** Whether this chat is to be told: once an outage. */
  tells(chat: string): boolean;
  /** Nobody waits any more. */
  stop(): void;
}

export interface OutageTools {
  clock: Clock;
  /** Between 0 and 1: several processes do not ask at the same moment. */
  chance: () => number;
  /** Told once when an outage begins, and once when the store is back. */
  changed: (away: boolean) => void;
}

/** Milliseconds before the store is asked again: after the first failure, doubled each time, and at most. */
const [FIRST, LONGEST] = [500, 5_000];
/** Once it is back, so many go on at a time, so many milliseconds apart. */
const [WIDTH, APART] = [20, 50];
/** Milliseconds without a failure before a further one counts as another outage, of which people are told again. */
const QUIET = 60_000;
/** Chats remembered as told; no more are told than that. */
const MOST = 10_000;

export function createOutage({ clock, chance, changed }: OutageTools): Outage {
  const line: { go: () => void; end: (error: unknown) => void }[] = [];
  const told = new Set<string>();
  let failures = 0;
  /** When one may ask again, and when the last failure was. */
  let [next, last]: [Instant, Instant] = ['', ''];
  /** What those who run the bot know. */
  let known: 'well' | 'away' | 'back' = 'well';
  let cancel: (() => void) | undefined;
  let stopped = false;

  /** Counts one more try that may fail. */
  function wait(): void {
    const pause = Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 10)) * (0.75 + chance() / 2);
    failures += 1;
    next = later(clock.now(), Math.round(pause));
  }

  function arm(): void {
    cancel?.();
    cancel = undefined;
    if (line.length > 0) cancel = clock.at(failures > 0 ? next : later(clock.now(), APART), release);
  }

  function release(): void {
    const some = line.splice(0, failures > 0 ? 1 : WIDTH);
    if (failures > 0) wait();
    arm();
    for (const { go } of some) go();
  }

  return {
    open() {
      if (failures === 0) return true;
      if (clock.now() < next) return false;
      wait();
      return true;
    },
    away: () => failures > 0 && clock.now() < next,
    again() {
      if (stopped) return Promise.reject(new StoreAway());
      const turn = new Promise<void>((go, end) => line.push({ go, end }));
      if (line.length === 1) arm();
      return turn;
    },
    met() {
      last = clock.now();
      if (failures === 0) {
        wait();
        arm();
      }
      if (known !== 'well') return;
      known = 'away';
      changed(true);
    },
    saved() {
      if (known === 'well') return;
      if (failures > 0) {
        failures = 0;
        arm();
        if (known === 'away') changed(false);
        known = 'back';
      }
      if (later(last, QUIET) > clock.now()) return;
      known = 'well';
      told.clear();
    },
    tells(chat) {
      if (told.has(chat) || told.size >= MOST) return false;
      told.add(chat);
      if (known === 'well') [known, last] = ['back', clock.now()];
      return true;
    },
    stop() {
      stopped = true;
      cancel?.();
      for (const { end } of line.splice(0)) end(new StoreAway());
    },
  };
}

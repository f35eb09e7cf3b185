// Real time, and a time that moves only when told.
import type { Instant } from './model.ts';
import { later } from './outgoing.ts';
import type { Clock } from './ports.ts';

/** setTimeout takes at most 2^31 - 1 ms; a later moment is looked at again then. */
const LONGEST = 2_000_000_000;

export const realClock: Clock = {
  now: () => new Date().toISOString(),
  at(moment, act) {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = Date.parse(moment) - Date.now();
      timer = left > LONGEST ? setTimeout(wait, LONGEST) : setTimeout(act, Math.max(0, left));
    };
    wait();
    return () => clearTimeout(timer);
  },
};

export interface ManualClock extends Clock {
  /** Lets time pass, ringing what is set on the way; `between` lets the work of each ring come to rest. */
  pass(ms: number, between: () => Promise<void>): Promise<void>;
}

export function manualClock(start: Instant): ManualClock {
  let now = start;
  let timers: { moment: Instant; act: () => void }[] = [];
  const take = (end: Instant) => {
    const next = timers.filter((one) => one.moment <= end).sort((a, b) => (a.moment < b.moment ? -1 : 1))[0];
    timers = timers.filter((one) => one !== next);
    return next;
  };
  return {
    now: () => now,
    at(moment, act) {
      const timer = { moment, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    async pass(ms, between) {
      const end = later(now, ms);
      for (let next = take(end); next; next = take(end)) {
        if (next.moment > now) now = next.moment;
        next.act();
        await between();
      }
      now = end;
    },
  };
}

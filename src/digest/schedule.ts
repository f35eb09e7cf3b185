// When digests are due: a cron pattern in a time zone. The library only reckons; the store decides who makes a window.
import { Cron } from 'croner';
import type { Instant } from '../model.ts';
import { NEVER } from '../outgoing.ts';

export interface Schedule {
  /** How it is reckoned, as one text. */
  name: string;
  zone: string;
  /** The first window that opens after this moment. */
  next(after: Instant): Instant;
  /** The next three. */
  three(after: Instant): Instant[];
}

/** Undefined: there is no such time zone. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('fr', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Five fields: minute, hour, day, month, weekday. Undefined when it cannot be read, or never comes. */
export function scheduleOf(pattern: string, zone: string): Schedule | undefined {
  if (pattern.trim().split(/\s+/).length !== 5) return undefined;
  try {
    const cron = new Cron(pattern, { timezone: zone, paused: true });
    if (cron.nextRun() === null) return undefined;
    const next = (after: Instant) => cron.nextRun(new Date(after))?.toISOString() ?? NEVER;
    const three = (after: Instant) => cron.nextRuns(3, new Date(after)).map((run) => run.toISOString());
    return { name: `${pattern} ${zone}`, zone, next, three };
  } catch {
    return undefined;
  }
}

// Slack's pace: about one message a second in a channel, with short bursts (https://docs.slack.dev/apis/web-api/rate-limits).
// One channel's queue keeps no other waiting.
import { setTimeout as sleep } from 'node:timers/promises';

/** Messages at once, and milliseconds until one more may follow. */
const BURST = 4;
const EVERY = 1_000;

/** Resolves when one more message may go out to this channel. */
export function createPace(now: () => number): (channel: string) => Promise<void> {
  /** When the burst of a channel will have been made good. */
  const spent = new Map<string, number>();
  return async (channel) => {
    const at = now();
    for (const [other, until] of spent) if (until <= at) spent.delete(other);
    const until = Math.max(at, spent.get(channel) ?? 0) + EVERY;
    spent.set(channel, until);
    const wait = until - at - BURST * EVERY;
    if (wait > 0) await sleep(wait);
  };
}

// Again and again, ever more slowly: for what nobody would do or tell a second time.
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two tries, at most. */
const LONGEST = 60_000;

/** Resolves once `work` has succeeded. Rejects only when `ending` comes first; `failed` is told of the first failure. */
export async function untilDone<T>(work: () => Promise<T>, ending: AbortSignal, failed: () => void): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch {
      if (tries === 0 && !ending.aborted) failed();
      await sleep(Math.min(LONGEST, 1_000 * 2 ** Math.min(tries, 6)), undefined, { signal: ending });
    }
  }
}

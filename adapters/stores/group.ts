// Group commit: while writes are on their way, what comes gathers for the next, so that many documents share one flush of
// the journal. Nobody waits for company: what finds room for a write leaves at the end of the same tick.

interface Waiting<T, R> {
  one: T;
  resolve: (outcome: R) => void;
  reject: (error: unknown) => void;
}

/** What became of one item of a batch: its outcome, or the error that concerns it alone. */
export type Each<R> = { outcome: R } | { error: unknown };

/** The most items in one write: what is longer only makes the first wait for the last. */
const MOST = 128;

/**
 * Writes items together, with at most so many writes on their way. `write` tells what became of each item, in their order;
 * when it throws, all of the batch have failed, and those that wait for the next write go on.
 */
export function grouped<T, R>(write: (batch: T[]) => Promise<Each<R>[]>, atOnce = 1): (one: T) => Promise<R> {
  let gathering: Waiting<T, R>[] = [];
  let writing = 0;

  async function go(): Promise<void> {
    writing += 1;
    // What the same tick brings comes along.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (gathering.length > 0) {
      const batch = gathering.slice(0, MOST);
      gathering = gathering.slice(MOST);
      await settle(batch);
    }
    writing -= 1;
  }

  async function settle(batch: Waiting<T, R>[]): Promise<void> {
    try {
      const told = await write(batch.map(({ one }) => one));
      batch.forEach(({ resolve, reject }, i) => {
        const each = told[i] ?? { error: new Error('a write told nothing of one of its items') };
        if ('outcome' in each) resolve(each.outcome);
        else reject(each.error);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (one) =>
    new Promise((resolve, reject) => {
      gathering.push({ one, resolve, reject });
      if (writing < atOnce) void go();
    });
}

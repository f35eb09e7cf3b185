// How fast something may go: so many at once, then one more each so often. Pure.

export interface Rate {
  burst: number;
  /** Milliseconds until one more. */
  every: number;
}

/**
 * When the next one may go, and when all that was spent will be made good, in milliseconds
 * (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm).
 */
export function spend(spent: number, { burst, every }: Rate, now: number): { at: number; spent: number } {
  const from = Math.max(spent, now);
  return { at: Math.max(now, from - (burst - 1) * every), spent: from + every };
}

// Among processes that share a store, a message waits for those before it in its document that another has in hand; and what
// another has said, or taken back, meanwhile is not said here.
import type { Ref } from './model.ts';
import { aheadOf, isElsewhere, later, type Spoken } from './outgoing.ts';
import type { Clock, Store } from './ports.ts';
import type { AnyDocument } from './turn.ts';

export interface PrecedenceTools {
  store: Store;
  clock: Clock;
  process: string | undefined;
}

/** Milliseconds before another look: the end of a message is written within a second. */
const AGAIN = 300;

/**
 * Resolves when the message may be said; with `gone` when it no longer is to be, and with `later` when what comes before it
 * has become ours to say. Costs a look only where others had a hand.
 */
export function createPrecedence({ store, clock, process }: PrecedenceTools) {
  return async (ref: Ref, { outgoing }: AnyDocument, { key }: Spoken): Promise<'now' | 'later' | 'gone'> => {
    if (!outgoing.some((work) => isElsewhere(work, process))) return 'now';
    for (;;) {
      const now = await store.load(ref.kind, ref.id);
      if (!now?.outgoing.some((work) => work.key === key && !isElsewhere(work, process))) return 'gone';
      const ahead = aheadOf(now.outgoing, key, process, clock.now());
      if (!ahead) return 'now';
      if (!isElsewhere(ahead, process)) return 'later';
      await new Promise<void>((resolve) => void clock.at(later(clock.now(), AGAIN), resolve));
    }
  };
}

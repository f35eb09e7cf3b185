// Long polling. An update is confirmed only once it is saved, and one that takes long, or fails, does not keep those
// after it waiting.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from 'grammy';
import { type Trouble, troubleOf } from './trouble.ts';

/** What is asked for; named, because the setting of a former run would otherwise stay. */
export const ALLOWED = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

export interface PollingOptions {
  api: Api;
  /** Rejects when the update could not be saved: it then comes again. */
  take(update: { update_id: number }): Promise<void>;
  trouble: Trouble;
  /** Seconds that Telegram may hold an empty answer. */
  patience?: number;
}

export interface Polling {
  /** Confirms what is saved, and lets go. */
  stop(): Promise<void>;
}

export function startPolling({ api, take, trouble, patience = 30 }: PollingOptions): Polling {
  const ending = new AbortController();
  /** Above the offset: what came, and whether it is saved. */
  const taken = new Map<number, 'busy' | 'saved' | 'failed'>();
  let offset: number | undefined;

  function hold(update: { update_id: number }): Promise<void> {
    const { update_id: id } = update;
    if (taken.get(id) === 'busy' || taken.get(id) === 'saved') return Promise.resolve();
    taken.set(id, 'busy');
    return take(update).then(
      () => void taken.set(id, 'saved'),
      () => void taken.set(id, 'failed'),
    );
  }

  /** Everything below the first that is not saved may be confirmed. */
  function advance(): void {
    const ids = [...taken.keys()].sort((a, b) => a - b);
    const open = ids.find((id) => taken.get(id) !== 'saved');
    const last = ids.at(-1);
    if (last !== undefined) offset = open ?? last + 1;
    for (const id of ids) if (offset !== undefined && id < offset) taken.delete(id);
  }

  async function round(): Promise<void> {
    const query = { ...(offset === undefined ? {} : { offset }), limit: 100, allowed_updates: [...ALLOWED] };
    const waiting = taken.size > 0;
    const updates = await api.getUpdates({ ...query, timeout: waiting ? 0 : patience }, ending.signal as never);
    const held = updates.filter(({ update_id }) => Number.isSafeInteger(update_id)).map(hold);
    await Promise.race([Promise.all(held), pause(1_000)]);
    advance();
    // What is still open comes again at once: no hurry then.
    if (taken.size > 0) await pause(1_000);
  }

  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined);

  async function run(): Promise<void> {
    for (let failures = 0; !ending.signal.aborted; ) {
      try {
        await round();
        trouble.over('fetching');
        failures = 0;
      } catch (error) {
        if (ending.signal.aborted) return;
        failures += 1;
        const fault = troubleOf(error);
        trouble.met('fetching', fault);
        await pause(fault.wait ?? Math.min(60_000, 500 * 2 ** Math.min(failures, 7)));
      }
    }
  }

  const running = run();
  return {
    async stop() {
      ending.abort();
      await running;
      while ([...taken.values()].includes('busy')) await sleep(10);
      advance();
      if (offset !== undefined) await api.getUpdates({ offset, limit: 1, timeout: 0 }).catch(() => undefined);
    },
  };
}

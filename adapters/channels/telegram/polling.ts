// Long polling. An update is confirmed only once it is saved, and one that takes long, or fails, does not keep those
// after it waiting.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from 'grammy';
import { GrammyError } from 'grammy';
import { isTokenRefused } from './faults.ts';

/** What is asked for; named, because the setting of a former run would otherwise stay. */
export const ALLOWED = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

export interface PollingOptions {
  api: Api;
  /** Rejects when the update could not be saved: it then comes again. */
  take(update: { update_id: number }): Promise<void>;
  say(level: 'info' | 'warn' | 'error', line: string): void;
  /** Seconds that Telegram may hold an empty answer. */
  patience?: number;
}

export interface Polling {
  /** Confirms what is saved, and lets go. */
  stop(): Promise<void>;
}

export function startPolling({ api, take, say, patience = 30 }: PollingOptions): Polling {
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
        if (failures > 0) say('info', 'Telegram answers again');
        failures = 0;
      } catch (error) {
        if (ending.signal.aborted) return;
        failures += 1;
        const fault = faultOfPolling(error);
        // One line for the first of a row of failures, and then one now and then.
        if (Number.isInteger(Math.log2(failures))) say(fault.level, fault.line);
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

function faultOfPolling(error: unknown): { level: 'warn' | 'error'; line: string; wait?: number } {
  if (isTokenRefused(error)) {
    return {
      level: 'error',
      line: 'Telegram refuses the token: ask BotFather for a new one (/token), put it in TELEGRAM_BOT_TOKEN and start again',
      wait: 60_000,
    };
  }
  if (!(error instanceof GrammyError)) return { level: 'warn', line: 'Telegram cannot be reached; trying again' };
  if (error.error_code === 409) {
    return {
      level: 'error',
      line: 'another program receives this bot’s messages: stop it, or use a bot of its own (BotFather, /newbot)',
      wait: 15_000,
    };
  }
  const retry = error.parameters.retry_after;
  if (error.error_code === 429) {
    return { level: 'warn', line: 'Telegram asks to slow down; waiting', wait: (retry ?? 5) * 1_000 };
  }
  return { level: 'warn', line: 'Telegram has trouble answering; trying again' };
}

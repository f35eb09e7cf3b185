// What Telegram's failures mean for those who run the bot: one clear line for the first of a row, and then one now and
// then. No line holds a token, a word or an id.
import { GrammyError } from 'grammy';
import { isTokenRefused } from './faults.ts';

export type Level = 'info' | 'warn' | 'error';
export type Say = (level: Level, line: string) => void;

export interface Fault {
  level: 'warn' | 'error';
  line: string;
  /** Milliseconds to wait before trying again, where that is known. */
  wait?: number;
}

/** Who meets it: fetching and sending fail, and answer again, each by itself. */
type Where = 'fetching' | 'sending';

export interface Trouble {
  met(where: Where, fault: Fault): void;
  /** Telegram answered there. */
  over(where: Where): void;
}

export function createTrouble(say: Say): Trouble {
  const rows = new Map<string, { count: number; where: Set<Where> }>();
  return {
    met(where, { level, line }) {
      const row = rows.get(line) ?? { count: 0, where: new Set() };
      rows.set(line, row);
      row.count += 1;
      row.where.add(where);
      if (row.count === 1 || (row.count >= 8 && Number.isInteger(Math.log2(row.count)))) say(level, line);
    },
    over(where) {
      const before = rows.size;
      for (const [line, row] of rows) if (row.where.delete(where) && row.where.size === 0) rows.delete(line);
      if (before > 0 && rows.size === 0) say('info', 'Telegram answers again');
    },
  };
}

/** Whatever failed: fetching messages, sending one, or a call at the start. */
export function troubleOf(error: unknown): Fault {
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
  if (error.error_code === 429) {
    const wait = (error.parameters.retry_after ?? 5) * 1_000;
    return { level: 'warn', line: 'Telegram asks to slow down; waiting as long as it says', wait };
  }
  return { level: 'warn', line: 'Telegram has trouble answering; trying again' };
}

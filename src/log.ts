// The log: structured, on standard error, and never a word, a token or a platform's id, also inside errors.
import { pino } from 'pino';

export type Log = pino.Logger;

/** Shapes of secrets: Telegram, Slack and Discord tokens, and passwords in URLs. */
const SECRETS =
  /\d{5,}:[A-Za-z0-9_-]{20,}|x(?:ox[a-z]|app)-[A-Za-z0-9-]+|[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}|(?<=:\/\/)[^\s/@]+(?=@)/g;

export const scrub = (text: string): string => text.replace(SECRETS, '<secret>');

/** The few properties of an error that hold nobody's words: its name, code and where it was thrown. */
export function describe(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    at: scrub(
      frames
        .slice(0, 8)
        .map((line) => line.trim())
        .join(' < '),
    ),
  };
}

export function createLog(level: string): Log {
  const stream = { write: (line: string) => void process.stderr.write(scrub(line)) };
  const options = { level, base: null, serializers: { err: describe }, errorKey: 'err' };
  return pino(options, stream);
}

// What Discord's failures mean for a message. The errors themselves hold what was said and the tokens of interactions:
// nothing of them is passed on.
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { ChannelError } from '../../../src/ports.ts';

/** Milliseconds before a refused token is tried again: somebody has to change it first. */
const TOKEN_PAUSE = 600_000;
/** The connection was never made, so that nothing can have been sent. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export const CODE = {
  unknownMessage: 10_008,
  unknownInteraction: 10_062,
  answered: 40_060,
  threadExists: 160_004,
  noRecipient: 50_033,
};
/** The person or the place is closed to us: unknown, not visible, not allowed; direct messages closed or no common server. */
const CLOSED = new Set([10_003, 10_013, 10_004, 50_001, 50_007, 50_013, 50_033, 50_083, 50_278]);
/** Too fast, or for the moment: opening direct messages, writing under slow mode, too many edits of an old message. */
const SLOW = new Set([40_003, 20_028, 20_016, 30_046]);

export const codeOf = (error: unknown): number | undefined =>
  error instanceof DiscordAPIError && typeof error.code === 'number' ? error.code : undefined;

export const isTokenRefused = (error: unknown): boolean => error instanceof DiscordAPIError && error.status === 401;

/** Direct messages are closed, or there is no server in common. */
export const isClosed = (error: unknown): boolean => [50_007, 50_278].includes(codeOf(error) ?? 0);

/** `now` in milliseconds. */
export function faultOf(error: unknown, now: number): ChannelError {
  if (error instanceof ChannelError) return error;
  const at = (ms: number) => ({ retryAt: new Date(now + ms).toISOString() });
  if (error instanceof RateLimitError)
    return new ChannelError('retry', 'too many', { ...at(error.retryAfter), everywhere: error.global });
  if (error instanceof HTTPError) return new ChannelError('unknown-outcome', 'server');
  if (!(error instanceof DiscordAPIError)) return unanswered(error);
  const code = codeOf(error) ?? 0;
  if (isTokenRefused(error)) return new ChannelError('retry', 'token', { ...at(TOKEN_PAUSE), everywhere: true });
  if (CLOSED.has(code)) return new ChannelError('permanent', isClosed(error) ? 'blocked' : 'closed');
  if (error.status === 429 || SLOW.has(code)) return new ChannelError('retry', 'too many', at(60_000));
  if (error.status === 403) return new ChannelError('permanent', 'closed');
  return new ChannelError('refused', 'ill-made');
}

/** No answer came: what it means depends on how far the question went. */
function unanswered(error: unknown): ChannelError {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const why = [code, cause?.code].find((one) => typeof one === 'string');
  return new ChannelError(typeof why === 'string' && NOT_CONNECTED.has(why) ? 'retry' : 'unknown-outcome', 'no answer');
}

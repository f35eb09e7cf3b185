// What Telegram's failures mean for a message. The errors themselves hold the token and what was said: nothing of them is
// passed on.
import { GrammyError, HttpError } from 'grammy';
import { ChannelError } from '../../../src/ports.ts';

/** Milliseconds before a refused token is tried again: somebody has to change it first. */
const TOKEN_PAUSE = 600_000;
/** The connection was never made, so that nothing can have been sent. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** 400s that tell of a chat closed to us, and not of an ill-made message. */
const CLOSED =
  /chat not found|user not found|PEER_ID_INVALID|not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|thread not found|TOPIC_CLOSED|TOPIC_DELETED|need administrator rights|chat is deactivated/i;

export const isTokenRefused = (error: unknown): boolean =>
  error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);

/** `now` in milliseconds. */
export function faultOf(error: unknown, now: number): ChannelError {
  if (error instanceof ChannelError) return error;
  if (error instanceof HttpError) {
    const { code } = (error.error ?? {}) as { code?: unknown };
    const never = typeof code === 'string' && NOT_CONNECTED.has(code);
    return new ChannelError(never ? 'retry' : 'unknown-outcome', 'no answer');
  }
  if (!(error instanceof GrammyError)) throw error;
  const { error_code: code, description, parameters } = error;
  const at = (ms: number) => ({ retryAt: new Date(now + ms).toISOString() });
  if (parameters.migrate_to_chat_id !== undefined) {
    return new ChannelError('moved', 'moved', {
      to: { channel: 'telegram', chat: String(parameters.migrate_to_chat_id) },
    });
  }
  if (code === 429) return new ChannelError('retry', 'too many', at((parameters.retry_after ?? 5) * 1_000));
  if (isTokenRefused(error)) return new ChannelError('retry', 'token', { ...at(TOKEN_PAUSE), everywhere: true });
  if (code >= 500 || code === 409) return new ChannelError('unknown-outcome', 'server');
  if (code === 403) return new ChannelError('permanent', /deactivated/.test(description) ? 'deactivated' : 'blocked');
  if (CLOSED.test(description)) return new ChannelError('permanent', 'closed');
  return new ChannelError('refused', 'ill-made');
}

// What Slack's failures mean for a message. The errors themselves may hold what was said: nothing of them is passed on.
import { ChannelError } from '../../../src/ports.ts';

/** Milliseconds before something that somebody has to mend is tried again. */
const MENDING = 600_000;
/** The connection was never made, so that nothing can have been sent. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** The token itself, and whoever gave it (names as in https://docs.slack.dev/reference/methods/chat.postMessage). */
const TOKEN = new Set([
  ...['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired', 'org_login_required'],
  ...['not_allowed_token_type', 'ekm_access_denied', 'enterprise_is_restricted', 'team_access_not_granted'],
]);
/** A channel that somebody of the team can open to us. */
const PLACE = new Set([
  ...['channel_not_found', 'is_archived', 'not_in_channel', 'restricted_action', 'access_denied', 'no_permission'],
  ...['restricted_action_read_only_channel', 'restricted_action_thread_only_channel'],
  'restricted_action_thread_locked',
]);
/** A person who cannot be written to. */
const PERSON = new Set([
  ...['user_not_found', 'user_disabled', 'user_not_visible', 'cannot_dm_bot', 'users_not_found', 'cannot_dm_user'],
]);
const SERVER = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** Slack's own word for what went wrong; undefined when it said nothing. */
export const codeOf = (error: unknown): string | undefined => {
  const code = (error as { data?: { error?: unknown } } | null)?.data?.error;
  return typeof code === 'string' ? code : undefined;
};

export const isTokenRefused = (error: unknown): boolean => TOKEN.has(codeOf(error) ?? '');

/** `now` in milliseconds. `toPerson`: a private conversation, which nobody of the team can open to us. */
export function faultOf(error: unknown, now: number, toPerson = false): ChannelError {
  if (error instanceof ChannelError) return error;
  const { code, retryAfter, statusCode, original } = (error ?? {}) as Record<string, unknown>;
  const at = (ms: number) => ({ retryAt: new Date(now + ms).toISOString() });
  if (typeof retryAfter === 'number') return new ChannelError('retry', 'too many', at(retryAfter * 1_000));
  if (code === 'slack_webapi_platform_error') return platform(codeOf(error) ?? '', at(MENDING), toPerson);
  if (typeof statusCode === 'number') {
    return statusCode === 429
      ? new ChannelError('retry', 'too many', at(5_000))
      : new ChannelError('unknown-outcome', 'server');
  }
  if (code === 'slack_webapi_request_error') {
    const cause = (original as { cause?: { code?: unknown } } | undefined)?.cause?.code;
    const never = typeof cause === 'string' && NOT_CONNECTED.has(cause);
    return new ChannelError(never ? 'retry' : 'unknown-outcome', 'no answer');
  }
  throw error;
}

function platform(code: string, mending: { retryAt: string }, toPerson: boolean): ChannelError {
  if (code === 'ratelimited' || code === 'rate_limited') return new ChannelError('retry', 'too many');
  if (TOKEN.has(code)) return new ChannelError('retry', 'token', { ...mending, everywhere: true });
  if (code === 'missing_scope') return new ChannelError('retry', 'scope', mending);
  if (code === 'messages_tab_disabled') return new ChannelError('retry', 'tab', mending);
  if (PERSON.has(code) || (toPerson && PLACE.has(code))) return new ChannelError('permanent', 'closed');
  // Nothing is lost: it goes out once the bot is let in.
  if (PLACE.has(code)) return new ChannelError('retry', 'place', mending);
  if (SERVER.has(code)) return new ChannelError('unknown-outcome', 'server');
  return new ChannelError('refused', 'ill-made');
}

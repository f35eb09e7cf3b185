// Socket Mode: one connection after the other, each a receiver of Bolt's own, looked after from here. Version 3.1.0 of
// @slack/socket-mode leaves five seconds without a connection at each renewal, dies of a refused token while it reconnects
// and of a frame that says events were held back, and its `stop` waits for nothing: all that is contained here.
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, type Logger, type Receiver, SocketModeReceiver, type webApi } from '@slack/bolt';
import { ChannelError } from '../../../src/ports.ts';
import { codeOf } from './faults.ts';

export interface SocketOptions {
  appToken: string;
  clientOptions: webApi.WebClientOptions;
  logger: Logger;
  say(level: 'info' | 'warn' | 'error', line: string): void;
  /** The connection is back after this many milliseconds. */
  back(away: number): void;
}

/** Milliseconds for a connection to be made, from the question to Slack's hello. */
const PATIENCE = 15_000;
/** Milliseconds that a former connection stays, for what is still to be acknowledged on it. */
const LINGER = 3_000;
/** Milliseconds before a refused token is tried again. */
const REFUSED_PAUSE = 60_000;
/** What only people can mend (UnrecoverableSocketModeStartError, and Socket Mode switched off). */
const REFUSED = new Set([
  ...['not_authed', 'invalid_auth', 'account_inactive', 'user_removed_from_team', 'team_disabled', 'token_revoked'],
  ...['missing_scope', 'not_allowed_token_type', 'socket_mode_disabled', 'forbidden_team'],
]);

export const isSocketRefused = (error: unknown): boolean => REFUSED.has(codeOf(error) ?? '');

/** Rejects at the first start when the token is refused; later it tells, and tries again. */
export function createSocket({ appToken, clientOptions, logger, say, back }: SocketOptions): Receiver {
  const ending = new AbortController();
  let app: App | undefined;
  let current: SocketModeReceiver | undefined;
  /** Since when there is none, in milliseconds. */
  let lost: number | undefined;
  let renewing = false;
  /** When something was last heard: a machine that slept notices that it is alone when it wakes, not when it was left. */
  let alive = Date.now();

  /** A connection that has been greeted. */
  async function connect(): Promise<SocketModeReceiver> {
    const link = new SocketModeReceiver({
      appToken,
      logger,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions },
      processEventErrorHandler: async () => false,
    });
    if (app) link.init(app);
    guard(link);
    const late = sleep(PATIENCE, 'late', { signal: ending.signal });
    const started = link.start();
    started.catch(() => undefined);
    try {
      if ((await Promise.race([started, late])) === 'late') throw new Error('no hello');
    } catch (error) {
      letGo(link);
      throw error ?? new Error('closed');
    }
    return link;
  }

  /** Frames pass through here before the library sees them. */
  function guard(link: SocketModeReceiver): void {
    const { client } = link;
    const pass = client.listeners('ws_message') as ((data: unknown, isBinary: boolean) => Promise<void>)[];
    client.removeAllListeners('ws_message');
    client.on('ws_message', (data: unknown, isBinary: boolean) => {
      alive = Date.now();
      const frame = frameOf(data);
      if (frame?.type === 'disconnect') {
        // The next connection is made before this one is closed.
        if (link === current) renew();
        return;
      }
      const safe = frame && isHeldBack(frame) ? JSON.stringify({ ...frame, type: 'app_rate_limited' }) : data;
      for (const one of pass) one(safe, isBinary).catch(() => undefined);
    });
    client.on('app_rate_limited', ({ ack }: { ack(): Promise<void> }) => {
      say('warn', 'Slack holds events back: more than 30,000 came within an hour');
      ack().catch(() => undefined);
    });
    client.on('disconnected', () => {
      if (link !== current) return;
      current = undefined;
      lost = alive;
      renew();
    });
  }

  function renew(): void {
    if (renewing) return;
    renewing = true;
    void replace().finally(() => {
      renewing = false;
      // It may have gone again while it was being greeted.
      if (!current && !ending.signal.aborted) renew();
    });
  }

  async function replace(): Promise<void> {
    const before = current;
    const link = await insist(false);
    if (!link) return;
    current = link;
    if (before) void sleep(LINGER, undefined, { ref: false }).then(() => letGo(before));
    if (lost !== undefined) back(Date.now() - lost);
    lost = undefined;
  }

  /** Tries until there is a connection, or the end has come. */
  async function insist(first: boolean): Promise<SocketModeReceiver | undefined> {
    for (let failures = 0; !ending.signal.aborted; failures++) {
      try {
        const link = await connect();
        if (failures > 0) say('info', 'Slack answers again');
        return link;
      } catch (error) {
        const refused = isSocketRefused(error);
        if (refused && first) throw new ChannelError('permanent', 'app token');
        await pause(failures, refused);
      }
    }
    return undefined;
  }

  /** One line for the first of a row of failures, and then one now and then. */
  async function pause(failures: number, refused: boolean): Promise<void> {
    if (ending.signal.aborted) return;
    if (Number.isInteger(Math.log2(failures + 1))) tell(refused);
    const wait = refused ? REFUSED_PAUSE : Math.min(60_000, 500 * 2 ** Math.min(failures, 7));
    await sleep(wait, undefined, { signal: ending.signal }).catch(() => undefined);
  }

  const tell = (refused: boolean): void =>
    refused
      ? say(
          'error',
          'Slack refuses SLACK_APP_TOKEN or Socket Mode is off: make a new App-Level Token with connections:write, switch Socket Mode on, and start again',
        )
      : say('warn', 'Slack cannot be reached; trying again');

  /** Nothing waits for the end of it: it may take half a minute. */
  function letGo({ client }: SocketModeReceiver): void {
    client.disconnect().catch(() => undefined);
  }

  return {
    init(given) {
      app = given;
    },
    async start() {
      current = await insist(true);
    },
    async stop() {
      ending.abort();
      const last = current;
      current = undefined;
      if (last) letGo(last);
    },
  };
}

interface Frame {
  type?: unknown;
  payload?: { event?: unknown } | null;
}

function frameOf(data: unknown): Frame | undefined {
  try {
    const frame = JSON.parse(String(data)) as Frame | null;
    return frame ?? undefined;
  } catch {
    return undefined;
  }
}

/** An Events API envelope without an event: the library would look for its type and die of it. */
const isHeldBack = ({ type, payload }: Frame): boolean => type === 'events_api' && !payload?.event;

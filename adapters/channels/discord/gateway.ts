// The gateway, through discord.js' own package for it: packets as they come, nothing kept of people or of what they write,
// and no handler that an odd packet could break. It resumes what it can and begins anew when it must, never so often that
// Discord would take the token back (1,000 sessions a day).
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { GatewayCloseCodes, type GatewayDispatchEvents, type REST } from 'discord.js';
import type { Packet } from './parse.ts';
import { CONTENT_INTENT, INTENTS } from './rights.ts';

export interface GatewayOptions {
  token: string;
  rest: REST;
  /** Whether what is written in servers may be read, as Discord says now. Rejects when it does not answer. */
  allowed(): Promise<{ content: boolean }>;
  take(packet: Packet): void;
  /** Ends it, also while it is being opened. */
  turn: AbortSignal;
  /** A session began: what was said before it will not be told any more. */
  begun(): void;
  say(level: 'info' | 'warn' | 'error', line: string): void;
}

export interface Gateway {
  stop(): Promise<void>;
}

/** The token is refused: for people to mend. */
export class Refused extends Error {}

/** Milliseconds between two sessions: the first interval, the longest, and how long one must hold to be a good one. */
const SESSION = { first: 5_000, longest: 300_000, good: 600_000 };
/** After these the gateway takes nobody back before something is mended. */
const FOR_GOOD = new Set<number>([
  GatewayCloseCodes.AuthenticationFailed,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.ShardingRequired,
  GatewayCloseCodes.InvalidAPIVersion,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
]);

/** Resolves once the first session has begun. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { token, rest, say } = options;
  const ending = new AbortController();
  options.turn.addEventListener('abort', () => ending.abort(), { once: true });
  const throttle = createThrottle();
  let manager: WebSocketManager | undefined;
  /** Connections that broke since one last held; while one is being made again, `open` is false. */
  let [broken, open] = [0, true];

  /** Asked before every connection: the library itself would try twice a second for ever, and even while it is stopped. */
  async function calm(): Promise<void> {
    if (open && !ending.signal.aborted) return;
    const pause = broken < 2 ? 0 : Math.min(60_000, 1_000 * 2 ** Math.min(broken - 2, 6));
    await sleep(pause, undefined, { signal: ending.signal }).catch(() => new Promise<never>(() => undefined));
  }

  async function attempt(): Promise<void> {
    const { content } = await options.allowed();
    const intents = [...INTENTS, ...(content ? [CONTENT_INTENT] : [])].reduce((all, one) => all | one, 0);
    const sessions = new Map<number, never>();
    const made = new WebSocketManager({
      ...{ token, rest, intents },
      buildIdentifyThrottler: async () => throttle,
      retrieveSessionInfo: async (shard) => {
        await calm();
        return sessions.get(shard) ?? null;
      },
      updateSessionInfo: (shard, info) => void (info ? sessions.set(shard, info as never) : sessions.delete(shard)),
    });
    made.on(WebSocketShardEvents.Error, () => undefined);
    made.on(WebSocketShardEvents.Dispatch, ({ data }) => {
      if (data.t === ('READY' as GatewayDispatchEvents)) options.begun();
      options.take({ t: data.t, d: data.d });
    });
    made.on(WebSocketShardEvents.Hello, () => {
      open = true;
    });
    made.on(WebSocketShardEvents.Ready, holds);
    made.on(WebSocketShardEvents.Resumed, holds);
    made.on(WebSocketShardEvents.Closed, ({ code }) => {
      // While the first session begins, `connect` tells.
      if (made === manager && !ending.signal.aborted) closed(code);
    });
    ending.signal.addEventListener('abort', () => void made.destroy(), { once: true });
    try {
      await made.connect();
      manager = made;
    } catch (error) {
      await made.destroy();
      throw error;
    }
  }

  function holds(): void {
    if (broken > 1) say('info', 'Discord is connected again');
    broken = 0;
  }

  function closed(code: number): void {
    if (FOR_GOOD.has(code)) return void revive(code);
    open = false;
    broken += 1;
    // One line for the first of a row, and then one now and then.
    if (Number.isInteger(Math.log2(broken))) say('warn', 'the connection to Discord broke; taking it up again');
  }

  /** Tries until a session has begun; only a refused token at the very start is told to the caller. */
  async function connect(first: boolean): Promise<void> {
    for (let tries = 0; !ending.signal.aborted; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof Refused && first) throw error;
        if (Number.isInteger(Math.log2(tries + 1))) say(...lineOf(error));
        await sleep(Math.min(SESSION.longest, 1_000 * 2 ** Math.min(tries, 9)), undefined, { signal: ending.signal });
      }
    }
  }

  async function revive(code: number): Promise<void> {
    manager = undefined;
    say('error', closeLine(code));
    await sleep(SESSION.first, undefined, { signal: ending.signal })
      .then(() => connect(false))
      .catch(() => undefined);
  }

  await connect(true);
  return {
    async stop() {
      ending.abort();
      await manager?.destroy();
    },
  };
}

interface Throttle {
  waitForIdentify(shard: number, signal: AbortSignal): Promise<void>;
}

/** The first session begins at once; those that do not hold follow each other at growing intervals. */
export function createThrottle(now: () => number = Date.now, wait = sleep): Throttle {
  let [next, last, interval] = [0, Number.NEGATIVE_INFINITY, 0];
  return {
    async waitForIdentify(_shard, signal) {
      const left = next - now();
      if (left > 0) await wait(left, undefined, { signal });
      const held = now() - last > SESSION.good;
      interval = held ? SESSION.first : Math.min(SESSION.longest, interval * 2);
      last = now();
      next = last + interval;
    },
  };
}

function lineOf(error: unknown): [level: 'warn' | 'error', line: string] {
  const message = error instanceof Error ? error.message : '';
  if (error instanceof Refused) return ['error', closeLine(GatewayCloseCodes.AuthenticationFailed)];
  if (/disallowed intents/.test(message)) return ['error', closeLine(GatewayCloseCodes.DisallowedIntents)];
  if (/sessions remaining/.test(message)) {
    return [
      'error',
      'Discord allows no more connections today: something keeps starting the bot again; stop it and look at its log',
    ];
  }
  return ['warn', 'Discord cannot be reached; trying again'];
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
function closeLine(code: number): string {
  if (code === GatewayCloseCodes.AuthenticationFailed) {
    return 'Discord refuses the token: make a new one in the developer portal (Bot, Reset Token), put it in DISCORD_BOT_TOKEN and start again';
  }
  if (code === GatewayCloseCodes.DisallowedIntents || code === GatewayCloseCodes.InvalidIntents) {
    return 'Discord refuses the intents: Message Content Intent was switched off in the developer portal; going on without it';
  }
  return `Discord closed the connection for good (${code}); trying again`;
}

// The gateway, through the library's client: it resumes what it can and begins anew when it must, never so often that
// Discord would take the token back (1,000 sessions a day).
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  GatewayCloseCodes,
  type GatewayDispatchEvents,
  Options,
} from 'discord.js';
import { REST_OPTIONS } from './call.ts';
import type { Packet } from './parse.ts';
import { CONTENT_INTENT, INTENTS } from './rights.ts';

export interface GatewayOptions {
  token: string;
  api: string | undefined;
  /** Whether what is written in servers may be read, as Discord says now. Rejects when it does not answer. */
  allowed(): Promise<{ content: boolean }>;
  take(packet: Packet): void;
  /** A session began: what was said before it will not be told any more. */
  begun(): void;
  say(level: 'info' | 'warn' | 'error', line: string): void;
}

export interface Gateway {
  stop(): Promise<void>;
}

/** The token is refused: for people to mend. */
export class Refused extends Error {}

const HEARD = [
  ...['MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE', 'INTERACTION_CREATE', 'GUILD_CREATE'],
  ...['CHANNEL_CREATE', 'CHANNEL_UPDATE', 'THREAD_CREATE', 'THREAD_UPDATE'],
] as GatewayDispatchEvents[];

/** Milliseconds between two sessions: the first interval, the longest, and how long one must hold to be a good one. */
const SESSION = { first: 5_000, longest: 300_000, good: 600_000 };

/** Resolves once the first session has begun. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { token, api, say } = options;
  const ending = new AbortController();
  const throttle = createThrottle();
  let client: Client | undefined;

  async function attempt(): Promise<void> {
    const { content } = await options.allowed();
    const made = clientOf({ api, content, throttle });
    made.on('error', () => say('error', 'the Discord library reports an error'));
    made.on('shardError', () => say('warn', 'the connection to Discord broke; trying again'));
    made.on('shardDisconnect', ({ code }) => {
      // While the first session begins, login tells.
      if (made === client) void revive(code);
    });
    for (const event of HEARD) made.ws.on(event, (d: unknown) => options.take({ t: event, d }));
    made.ws.on('READY' as GatewayDispatchEvents, () => options.begun());
    const stop = () => void made.destroy();
    ending.signal.addEventListener('abort', stop, { once: true });
    try {
      await made.login(token);
      client = made;
    } catch (error) {
      ending.signal.removeEventListener('abort', stop);
      throw error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid ? new Refused() : error;
    }
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
    client = undefined;
    say('error', closeLine(code));
    await sleep(SESSION.first, undefined, { signal: ending.signal })
      .then(() => connect(false))
      .catch(() => undefined);
  }

  await connect(true);
  return {
    async stop() {
      ending.abort();
      await client?.destroy();
    },
  };
}

function clientOf({
  api,
  content,
  throttle,
}: {
  api: string | undefined;
  content: boolean;
  throttle: Throttle;
}): Client {
  return new Client({
    intents: content ? [...INTENTS, CONTENT_INTENT] : INTENTS,
    allowedMentions: { parse: [] },
    rest: { ...REST_OPTIONS, ...(api === undefined ? {} : { api }) },
    // Packets are read as they come: nothing is kept of people and of what they write.
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      UserManager: 0,
      GuildMemberManager: 0,
      PresenceManager: 0,
    }),
    ws: { buildIdentifyThrottler: async () => throttle } as object,
  });
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

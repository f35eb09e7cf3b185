// Slack as a channel, through Bolt. Events come by Socket Mode or over HTTP; either way one is acknowledged only when what it
// changed is saved: the receiver is wrapped, because Bolt itself acknowledges before anything listens.

import { setTimeout as sleep } from 'node:timers/promises';
import { App, type Logger, LogLevel, type ReceiverEvent, type webApi } from '@slack/bolt';
import type { Address, Form, FormName, Inbound, Language } from '../../../src/model.ts';
import { type Channel, ChannelError, type Clock, type Intake, StoreAway } from '../../../src/ports.ts';
import { createCatchUp } from './catchup.ts';
import { check } from './check.ts';
import { createDeliver, userOf } from './deliver.ts';
import { createDispatch } from './dispatch.ts';
import { isTokenRefused } from './faults.ts';
import { createDownload } from './files.ts';
import { createHttp, PATH } from './http.ts';
import { parse, type Reader } from './parse.ts';
import { createPeople } from './people.ts';
import { createSocket } from './socket.ts';
import { createTelling } from './telling.ts';

export interface SlackOptions {
  token: string;
  /** Socket Mode, or else HTTP with the signing secret. */
  appToken: string | undefined;
  signingSecret: string | undefined;
  /** With a slash at its end. */
  apiUrl: string | undefined;
  /** Lets `check` read the app's manifest. */
  configToken: string | undefined;
  /** The staff places of this channel. */
  staff: Address[];
  /** The places of digests, where the bot must be, too. */
  digests?: Address[];
  language: Language;
  clock: Clock;
  /** Whether these words are a command, behind a slash. */
  isCommand(words: string): boolean;
  /** The forms there are: constant, so that one opens at once. */
  formOf(name: FormName, language: Language): Form;
  /** One line for the log; it holds no token, no word and no id. */
  say(level: 'info' | 'warn' | 'error', line: string): void;
}

type Body = Record<string, unknown>;

/** Milliseconds without a connection from which messages may have been missed: Slack repeats an event for some five. */
const AWAY = 120_000;
/**
 * About a message a second in a channel, with short bursts, and several hundred a minute in all
 * (https://docs.slack.dev/apis/web-api/rate-limits).
 */
const RATES = { chat: () => ({ burst: 4, every: 1_000 }), all: { burst: 20, every: 200 } };
/** The library's own lines hold what people write: none is kept. */
const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** What each client is given; an object of its own, because the libraries write into it. */
const clientOptions = (apiUrl: string | undefined): webApi.WebClientOptions => ({
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
  allowAbsoluteUrls: false,
  logger: SILENT,
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
});

export function createSlack(options: SlackOptions): Channel {
  const { token, appToken, signingSecret = '', apiUrl, staff, clock, say, language, formOf } = options;
  const now = (): number => Date.parse(clock.now());
  const isStaff = ({ chat, thread }: Address) => staff.some((one) => one.chat === chat && one.thread === thread);
  const ending = new AbortController();
  const busy = new Set<Promise<void>>();
  let me = { user: '', team: '' };
  let intake: Intake | undefined;

  const back = (away: number): void => {
    if (away > AWAY) readUp();
  };
  const http = appToken === undefined ? createHttp({ signingSecret, clock }) : undefined;
  const receiver =
    http ?? createSocket({ appToken: appToken ?? '', clientOptions: clientOptions(apiUrl), logger: SILENT, say, back });
  const app = new App({
    token,
    receiver: {
      init: (bolt) => receiver.init({ processEvent: (event: ReceiverEvent) => hold(event, bolt) } as App),
      start: () => receiver.start(),
      stop: () => receiver.stop(),
    },
    clientOptions: clientOptions(apiUrl),
    logger: SILENT,
    convoStore: false,
    deferInitialization: true,
  });
  app.error(async () => say('error', 'an update from Slack could not be worked on'));
  const { client } = app;
  const people = createPeople(client, now);
  const telling = createTelling(say, now);
  createDispatch({
    app,
    client,
    language,
    formOf,
    isStaff,
    known: people.known,
    meet: (user) => people.meet([user]),
    take,
  });

  /** An event is saved here, before Bolt acknowledges it. Work that is asked for after the end is left to Slack to repeat. */
  async function hold(event: ReceiverEvent, bolt: App): Promise<void> {
    if (ending.signal.aborted) throw new Error('ending');
    const work = (async () => {
      if (event.body['type'] === 'event_callback') await take(event.body);
      await bolt.processEvent(event);
    })();
    busy.add(work);
    try {
      await work;
    } finally {
      busy.delete(work);
    }
  }

  /** Resolves once what it changed is saved, after all that the same person wrote before; null when it is nothing for us. */
  async function take(body: Body, waits = true): Promise<Inbound | null> {
    if (!intake) throw new Error('not started');
    const { receive } = intake;
    const first = parse(body, reader());
    if (!first) return null;
    const { channel, channel_type: type } = (body['event'] ?? {}) as { channel?: string; channel_type?: string };
    if (type === 'im' && channel !== undefined) people.seen(userOf(first.from) ?? '', channel);
    await people.meet(namedIn(body, first));
    const inbound = parse(body, reader()) ?? first;
    const isClick = inbound.kind === 'choice' && inbound.form === undefined;
    // What is known from memory is told at once, before anything is looked up.
    if (isClick && intake.away()) throw new StoreAway();
    if (waits && inbound.place === 'private') await catchup.before(inbound.from);
    await intake.attempt(inbound.id, { ...body, token: undefined }, () => receive(inbound), isClick);
    return inbound;
  }

  const reader = (): Reader => ({
    me: me.user,
    isStaff,
    person: people.known,
    isCommand: options.isCommand,
    now: (now() / 1_000).toFixed(6),
  });

  /** Waits for Slack to answer for the first time; a refused token is for people to mend. */
  async function connect(): Promise<void> {
    for (let tries = 0; !ending.signal.aborted; tries++) {
      try {
        const { user_id: user = '', team_id: team = '' } = await client.auth.test();
        me = { user, team };
        return await app.init();
      } catch (error) {
        if (isTokenRefused(error)) throw new ChannelError('permanent', 'token');
        if (tries === 0) say('warn', 'Slack cannot be reached; trying again');
        await sleep(Math.min(60_000, 1_000 * 2 ** Math.min(tries, 6)), undefined, { signal: ending.signal });
      }
    }
  }

  const catchup = createCatchUp({
    client,
    people,
    intake: () => {
      if (!intake) throw new Error('not started');
      return intake;
    },
    team: () => me.team,
    async take(body) {
      ending.signal.throwIfAborted();
      await take(body, false);
    },
    failed: telling,
    say,
    ending: ending.signal,
  });

  function readUp(): void {
    const reading = catchup.begin();
    busy.add(reading);
    void reading.finally(() => busy.delete(reading));
  }

  const deliver = createDeliver({ client, people, clock, failed: telling });
  const download = createDownload({ client, token, apiUrl, clock, failed: telling });

  return {
    name: 'slack',
    ...(http ? { routes: http.routes } : {}),
    async start(given) {
      intake = given;
      await connect();
      if (ending.signal.aborted) return;
      await app.start();
      readUp();
    },
    rates: RATES,
    deliver,
    fetch: download,
    check: () => check({ ...options, staff: [...staff, ...(options.digests ?? [])], client, path: PATH }),
    async stop() {
      ending.abort();
      while (busy.size > 0) await Promise.allSettled([...busy]);
      await app.stop();
    },
  };
}

/** Those whose name or language it takes: who did it, and who is named in it. */
function namedIn(body: Body, { person, text }: Inbound): string[] {
  const own = person.id.split('.')[1] ?? '';
  const said = (body['event'] as { text?: unknown } | undefined)?.text;
  const named = text.includes('@') && typeof said === 'string' ? said.matchAll(/<@([A-Z0-9]+)/g) : [];
  return [own, ...[...named].map(([, user = '']) => user)].filter((user) => user !== '');
}

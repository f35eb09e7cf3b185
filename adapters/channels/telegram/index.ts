// Telegram as a channel, through grammY's API client. Updates come by long polling or by webhook; either way one is
// acknowledged only when what it changed is saved.
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from 'grammy';
import type { Address, FileRef, Inbound, Language } from '../../../src/model.ts';
import {
  type Channel,
  ChannelError,
  type Clock,
  type Intake,
  type Menu,
  type Post,
  type Sent,
} from '../../../src/ports.ts';
import { check } from './check.ts';
import { describe } from './describe.ts';
import { faultOf, isTokenRefused } from './faults.ts';
import { parse } from './parse.ts';
import { ALLOWED, type Polling, startPolling } from './polling.ts';
import { render } from './render.ts';
import { webhookRoute } from './webhook.ts';

export interface TelegramOptions {
  token: string;
  apiRoot?: string | undefined;
  webhook?: { url: string; secret: string } | undefined;
  /** The staff places of this channel. */
  staff: Address[];
  menu: Menu;
  language: Language;
  clock: Clock;
  /** One line for the log; it holds no token, no word and no id. */
  say(level: 'info' | 'warn' | 'error', line: string): void;
}

const PUBLIC_ROOT = 'https://api.telegram.org';
/** Seconds for one call; polling holds its own for longer. */
const CALL = 15;
const POLL = 45;
/** Milliseconds for the whole of a file: less than the lease of the work. */
const DOWNLOAD = 50_000;

export function createTelegram(options: TelegramOptions): Channel {
  const { token, apiRoot = PUBLIC_ROOT, webhook, staff, clock, say } = options;
  const api = new Api(token, { apiRoot, timeoutSeconds: CALL });
  const isStaff = ({ chat, thread }: Address) => staff.some((one) => one.chat === chat && one.thread === thread);
  const ending = new AbortController();
  let me: { id: number; username: string } | undefined;
  let intake: Intake | undefined;
  let polling: Polling | undefined;

  async function take(update: { update_id: number }): Promise<void> {
    if (!intake || !me) throw new Error('not started');
    const inbound = parse(update, { me, isStaff });
    const click = (update as { callback_query?: { id?: unknown; message?: { message_id?: unknown } } }).callback_query;
    // Its spinner is stopped at once: a click is not delivered again. A late answer is refused, and that is no matter.
    if (typeof click?.id === 'string') void api.answerCallbackQuery(click.id).catch(() => undefined);
    const { receive } = intake;
    await intake.attempt(String(update.update_id), update, async () => {
      if (inbound) await receive(inbound);
    });
    if (inbound?.kind === 'choice') takeButtonsAway(inbound, click?.message?.message_id);
  }

  /** A button that was pressed has done its work. Should this fail, it answers with where things stand. */
  function takeButtonsAway({ from }: Inbound, message: unknown): void {
    if (typeof message === 'number') void api.editMessageReplyMarkup(from.chat, message).catch(() => undefined);
  }

  /** Waits for Telegram to answer for the first time; a refused token is for people to mend. */
  async function connect(): Promise<{ id: number; username: string }> {
    for (let tries = 0; ; tries++) {
      try {
        return await api.getMe();
      } catch (error) {
        if (isTokenRefused(error)) throw new ChannelError('permanent', 'token');
        if (tries === 0) say('warn', 'Telegram cannot be reached; trying again');
        await sleep(Math.min(60_000, 1_000 * 2 ** Math.min(tries, 6)), undefined, { signal: ending.signal });
      }
    }
  }

  async function listen(): Promise<void> {
    if (webhook) {
      await api.setWebhook(webhook.url, { secret_token: webhook.secret, allowed_updates: [...ALLOWED] });
      return;
    }
    await api.deleteWebhook();
    polling = startPolling({ api: new Api(token, { apiRoot, timeoutSeconds: POLL }), take, say });
  }

  async function deliver({ to, message, out, piece }: Post): Promise<Sent> {
    const payloads = render(message, me?.username ?? '');
    const thread = to.thread === undefined ? {} : { message_thread_id: Number(to.thread) };
    let last = '';
    for (const [i, { text, ...rest }] of payloads.entries()) {
      if (i < out.length) continue;
      if (last !== '') await piece(last);
      last = await send(to, text, { ...rest, ...thread, link_preview_options: { is_disabled: true } });
    }
    return last === '' ? { messages: [] } : { messages: [last], order: last.padStart(12, '0') };
  }

  async function send(to: Address, text: string, rest: object): Promise<string> {
    try {
      const { message_id } = await api.sendMessage(to.chat, text, rest);
      return String(message_id);
    } catch (error) {
      const fault = faultOf(error, Date.parse(clock.now()));
      tellOf(fault, to);
      throw fault;
    }
  }

  /** What somebody has to do something about. */
  function tellOf({ kind, message }: ChannelError, to: Address): void {
    const isGroup = to.chat.startsWith('-') || to.chat.startsWith('@');
    if (kind === 'moved') {
      say(
        'warn',
        'a staff group of Telegram has a new address: write /adresse there, and put what it says in STAFF_TO',
      );
    } else if (kind === 'permanent' && isGroup) {
      say(
        'error',
        'the bot cannot write in a staff place of Telegram: add it to the group again; recueil check names it',
      );
    } else if (message === 'token') {
      say(
        'error',
        'Telegram refuses the token: ask BotFather for a new one, put it in TELEGRAM_BOT_TOKEN and start again',
      );
    } else if (kind === 'refused') {
      say('error', 'Telegram refuses a message as ill-made: please report it');
    }
  }

  async function download({ ref }: FileRef): Promise<AsyncIterable<Uint8Array>> {
    const { file_path } = await api.getFile(ref).catch((error: unknown) => {
      throw fileFault(error, Date.parse(clock.now()));
    });
    if (file_path === undefined) throw new ChannelError('permanent', 'no path', { missing: 'gone' });
    // This address holds the token: it leaves this function in no message and no error.
    const answer = await fetch(`${apiRoot}/file/bot${token}/${file_path}`, {
      signal: AbortSignal.timeout(DOWNLOAD),
    }).catch(() => undefined);
    if (answer?.status === 404) throw new ChannelError('permanent', 'no file', { missing: 'gone' });
    if (!answer?.ok || !answer.body) throw new ChannelError('retry', 'no answer');
    return guarded(answer.body);
  }

  return {
    name: 'telegram',
    ...(webhook ? { routes: [webhookRoute(webhook, take)] } : {}),
    async start(given) {
      intake = given;
      me = await connect();
      await listen();
      describe(api, options.menu, options.language).catch(() =>
        say('warn', 'the commands and descriptions could not be set on Telegram; they will be at the next start'),
      );
    },
    deliver,
    fetch: download,
    async typing({ chat, thread }) {
      await api.sendChatAction(chat, 'typing', thread === undefined ? {} : { message_thread_id: Number(thread) });
    },
    check: () => check({ api, language: options.language, webhook, staff }),
    async stop() {
      ending.abort();
      await polling?.stop();
    },
  };
}

function fileFault(error: unknown, now: number): ChannelError {
  const description = (error as { description?: unknown }).description;
  if (typeof description === 'string' && /too big/i.test(description)) {
    return new ChannelError('permanent', 'too big', { missing: 'tooBig' });
  }
  const fault = faultOf(error, now);
  return fault.kind === 'refused' ? new ChannelError('permanent', 'gone', { missing: 'gone' }) : fault;
}

/** A download that breaks off begins again later. */
async function* guarded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new ChannelError('retry', 'broken off');
  }
}

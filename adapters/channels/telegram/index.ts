// Telegram as a channel, through grammY's API client. Updates come by long polling or by webhook; either way one is
// acknowledged only when what it changed is saved.
import { setTimeout as sleep } from 'node:timers/promises';
import { Api, GrammyError } from 'grammy';
import type { Address, FileRef, Language } from '../../../src/model.ts';
import { type Channel, ChannelError, type Clock, type Intake, type Menu, StoreAway } from '../../../src/ports.ts';
import { contentOf } from '../download.ts';
import { check } from './check.ts';
import { describe } from './describe.ts';
import { faultOf, isTokenRefused } from './faults.ts';
import { parse } from './parse.ts';
import { createPlaces, isGroup } from './places.ts';
import { ALLOWED, type Polling, startPolling } from './polling.ts';
import { createSending } from './sending.ts';
import { createTrouble, type Say, troubleOf } from './trouble.ts';
import { webhookRoute } from './webhook.ts';
import { notKeptWords } from './words.ts';

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
  say: Say;
}

const PUBLIC_ROOT = 'https://api.telegram.org';
/** Seconds for one call; polling holds its own for longer, and files take longer. */
const CALL = 15;
const POLL = 45;
const UPLOAD = 50;
/** Milliseconds for the whole of a file: less than the lease of the work. */
const DOWNLOAD = 50_000;

interface Click {
  id?: unknown;
  from?: { language_code?: unknown };
  message?: { message_id?: unknown };
}

/**
 * About a message a second in a chat, 20 a minute in a group, 30 a second in all
 * (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
 */
const RATES = {
  chat: (to: Address) => (isGroup(to) ? { burst: 5, every: 4_000 } : { burst: 5, every: 1_000 }),
  all: { burst: 25, every: 40 },
};

const CLOSED = 'the bot cannot write in a staff place of Telegram: add it to the group again; recueil check names it';

export function createTelegram(options: TelegramOptions): Channel {
  const { token, apiRoot = PUBLIC_ROOT, webhook, clock, say } = options;
  const apiOf = (timeoutSeconds: number) => new Api(token, { apiRoot, timeoutSeconds });
  const api = apiOf(CALL);
  const trouble = createTrouble(say);
  const places = createPlaces(api, options.staff, say);
  const ending = new AbortController();
  let me: { id: number; username: string } | undefined;
  let intake: Intake | undefined;
  let polling: Polling | undefined;

  const languageOf = ({ language_code: code }: NonNullable<Click['from']> = {}): Language =>
    typeof code !== 'string' ? options.language : code.startsWith('fr') ? 'fr' : 'en';

  async function take(update: { update_id: number }): Promise<void> {
    if (!intake || !me) throw new Error('not started');
    places.read(update);
    const read = parse(update, { me, staff: places.staff() });
    const inbound = read && places.inbound(read);
    const { callback_query: click } = update as { callback_query?: Click };
    // Its spinner is stopped at once: a click is not delivered again. A late answer is refused, and that is no matter.
    if (typeof click?.id === 'string') {
      const text = intake.away() ? { text: notKeptWords[languageOf(click.from)] } : {};
      void api.answerCallbackQuery(click.id, text).catch(() => undefined);
    }
    const { receive } = intake;
    const isClick = inbound?.kind === 'choice';
    const work = async () => {
      if (inbound) await receive(inbound);
    };
    try {
      await intake.attempt(String(update.update_id), update, work, isClick);
    } catch (error) {
      // Its person was told to press again: it is not to come a second time.
      if (!(isClick && error instanceof StoreAway)) throw error;
      return;
    }
    // A prompt's buttons have done their work once pressed; should this fail, they answer with where things stand. Those of
    // a card stay: so where the team works, nothing is taken away.
    const message = click?.message?.message_id;
    const isTeams = options.staff.some(({ chat }) => chat === inbound?.from.chat);
    if (inbound?.kind === 'choice' && inbound.place === 'private' && !isTeams && typeof message === 'number') {
      void api.editMessageReplyMarkup(inbound.from.chat, message).catch(() => undefined);
    }
  }

  /** Until it is done, however long Telegram cannot be reached; a token or an address that is refused is for people to mend. */
  async function insist<T>(call: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        const result = await call();
        trouble.over('fetching');
        return result;
      } catch (error) {
        if (error instanceof GrammyError && error.error_code === 400) {
          say('error', `Telegram refuses to begin: ${error.description}`);
          throw new ChannelError('permanent', 'refused');
        }
        const fault = troubleOf(error);
        trouble.met('fetching', fault);
        if (isTokenRefused(error)) throw new ChannelError('permanent', 'token');
        const wait = fault.wait ?? Math.min(60_000, 1_000 * 2 ** Math.min(tries, 6));
        await sleep(wait, undefined, { signal: ending.signal });
      }
    }
  }

  async function poll(turn: AbortSignal): Promise<void> {
    await insist(() => api.deleteWebhook());
    if (turn.aborted) return;
    const begun = startPolling({ api: apiOf(POLL), take, trouble });
    polling = begun;
    turn.addEventListener('abort', () => void begun.stop());
  }

  const send = createSending({
    api,
    uploads: apiOf(UPLOAD),
    username: () => me?.username ?? '',
    now: () => Date.parse(clock.now()),
    succeeded: () => trouble.over('sending'),
    failed(fault, error, to) {
      if (fault.kind === 'retry' || fault.kind === 'unknown-outcome') trouble.met('sending', troubleOf(error));
      else if (fault.kind === 'refused') say('error', 'Telegram refuses a message as ill-made: please report it');
      else if (fault.kind === 'permanent' && isGroup(to)) say('error', CLOSED);
    },
  });

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
    const content = contentOf(answer);
    if (!content) throw new ChannelError('retry', 'no answer');
    return content;
  }

  return {
    name: 'telegram',
    ...(webhook ? { routes: [webhookRoute(webhook, take)] } : {}),
    async start(given) {
      intake = given;
      me = await insist(() => api.getMe());
      await places.look();
      if (webhook) {
        const { url, secret } = webhook;
        await insist(() => api.setWebhook(url, { secret_token: secret, allowed_updates: [...ALLOWED] }));
      }
      const groups = new Set(
        places
          .staff()
          .filter(isGroup)
          .map(({ chat }) => chat),
      );
      describe(api, options.menu, options.language, groups).catch(() =>
        say('warn', 'the commands and descriptions could not be set on Telegram; they will be at the next start'),
      );
    },
    ...(webhook ? {} : { listen: poll }),
    rates: RATES,
    deliver: (post) => places.deliver(post, send),
    fetch: download,
    async typing(to) {
      const { chat, thread } = places.now(to);
      await api.sendChatAction(chat, 'typing', thread === undefined ? {} : { message_thread_id: Number(thread) });
    },
    check: () => check({ api, language: options.language, webhook, staff: options.staff }),
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

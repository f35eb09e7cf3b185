// Discord as a channel, through discord.js: packets of the gateway as they come, REST for everything else. Nothing is kept
// of them by Discord once a session has ended: what was missed is read from the history.
import { setTimeout as sleep } from 'node:timers/promises';
import { Routes } from 'discord.js';
import type { Address, FileRef, Form, FormName, Inbound, Language } from '../../../src/model.ts';
import { type Channel, ChannelError, type Clock, type Intake, type Menu, StoreAway } from '../../../src/ports.ts';
import { createAnswers } from './answers.ts';
import { createAway } from './away.ts';
import { openCall } from './call.ts';
import { type Application, applicationOf, check, mayReadAll } from './check.ts';
import { commandsOf } from './commands.ts';
import { download } from './download.ts';
import { faultOf, isTokenRefused } from './faults.ts';
import { type Gateway, openGateway, Refused } from './gateway.ts';
import { isWithheld, type Packet, parse, type Reader } from './parse.ts';
import { untilDone } from './patience.ts';
import { createPlaces } from './places.ts';
import { createSend } from './send.ts';
import { sayWords } from './words.ts';

export interface DiscordOptions {
  token: string;
  /** Where REST is, without the version (…/api); the gateway's address comes from it. */
  api?: string | undefined;
  /** The staff places of this channel. */
  staff: Address[];
  menu: Menu;
  formOf(name: FormName, language: Language): Form;
  language: Language;
  clock: Clock;
  /** One line for the log; it holds no token, no word and no id. */
  say(level: 'info' | 'warn' | 'error', line: string): void;
}

/** Five in five seconds in a channel, 50 a second in all; the library keeps to what each answer says beyond that. */
const RATES = { chat: () => ({ burst: 5, every: 1_000 }), all: { burst: 40, every: 25 } };

/** It can be pressed again; what was filled in cannot. */
const isClick = ({ kind, form }: Inbound): boolean => kind === 'choice' && form === undefined;

export function createDiscord(options: DiscordOptions): Channel {
  const { token, api, staff, menu, language, clock, say } = options;
  const { rest, call, close } = openCall(token, api);
  const places = createPlaces(call, staff);
  const ending = new AbortController();
  const busy = new Set<Promise<void>>();
  let app: Application | undefined;
  let intake: Intake | undefined;
  let gateway: Gateway | undefined;

  const started = (): Intake => {
    if (!intake) throw new Error('not started');
    return intake;
  };
  const commands = new Set([...menu.fr.commands, ...menu.en.commands].map(({ name }) => name));
  const reader = (): Reader => ({
    me: app?.bot ?? { id: '', name: '' },
    isStaff: places.isStaff,
    channel: places.channel,
    isCommand: (word) => commands.has(word),
  });
  const send = createSend({ call, places, language });
  const away = createAway({ call, intake: started, channelOf, replay, ending: ending.signal, say });
  const title = { fr: menu.fr.title, en: menu.en.title };
  const onInteraction = createAnswers({
    call,
    places,
    app: () => app?.id ?? '',
    reader,
    formOf: options.formOf,
    title,
    take,
    say,
  });

  async function channelOf({ chat, thread }: Address): Promise<string> {
    if (thread === undefined) return places.isChannel(chat) ? chat : places.directOf(chat);
    if (!places.isChannel(chat)) places.own(thread, chat);
    return thread;
  }

  /**
   * Saves it, after five tries as it came; while the store is away it waits, because Discord does not tell it again.
   * Rejects when the bot stops, and for a click that cannot be saved now.
   */
  function save(inbound: Inbound, raw: unknown): Promise<void> {
    const click = isClick(inbound);
    const attempt = () => started().attempt(inbound.id, raw, () => started().receive(inbound), click);
    const told = () => say('error', 'what came from Discord cannot be saved yet; trying again');
    return click ? attempt() : untilDone(attempt, ending.signal, told);
  }

  async function replay(packet: Packet): Promise<void> {
    const inbound = parse(packet, reader());
    if (inbound) await save(inbound, packet.d);
  }

  function take(inbound: Inbound, raw: unknown): Promise<void> {
    if (isClick(inbound) && started().away()) return Promise.reject(new StoreAway());
    if (inbound.place !== 'private') return save(inbound, raw);
    return away.after(inbound.from, () => save(inbound, raw));
  }

  async function handle(packet: Packet): Promise<void> {
    if (packet.t === 'INTERACTION_CREATE') return onInteraction(packet.d);
    if (!packet.t.startsWith('MESSAGE_')) return;
    await places.look(packet, app?.bot.id ?? '');
    const inbound = parse(packet, reader());
    if (inbound) await take(inbound, packet.d);
    else if (isWithheld(packet, reader())) await hint(packet.d as { channel_id: string });
  }

  /** In a private thread words are kept from us: a form is the way. */
  const hint = ({ channel_id: channel }: { channel_id: string }): Promise<unknown> =>
    call('post', Routes.channelMessages(channel), {
      body: { content: sayWords[language].withheld, allowed_mentions: { parse: [] } },
    });

  function onPacket(packet: Packet): void {
    places.learn(packet);
    const work = handle(packet).catch(() => say('error', 'something from Discord could not be taken'));
    busy.add(work);
    void work.finally(() => busy.delete(work));
  }

  /** What the portal says now. Waits for Discord to answer; a refused token is for people to mend. */
  async function allowed(): Promise<{ content: boolean }> {
    try {
      app = await applicationOf(call);
      return { content: mayReadAll(app) };
    } catch (error) {
      throw isTokenRefused(error) ? new Refused() : error;
    }
  }

  /** Said again at each start: it costs one call, and what the flow says may have changed. */
  async function describe(): Promise<void> {
    if (!app) return;
    await call('put', Routes.applicationCommands(app.id), { body: commandsOf(menu, app.kinds) });
  }

  /** What somebody has to do something about. */
  function tellOf({ kind, message }: ChannelError, to: Address): void {
    if (kind === 'permanent' && places.isChannel(to.chat)) {
      say('error', 'the bot cannot write in a staff place of Discord; recueil check names it and says what is missing');
    } else if (message === 'token') {
      say(
        'error',
        'Discord refuses the token: make a new one in the developer portal (Bot, Reset Token), put it in DISCORD_BOT_TOKEN and start again',
      );
    } else if (kind === 'refused') say('error', 'Discord refuses a message as ill-made: please report it');
  }

  return {
    name: 'discord',
    async start(given) {
      intake = given;
    },
    async listen(turn) {
      try {
        gateway = await openGateway({ token, rest, allowed, turn, take: onPacket, begun: away.begin, say });
      } catch (error) {
        if (turn.aborted) return;
        if (error instanceof Refused) throw new ChannelError('permanent', 'token');
        throw error;
      }
      describe().catch(() =>
        say('warn', 'the commands could not be registered on Discord; they will be at the next start'),
      );
    },
    rates: RATES,
    async deliver(post) {
      try {
        return await send(post);
      } catch (error) {
        const fault = faultOf(error, Date.parse(clock.now()));
        tellOf(fault, post.to);
        throw fault;
      }
    },
    fetch: (file: FileRef) => download(call, file, () => Date.parse(clock.now())),
    async typing(to) {
      await call('post', Routes.channelTyping(await channelOf(to)));
    },
    check: () => check({ call, language, staff }).finally(close),
    async stop() {
      ending.abort();
      await gateway?.stop();
      await Promise.race([Promise.allSettled([...busy, away.idle()]), sleep(10_000, undefined, { ref: false })]);
      close();
    },
  };
}

// Commands, buttons and forms: answered within three seconds, whatever the store is doing, and only then taken. Here too is
// the way in from a server: to direct messages or, where they are closed, to a private thread.
import { ChannelType, InteractionResponseType, MessageFlags, Routes } from 'discord.js';
import type { Form, FormName, Inbound, Language } from '../../../src/model.ts';
import { StoreAway } from '../../../src/ports.ts';
import type { Call } from './call.ts';
import { ADDRESS } from './commands.ts';
import { CODE, codeOf, faultOf, isClosed } from './faults.ts';
import { DOOR, readPressed, THREAD } from './ids.ts';
import { INTERACTION, isThread, parse, pressedOf, type Reader } from './parse.ts';
import type { Places } from './places.ts';
import { button, link, modal, row } from './render.ts';
import { type Interaction, interactionSchema } from './schema.ts';
import { sayWords } from './words.ts';

export interface AnswerTools {
  call: Call;
  places: Places;
  /** The application, known once it has started. */
  app(): string;
  reader(): Reader;
  formOf(name: FormName, language: Language): Form;
  /** Names a private thread. */
  title: Record<Language, string>;
  /** Takes it as its person's next; resolves once it is saved. */
  take(inbound: Inbound, raw: object): Promise<void>;
  say(level: 'info' | 'warn' | 'error', line: string): void;
}

const EPHEMERAL = MessageFlags.Ephemeral;
const QUIET = { allowed_mentions: { parse: [] } };
const TEXT_CHANNELS = new Set<number>([ChannelType.GuildText, ChannelType.GuildAnnouncement]);
const WEEK = 10_080;

export function createAnswers(tools: AnswerTools) {
  const { call, places, say } = tools;

  /** The first answer. Too late or given by another process, it is refused; what was asked is done all the same. */
  async function answer({ id, token }: Interaction, type: number, data?: object): Promise<void> {
    const body = { type, ...(data ? { data } : {}) };
    await call('post', Routes.interactionCallback(id, token), { body, anonymous: true }).catch((error: unknown) => {
      if (codeOf(error) === CODE.answered)
        say('warn', 'another program answers for this bot on Discord: stop it, or use a bot of its own');
    });
  }

  /** What stands there now. Nothing depends on it. */
  const amend = (method: 'patch' | 'delete', { token }: Interaction, body?: object): Promise<unknown> =>
    call(method, Routes.webhookMessage(tools.app(), token), { ...(body ? { body } : {}), anonymous: true }).catch(
      () => undefined,
    );

  const reply = (interaction: Interaction, content: string, components: object[] = []): Promise<unknown> =>
    amend('patch', interaction, { content, components, ...QUIET });

  /** Comes to somebody's direct messages, or tells how else it could be done. */
  async function invite(interaction: Interaction, inbound: Inbound, payload: string): Promise<void> {
    const { language, words } = speech(interaction);
    await answer(interaction, InteractionResponseType.DeferredChannelMessageWithSource, { flags: EPHEMERAL });
    try {
      const direct = await places.directOf(inbound.person.id);
      const body = { content: words.greeting, nonce: interaction.id, enforce_nonce: true, ...QUIET };
      await call('post', Routes.channelMessages(direct), { body });
      await take(interaction, { ...inbound, from: { channel: 'discord', chat: inbound.person.id } });
      await reply(interaction, words.sent, [row([link(`https://discord.com/channels/@me/${direct}`, words.open)])]);
    } catch (error) {
      if (!isClosed(error)) {
        await take(interaction, inbound);
        await amend('delete', interaction);
        return;
      }
      await reply(interaction, sayWords[language].closed, [row([button(`${THREAD}${payload}`, words.thread)])]);
    }
  }

  /** A thread that only this person is invited to, beside where they called. */
  async function openThread(interaction: Interaction, inbound: Inbound): Promise<void> {
    const { language, words } = speech(interaction);
    await answer(interaction, InteractionResponseType.DeferredMessageUpdate);
    try {
      const made = (await call('post', Routes.threads(await nearest(interaction)), {
        body: {
          name: words.threadName(tools.title[language]).slice(0, 100),
          type: ChannelType.PrivateThread,
          invitable: false,
          auto_archive_duration: WEEK,
        },
      })) as { id: string };
      await call('put', Routes.threadMembers(made.id, inbound.person.id));
      places.own(made.id, inbound.person.id);
      await take(interaction, { ...inbound, from: { channel: 'discord', chat: inbound.person.id, thread: made.id } });
      await reply(interaction, words.threadOpen(made.id));
    } catch (error) {
      if (faultOf(error, 0).kind !== 'permanent') throw error;
      await reply(interaction, words.threadImpossible);
    }
  }

  /** The text channel where they are: a thread's own, when they are in one. */
  async function nearest({ channel_id: at = '', channel }: Interaction): Promise<string> {
    const here = channel?.type ?? (await places.info(at)).type;
    if (TEXT_CHANNELS.has(here)) return at;
    return channel?.parent_id ?? (await places.info(at)).parent_id ?? at;
  }

  const take = (interaction: Interaction, inbound: Inbound): Promise<void> => {
    const { token: _, ...raw } = interaction;
    return tools.take(inbound, raw);
  };

  async function command(interaction: Interaction, inbound: Inbound): Promise<void> {
    const inServer = interaction.guild_id != null && inbound.place === 'private' && inbound.from.thread === undefined;
    if (inServer) return invite(interaction, inbound, '');
    await answer(interaction, InteractionResponseType.DeferredChannelMessageWithSource, { flags: EPHEMERAL });
    await take(interaction, inbound);
    await amend('delete', interaction);
  }

  async function pressed(interaction: Interaction, inbound: Inbound): Promise<void> {
    await answer(interaction, InteractionResponseType.DeferredMessageUpdate);
    try {
      await take(interaction, inbound);
    } catch (error) {
      if (error instanceof StoreAway) return add(interaction, speech(interaction).words.notKept);
      throw error;
    }
    // A button that was pressed has done its work. Should this fail, it answers with where things stand.
    if (inbound.place === 'private') await amend('patch', interaction, { components: [] });
  }

  /** A word more, for whoever pressed alone. */
  async function add({ token }: Interaction, content: string): Promise<void> {
    const body = { content, flags: EPHEMERAL, ...QUIET };
    await call('post', Routes.webhook(tools.app(), token), { body, anonymous: true }).catch(() => undefined);
  }

  const whisper = (interaction: Interaction, content: string): Promise<void> =>
    answer(interaction, InteractionResponseType.ChannelMessageWithSource, { content, flags: EPHEMERAL, ...QUIET });

  /** What needs nothing of the house: an address, a form to fill in, a button of somebody else. Whether it was that. */
  async function atOnce(interaction: Interaction): Promise<boolean> {
    const { type, data } = interaction;
    const { words } = speech(interaction);
    if (type === INTERACTION.command && data?.name === ADDRESS) {
      await whisper(interaction, words.address(addressOf(interaction)));
      return true;
    }
    const id = pressedOf(interaction);
    const { form, owner } = readPressed(id);
    if (owner !== undefined && owner !== (interaction.member?.user ?? interaction.user)?.id) {
      await whisper(interaction, words.notYours);
      return true;
    }
    if (type !== INTERACTION.component || !form) return false;
    const definition = tools.formOf(form.name, form.language);
    await answer(interaction, InteractionResponseType.Modal, modal(id, definition));
    return true;
  }

  /** Total: what is malformed or not for us is left alone. Resolves once it is saved. */
  return async (raw: unknown): Promise<void> => {
    const reading = interactionSchema.safeParse(raw);
    if (!reading.success || (await atOnce(reading.data))) return;
    const interaction = reading.data;
    const inbound = parse({ t: 'INTERACTION_CREATE', d: raw }, tools.reader());
    if (!inbound) return;
    const { choice } = readPressed(pressedOf(interaction));
    if (interaction.type === INTERACTION.command) await command(interaction, inbound);
    else if (choice.startsWith(DOOR)) await invite(interaction, inbound, choice.slice(DOOR.length));
    else if (choice.startsWith(THREAD)) await openThread(interaction, inbound);
    else await pressed(interaction, inbound);
  };
}

/** The place as `STAFF_TO` takes it. */
const addressOf = ({ channel_id: at = '', channel }: Interaction): string =>
  isThread(channel?.type) && channel?.parent_id != null ? `discord:${channel.parent_id}/${at}` : `discord:${at}`;

function speech({ locale = 'fr' }: Interaction): { language: Language; words: (typeof sayWords)[Language] } {
  const language = locale.startsWith('fr') ? 'fr' : 'en';
  return { language, words: sayWords[language] };
}

// From Discord's gateway packets to what the house understands. Total: what is malformed, unknown or not for us is null.
// Pure.
import type { Address, FileRef, Inbound } from '../../../src/model.ts';
import { DOOR, instantOf, padded, readPressed, THREAD, written } from './ids.ts';
import {
  type Attachment,
  deletionSchema,
  type Interaction,
  interactionSchema,
  type Message,
  messageSchema,
  type User,
} from './schema.ts';

export interface Packet {
  /** The event's name, as the gateway has it. */
  t: string;
  d: unknown;
}

/** What is known of the channels so far. */
export interface Reader {
  /** The bot itself. */
  me: { id: string; name: string };
  isStaff(address: Address): boolean;
  /** Of a thread, the channel it is in; of a direct message or a private thread of ours, the person it is for. */
  channel(id: string): { parent?: string; person?: string } | undefined;
  /** Whether the word is one of the bot's commands, in lower case. */
  isCommand(word: string): boolean;
}

/** Clients without a subscription refuse more than 2,000 characters: who has more to say writes on. */
const NEAR_LIMIT = 1_900;
/** A message and a reply; everything else is the channel's own doing (…/resources/message#message-object-message-types). */
const SAID = new Set([0, 19]);
const FORWARD = 1;
export const INTERACTION = { command: 2, component: 3, form: 5 } as const;

export function parse({ t, d }: Packet, reader: Reader): Inbound | null {
  if (t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE') {
    const reading = messageSchema.safeParse(d);
    if (!reading.success) return null;
    return t === 'MESSAGE_CREATE' ? fromMessage(reading.data, reader) : fromEdit(reading.data, reader);
  }
  if (t === 'MESSAGE_DELETE') return fromDeletion(d, reader);
  if (t !== 'INTERACTION_CREATE') return null;
  const reading = interactionSchema.safeParse(d);
  return reading.success ? fromInteraction(reading.data, reader) : null;
}

function fromMessage(message: Message, reader: Reader): Inbound | null {
  const base = baseOf(message, reader);
  if (!base) return null;
  const content = contentOf(message, base.place === 'private' ? undefined : reader);
  const replyTo = replyOf(message, reader);
  if (base.place !== 'private' && !isForUs(message, base, reader, content)) return null;
  const empty = content.text === '' && content.files.length === 0;
  if (empty && !isUnreadable(message)) return null;
  return {
    ...base,
    ...content,
    id: `m:${message.id}`,
    kind: 'message',
    ...(empty ? { unreadable: true } : {}),
    ...(message.message_reference?.type === FORWARD ? { forwarded: true } : {}),
    ...(replyTo === undefined ? {} : { replyTo: `m:${replyTo}` }),
    ...(content.text.length > NEAR_LIMIT ? { more: true } : {}),
  };
}

/** A sticker or a poll. An empty message is something else: in a server, its words are kept from us. */
const isUnreadable = ({ sticker_items, poll, guild_id }: Message): boolean =>
  (sticker_items?.length ?? 0) > 0 || (poll !== undefined && poll !== null) || guild_id == null;

/** Somebody wrote in their private thread, and the words were kept from us. */
export function isWithheld({ t, d }: Packet, reader: Reader): boolean {
  const reading = t === 'MESSAGE_CREATE' ? messageSchema.safeParse(d) : undefined;
  if (!reading?.success || reading.data.guild_id == null) return false;
  return baseOf(reading.data, reader)?.place === 'private' && parse({ t, d }, reader) === null;
}

/** Links are unfurled by an update too: only an edit has a time. */
function fromEdit(message: Message, reader: Reader): Inbound | null {
  const base = baseOf(message, reader);
  if (base?.place !== 'private' || message.edited_timestamp == null) return null;
  const content = contentOf(message);
  if (content.text === '' && content.files.length === 0) return null;
  const edit = new Date(message.edited_timestamp).toISOString();
  return { ...base, ...content, id: `e:${message.id}:${edit}`, kind: 'edit' };
}

function fromDeletion(raw: unknown, reader: Reader): Inbound | null {
  const reading = deletionSchema.safeParse(raw);
  if (!reading.success) return null;
  const { id, channel_id: channel, guild_id: guild } = reading.data;
  const person = reader.channel(channel)?.person;
  if (person === undefined) return null;
  return {
    id: `d:${id}`,
    order: padded(id),
    place: 'private',
    from: { channel: 'discord', chat: person, ...(guild == null ? {} : { thread: channel }) },
    person: { id: person, name: '' },
    at: instantOf(id),
    kind: 'delete',
    text: '',
    files: [],
  };
}

type Base = Pick<Inbound, 'order' | 'place' | 'from' | 'person' | 'at'>;

function baseOf(message: Message, reader: Reader): Base | null {
  const { author, guild_id: guild, channel_id: channel } = message;
  if (author.bot || message.webhook_id != null || !SAID.has(message.type)) return null;
  const place =
    guild == null ? { place: 'private' as const, from: privately(author.id) } : placeOf(channel, author, reader);
  if (!place) return null;
  const at = new Date(message.timestamp).toISOString();
  return { ...place, order: padded(message.id), person: personOf(author), at };
}

const privately = (chat: string, thread?: string): Address => ({
  channel: 'discord',
  chat,
  ...(thread === undefined ? {} : { thread }),
});

/** In a server: one's own private thread, a staff place, or any other. */
function placeOf(channel: string, { id }: User, reader: Reader): Pick<Base, 'place' | 'from'> | null {
  const known = reader.channel(channel);
  if (known?.person !== undefined) {
    return known.person === id ? { place: 'private', from: privately(id, channel) } : null;
  }
  const from = known?.parent === undefined ? privately(channel) : privately(known.parent, channel);
  return { place: reader.isStaff(from) ? 'staff' : 'other', from };
}

/** What a message stands under: the message it replies to, or the one its thread began with. */
function replyOf(message: Message, reader: Reader): string | undefined {
  const { message_reference: to, channel_id: channel } = message;
  if (to?.message_id != null && to.type !== FORWARD) {
    return written({ channel: to.channel_id ?? channel, id: to.message_id });
  }
  const parent = reader.channel(channel)?.parent;
  return parent === undefined ? undefined : written({ channel: parent, id: channel });
}

/** Whether a message in a server speaks to the bot: by its name, or in a staff place by standing under something. */
function isForUs(message: Message, { place }: Base, reader: Reader, { text, files }: Content): boolean {
  if (message.mentions.some(({ id }) => id === reader.me.id)) return true;
  return place === 'staff' && replyOf(message, reader) !== undefined && (text !== '' || files.length > 0);
}

type Content = Pick<Inbound, 'text' | 'files'>;

/** What was passed on comes as a snapshot. */
function contentOf(message: Message, named?: Reader): Content {
  const all = [message, ...(message.message_snapshots ?? []).map((one) => one.message)];
  const text = all.flatMap(({ content }) => (content === '' ? [] : [content])).join('\n');
  return {
    text: named ? withName(text, named) : text,
    files: all.flatMap((one) => one.attachments.map((file) => fileOf(message, file))),
  };
}

/**
 * In a server the bot's own name is written out, as a person would read it; a command after it is written as one:
 * `@Recueil chercher jardins` is `/chercher@recueil jardins`.
 */
function withName(text: string, { me, isCommand }: Reader): string {
  const name = `@${me.name.replace(/\W/g, '_')}`;
  const said = text.replaceAll(new RegExp(`<@!?${me.id}>`, 'g'), () => name);
  const [, word = '', rest = ''] = /^@\w+\s+([\p{L}-]+)(?=\s|$)([\s\S]*)$/u.exec(said) ?? [];
  return said.startsWith(name) && isCommand(word.toLowerCase()) ? `/${word}${name}${rest}` : said;
}

/** Addresses of files expire: what is kept says where to ask for a fresh one. */
const fileOf = ({ channel_id, id }: Message, file: Attachment): FileRef => ({
  channel: 'discord',
  id: file.id,
  ref: `${channel_id}/${id}/${file.id}`,
  ...(file.filename === undefined ? {} : { name: file.filename }),
  ...(file.content_type == null ? {} : { type: file.content_type }),
  ...(file.size === undefined ? {} : { size: file.size }),
});

const personOf = ({ id, username, global_name }: User, locale?: string): Inbound['person'] => ({
  id,
  name: global_name || username,
  ...(locale === undefined ? {} : { locale }),
});

/** What was pressed: a line of a menu, a button, or the form it opened. */
export const pressedOf = ({ type, data }: Interaction): string =>
  (type === INTERACTION.component ? data?.values?.[0] : undefined) ?? data?.custom_id ?? '';

export const isThread = (type: number | undefined): boolean => type !== undefined && type >= 10 && type <= 12;

/** A command typed or a button pressed. What was filled in comes with the form; what only opens one is nothing yet. */
function fromInteraction(interaction: Interaction, reader: Reader): Inbound | null {
  const { id, type, locale, data } = interaction;
  const who = interaction.member?.user ?? interaction.user;
  const pressed = readPressed(pressedOf(interaction));
  const place = who && whereOf(interaction, who, pressed.owner, reader);
  if (!who || !place || !data) return null;
  const common = { order: padded(id), ...place, person: personOf(who, locale), at: instantOf(id), files: [] };
  const says = (text: string): Inbound => ({ ...common, id: `m:${id}`, kind: 'message', text });
  if (type === INTERACTION.command) {
    return says(`/${[data.name, ...(data.options ?? []).map(({ value }) => String(value))].join(' ')}`);
  }
  const door = [DOOR, THREAD].find((kind) => pressed.choice.startsWith(kind));
  const payload = pressed.choice.slice(door?.length);
  if (door !== undefined) return { ...says('/start'), ...(payload === '' ? {} : { payload }) };
  const opens = type === INTERACTION.component && pressed.form !== undefined;
  if (pressed.choice === '' || opens || (type !== INTERACTION.component && type !== INTERACTION.form)) return null;
  return {
    ...common,
    ...standsUnder(interaction),
    id: `c:${id}`,
    kind: 'choice',
    text: '',
    choice: pressed.choice,
    ...(type === INTERACTION.form ? { form: valuesOf(data) } : {}),
  };
}

function standsUnder({ message, channel_id: here = '' }: Interaction): { replyTo?: string } {
  return message ? { replyTo: `m:${written({ channel: message.channel_id ?? here, id: message.id })}` } : {};
}

/** A click in a server that is not in a staff place speaks for the person's own conversation, in private. */
function whereOf(
  { guild_id: guild, channel_id: at = '', channel }: Interaction,
  who: User,
  owner: string | undefined,
  reader: Reader,
): Pick<Base, 'place' | 'from'> | null {
  if (owner !== undefined) return owner === who.id ? { place: 'private', from: privately(who.id, at) } : null;
  if (guild == null) return { place: 'private', from: privately(who.id) };
  if (reader.channel(at)?.person === who.id) return { place: 'private', from: privately(who.id, at) };
  const parent = isThread(channel?.type) ? channel?.parent_id : undefined;
  const from = parent == null ? privately(at) : privately(parent, at);
  return reader.isStaff(from) ? { place: 'staff', from } : { place: 'private', from: privately(who.id) };
}

function valuesOf({ components = [] }: NonNullable<Interaction['data']>): Record<string, string> {
  const inputs = components.flatMap(({ component, components: row = [] }) => (component ? [component] : row));
  return Object.fromEntries(inputs.flatMap(({ custom_id: key, value }) => (value ? [[key, value]] : [])));
}

// From Telegram's updates to what the house understands. Total: what is malformed, unknown or not for us is null. Pure.
import type { Address, FileRef, Inbound } from '../../../src/model.ts';
import { type Entity, type Message, type Update, type User, updateSchema } from './schema.ts';

export interface Reader {
  /** The bot itself. */
  me: { id: number; username: string };
  /** Where the team works. */
  staff: readonly Address[];
}

/** Clients cut what is longer than 4,096 characters, and some a little before: the rest is on its way. */
const NEAR_LIMIT = 3_900;

const CONTENT = [
  ...(['text', 'caption', 'photo', 'document', 'audio', 'voice', 'video', 'video_note', 'animation'] as const),
  ...(['contact', 'location'] as const),
];
/** Nobody said anything: the chat itself changed. Whatever else has no content for us is something we cannot read. */
const SERVICE =
  /^(?:pinned_message|message_auto_delete_timer_changed|write_access_allowed|users_shared|chat_shared|successful_payment|refunded_payment|connected_website|web_app_data|chat_background_set|forum_topic_\w+|video_chat_\w+|boost_added|gift|unique_gift)$/;

export function parse(raw: unknown, reader: Reader): Inbound | null {
  const reading = updateSchema.safeParse(raw);
  if (!reading.success) return null;
  const update = reading.data;
  if (update.message) return fromMessage(update.message, reader, isService((raw as { message: object }).message));
  if (update.edited_message) return fromEdit(update, update.edited_message, reader);
  if (update.callback_query) return fromClick(update.callback_query, reader);
  return update.my_chat_member ? fromMembership(update, update.my_chat_member) : null;
}

const isService = (message: object): boolean => Object.keys(message).some((key) => SERVICE.test(key));

function fromMessage(message: Message, reader: Reader, service: boolean): Inbound | null {
  const base = baseOf(message, reader);
  if (!base) return null;
  const replyTo = answered(message, base, reader);
  if (base.place !== 'private' && !isCall(message, base, reader) && replyTo === undefined) return null;
  const content = contentOf(message);
  const says = CONTENT.some((key) => message[key] !== undefined);
  if (!says && service) return null;
  const [, start] = /^\/start(?:@\w+)? ([A-Za-z0-9_-]{1,64})$/.exec(content.text) ?? [];
  return {
    ...base,
    ...content,
    id: `m:${message.message_id}`,
    kind: 'message',
    ...(start === undefined ? {} : { text: '/start', payload: start }),
    ...(says ? {} : { unreadable: true }),
    ...(message.forward_origin ? { forwarded: true } : {}),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(content.text.length > NEAR_LIMIT || message.media_group_id !== undefined ? { more: true } : {}),
  };
}

/** In private and where the team works. A live position that moves is no correction of what was written. */
function fromEdit(update: Update, message: Message, reader: Reader): Inbound | null {
  const base = baseOf(message, reader);
  if (!base || base.place === 'other' || message.location) return null;
  // Seconds are too coarse for two corrections in a row: the update tells them apart.
  const edit = `${padded(message.edit_date ?? message.date)}.${padded(update.update_id)}`;
  return { ...base, ...contentOf(message), id: `e:${message.message_id}:${edit}`, kind: 'edit' };
}

/** What a button means, and who may press it, is looked up by the house: here is only who pressed it and where. */
function fromClick(
  { id, from, data = '', message }: NonNullable<Update['callback_query']>,
  { staff }: Reader,
): Inbound | null {
  if (!message || message.chat.type === 'channel') return null;
  const isPrivate = message.chat.type === 'private';
  if (isPrivate && message.chat.id !== from.id) return null;
  const here = addressOf(message);
  // A message too old to be read no longer tells its topic.
  const known = staff.find((one) => isThere(one, here) || (message.date === 0 && one.chat === here.chat));
  return {
    id: `c:${id}`,
    order: padded(message.message_id),
    place: isPrivate ? 'private' : known ? 'staff' : 'other',
    from: known ?? here,
    person: personOf(from),
    // A click bears no time; nothing is decided by it.
    at: new Date(0).toISOString(),
    kind: 'choice',
    text: '',
    files: [],
    choice: data,
  };
}

function fromMembership(
  update: Update,
  { chat, from, date, new_chat_member: { status } }: NonNullable<Update['my_chat_member']>,
): Inbound | null {
  if (chat.type !== 'private') return null;
  return {
    id: `s:${update.update_id}`,
    order: '',
    place: 'private',
    from: { channel: 'telegram', chat: String(chat.id) },
    person: personOf(from),
    at: instant(date),
    kind: 'presence',
    presence: status === 'kicked' || status === 'left' ? 'gone' : 'back',
    text: '',
    files: [],
  };
}

type Base = Pick<Inbound, 'order' | 'place' | 'from' | 'person' | 'at'>;

function baseOf(message: Message, reader: Reader): Base | null {
  const { chat, from: sender } = message;
  // In a group, an administrator may speak for the group itself.
  if (!sender || (sender.is_bot && !message.sender_chat) || chat.type === 'channel') return null;
  const from = addressOf(message);
  const isStaff = reader.staff.some((one) => isThere(one, from));
  const place = chat.type === 'private' ? 'private' : isStaff ? 'staff' : 'other';
  return { order: padded(message.message_id), place, from, person: personOf(sender), at: instant(message.date) };
}

type Placed = Pick<Message, 'chat' | 'message_thread_id' | 'is_topic_message'>;

function addressOf({ chat, is_topic_message: inTopic, message_thread_id: thread }: Placed): Address {
  const topic = inTopic && thread !== undefined ? { thread: String(thread) } : {};
  return { channel: 'telegram', chat: String(chat.id), ...topic };
}

const isThere = (one: Address, { chat, thread }: Address): boolean => one.chat === chat && one.thread === thread;

/**
 * The message that this one replies to: any in private, one of the bot's where the team works. In a topic, what replies to
 * nothing is marked as a reply to the topic's beginning.
 */
function answered(message: Message, { place }: Base, { me }: Reader): string | undefined {
  const { reply_to_message: target, is_topic_message: inTopic, message_thread_id: thread } = message;
  if (!target || (inTopic && target.message_id === thread)) return undefined;
  const counts = place === 'private' || (place === 'staff' && target.from?.id === me.id);
  return counts ? `m:${target.message_id}` : undefined;
}

/** Whether a message in a group calls the bot: a command, its name, or a reply where no card can be meant. */
function isCall(message: Message, { place }: Base, { me }: Reader): boolean {
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const wordOf = ({ offset, length }: Entity) => text.slice(offset, offset + length).toLowerCase();
  const name = `@${me.username.toLowerCase()}`;
  const command = entities.find((one) => one.type === 'bot_command' && one.offset === 0);
  if (command) return !wordOf(command).includes('@') || wordOf(command).endsWith(name);
  const named = entities.some(
    (one) =>
      (one.type === 'mention' && wordOf(one) === name) || (one.type === 'text_mention' && one.user?.id === me.id),
  );
  const { reply_to_message: target, message_thread_id: thread } = message;
  const isReply = target?.from?.id === me.id && target.message_id !== thread;
  return named || (place === 'other' && isReply);
}

function contentOf(message: Message): Pick<Inbound, 'text' | 'files' | 'location' | 'links'> {
  const { contact, venue } = message;
  const text = message.text ?? message.caption ?? '';
  const name = contact && [contact.first_name, contact.last_name].filter(Boolean).join(' ');
  const words = [
    ...(text === '' ? [] : [text]),
    ...(contact ? [`${name}, ${contact.phone_number}`] : []),
    ...(venue ? [`${venue.title}, ${venue.address}`] : []),
  ];
  const entities = message.entities ?? message.caption_entities ?? [];
  const links = entities.flatMap(({ type, url }) => (type === 'text_link' && url !== undefined ? [url] : []));
  const location = message.location && { latitude: message.location.latitude, longitude: message.location.longitude };
  return {
    text: words.join('\n'),
    files: filesOf(message),
    ...(location ? { location } : {}),
    ...(links.length > 0 ? { links } : {}),
  };
}

/** A photo comes in several sizes, the largest last. A GIF comes as an animation and, for older clients, as a document. */
function filesOf(message: Message): FileRef[] {
  const { photo, document, audio, voice, video, video_note, animation } = message;
  const found = [photo?.at(-1), animation ?? document, audio, voice, video, video_note];
  return found.flatMap((one) =>
    one === undefined
      ? []
      : [
          {
            channel: 'telegram',
            id: one.file_unique_id,
            ref: one.file_id,
            ...(one.file_name === undefined ? {} : { name: one.file_name }),
            ...(one.mime_type === undefined ? {} : { type: one.mime_type }),
            ...(one.file_size === undefined ? {} : { size: one.file_size }),
          },
        ],
  );
}

const personOf = ({ id, first_name, last_name, language_code }: User): Inbound['person'] => ({
  id: String(id),
  name: [first_name, last_name].filter(Boolean).join(' '),
  ...(language_code === undefined ? {} : { locale: language_code }),
});

const instant = (seconds: number): string => new Date(seconds * 1_000).toISOString();

/** Sortable as text. */
const padded = (value: number): string => String(value).padStart(12, '0');

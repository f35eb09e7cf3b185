// Sending and changing messages, piece by piece: each is told of as soon as it is out, so that what is broken off goes on
// where it was. Changing a piece again changes nothing, and needs no telling.
import { type Api, GrammyError, InputFile } from 'grammy';
import type { Address, Language } from '../../../src/model.ts';
import type { ChannelError, Post, Sent } from '../../../src/ports.ts';
import { faultOf } from './faults.ts';
import { type Payload, render } from './render.ts';
import { removedWords } from './words.ts';

export interface SendingOptions {
  api: Api;
  /** With time enough for a file. */
  uploads: Api;
  username(): string;
  /** Milliseconds. */
  now(): number;
  /** Told of every failure, with what it was before it lost its words. */
  failed(fault: ChannelError, error: unknown, to: Address): void;
  succeeded(): void;
}

/** Bytes up to which Telegram takes a picture as one (https://core.telegram.org/bots/api#sendphoto). */
const PHOTO = 10 * 1024 * 1024;
const PHOTOS = /^image\/(?:jpeg|png|webp)$/;
/** 400s of a message that cannot be changed where it stands: it is gone, or is of another kind. */
const UNCHANGEABLE = /message to edit not found|message can't be edited|no text in the message|MESSAGE_ID_INVALID/i;

export function createSending({ api, uploads, username, now, failed, succeeded }: SendingOptions) {
  /** Messages that may be out, though nothing says so. */
  const doubtful = new Set<string>();

  async function deliver(post: Post): Promise<Sent> {
    try {
      const sent = await put(post);
      doubtful.delete(post.key);
      succeeded();
      return sent;
    } catch (error) {
      const fault = faultOf(error, now());
      if (fault.kind === 'unknown-outcome') doubtful.add(post.key);
      else if (fault.kind !== 'retry') doubtful.delete(post.key);
      failed(fault, error, post.to);
      throw fault;
    }
  }

  async function put(post: Post): Promise<Sent> {
    const { to, message, key, out, edits = [] } = post;
    // A second copy is risked only once the chat answers again.
    if (doubtful.has(key)) await api.sendChatAction(to.chat, 'typing', placeOf(to));
    const bytes = message.attachment ? await bytesOf(post.content) : [];
    const payloads = render(bytes ? message : withoutFile(message), username());
    const standing = await change(to, edits, payloads);
    const told = await putAnew(post, payloads.slice(standing), bytes ?? []);
    for (const id of edits.slice(standing)) await remove(to, id, message.language);
    const last = told.length > out.length ? told.slice(-1) : [];
    return {
      messages: edits.length > 0 ? [...edits.slice(0, standing), ...told] : last,
      ...(last[0] === undefined ? {} : { order: last[0].padStart(12, '0') }),
    };
  }

  /** Sends what is not out yet; the ids of all that is. */
  async function putAnew({ to, under, out, piece }: Post, payloads: Payload[], bytes: Uint8Array[]): Promise<string[]> {
    const told = [...out];
    for (const [i, payload] of payloads.entries()) {
      if (i < out.length) continue;
      if (i > out.length) await piece(told.at(-1) ?? '');
      const place = { ...placeOf(to), ...(i === 0 ? replyTo(under) : {}) };
      told.push(payload.attachment ? await upload(to, payload, place, bytes) : await say(to, payload, place));
    }
    return told;
  }

  /** Changes pieces where they stand; how many of the message's do so now. */
  async function change({ chat }: Address, edits: string[], payloads: Payload[]): Promise<number> {
    for (const [i, id] of edits.slice(0, payloads.length).entries()) {
      const { text, entities, reply_markup, attachment } = payloads[i] as Payload;
      if (attachment) return i;
      // Only buttons under a message can be changed with it; without any, those it had go.
      const markup = reply_markup && 'inline_keyboard' in reply_markup ? { reply_markup } : {};
      try {
        await api.editMessageText(chat, Number(id), text, { entities, ...markup, ...QUIET });
      } catch (error) {
        if (isRefusal(error, UNCHANGEABLE)) return i;
        if (!isRefusal(error, /message is not modified/i)) throw error;
      }
    }
    return Math.min(edits.length, payloads.length);
  }

  async function say({ chat }: Address, { text, ...rest }: Payload, place: object): Promise<string> {
    const { message_id } = await api.sendMessage(chat, text, { ...rest, ...place, ...QUIET });
    return String(message_id);
  }

  async function upload(to: Address, payload: Payload, place: object, chunks: Uint8Array[]): Promise<string> {
    const { text, entities, attachment, reply_markup } = payload;
    // Made anew for each call: what is sent is read once.
    const file = () => new InputFile(chunks, quoted(attachment?.name ?? ''));
    const caption = text === '' ? {} : { caption: text, caption_entities: entities };
    const more = { ...caption, ...(reply_markup ? { reply_markup } : {}), ...place };
    const size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
    if (PHOTOS.test(attachment?.type ?? '') && size <= PHOTO) {
      try {
        return String((await uploads.sendPhoto(to.chat, file(), more)).message_id);
      } catch (error) {
        // Too long or too wide for a picture: it goes as a document.
        if (!isRefusal(error, /PHOTO_|IMAGE_PROCESS_FAILED/)) throw error;
      }
    }
    return String((await uploads.sendDocument(to.chat, file(), more)).message_id);
  }

  /** What is too old to be deleted says that it no longer counts. */
  async function remove({ chat }: Address, id: string, language: Language): Promise<void> {
    try {
      await api.deleteMessage(chat, Number(id));
    } catch (error) {
      if (!isRefusal(error, /./)) throw error;
      await api.editMessageText(chat, Number(id), removedWords[language]).catch(() => undefined);
    }
  }

  return deliver;
}

const QUIET = { link_preview_options: { is_disabled: true } };

const placeOf = ({ thread }: Address): { message_thread_id?: number } =>
  thread === undefined ? {} : { message_thread_id: Number(thread) };

const replyTo = (under: string | undefined): object =>
  under === undefined ? {} : { reply_parameters: { message_id: Number(under), allow_sending_without_reply: true } };

/** grammY writes the name bare into a header, where a space or an accent would end it. */
const quoted = (name: string): string => `"${name.replace(/["\\\p{Cc}]/gu, '_')}"`;

const isRefusal = (error: unknown, sign: RegExp): boolean =>
  error instanceof GrammyError && error.error_code === 400 && sign.test(error.description);

/** A picture is small, and whether it is one for Telegram depends on its size. Null when there is nothing any more. */
async function bytesOf(content: Post['content']): Promise<Uint8Array[] | null> {
  const source = await content?.();
  if (!source) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return chunks;
}

/** What it would have shown is said instead. */
function withoutFile({ attachment, ...message }: Post['message']): Post['message'] {
  return { ...message, blocks: [...message.blocks, { as: 'text', spans: [attachment?.alt ?? ''] }] };
}

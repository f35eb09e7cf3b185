// Writing to people and places: new messages, changed ones, threads and forum posts. A nonce makes a second try of the
// same message harmless.
import { createHash } from 'node:crypto';
import { type RawFile, Routes } from 'discord.js';
import type { Address, Language, Outbound } from '../../../src/model.ts';
import type { Post, Sent } from '../../../src/ports.ts';
import type { Call } from './call.ts';
import { CODE, codeOf, faultOf } from './faults.ts';
import { type Placed, padded, placed, written } from './ids.ts';
import type { Places } from './places.ts';
import { fileName, type Payload, render, type Style } from './render.ts';
import { sayWords } from './words.ts';

export interface SendTools {
  call: Call;
  places: Places;
  /** Of what names a thread. */
  language: Language;
}

/** Of a channel: posts, each a thread (https://docs.discord.com/developers/resources/channel#channel-object-channel-types). */
const FORUMS = new Set([15, 16]);
/** Characters of a thread's name, and the longest a thread stays open by itself, in minutes. */
const NAME = 100;
const WEEK = 10_080;

/** The message, its piece and its words: the same try gives the same nonce, of at most 25 characters. */
export const nonceOf = (key: string, piece: number, payload: Payload): string =>
  createHash('sha256')
    .update(`${key}:${piece}:${JSON.stringify(payload)}`)
    .digest('base64url')
    .slice(0, 25);

/** A number for a component: too large to be one that Discord gives by itself (https://docs.discord.com/developers/components/reference#anatomy-of-a-component). */
const markOf = (nonce: string): number =>
  (createHash('sha256').update(nonce).digest().readUInt32BE() & 0x3fffffff) + 0x40000000 - 1;

/** Where a message goes: a channel or a thread, in answer to a message, or as a new post of a forum. */
interface Target {
  channel: string;
  reply?: string;
  forum?: true;
}

interface Files {
  files?: RawFile[];
}

export function createSend({ call, places, language }: SendTools): (post: Post) => Promise<Sent> {
  async function targetOf(to: Address, under: string | undefined): Promise<Target> {
    const card = placed(under ?? '');
    if (card) return card.channel === to.chat ? { channel: await threadOn(card) } : standing(card);
    if (to.thread !== undefined) return { channel: to.thread };
    if (!places.isChannel(to.chat)) return { channel: await places.directOf(to.chat) };
    const isForum = FORUMS.has((await places.info(to.chat)).type);
    return { channel: to.chat, ...(isForum ? { forum: true } : {}) };
  }

  /** In a thread already: its first message is the thread itself, others are replied to. */
  const standing = ({ channel, id }: Placed): Target => (channel === id ? { channel } : { channel, reply: id });

  /** The thread of a message has its id. It is made once, and named by what the message begins with. */
  async function threadOn({ channel, id }: Placed): Promise<string> {
    if (places.channel(id)?.parent !== undefined) return id;
    const said = (await call('get', Routes.channelMessage(channel, id)).catch(() => undefined)) as Payload | undefined;
    try {
      await call('post', Routes.threads(channel, id), {
        body: { name: nameOf(textOf(said), language), auto_archive_duration: WEEK },
      });
    } catch (error) {
      if (codeOf(error) !== CODE.threadExists) throw error;
    }
    return id;
  }

  /** A post of a forum takes no nonce: a number of ours on its first words tells whether an earlier try made it. */
  async function post(forum: string, payload: Payload, nonce: string, files: Files): Promise<Placed> {
    const [name, mark] = [nameOf(textOf(payload), language), markOf(nonce)];
    for (const id of places.threads(forum, name)) {
      const first = (await call('get', Routes.channelMessage(id, id)).catch(unseen)) as Payload | undefined;
      if (first?.components?.[0]?.['id'] === mark) return { channel: id, id };
    }
    const [words, ...rest] = payload.components;
    const message = words ? { ...payload, components: [{ ...words, id: mark }, ...rest] } : payload;
    const body = { name, auto_archive_duration: WEEK, message };
    const made = await call('post', Routes.threads(forum), { body, ...files });
    places.learn({ t: 'THREAD_CREATE', d: made });
    return { channel: idOf(made), id: idOf(made) };
  }

  async function write(to: Target, payload: Payload, nonce: string, files: Files): Promise<Placed> {
    if (to.forum) return post(to.channel, payload, nonce, files);
    const reply =
      to.reply === undefined ? {} : { message_reference: { message_id: to.reply, fail_if_not_exists: false } };
    const body = { ...payload, ...reply, nonce, enforce_nonce: true };
    return {
      channel: to.channel,
      id: idOf(await call('post', Routes.channelMessages(to.channel), { body, ...files })),
    };
  }

  /** Undefined when the message is gone: it is then written anew. */
  async function edit(at: Placed, payload: Payload, files: Files): Promise<Placed | undefined> {
    try {
      const body = { ...payload, attachments: payload.attachments ?? [] };
      await call('patch', Routes.channelMessage(at.channel, at.id), { body, ...files });
      return at;
    } catch (error) {
      if (codeOf(error) === CODE.unknownMessage) return undefined;
      throw error;
    }
  }

  /** What is gone is gone; anything else is not known. */
  function absent(error: unknown): undefined {
    if (codeOf(error) !== CODE.unknownMessage) throw error;
  }

  /** The same, for what may have been in a thread that is gone, or is not shown to us. */
  function unseen(error: unknown): undefined {
    if (faultOf(error, 0).kind !== 'permanent') absent(error);
  }

  async function removeAll(surplus: string[]): Promise<void> {
    for (const one of surplus.flatMap((text) => placed(text) ?? [])) {
      await call('delete', Routes.channelMessage(one.channel, one.id)).catch(absent);
    }
  }

  /** One piece: in the place of a former one, or after the others. */
  async function put(post: Post, i: number, payload: Payload, where: Target, files: Files): Promise<Placed> {
    const former = placed(post.edits?.[i] ?? '');
    const edited = former && (await edit(former, payload, files));
    return edited ?? write(where, payload, nonceOf(post.key, i, payload), files);
  }

  async function putAll(post: Post, payloads: Payload[], file: RawFile | undefined): Promise<Placed[]> {
    const sent: Placed[] = [];
    const before = placed(post.out.at(-1) ?? '');
    let where = before ? { channel: before.channel } : await targetOf(post.to, post.under);
    for (const [i, payload] of payloads.entries()) {
      if (i < post.out.length) continue;
      const last = sent.at(-1);
      if (last) await post.piece(written(last));
      const isLast = i === payloads.length - 1;
      const done = await put(post, i, payload, where, file && isLast ? { files: [file] } : {});
      sent.push(done);
      where = { channel: done.channel };
    }
    return sent;
  }

  /** Writes what is not out yet. Throws the library's errors. */
  return async (post) => {
    const { to, message, out, edits } = post;
    const file = await fileOf(message.attachment, post.content);
    const style = styleOf(to, to.thread === undefined ? await places.findChannel(to.chat) : places.isChannel(to.chat));
    const payloads = render(file ? message : withoutFile(message), style);
    const sent = await putAll(post, payloads, file);
    await removeAll((edits ?? []).slice(payloads.length));
    const last = sent.at(-1);
    const now = edits ? sent.map(written) : sent.slice(-1).map(written);
    return { messages: edits ? [...out, ...now] : now, ...(last ? { order: padded(last.id) } : {}) };
  };
}

const styleOf = ({ chat, thread }: Address, card: boolean): Style =>
  card || thread === undefined ? { card } : { card, owner: chat };

const withoutFile = ({ attachment: _, ...message }: Outbound): Outbound => message;

function idOf(answer: unknown): string {
  const { id } = (answer ?? {}) as { id?: unknown };
  if (typeof id !== 'string') throw new Error('an answer without an id');
  return id;
}

/** A file goes whole in one request; a content that is gone leaves the words. */
async function fileOf(
  attachment: Post['message']['attachment'],
  content: Post['content'],
): Promise<RawFile | undefined> {
  const chunks = attachment && (await content?.());
  if (!attachment || !chunks) return undefined;
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return { name: fileName(attachment.name), contentType: attachment.type, data: Buffer.concat(all) };
}

/** The words of a message, whichever way it was written. */
const textOf = (payload: Partial<Payload> | undefined): string => {
  const [first] = payload?.components ?? [];
  return String(payload?.content || (first?.['content'] ?? ''));
};

/** A name is plain text on one line: the first of the message, without its marks. */
export function nameOf(text: string, language: Language): string {
  const [first = ''] = text.split('\n').filter((line) => line.trim() !== '');
  const bare = first
    .replace(/^(?:#+|>) /, '')
    .replace(/(?<!\\)\*\*/g, '')
    .replace(/\\(?=[^A-Za-z0-9\s])/g, '')
    .trim();
  if (bare === '') return sayWords[language].caseThread;
  return bare.length <= NAME ? bare : `${bare.slice(0, NAME - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

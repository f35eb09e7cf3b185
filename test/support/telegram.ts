// A Telegram of our own: the Bot API over HTTP, with people in it. It refuses what the real one refuses, and can be told to
// fail (https://core.telegram.org/bots/api).
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import methods from './telegram-methods.json' with { type: 'json' };

type Json = Record<string, unknown>;

export interface Said {
  id: number;
  chat: string;
  /** What it says now: the text, or the caption of a file. */
  text: string;
  payload: Json;
  file?: { name: string; content: Buffer };
  edited?: true;
  deleted?: true;
}

/** Instead of an answer: a status, a connection cut before or after the work, or a pause in milliseconds. */
export type Fault = { status: number; body?: Json } | { cut: 'before' | 'after' } | { pause: number };

export interface Person {
  id: number;
  /** Text as a client sends it: cut at 4,096 units. The ids of its messages. */
  says(text: string): Promise<number[]>;
  /** A message with more than text. */
  sends(more: Json): Promise<number>;
  edits(message: number, more: Json): Promise<void>;
  /** Presses the button of this label on the last message that has one. */
  presses(label: string | RegExp): Promise<void>;
  pressesData(data: string): Promise<void>;
  blocks(): Promise<void>;
  unblocks(): Promise<void>;
  /** Resolves with what the bot said, once it matches, since the last wait. */
  hears(sign: RegExp): Promise<string>;
}

export interface Telegram {
  root: string;
  token: string;
  calls: { method: string; payload: Json }[];
  said: Said[];
  /** The next calls of a method fail so, one after the other. */
  fail(method: string, ...faults: Fault[]): void;
  /** Whether privacy mode is off. */
  readsAll: boolean;
  /** Every update comes again once more after it was confirmed. */
  twice: boolean;
  files: Map<string, Buffer | 'tooBig' | 'gone'>;
  /** What is registered, and why the last call of it failed. */
  webhook(): { url: string; secret: string; error?: string };
  person(name?: string, language?: string): Person;
  /** An update as it is. */
  deliver(update: Json): Promise<void>;
  /** Old group → new supergroup. */
  moved: Map<string, number>;
  /** How many wait for updates at this moment, and the most that ever did: two would be told of a conflict. */
  waits: { now: number; most: number };
  /** What was not confirmed yet. */
  pending(): Json[];
  /** Groups the bot is not in. */
  closed: Set<string>;
  /** Its messages can no longer be deleted, as after 48 hours. */
  old: boolean;
  stop(): Promise<void>;
}

export const TOKEN = '123456789:AAtest-token-of-nobody_0123456789abcdef';
const LIMIT = 4_096;
export const BOT = { id: 999, is_bot: true, first_name: 'Recueil', username: 'recueil_test_bot' };

class Refusal extends Error {
  readonly status: number;
  readonly more: Json;
  constructor(status: number, description: string, more: Json = {}) {
    super(description);
    this.status = status;
    this.more = more;
  }
}

export async function openTelegram(): Promise<Telegram> {
  const calls: Telegram['calls'] = [];
  const said: Said[] = [];
  const faults = new Map<string, Fault[]>();
  const files: Telegram['files'] = new Map();
  const moved: Telegram['moved'] = new Map();
  const closed = new Set<string>();
  const blocked = new Set<string>();
  const started = new Set<string>();
  const again: Json[] = [];
  let queue: Json[] = [];
  let webhook: { url: string; secret: string; error?: string } = { url: '', secret: '' };
  let [updates, messages, people] = [0, 0, 0];
  let ended = false;
  const watchers = new Set<() => void>();

  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind, token, method = ''] = /^\/(bot|file\/bot)([^/]+)\/(.+)$/.exec(request.url ?? '') ?? [];
    const body = await bodyOf(request);
    const reply = (status: number, json: Json) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    if (token !== TOKEN) return void reply(401, { ok: false, error_code: 401, description: 'Unauthorized' });
    if (kind === 'file/bot') return download(method, response);
    const payload = await payloadOf(request, body);
    calls.push({ method, payload });
    if (method === 'getUpdates') waiting(response);
    const fault = faults.get(method)?.shift();
    if (fault && !(await survives(fault, reply, response))) return;
    try {
      const result = await act(method, payload);
      if (fault && 'cut' in fault) return void response.destroy();
      reply(200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply(error.status, { ok: false, error_code: error.status, description: error.message, ...error.more });
    }
  }

  /** Whether the call is carried out in spite of the fault. */
  async function survives(
    fault: Fault,
    reply: (status: number, json: Json) => unknown,
    response: ServerResponse,
  ): Promise<boolean> {
    if ('pause' in fault) await sleep(fault.pause);
    if ('cut' in fault && fault.cut === 'before') response.destroy();
    if ('status' in fault) {
      reply(fault.status, { ok: false, error_code: fault.status, description: 'a fault', ...fault.body });
    }
    return 'pause' in fault || ('cut' in fault && fault.cut === 'after');
  }

  function waiting(response: ServerResponse): void {
    const { waits } = telegram;
    waits.now += 1;
    waits.most = Math.max(waits.most, waits.now);
    response.once('close', () => {
      waits.now -= 1;
    });
  }

  function download(path: string, response: ServerResponse): void {
    const content = files.get(path);
    if (content instanceof Buffer) response.writeHead(200).end(content);
    else response.writeHead(404).end();
  }

  const acts: Record<string, (payload: Json) => unknown> = {
    getMe: () => ({ ...BOT, can_join_groups: true, can_read_all_group_messages: telegram.readsAll }),
    getUpdates,
    sendMessage,
    sendPhoto: (payload) => sendFile(payload, payload['photo'], 10 * 1024 * 1024),
    sendDocument: (payload) => sendFile(payload, payload['document'], 50 * 1024 * 1024),
    editMessageText(payload) {
      const one = messageOf(payload, 'edit');
      if (one.file) throw new Refusal(400, 'Bad Request: there is no text in the message to edit');
      const text = String(payload['text']);
      check(text, payload);
      const same = ['text', 'entities', 'reply_markup'].every((key) => isSame(one.payload[key], payload[key]));
      if (same)
        throw new Refusal(400, 'Bad Request: message is not modified: specified new message content is the same');
      Object.assign(one, { text, payload: { ...one.payload, ...payload, reply_markup: payload['reply_markup'] } });
      one.edited = true;
      for (const look of watchers) look();
      return { message_id: one.id };
    },
    deleteMessage(payload) {
      const one = messageOf(payload, 'delete');
      if (telegram.old) throw new Refusal(400, "Bad Request: message can't be deleted for everyone");
      one.deleted = true;
      return true;
    },
    setWebhook(payload) {
      if (!/^https?:/.test(String(payload['url'])))
        throw new Refusal(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook');
      webhook = { url: String(payload['url']), secret: String(payload['secret_token']) };
      void pump();
      return true;
    },
    deleteWebhook() {
      webhook = { url: '', secret: '' };
      return true;
    },
    getWebhookInfo: () => ({
      url: webhook.url,
      pending_update_count: queue.length,
      ...(webhook.error === undefined ? {} : { last_error_message: webhook.error, last_error_date: now() }),
    }),
    getFile({ file_id: id }) {
      const content = files.get(String(id));
      if (content === 'tooBig') throw new Refusal(400, 'Bad Request: file is too big');
      if (content === undefined)
        throw new Refusal(400, 'Bad Request: wrong file_id or the file is temporarily unavailable');
      return { file_id: id, file_path: id };
    },
    setMyCommands({ commands, scope }) {
      const { type, chat_id: chat } = scope as Json;
      if (type === 'chat') reachable(String(chat));
      for (const { command, description } of commands as { command: string; description: string }[]) {
        if (!/^[a-z0-9_]{1,32}$/.test(command)) throw new Refusal(400, 'Bad Request: BOT_COMMAND_INVALID');
        if (!within(description, 256)) throw new Refusal(400, 'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID');
      }
      return true;
    },
    setMyDescription: ({ description }) => within(description, 512),
    setMyShortDescription: ({ short_description }) => within(short_description, 120),
    sendChatAction({ chat_id }) {
      reachable(String(chat_id));
      return true;
    },
    answerCallbackQuery: () => true,
    editMessageReplyMarkup: () => true,
  };

  /** As the documentation has it: a parameter with another name is a mistake of ours that the platform would not tell. */
  async function act(method: string, payload: Json): Promise<unknown> {
    const known = (methods as Record<string, Record<string, string>>)[method];
    if (!known) throw new Refusal(404, `Not Found: ${method}`);
    for (const name of Object.keys(payload)) if (!known[name]) throw new Refusal(400, `Bad Request: ${name}?`);
    for (const [name, need] of Object.entries(known)) {
      if (need === 'required' && payload[name] === undefined) throw new Refusal(400, `Bad Request: no ${name}`);
    }
    return acts[method]?.(payload);
  }

  async function getUpdates({ offset, limit = 100, timeout = 0 }: Json): Promise<Json[]> {
    if (webhook.url !== '') throw new Refusal(409, 'Conflict: can’t use getUpdates while webhook is active');
    if (typeof offset === 'number') {
      const confirmed = queue.filter((update) => (update['update_id'] as number) < offset);
      queue = queue.filter((update) => (update['update_id'] as number) >= offset);
      if (telegram.twice) again.push(...confirmed.filter((one) => !one['repeated']));
    }
    const repeated = again.splice(0).map((update) => Object.assign(update, { repeated: true }));
    if (repeated.length + queue.length === 0 && Number(timeout) > 0) {
      await Promise.race([
        new Promise<void>((resolve) => Object.assign(hold, { go: resolve })),
        sleep(Number(timeout) * 1_000, undefined, { ref: false }),
      ]);
    }
    return [...repeated, ...queue.slice(0, Number(limit))].map(({ repeated: _, ...update }) => update);
  }
  const hold: { go?: () => void } = {};
  const wake = () => hold.go?.();

  function reachable(chat: string): void {
    const to = moved.get(chat);
    if (to !== undefined) {
      const parameters = { migrate_to_chat_id: to };
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { parameters });
    }
    if (closed.has(chat)) throw new Refusal(400, 'Bad Request: chat not found');
    if (blocked.has(chat)) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    if (!chat.startsWith('-') && !started.has(chat)) throw new Refusal(400, 'Bad Request: chat not found');
  }

  function sendMessage(payload: Json): Json {
    const chat = String(payload['chat_id']);
    reachable(chat);
    const text = String(payload['text'] ?? '');
    check(text, payload);
    return keep({ chat, text, payload });
  }

  function sendFile(payload: Json, file: unknown, most: number): Json {
    const chat = String(payload['chat_id']);
    reachable(chat);
    if (!isUpload(file)) throw new Refusal(400, 'Bad Request: there is no file in the request');
    if (file.content.length > most) throw new Refusal(413, 'Request Entity Too Large');
    if (payload['photo'] && file.content.includes('too long a picture'))
      throw new Refusal(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS');
    const text = String(payload['caption'] ?? '');
    if (text.length > 1_024) throw new Refusal(400, 'Bad Request: message caption is too long');
    if (text !== '') check(text, { ...payload, entities: payload['caption_entities'] });
    return keep({ chat, text, payload, file });
  }

  function keep(one: Omit<Said, 'id'>): Json {
    messages += 1;
    said.push({ id: messages, ...one });
    for (const look of watchers) look();
    return { message_id: messages, date: now(), chat: { id: Number(one.chat), type: 'private' } };
  }

  function messageOf({ chat_id: chat, message_id: id }: Json, what: string): Said {
    reachable(String(chat));
    const one = said.find((each) => each.chat === String(chat) && each.id === Number(id) && !each.deleted);
    if (!one) throw new Refusal(400, `Bad Request: message to ${what} not found`);
    return one;
  }

  /** An update on its way: to the webhook, or to the next who asks. */
  async function deliver(update: Json): Promise<void> {
    updates += 1;
    queue.push({ update_id: updates, ...update });
    if (webhook.url === '') wake();
    else void pump();
  }

  let pumping: Promise<void> | undefined;
  function pump(): Promise<void> {
    pumping ??= work().finally(() => {
      pumping = undefined;
    });
    return pumping;
  }

  async function work(): Promise<void> {
    while (webhook.url !== '' && !ended) {
      const [update] = queue;
      if (!update) return;
      const good = await post(update);
      if (good && telegram.twice) await post(update);
      if (good) queue.shift();
      else await sleep(50);
    }
  }

  async function post(update: Json): Promise<boolean> {
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': webhook.secret };
    try {
      const answer = await fetch(webhook.url, { method: 'POST', headers, body: JSON.stringify(update) });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  function person(name = 'Camille', language = 'fr'): Person {
    people += 1;
    const id = 4_000 + people;
    const chat = String(id);
    const from = { id, is_bot: false, first_name: name, language_code: language };
    let read = 0;
    const mine = () => said.filter((one) => one.chat === chat);
    const write = async (more: Json): Promise<number> => {
      started.add(chat);
      messages += 1;
      const message = { message_id: messages, date: now(), chat: { id, type: 'private' }, from, ...more };
      const own = messages;
      await deliver({ message });
      return own;
    };
    const click = (message: number, data: string) => {
      const shown = { message_id: message, date: now(), chat: { id, type: 'private' } };
      return deliver({ callback_query: { id: `q${updates + 1}`, from, chat_instance: '1', message: shown, data } });
    };
    const member = (status: string) =>
      deliver({ my_chat_member: { chat: { id, type: 'private' }, from, date: now(), new_chat_member: { status } } });
    return {
      id,
      async says(text) {
        const ids: number[] = [];
        for (let at = 0; at < text.length; at += LIMIT) {
          const piece = text.slice(at, at + LIMIT);
          const length = /^\/\w+/.exec(piece)?.[0].length;
          const entities = length === undefined ? {} : { entities: [{ type: 'bot_command', offset: 0, length }] };
          ids.push(await write({ text: piece, ...entities }));
        }
        return ids;
      },
      sends: write,
      edits: (message, more) =>
        deliver({
          edited_message: {
            message_id: message,
            date: now(),
            edit_date: now(),
            chat: { id, type: 'private' },
            from,
            ...more,
          },
        }),
      async presses(label) {
        for (const one of mine().reverse()) {
          const keyboard = one.payload['reply_markup'] as {
            inline_keyboard?: { text: string; callback_data: string }[][];
          };
          const button = keyboard?.inline_keyboard?.flat().find(({ text }) => text.match(label));
          if (button) return click(one.id, button.callback_data);
        }
        throw new Error(`no button ${label} in: ${mine().at(-1)?.text}`);
      },
      pressesData: (data) => click(mine().at(-1)?.id ?? 0, data),
      async blocks() {
        blocked.add(chat);
        await member('kicked');
      },
      async unblocks() {
        blocked.delete(chat);
        await member('member');
      },
      async hears(sign) {
        const heard = () =>
          mine()
            .slice(read)
            .map(({ text }) => text)
            .join('\n');
        const deadline = Date.now() + 20_000;
        while (!sign.test(heard())) {
          if (Date.now() > deadline) throw new Error(`never heard ${sign}, but: ${heard()}`);
          const next = Promise.withResolvers<void>();
          watchers.add(next.resolve);
          await Promise.race([next.promise, sleep(100)]);
          watchers.delete(next.resolve);
        }
        const text = heard();
        read = mine().length;
        return text;
      },
    };
  }

  const telegram: Telegram = {
    root,
    token: TOKEN,
    calls,
    said,
    files,
    moved,
    closed,
    old: false,
    readsAll: false,
    twice: false,
    webhook: () => webhook,
    waits: { now: 0, most: 0 },
    pending: () => queue,
    fail: (method, ...list) => void faults.set(method, [...(faults.get(method) ?? []), ...list]),
    person,
    deliver,
    async stop() {
      ended = true;
      wake();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return telegram;
}

/** What the platform refuses of a message, by its documentation. */
function check(text: string, payload: Json): void {
  if (text.trim() === '') throw new Refusal(400, 'Bad Request: message text is empty');
  if (text.length > LIMIT) throw new Refusal(400, 'Bad Request: message is too long');
  if (!text.isWellFormed()) throw new Refusal(400, 'Bad Request: strings must be encoded in UTF-8');
  if (payload['parse_mode'] !== undefined) throw new Refusal(400, 'Bad Request: nobody should use markup here');
  for (const { offset, length } of (payload['entities'] ?? []) as { offset: number; length: number }[]) {
    if (offset < 0 || length < 1 || offset + length > text.length) throw new Refusal(400, 'Bad Request: entity');
  }
  const markup = (payload['reply_markup'] ?? {}) as { inline_keyboard?: Json[][]; keyboard?: Json[][] };
  for (const button of markup.inline_keyboard?.flat() ?? []) {
    const bytes = Buffer.byteLength(String(button['callback_data'] ?? ''));
    if (button['url'] === undefined && (bytes < 1 || bytes > 64)) throw new Refusal(400, 'BUTTON_DATA_INVALID');
    if (String(button['text'] ?? '') === '') throw new Refusal(400, 'Bad Request: button text is empty');
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** JSON, or a form when a file comes along: its other values are JSON where they are no text. */
async function payloadOf(request: IncomingMessage, body: Buffer): Promise<Json> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Json);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const payload: Json = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue;
    const attached = form.get(value.replace(/^attach:\/\//, ''));
    if (attached instanceof File) {
      payload[name] = { name: attached.name, content: Buffer.from(await attached.arrayBuffer()) };
    } else payload[name] = /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value;
  }
  return payload;
}

const isUpload = (file: unknown): file is { name: string; content: Buffer } =>
  (file as { content?: unknown } | undefined)?.content instanceof Buffer;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? []) === JSON.stringify(other ?? []);

const within = (text: unknown, most: number): true => {
  if (String(text).length > most) throw new Refusal(400, 'Bad Request: too long');
  return true;
};

export interface Group {
  says(text: string, under?: Said): Promise<void>;
  /** Presses a button of a message, wherever that message stands. */
  presses(card: Said, label: string): Promise<void>;
  /** The first message the bot wrote here since the last such that says this, once it does. */
  hears(sign: RegExp): Promise<Said>;
}

/** Somebody in a group. */
export function groupOf(telegram: Telegram, chat: number, name: string): Group {
  const from = { id: 5_000 - chat, is_bot: false, first_name: name, language_code: 'fr' };
  const place = { id: chat, type: 'supergroup', title: 'Groupe' };
  let count = 70_000;
  let read = 0;
  const clicks = () => telegram.calls.length;
  return {
    says(text, under) {
      count += 1;
      const target = under && { message_id: under.id, date: now(), chat: place, from: BOT };
      const reply = target ? { reply_to_message: target } : {};
      return telegram.deliver({ message: { message_id: count, date: now(), chat: place, from, text, ...reply } });
    },
    presses(card, label) {
      const { inline_keyboard: rows = [] } = card.payload['reply_markup'] as {
        inline_keyboard?: { text: string; callback_data: string }[][];
      };
      const data = rows.flat().find(({ text }) => text === label)?.callback_data;
      if (data === undefined) throw new Error(`no button ${label} under: ${card.text}`);
      const message = { message_id: card.id, date: now(), chat: place };
      return telegram.deliver({ callback_query: { id: `g${clicks()}`, from, chat_instance: '2', message, data } });
    },
    async hears(sign) {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const found = telegram.said.findIndex(
          ({ chat: where, text }, i) => i >= read && where === String(chat) && sign.test(text),
        );
        const one = telegram.said[found];
        if (one) {
          read = found + 1;
          return one;
        }
        if (Date.now() > deadline) throw new Error(`never heard ${sign} in the group`);
        await sleep(20);
      }
    },
  };
}

const now = (): number => Math.floor(Date.now() / 1_000);

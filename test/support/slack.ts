// A Slack of our own: the Web API, Socket Mode and signed requests over HTTP, with people in it. It refuses what the real one
// refuses, and can be told to fail (https://docs.slack.dev/reference/methods).
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { messageRefusal, viewRefusal } from './slack-limits.ts';

export type Json = Record<string, unknown>;

export interface Said {
  ts: string;
  channel: string;
  text: string;
  thread?: string;
  blocks: Json[];
  /** How often it was changed. */
  changed: number;
}

/** Instead of an answer: an error of Slack's, a status, or a connection cut before or after the work. */
export type Fault = { error: string } | { status: number; retryAfter?: number } | { cut: 'before' | 'after' };

export interface Slack {
  api: string;
  calls: { method: string; payload: Json }[];
  said: Said[];
  /** Every message of a channel as the history tells it. */
  history: Map<string, Json[]>;
  homes: Map<string, Json>;
  /** Modals that were opened, the last one last. */
  modals: { id: string; view: Json }[];
  /** What was answered by a response_url, and by acknowledgements. */
  answers: Json[];
  uploads: { name: string; channel: string; content: Buffer }[];
  files: Map<string, { content: Buffer | 'page' | 'gone'; name: string; mimetype: string }>;
  people: Map<string, { name: string; locale: string }>;
  scopes: Set<string>;
  /** Channels the bot is in. */
  channels: Map<string, { is_member?: boolean; is_archived?: boolean; is_ext_shared?: boolean }>;
  manifest: Json;
  /** Where requests go, without Socket Mode. */
  target: string | undefined;
  /** Where files are said to lie, when it is not here. */
  elsewhere: string | undefined;
  /** How often every event comes. */
  times: number;
  /** Slack gives up an event that was not acknowledged so often. */
  tries: number;
  fail(method: string, ...faults: Fault[]): void;
  /** Remembers a message, as the history of its channel. */
  keep(channel: string, message: Json): void;
  /** Where a response_url leads. */
  respond: string;
  /** An event, as often as `times` and `tries` say; whether it was acknowledged. */
  deliver(event: Json): Promise<boolean>;
  /** A click, a form, a shortcut or a command, once; what was acknowledged. */
  interact(type: 'interactive' | 'slash_commands', payload: Json): Promise<unknown>;
  /** A frame on every connection. */
  frame(frame: Json): void;
  /** How many connections there were, and are. */
  links: { made: number; open: number };
  /** Cuts every connection. */
  cut(): void;
  nextTs(): string;
  trigger(): string;
  watch(look: () => void): () => void;
  stop(): Promise<void>;
}

export const BOT_TOKEN = 'xoxb-111-222-AAtestTokenOfNobody';
export const APP_TOKEN = 'xapp-1-A1-333-AAtestTokenOfNobody';
export const SECRET = '0123456789abcdef0123456789abcdef';
export const TEAM = 'T0TEAM';
export const BOT = { user: 'U0BOT', bot: 'B0BOT', app: 'A0APP' };

export const sign = (body: string, at: number, secret = SECRET): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;

class Refusal extends Error {}
const refuse = (error: string): never => {
  throw new Refusal(error);
};

/** The arguments each method takes; another is a mistake of ours that the platform would not tell. */
const METHODS: Record<string, string[]> = {
  'auth.test': [],
  'users.info': ['user', 'include_locale'],
  'bots.info': ['bot'],
  'apps.connections.open': ['token'],
  'apps.manifest.export': ['app_id', 'token'],
  'conversations.open': ['users'],
  'conversations.info': ['channel'],
  'conversations.history': ['channel', 'oldest', 'latest', 'inclusive', 'limit', 'cursor'],
  'chat.postMessage': ['channel', 'text', 'blocks', 'thread_ts', 'unfurl_links', 'unfurl_media'],
  'chat.update': ['channel', 'ts', 'text', 'blocks'],
  'chat.delete': ['channel', 'ts'],
  'views.open': ['trigger_id', 'view'],
  'views.publish': ['user_id', 'view'],
  'files.info': ['file'],
  'files.getUploadURLExternal': ['filename', 'length', 'alt_text', 'alt_txt'],
  'files.completeUploadExternal': ['files', 'channel_id', 'thread_ts'],
};
const SCOPED: Record<string, string> = {
  'users.info': 'users:read',
  'conversations.open': 'im:write',
  'conversations.history': 'im:history',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'files.info': 'files:read',
  'files.getUploadURLExternal': 'files:write',
};
export const SCOPES = [
  ...['chat:write', 'im:write', 'im:history', 'users:read', 'files:read', 'files:write', 'commands'],
  ...['channels:history', 'groups:history', 'channels:read', 'groups:read'],
];
/** Milliseconds for an acknowledgement; the real one waits for three seconds, as we do. */
const PATIENCE = 3_000;

export async function openSlack(): Promise<Slack> {
  const faults = new Map<string, Fault[]>();
  const watchers = new Set<() => void>();
  const links = new Map<WebSocket, Promise<unknown>>();
  const acks = new Map<string, (payload: unknown) => void>();
  const triggers = new Map<string, number>();
  const uploads = new Map<string, { name: string; content: Buffer }>();
  let count = 0;
  let latest = 0;

  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const root = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sockets = new WebSocketServer({ server, path: '/link' });
  sockets.on('connection', (link) => {
    links.set(link, once(link, 'close'));
    slack.links.made += 1;
    slack.links.open = links.size;
    link.on('close', () => {
      links.delete(link);
      slack.links.open = links.size;
    });
    link.on('message', (data) => {
      const { envelope_id: id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: unknown };
      acks.get(id)?.(payload ?? {});
    });
    link.send(JSON.stringify({ type: 'hello', connection_info: { app_id: BOT.app }, num_connections: links.size }));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', `http://${root}`);
    const body = await contentOf(request);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (pathname.startsWith('/files/')) return download(pathname.slice(7), token, response);
    if (pathname.startsWith('/upload/')) {
      const upload = uploads.get(pathname.slice(8));
      if (upload) upload.content = await partOf(body, request.headers['content-type'] ?? '');
      return void response.writeHead(200).end('OK');
    }
    if (pathname === '/respond') {
      slack.answers.push(JSON.parse(String(body)) as Json);
      return void response.writeHead(200).end('ok');
    }
    await call(pathname.replace('/api/', ''), fieldsOf(String(body)), token, response);
  }

  async function call(method: string, payload: Json, token: string | undefined, response: ServerResponse) {
    slack.calls.push({ method, payload });
    const reply = (status: number, json: Json, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
    const fault = faults.get(method)?.shift();
    if (fault && 'cut' in fault && fault.cut === 'before') return void response.destroy();
    if (fault && 'status' in fault) {
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      return void reply(fault.status, {}, headers as Record<string, string>);
    }
    try {
      if (fault && 'error' in fault) refuse(fault.error);
      const result = act(method, payload, (payload['token'] as string | undefined) ?? token);
      if (fault) return void response.destroy();
      reply(200, { ok: true, ...result }, { 'x-oauth-scopes': [...slack.scopes].join(',') });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply(200, { ok: false, error: error.message });
    }
  }

  function act(method: string, payload: Json, token: string | undefined): Json {
    const known = METHODS[method] ?? refuse('unknown_method');
    const expected = method === 'apps.connections.open' ? APP_TOKEN : BOT_TOKEN;
    if (token !== expected && method !== 'apps.manifest.export') refuse('invalid_auth');
    for (const name of Object.keys(payload)) if (name !== 'token' && !known.includes(name)) refuse(`invalid_${name}`);
    const scope = SCOPED[method];
    if (scope !== undefined && !slack.scopes.has(scope)) refuse('missing_scope');
    return (acts[method] ?? (() => refuse('unknown_method')))(payload);
  }

  const acts: Record<string, (payload: Json) => Json> = {
    'auth.test': () => ({ team: 'Atelier', team_id: TEAM, user_id: BOT.user, bot_id: BOT.bot }),
    'bots.info': () => ({ bot: { id: BOT.bot, app_id: BOT.app } }),
    'apps.connections.open': () => ({ url: `ws://${root}/link` }),
    'apps.manifest.export': ({ token }) =>
      token === 'xoxe-good' ? { manifest: slack.manifest } : refuse('invalid_auth'),
    'users.info'({ user }) {
      const found = slack.people.get(String(user)) ?? refuse('user_not_found');
      return { user: { id: user, name: 'login', locale: found.locale, profile: { display_name: found.name } } };
    },
    'conversations.open'({ users }) {
      if (!slack.people.has(String(users))) refuse('user_not_found');
      return { channel: { id: dmOf(String(users)) } };
    },
    'conversations.info'({ channel }) {
      if (!slack.scopes.has('channels:read')) refuse('missing_scope');
      const found = slack.channels.get(String(channel)) ?? refuse('channel_not_found');
      return { channel: { id: channel, is_member: true, ...found } };
    },
    'conversations.history'({ channel, oldest = '0', latest = '9', inclusive, limit = '100', cursor = '0' }) {
      const isWithin = (ts: string) =>
        (ts > String(oldest) && ts < String(latest)) || (inclusive === 'true' && ts === String(latest));
      const list = (slack.history.get(String(channel)) ?? []).filter(({ ts }) => isWithin(String(ts))).reverse();
      const from = Number(cursor);
      const to = from + Math.min(Number(limit), 3);
      const next = to < list.length ? String(to) : '';
      return { messages: list.slice(from, to), response_metadata: { next_cursor: next } };
    },
    'chat.postMessage': post,
    'chat.update'(payload) {
      const found = saidAt(payload) ?? refuse('message_not_found');
      // Buttons taken away from a message of somebody's: its text comes back as Slack has it.
      const why = messageRefusal(payload);
      if (why !== undefined) refuse(`invalid_blocks ${why}`);
      Object.assign(found, { text: payload['text'], blocks: payload['blocks'], changed: found.changed + 1 });
      tell();
      return { ts: found.ts };
    },
    'chat.delete'(payload) {
      const found = saidAt(payload) ?? refuse('message_not_found');
      slack.said.splice(slack.said.indexOf(found), 1);
      return {};
    },
    'views.open'({ trigger_id: id, view }) {
      const made = triggers.get(String(id)) ?? refuse('invalid_trigger_id');
      if (Date.now() - made > PATIENCE) refuse('expired_trigger_id');
      triggers.delete(String(id));
      const why = viewRefusal(view as Json);
      if (why !== undefined) refuse(`invalid_arguments ${why}`);
      slack.modals.push({ id: `V${slack.modals.length + 1}`, view: view as Json });
      tell();
      return { view: { id: `V${slack.modals.length}` } };
    },
    'views.publish'({ user_id: user, view }) {
      const why = viewRefusal(view as Json);
      if (why !== undefined) refuse(`invalid_arguments ${why}`);
      slack.homes.set(String(user), view as Json);
      tell();
      return {};
    },
    'files.info'({ file }) {
      const found = slack.files.get(String(file)) ?? refuse('file_not_found');
      const { name, mimetype } = found;
      return {
        file: {
          id: file,
          name,
          mimetype,
          url_private_download: slack.elsewhere ?? `http://${root}/files/${String(file)}`,
        },
      };
    },
    'files.getUploadURLExternal'({ filename }) {
      const id = `F${uploads.size + 900}`;
      uploads.set(id, { name: String(filename), content: Buffer.alloc(0) });
      return { upload_url: `http://${root}/upload/${id}`, file_id: id };
    },
    'files.completeUploadExternal'({ files, channel_id: channel }) {
      for (const { id } of files as { id: string }[]) {
        const upload = uploads.get(id) ?? refuse('file_not_found');
        slack.uploads.push({ ...upload, channel: String(channel) });
      }
      tell();
      return { files: [] };
    },
  };

  function post(payload: Json): Json {
    const channel = String(payload['channel']);
    if (channel.startsWith('C') && !slack.channels.has(channel)) refuse('not_in_channel');
    if (slack.channels.get(channel)?.is_archived) refuse('is_archived');
    if (payload['unfurl_links'] !== 'false' || payload['unfurl_media'] !== 'false') refuse('unfurls are on');
    const why = messageRefusal(payload);
    if (why !== undefined) refuse(`invalid_blocks ${why}`);
    const ts = slack.nextTs();
    const thread = payload['thread_ts'];
    const said: Said = {
      ts,
      channel,
      text: String(payload['text']),
      blocks: (payload['blocks'] ?? []) as Json[],
      changed: 0,
    };
    if (typeof thread === 'string') said.thread = thread;
    slack.said.push(said);
    keep(channel, { type: 'message', user: BOT.user, bot_id: BOT.bot, text: said.text, ts, team: TEAM });
    tell();
    return { channel, ts };
  }

  const saidAt = ({ channel, ts }: Json): Said | undefined =>
    slack.said.find((one) => one.channel === channel && one.ts === ts);

  const keep = (channel: string, message: Json): void =>
    void slack.history.set(channel, [...(slack.history.get(channel) ?? []), message]);

  function download(id: string, token: string | undefined, response: ServerResponse): void {
    const content = slack.files.get(id)?.content;
    if (token !== BOT_TOKEN || content === 'page') {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<!DOCTYPE html><title>Sign in</title>');
    } else if (content instanceof Buffer) response.writeHead(200, { 'content-type': 'image/png' }).end(content);
    else response.writeHead(404).end();
  }

  const tell = (): void => {
    for (const look of watchers) look();
  };

  /** To whichever way is open; undefined when nobody acknowledged in time. */
  function send(type: string, payload: Json, retry: number): Promise<{ ack: unknown } | undefined> {
    return slack.target === undefined ? overSocket(type, payload, retry) : overHttp(slack.target, type, payload, retry);
  }

  async function overSocket(type: string, payload: Json, retry: number): Promise<{ ack: unknown } | undefined> {
    const [[link, closed] = []] = links;
    if (!link) return undefined;
    count += 1;
    const id = `envelope-${count}`;
    const acked = Promise.withResolvers<unknown>();
    acks.set(id, acked.resolve);
    const more = retry === 0 ? {} : { retry_attempt: retry, retry_reason: 'timeout' };
    link.send(JSON.stringify({ type, envelope_id: id, payload, accepts_response_payload: true, ...more }));
    const late = Symbol('late');
    const gone = closed?.then(() => late);
    const ack = await Promise.race([acked.promise, gone, sleep(PATIENCE, late, { ref: false })]);
    return ack === late ? undefined : { ack };
  }

  async function overHttp(url: string, type: string, payload: Json, retry: number) {
    const isForm = type !== 'events_api';
    const fields =
      type === 'slash_commands' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) };
    const body = isForm ? new URLSearchParams(fields).toString() : JSON.stringify(payload);
    const at = Math.floor(Date.now() / 1_000);
    const headers = {
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': sign(body, at),
      ...(retry === 0 ? {} : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
    };
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(url, { method: 'POST', headers, body, signal });
      const text = await answer.text();
      return answer.ok ? { ack: text.startsWith('{') ? (JSON.parse(text) as unknown) : text } : undefined;
    } catch {
      return undefined;
    }
  }

  const slack: Slack = {
    api: `http://${root}/api/`,
    calls: [],
    said: [],
    history: new Map(),
    homes: new Map(),
    modals: [],
    answers: [],
    uploads: [],
    files: new Map(),
    people: new Map(),
    scopes: new Set(SCOPES),
    channels: new Map(),
    manifest: {},
    target: undefined,
    elsewhere: undefined,
    times: 1,
    tries: 4,
    links: { made: 0, open: 0 },
    fail: (method, ...list) => void faults.set(method, [...(faults.get(method) ?? []), ...list]),
    keep,
    respond: `http://${root}/respond`,
    async deliver(event) {
      count += 1;
      const payload = {
        token: 'verification-of-nobody',
        type: 'event_callback',
        team_id: TEAM,
        api_app_id: BOT.app,
        event,
      };
      const body = { ...payload, event_id: `Ev${count}`, event_time: Math.floor(Date.now() / 1_000) };
      let good = 0;
      for (let tries = 0; tries < slack.tries && good < slack.times; tries++) {
        if (await send('events_api', body, tries)) good += 1;
        else await sleep(100);
      }
      return good > 0;
    },
    async interact(type, payload) {
      const acked = await send(type, payload, 0);
      if (!acked) throw new Error('not acknowledged within three seconds');
      if (acked.ack !== '' && Object.keys(acked.ack as Json).length > 0) slack.answers.push(acked.ack as Json);
      return acked.ack;
    },
    frame(frame) {
      for (const link of links.keys()) link.send(JSON.stringify(frame));
    },
    cut() {
      for (const link of links.keys()) link.terminate();
    },
    nextTs() {
      // Seconds and microseconds, each once.
      latest = Math.max(latest + 1, Date.now() * 1_000);
      return `${Math.floor(latest / 1_000_000)}.${String(latest % 1_000_000).padStart(6, '0')}`;
    },
    trigger() {
      count += 1;
      const id = `13.${count}.abc`;
      triggers.set(id, Date.now());
      return id;
    },
    watch(look) {
      watchers.add(look);
      return () => watchers.delete(look);
    },
    async stop() {
      for (const link of links.keys()) link.terminate();
      sockets.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return slack;
}

export const dmOf = (user: string): string => `D${user.slice(1)}`;

async function contentOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** As the library sends them: a form, with JSON in the fields that are no text. */
function fieldsOf(body: string): Json {
  const fields = Object.fromEntries(new URLSearchParams(body)) as Record<string, unknown>;
  for (const name of ['blocks', 'view', 'files']) {
    if (typeof fields[name] === 'string') fields[name] = JSON.parse(fields[name]) as unknown;
  }
  return fields;
}

/** The one part of a multipart body. */
async function partOf(body: Buffer, type: string): Promise<Buffer> {
  const [part] = [...(await new Response(body, { headers: { 'content-type': type } }).formData()).values()];
  return part instanceof Blob ? Buffer.from(await part.arrayBuffer()) : Buffer.from(part ?? '');
}

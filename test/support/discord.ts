// A Discord of our own: REST v10 over HTTP and the gateway over a web socket, with people, a server and its channels in it.
// It refuses what the real one refuses, and can be told to fail (https://docs.discord.com/developers).
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { refusalOf } from './discord-limits.ts';

type Json = Record<string, unknown>;

export interface Said {
  id: string;
  channel: string;
  /** What people read, whichever way it was sent. */
  text: string;
  payload: Json;
  edited?: number;
}

/** Instead of an answer: a status with a code, a connection cut before or after the work, or a pause in milliseconds. */
export type Fault = { status: number; code?: number; body?: Json } | { cut: 'before' | 'after' } | { pause: number };

export interface Person {
  id: string;
  /** The channel of their direct messages. */
  direct: string;
  says(text: string, more?: Json): Promise<string>;
  /** In a channel of the server or a thread. */
  saysIn(channel: string, text: string, more?: Json): Promise<string>;
  edits(message: string, text: string): Promise<void>;
  deletes(message: string): Promise<void>;
  /** Presses the button of this label, on the last message of their conversation that has one. */
  presses(label: string | RegExp, where?: string): Promise<Answer>;
  pressesId(id: string, where?: string): Promise<Answer>;
  /** Fills in the form that was opened. */
  fills(form: Answer, values: Record<string, string>): Promise<Answer>;
  commands(name: string, where?: string, options?: Json[]): Promise<Answer>;
  /** Resolves with what the bot said to them, once it matches, since the last wait. */
  hears(sign: RegExp, where?: string): Promise<string>;
  /** Direct messages closed, or open again. */
  closes(closed?: boolean): void;
}

/** How an interaction was answered: at first, and as it stands now. */
export interface Answer {
  type: number;
  data: Json;
  /** Milliseconds until the first answer. */
  after: number;
  /** Where it was, to go on from. */
  where: string;
  now(): Json | 'deleted' | undefined;
}

export interface Discord {
  api: string;
  calls: { method: string; path: string; payload: Json }[];
  said: Said[];
  commands: Json[];
  /** The next calls of a method and path fail so, one after the other. */
  fail(method: string, path: RegExp, ...faults: Fault[]): void;
  /** Intents asked for by each session, in order. */
  identified: number[];
  resumed: number;
  heartbeats: number;
  /** Milliseconds between two of them: short, so that a test sees some; an answer must come within as much. */
  beat: number;
  /** Message Content Intent, as the portal has it. */
  content: boolean;
  sessionsLeft: number;
  /** The gateway closes every connection as soon as it is made. */
  refuses: boolean;
  connections: number;
  person(name?: string, locale?: string): Person;
  channel(type: number, more?: Json): string;
  files: Map<string, Buffer | 'gone'>;
  attachment(name: string, type: string, content: Buffer | 'gone'): Json;
  /** Cuts every connection so that the client resumes, or must begin anew. */
  drop(how: 'resume' | 'invalid' | number): void;
  /** A packet as it is. */
  dispatch(t: string, d: Json): void;
  stop(): Promise<void>;
}

export const TOKEN = 'OTk5MDAwMDAwMDAwMDAwMDAx.Gtest1.a-token-of-nobody-0123456789abcdefghij';
export const BOT = { id: '999000000000000001', username: 'recueil', global_name: null, bot: true };
const APP = '999000000000000000';
const GUILD = '500000000000000001';
const EPOCH = 1_420_070_400_000;

class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number) {
    super(`refused ${code}`);
    this.status = status;
    this.code = code;
  }
}

interface Channel extends Json {
  id: string;
  type: number;
  closed?: boolean;
}

export async function openDiscord(): Promise<Discord> {
  const calls: Discord['calls'] = [];
  const said: Said[] = [];
  const channels = new Map<string, Channel>();
  const history = new Map<string, Json[]>();
  const nonces = new Map<string, Json>();
  const faults: { method: string; path: RegExp; fault: Fault }[] = [];
  const waiting = new Map<string, (answer: { type: number; data: Json }) => void>();
  const shown = new Map<string, Json | 'deleted'>();
  const files: Discord['files'] = new Map();
  const sockets = new Set<WebSocket>();
  const sessions = new Map<string, { seq: number; kept: Json[]; dead: boolean }>();
  const watchers = new Set<() => void>();
  let [serial, people, last] = [0, 0, 0];

  /** Ids that grow with time, several in a millisecond. */
  function snowflake(): string {
    serial = (serial + 1) % 4_096;
    last = Math.max(last, Date.now() - EPOCH);
    if (serial === 0) last += 1;
    return String((BigInt(last) << 22n) | BigInt(serial));
  }

  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  // ------------------------------------------------------------------------------------------------------------ REST

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', `http://${host}`);
    const method = request.method ?? '';
    if (url.pathname.startsWith('/cdn/')) return download(url.pathname, response);
    const path = url.pathname.replace('/api/v10', '');
    const payload = await bodyOf(request);
    const reply = answering(response);
    if (needsToken(path) && request.headers.authorization !== `Bot ${TOKEN}`) {
      return void reply(401, { message: '401: Unauthorized', code: 0 });
    }
    calls.push({ method, path, payload });
    const fault = faultAt(method, path);
    if (fault && !(await survives(fault, reply, response))) return;
    try {
      const result = act(method, path, payload, url.searchParams);
      if (fault && 'cut' in fault) return void response.destroy();
      reply(result === undefined ? 204 : 200, result);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply(error.status, { message: error.message, code: error.code });
    }
  }

  function faultAt(method: string, path: string): Fault | undefined {
    const at = faults.findIndex((one) => one.method === method && one.path.test(path));
    return at < 0 ? undefined : faults.splice(at, 1)[0]?.fault;
  }

  /** Whether the call is carried out in spite of the fault. */
  async function survives(
    fault: Fault,
    reply: (status: number, json: Json) => unknown,
    response: ServerResponse,
  ): Promise<boolean> {
    if ('pause' in fault) await sleep(fault.pause);
    if ('cut' in fault && fault.cut === 'before') response.destroy();
    if ('status' in fault) reply(fault.status, { message: 'a fault', code: fault.code ?? 0, ...fault.body });
    return 'pause' in fault || ('cut' in fault && fault.cut === 'after');
  }

  function download(path: string, response: ServerResponse): void {
    const content = files.get(path.slice('/cdn/'.length));
    if (content instanceof Buffer) response.writeHead(200).end(content);
    else response.writeHead(404).end();
  }

  type Act = (ids: string[], payload: Json, query: URLSearchParams) => unknown;
  const acts: [method: string, path: RegExp, act: Act][] = [
    [
      'GET',
      /^\/gateway\/bot$/,
      () => ({
        url: `ws://${host}`,
        shards: 1,
        session_start_limit: { total: 1_000, remaining: discord.sessionsLeft, reset_after: 5_000, max_concurrency: 1 },
      }),
    ],
    [
      'GET',
      /^\/applications\/@me$/,
      () => ({
        id: APP,
        name: 'Recueil',
        bot: BOT,
        flags: discord.content ? 1 << 19 : 0,
        integration_types_config: { 0: {} },
      }),
    ],
    [
      'PUT',
      /^\/applications\/(\d+)\/commands$/,
      (_, payload) => {
        discord.commands = payload as unknown as Json[];
        return payload;
      },
    ],
    ['POST', /^\/users\/@me\/channels$/, (_, payload) => directOf(String(payload['recipient_id']))],
    ['GET', /^\/channels\/(\d+)$/, ([id]) => channelOf(id)],
    ['GET', /^\/channels\/(\d+)\/messages$/, ([id], _, query) => page(channelOf(id).id, query)],
    ['POST', /^\/channels\/(\d+)\/messages$/, ([id], payload) => create(channelOf(id), payload)],
    ['GET', /^\/channels\/(\d+)\/messages\/(\d+)$/, ([id, message]) => messageOf(id, message)],
    [
      'PATCH',
      /^\/channels\/(\d+)\/messages\/(\d+)$/,
      ([id, message], payload) => change(messageOf(id, message), payload),
    ],
    ['DELETE', /^\/channels\/(\d+)\/messages\/(\d+)$/, ([id, message]) => remove(String(id), messageOf(id, message))],
    ['POST', /^\/channels\/(\d+)\/threads$/, ([id], payload) => thread(channelOf(id), payload)],
    [
      'POST',
      /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/,
      ([id, message], payload) => threadOn(channelOf(id), messageOf(id, message), payload),
    ],
    ['PUT', /^\/channels\/(\d+)\/thread-members\/(\d+)$/, ([id]) => void channelOf(id)],
    ['POST', /^\/channels\/(\d+)\/typing$/, ([id]) => void channelOf(id)],
    [
      'GET',
      /^\/guilds\/(\d+)\/roles$/,
      () => [
        { id: GUILD, permissions: '0' },
        { id: '77', permissions: String(channels.get('rights')?.['rights'] ?? 377957223424n) },
      ],
    ],
    ['GET', /^\/guilds\/(\d+)\/members\/(\d+)$/, () => ({ roles: ['77'] })],
    ['POST', /^\/interactions\/(\d+)\/([\w-]+)\/callback$/, ([, token], payload) => callback(String(token), payload)],
    [
      'PATCH',
      /^\/webhooks\/(\d+)\/([\w-]+)\/messages\/@original$/,
      ([, token], payload) => amend(String(token), payload),
    ],
    [
      'DELETE',
      /^\/webhooks\/(\d+)\/([\w-]+)\/messages\/@original$/,
      ([, token]) => void shown.set(String(token), 'deleted'),
    ],
  ];

  function act(method: string, path: string, payload: Json, query: URLSearchParams): unknown {
    for (const [its, pattern, does] of acts) {
      const match = its === method ? pattern.exec(path) : null;
      if (match) return does(match.slice(1), payload, query);
    }
    throw new Refusal(404, 0);
  }

  function channelOf(id: string | undefined): Channel {
    const found = channels.get(id ?? '');
    if (!found) throw new Refusal(404, 10_003);
    return found;
  }

  function messageOf(channel: string | undefined, id: string | undefined): Json {
    const found = history.get(channelOf(channel).id)?.find((one) => one['id'] === id);
    if (!found) throw new Refusal(404, 10_008);
    return found;
  }

  function directOf(person: string): Channel {
    const found = [...channels.values()].find((one) => one.type === 1 && one['person'] === person);
    if (!found) throw new Refusal(400, 50_033);
    return found;
  }

  /** Newest first, whichever way it is asked. */
  function page(channel: string, query: URLSearchParams): Json[] {
    const [after, before, limit] = [query.get('after'), query.get('before'), Number(query.get('limit') ?? 50)];
    if (limit < 1 || limit > 100) throw new Refusal(400, 50_035);
    const all = (history.get(channel) ?? []).map((one) => seen(one, channel));
    const within = all.filter(
      ({ id }) =>
        (after === null || BigInt(String(id)) > BigInt(after)) &&
        (before === null || BigInt(String(id)) < BigInt(before)),
    );
    const some = after === null ? within.slice(-limit) : within.slice(0, limit);
    return some.reverse();
  }

  function create(channel: Channel, payload: Json): Json {
    if (channel.closed) throw new Refusal(403, 50_007);
    if (channel.type === 15) throw new Refusal(400, 50_008);
    const refusal = refusalOf(payload);
    if (refusal) throw new Refusal(400, refusal);
    const nonce = payload['enforce_nonce'] === true ? String(payload['nonce']) : undefined;
    const former = nonce === undefined ? undefined : nonces.get(nonce);
    if (former) return former;
    const message = {
      id: snowflake(),
      channel_id: channel.id,
      author: BOT,
      timestamp: now(),
      edited_timestamp: null,
      type: 0,
      content: '',
      attachments: [],
      mentions: [],
      components: [],
      ...payload,
    };
    if (nonce !== undefined) nonces.set(nonce, message);
    keep(channel.id, message);
    tell(message);
    dispatch('MESSAGE_CREATE', { ...message, ...guildOf(channel) });
    return message;
  }

  function tell(message: Json): void {
    said.push({
      id: String(message['id']),
      channel: String(message['channel_id']),
      text: readable(message),
      payload: message,
    });
    for (const look of watchers) look();
  }

  function change(message: Json, payload: Json): Json {
    const refusal = refusalOf({ ...message, ...payload });
    if (refusal) throw new Refusal(400, refusal);
    Object.assign(message, payload);
    const its = said.find((one) => one.id === message['id']);
    if (its) Object.assign(its, { text: readable(message), payload: message, edited: (its.edited ?? 0) + 1 });
    for (const look of watchers) look();
    return message;
  }

  function remove(channel: string, message: Json): undefined {
    history.set(
      channel,
      (history.get(channel) ?? []).filter((one) => one !== message),
    );
    const at = said.findIndex((one) => one.id === message['id']);
    if (at >= 0) said.splice(at, 1);
  }

  function thread(parent: Channel, payload: Json): Json {
    if (!String(payload['name'] ?? '').trim() || String(payload['name']).length > 100) throw new Refusal(400, 50_035);
    if (parent['noThreads']) throw new Refusal(403, 50_013);
    const id = snowflake();
    const made: Channel = {
      id,
      type: parent.type === 15 ? 11 : Number(payload['type'] ?? 11),
      name: payload['name'],
      parent_id: parent.id,
      guild_id: GUILD,
      owner_id: BOT.id,
    };
    channels.set(id, made);
    dispatch('THREAD_CREATE', made);
    if (parent.type !== 15) return made;
    const first = payload['message'] as Json;
    const refusal = refusalOf(first);
    if (refusal) throw new Refusal(400, refusal);
    const message = {
      id,
      channel_id: id,
      author: BOT,
      timestamp: now(),
      type: 0,
      content: '',
      attachments: [],
      mentions: [],
      ...first,
    };
    keep(id, message);
    tell(message);
    return { ...made, message };
  }

  function threadOn(parent: Channel, message: Json, payload: Json): Json {
    const id = String(message['id']);
    if (channels.has(id)) throw new Refusal(400, 160_004);
    if (parent.type !== 0) throw new Refusal(400, 50_024);
    const made: Channel = { id, type: 11, name: payload['name'], parent_id: parent.id, guild_id: GUILD };
    channels.set(id, made);
    dispatch('THREAD_CREATE', made);
    return made;
  }

  function callback(token: string, payload: Json): undefined {
    const answer = waiting.get(token);
    if (!answer) throw new Refusal(404, 10_062);
    waiting.delete(token);
    const data = (payload['data'] ?? {}) as Json;
    const refusal =
      payload['type'] === 9 ? refusalOf(data, 'modal') : payload['type'] === 4 ? refusalOf(data) : undefined;
    if (refusal) throw new Refusal(400, refusal);
    answer({ type: Number(payload['type']), data });
  }

  function amend(token: string, payload: Json): Json {
    const origin = shown.get(token);
    const message =
      typeof origin === 'object' && typeof origin['id'] === 'string'
        ? said.find((one) => one.id === origin['id'])?.payload
        : undefined;
    if (message) return change(message, payload);
    const refusal = refusalOf(payload);
    if (refusal) throw new Refusal(400, refusal);
    shown.set(token, payload);
    for (const look of watchers) look();
    return payload;
  }

  // --------------------------------------------------------------------------------------------------------- gateway

  const gateway = new WebSocketServer({ server });
  gateway.on('connection', (socket) => {
    discord.connections += 1;
    if (discord.refuses) return socket.terminate();
    sockets.add(socket);
    let session = '';
    const send = (packet: Json) => socket.send(JSON.stringify(packet));
    send({ op: 10, d: { heartbeat_interval: discord.beat } });
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: Json };
      if (op === 1) {
        discord.heartbeats += 1;
        send({ op: 11 });
      } else if (op === 2) session = identify(socket, d);
      else if (op === 6) session = resume(socket, d);
      Object.assign(socket, { session });
    });
  });

  const DISALLOWED = 1 << 15;
  function identify(socket: WebSocket, d: Json): string {
    const intents = Number(d['intents']);
    discord.identified.push(intents);
    if (d['token'] !== TOKEN) socket.close(4_004);
    else if ((intents & DISALLOWED) !== 0 && !discord.content) socket.close(4_014);
    else {
      const session = `s${discord.identified.length}`;
      const state = { seq: 0, kept: [], dead: false };
      sessions.set(session, state);
      Object.assign(socket, { session });
      const ready = {
        v: 10,
        user: BOT,
        application: { id: APP, flags: 0 },
        guilds: [{ id: GUILD, unavailable: true }],
        session_id: session,
        resume_gateway_url: `ws://${host}`,
        shard: [0, 1],
      };
      emit(session, 'READY', ready);
      const all = [...channels.values()];
      const guild = {
        id: GUILD,
        name: 'Le quartier',
        channels: all.filter(({ type }) => type === 0 || type === 15),
        threads: all.filter(({ type }) => type === 11 || type === 12),
        members: [],
        roles: [],
        emojis: [],
        stickers: [],
        presences: [],
        voice_states: [],
        stage_instances: [],
        guild_scheduled_events: [],
        features: [],
      };
      emit(session, 'GUILD_CREATE', guild);
      return session;
    }
    return '';
  }

  function resume(socket: WebSocket, d: Json): string {
    const id = String(d['session_id']);
    const state = sessions.get(id);
    if (!state || state.dead) {
      socket.send(JSON.stringify({ op: 9, d: false }));
      return '';
    }
    discord.resumed += 1;
    Object.assign(socket, { session: id });
    for (const packet of state.kept.filter(({ s }) => Number(s) > Number(d['seq'])))
      socket.send(JSON.stringify(packet));
    emit(id, 'RESUMED', {});
    return id;
  }

  /** Kept for a client that resumes; a session that ended normally is forgotten. */
  function emit(session: string, t: string, d: unknown): void {
    const state = sessions.get(session);
    if (!state) return;
    state.seq += 1;
    const packet = { op: 0, t, s: state.seq, d };
    state.kept.push(packet);
    for (const socket of sockets) {
      if ((socket as { session?: string }).session === session) socket.send(JSON.stringify(packet));
    }
  }

  function dispatch(t: string, d: Json): void {
    for (const [id, state] of sessions) {
      const isOpen = [...sockets].some((socket) => (socket as { session?: string }).session === id);
      if (isOpen || state.kept.length > 0) if (!state.dead) emit(id, t, d);
    }
  }

  // ---------------------------------------------------------------------------------------------------------- people

  function keep(channel: string, message: Json): void {
    history.set(channel, [...(history.get(channel) ?? []), message]);
  }

  const guildOf = ({ type }: Channel): Json => (type === 1 ? {} : { guild_id: GUILD });

  /** What the bot is shown: in a server, words only where it is spoken to, unless it may read all. */
  function seen(message: Json, channel: string): Json {
    const { type } = channelOf(channel);
    const author = message['author'] as Json;
    const mentioned = (message['mentions'] as Json[]).some(({ id }) => id === BOT.id);
    if (type === 1 || discord.content || mentioned || author['id'] === BOT.id) return message;
    return { ...message, content: '', attachments: [], components: [], embeds: [] };
  }

  function person(name = 'Camille', locale = 'fr'): Person {
    people += 1;
    const user = {
      id: String(300_000_000_000_000_000n + BigInt(people)),
      username: name.toLowerCase(),
      global_name: name,
    };
    const direct: Channel = {
      id: String(400_000_000_000_000_000n + BigInt(people)),
      type: 1,
      person: user.id,
      recipients: [user],
    };
    channels.set(direct.id, direct);
    const read = new Map<string, number>();

    async function saysIn(channel: string, content: string, more: Json = {}): Promise<string> {
      const message = {
        id: snowflake(),
        channel_id: channel,
        author: user,
        timestamp: now(),
        edited_timestamp: null,
        type: 0,
        content,
        attachments: [],
        mentions: [],
        ...more,
      };
      keep(channel, message);
      dispatch('MESSAGE_CREATE', { ...seen(message, channel), ...guildOf(channelOf(channel)) });
      return message.id;
    }

    async function interact(type: number, data: Json, where: string, message?: Json): Promise<Answer> {
      const channel = channelOf(where);
      const id = snowflake();
      const token = createHash('sha256').update(id).digest('base64url');
      const began = Date.now();
      const first = Promise.withResolvers<{ type: number; data: Json }>();
      waiting.set(token, first.resolve);
      if (message) shown.set(token, message);
      const who = channel.type === 1 ? { user } : { member: { user, roles: [] }, guild_id: GUILD };
      dispatch('INTERACTION_CREATE', {
        id,
        application_id: APP,
        type,
        token,
        version: 1,
        locale,
        data,
        channel_id: where,
        channel,
        ...who,
        ...(message ? { message } : {}),
        entitlements: [],
        authorizing_integration_owners: {},
        context: channel.type === 1 ? 1 : 0,
        app_permissions: '0',
        attachment_size_limit: 10_485_760,
      });
      const failed = sleep(3_000, undefined, { ref: false }).then(() =>
        Promise.reject(new Error('interaction failed: no answer in 3 s')),
      );
      const answer = await Promise.race([first.promise, failed]);
      failed.catch(() => undefined);
      return { ...answer, after: Date.now() - began, where, now: () => shown.get(token) };
    }

    const mine = (where: string) => said.filter((one) => one.channel === where);
    const buttonsOf = ({ payload }: Said): Json[] =>
      ((payload['components'] ?? []) as Json[]).flatMap((one) =>
        one['type'] === 1 ? (one['components'] as Json[]) : [],
      );

    return {
      id: user.id,
      direct: direct.id,
      says: (text, more) => saysIn(direct.id, text, more),
      saysIn,
      async edits(id, content) {
        const message = messageOf(direct.id, id);
        Object.assign(message, { content, edited_timestamp: now() });
        dispatch('MESSAGE_UPDATE', message);
      },
      async deletes(id) {
        remove(direct.id, messageOf(direct.id, id));
        dispatch('MESSAGE_DELETE', { id, channel_id: direct.id });
      },
      async presses(label, where = direct.id) {
        for (const one of mine(where).reverse()) {
          const button = buttonsOf(one).find((its) => String(its['label'] ?? '').match(label));
          if (button) return interact(3, { custom_id: button['custom_id'], component_type: 2 }, where, one.payload);
        }
        throw new Error(`no button ${label} in: ${mine(where).at(-1)?.text}`);
      },
      pressesId: (id, where = direct.id) =>
        interact(3, { custom_id: id, component_type: 2 }, where, mine(where).at(-1)?.payload),
      fills: ({ data, where }, values) =>
        interact(
          5,
          {
            custom_id: data['custom_id'],
            components: Object.entries(values).map(([custom_id, value]) => ({
              type: 18,
              id: 1,
              component: { type: 4, id: 2, custom_id, value },
            })),
          },
          where,
          mine(where).at(-1)?.payload,
        ),
      commands: (name, where = direct.id, options = []) => interact(2, { id: '1', name, type: 1, options }, where),
      async hears(sign, where = direct.id) {
        const heard = () =>
          mine(where)
            .slice(read.get(where) ?? 0)
            .map(({ text }) => text)
            .join('\n');
        const deadline = Date.now() + 30_000;
        while (!sign.test(heard())) {
          if (Date.now() > deadline) throw new Error(`never heard ${sign}, but: ${heard()}`);
          const next = Promise.withResolvers<void>();
          watchers.add(next.resolve);
          await Promise.race([next.promise, sleep(100)]);
          watchers.delete(next.resolve);
        }
        // Nobody answers before they have read.
        await sleep(60);
        const text = heard();
        read.set(where, mine(where).length);
        return text;
      },
      closes: (closed = true) => void Object.assign(direct, { closed }),
    };
  }

  const discord: Discord = {
    api: `http://${host}/api`,
    calls,
    said,
    commands: [],
    identified: [],
    resumed: 0,
    heartbeats: 0,
    beat: 200,
    content: false,
    sessionsLeft: 1_000,
    refuses: false,
    connections: 0,
    files,
    fail: (method, path, ...list) => void faults.push(...list.map((fault) => ({ method, path, fault }))),
    person,
    channel(type, more = {}) {
      const id = snowflake();
      const made: Channel = { id, type, name: `salon-${id}`, guild_id: GUILD, permission_overwrites: [], ...more };
      channels.set(id, made);
      dispatch('CHANNEL_CREATE', made);
      return id;
    },
    attachment(name, type, content) {
      const id = snowflake();
      files.set(id, content);
      const size = content instanceof Buffer ? content.length : 9;
      return { id, filename: name, content_type: type, size, url: `http://${host}/cdn/${id}`, proxy_url: '' };
    },
    drop(how) {
      for (const state of sessions.values()) state.dead = how === 'invalid';
      for (const socket of sockets) {
        if (how === 'invalid') socket.send(JSON.stringify({ op: 9, d: false }));
        else socket.close(how === 'resume' ? 4_000 : how);
      }
    },
    dispatch,
    async stop() {
      for (const socket of sockets) socket.terminate();
      gateway.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return discord;
}

/** Interactions are answered by their own token. */
const needsToken = (path: string): boolean => !/^\/(?:interactions|webhooks)\//.test(path);

const answering =
  (response: ServerResponse) =>
  (status: number, json: unknown): unknown => {
    if (status === 204) return response.writeHead(204).end();
    return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  };

/** The words of a message: its content, or the texts of its components. */
function readable(message: Json): string {
  const texts = ((message['components'] ?? []) as Json[]).flatMap((one) =>
    one['type'] === 10 ? [String(one['content'])] : [],
  );
  return [String(message['content'] ?? ''), ...texts]
    .join('\n')
    .replace(/\\(?=[^A-Za-z0-9\s])/g, '')
    .trim();
}

/** JSON, or the payload of a form with files; their names are kept beside it. */
async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = String(request.headers['content-type'] ?? '');
  if (!type.startsWith('multipart/')) return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Json);
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const payload = JSON.parse(String(form.get('payload_json'))) as Json;
  const sent = [...form.entries()].flatMap(([key, value]) =>
    key.startsWith('files') && typeof value !== 'string' ? [value] : [],
  );
  return {
    ...payload,
    sent: await Promise.all(
      sent.map(async (file) => ({ name: file.name, size: (await file.arrayBuffer()).byteLength })),
    ),
  };
}

const now = (): string => new Date().toISOString().replace('Z', '000+00:00');

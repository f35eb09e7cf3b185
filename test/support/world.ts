// A house with a fake clock, a channel that writes down what it is given, and one person.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openMemory } from '../../adapters/stores/memory/index.ts';
import { type ManualClock, manualClock } from '../../src/clock.ts';
import { readFlow } from '../../src/flow.ts';
import { type House, openHouse } from '../../src/house.ts';
import type { Conversation, Flow, Given, Inbound, Place } from '../../src/model.ts';
import type { Channel, Library, Meter, Post, Store } from '../../src/ports.ts';

const reading = readFlow(join(import.meta.dirname, '../flows/jardins/flow.yaml'), 'en');
assert.ok('flow' in reading);
export const { flow } = reading;
export const START = '2026-03-02T09:00:00.000Z';

export interface World {
  house: House;
  clock: ManualClock;
  store: Store & Library;
  posts: Post[];
  failures: unknown[];
  /** Lets time pass and everything due happen. */
  pass(ms: number): Promise<void>;
  say(text: string, chat?: string): Promise<void>;
  /** A message with more than words. */
  send(more: Partial<Inbound>): Promise<Inbound>;
  /** The one conversation there is. */
  conversation(): Promise<Conversation>;
  /** Somebody of the team writes in a staff place, or presses a button of it. */
  team(name: string, what: { text?: string; press?: string } & Partial<Inbound>, chat?: string): Promise<Inbound>;
  /** How often an action of somebody else was refused. */
  refused(): number;
}

/** A channel that writes down what it is given. */
export const writing = (posts: Post[]): Channel => ({
  name: 'terminal',
  async start() {},
  async deliver(post) {
    posts.push(post);
    const at = String(posts.length).padStart(6, '0');
    return { messages: [at], order: at };
  },
  check: async () => [],
  async stop() {},
});

interface Setting {
  store?: Store & Library;
  clock?: ManualClock;
  pause?: number;
  /** May throw, to fail the n-th delivery. */
  onPost?: (post: Post, n: number) => void | Promise<void>;
  staff?: Place[];
  forms?: string[];
  people?: Given['people'];
  signature?: Given['signature'];
  flow?: Flow;
  gazetteer?: Given['gazetteer'];
  fetch?: Channel['fetch'];
  rates?: Channel['rates'];
  meter?: Meter;
}

export async function world({
  store = openMemory(),
  clock = manualClock(START),
  pause = 0,
  onPost,
  staff = [],
  forms = [],
  people,
  signature,
  flow: told = flow,
  gazetteer,
  fetch,
  rates,
  meter,
}: Setting = {}): Promise<World> {
  const posts: Post[] = [];
  const failures: unknown[] = [];
  const ids = new Set<string>();
  let order = 0;
  let tried = 0;
  const next = (): string => {
    order += 1;
    return String(order).padStart(6, '0');
  };
  const channel: Channel = {
    name: 'terminal',
    async start() {},
    async deliver(post) {
      tried += 1;
      await onPost?.(post, tried);
      posts.push(post);
      const at = next();
      return { messages: [at], order: at };
    },
    ...(fetch ? { fetch } : {}),
    ...(rates ? { rates } : {}),
    check: async () => [],
    async stop() {},
  };
  const spied = watched(store, ids);
  let refusals = 0;
  const given = (): Given => ({
    flow: told,
    ...(people ? { people } : {}),
    ...(signature ? { signature } : {}),
    staff,
    forms,
    language: 'fr' as const,
    pauses: { terminal: { text: pause, long: pause } },
    ...(gazetteer ? { gazetteer } : {}),
  });
  const failed = (error: unknown) => void failures.push(error);
  const refused = () => {
    refusals += 1;
  };
  const house = await openHouse({
    ...{ store: spied, clock, given, channels: [channel], failed, refused },
    ...(meter ? { meter } : {}),
  });
  const rest = async () => {
    await house.settled();
    await house.turns.flush();
    await house.settled();
  };
  return {
    house,
    clock,
    store,
    posts,
    failures,
    async pass(ms) {
      await clock.pass(ms, rest);
      await house.due.poll();
      await rest();
    },
    say: (text, chat = 'moi') => house.receive(message(next(), text, chat, clock.now())),
    async send(more) {
      const inbound = { ...message(next(), '', 'moi', clock.now()), ...more };
      await house.receive(inbound);
      return inbound;
    },
    async team(name, { text = '', press, ...more }, chat = 'staff') {
      const at = next();
      const clicked = press === undefined ? {} : { id: `c:${at}`, kind: 'choice' as const, choice: press };
      const one = { ...message(at, text, chat, clock.now()), person: { id: name, name }, ...clicked, ...more };
      const inbound: Inbound = { ...one, place: 'staff' };
      await house.receive(inbound);
      return inbound;
    },
    refused: () => refusals,
    async conversation() {
      const [id = ''] = ids;
      const found = await store.load('conversation', id);
      assert.ok(found);
      return found;
    },
  };
}

/** Notes the conversations that are loaded. */
const watched = (store: Store & Library, ids: Set<string>): Store & Library => ({
  ...store,
  load(kind, id) {
    if (kind === 'conversation') ids.add(id);
    return store.load(kind, id);
  },
});

export function message(order: string, text: string, chat: string, at: string): Inbound {
  return {
    id: `m:${order}`,
    order,
    place: 'private',
    from: { channel: 'terminal', chat },
    person: { id: chat, name: chat },
    at,
    kind: 'message',
    text,
    files: [],
  };
}

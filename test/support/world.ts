// A house with a fake clock, a channel that writes down what it is given, and one person.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openMemory } from '../../adapters/stores/memory/index.ts';
import { type ManualClock, manualClock } from '../../src/clock.ts';
import { readFlow } from '../../src/flow.ts';
import { type House, openHouse } from '../../src/house.ts';
import type { Conversation, Inbound, Place } from '../../src/model.ts';
import type { Channel, Library, Post, Store } from '../../src/ports.ts';

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
}

interface Setting {
  store?: Store & Library;
  clock?: ManualClock;
  pause?: number;
  /** May throw, to fail the n-th delivery. */
  onPost?: (post: Post, n: number) => void | Promise<void>;
  staff?: Place[];
  forms?: string[];
  fetch?: Channel['fetch'];
}

export async function world({
  store = openMemory(),
  clock = manualClock(START),
  pause = 0,
  onPost,
  staff = [],
  forms = [],
  fetch,
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
    check: async () => [],
    async stop() {},
  };
  const spied = watched(store, ids);
  const given = () => ({
    flow,
    staff,
    forms,
    language: 'fr' as const,
    pauses: { terminal: { text: pause, long: pause } },
  });
  const failed = (error: unknown) => void failures.push(error);
  const house = await openHouse({ store: spied, clock, given, channels: [channel], failed });
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

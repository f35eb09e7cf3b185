// What is known of Discord's channels: which thread is in which channel, whose direct message or private thread it is.
// Learnt from the gateway as it goes by, and asked for when it is not known.
import { Routes } from 'discord.js';
import type { Address } from '../../../src/model.ts';
import type { Call } from './call.ts';
import { CODE, codeOf } from './faults.ts';
import { readPressed } from './ids.ts';
import type { Packet, Reader } from './parse.ts';
import { type ChannelInfo, channelSchema } from './schema.ts';

export interface Places extends Pick<Reader, 'channel' | 'isStaff'> {
  learn(packet: Packet): void;
  /** Asks Discord about a channel that nothing is known of, and whose it is when it is a private thread of the bot `me`. */
  look(packet: Packet, me: string): Promise<void>;
  info(id: string): Promise<ChannelInfo>;
  /** The channel to write to somebody; opened if need be. */
  directOf(person: string): Promise<string>;
  /** This private thread is for this person. */
  own(thread: string, person: string): void;
  /** The threads of this name that are known in a channel, the newest first. */
  threads(parent: string, name: string): string[];
  /** Whether this is known to be a channel of a server, and not a person. */
  isChannel(chat: string): boolean;
  /** The same, and asks Discord about what is not known. */
  findChannel(chat: string): Promise<boolean>;
}

const THREADS = new Set([10, 11, 12]);
const PRIVATE = 12;

export function createPlaces(call: Call, staff: Address[]): Places {
  const channels = new Map<string, ChannelInfo>();
  const persons = new Map<string, string>();
  const directs = new Map<string, string>();

  function meet(channel: string, person: string): void {
    persons.set(channel, person);
    directs.set(person, channel);
  }

  function add(raw: unknown): ChannelInfo | undefined {
    const reading = channelSchema.safeParse(raw);
    if (!reading.success) return undefined;
    const { data } = reading;
    const [person] = data.recipients ?? [];
    if (data.type === 1 && person) meet(data.id, person.id);
    else channels.set(data.id, data);
    return data;
  }

  async function info(id: string): Promise<ChannelInfo> {
    const known = channels.get(id) ?? add(await call('get', Routes.channel(id)));
    if (!known) throw new Error('not a channel');
    return known;
  }

  /** After a start, whose a private thread is: its buttons say it. */
  async function recognise(thread: string, me: string): Promise<void> {
    const said = await call('get', Routes.channelMessages(thread), { query: { limit: '100' } }).catch(() => undefined);
    for (const raw of Array.isArray(said) ? said : []) {
      const { author, components } = (raw ?? {}) as { author?: unknown; components?: unknown };
      const owner = fieldOf(author, 'id') === me ? ownerOf(components) : undefined;
      if (owner !== undefined) return void persons.set(thread, owner);
    }
  }

  const isChannel = (chat: string): boolean => channels.has(chat) || staff.some((one) => one.chat === chat);

  async function directOf(person: string): Promise<string> {
    const known = directs.get(person);
    if (known !== undefined) return known;
    const opened = await call('post', Routes.userChannels(), { body: { recipient_id: person } });
    const id = fieldOf(opened, 'id');
    if (typeof id !== 'string') throw new Error('not a channel');
    meet(id, person);
    return id;
  }

  return {
    channel(id) {
      const person = persons.get(id);
      const known = channels.get(id);
      if (!known && person === undefined) return undefined;
      const parent = known && THREADS.has(known.type) ? known.parent_id : undefined;
      return { ...(parent == null ? {} : { parent }), ...(person === undefined ? {} : { person }) };
    },
    isStaff: ({ chat, thread }) =>
      staff.some((one) => one.chat === chat && (one.thread === undefined || one.thread === thread)),
    isChannel,
    own: (thread, person) => void persons.set(thread, person),
    learn({ t, d }) {
      if (t === 'GUILD_CREATE') {
        for (const list of ['channels', 'threads']) {
          const found = fieldOf(d, list);
          if (Array.isArray(found)) found.forEach(add);
        }
      } else if (t.startsWith('CHANNEL_') || t.startsWith('THREAD_')) add(d);
      else if (t === 'MESSAGE_CREATE' && fieldOf(d, 'guild_id') == null) {
        const [channel, author] = [fieldOf(d, 'channel_id'), fieldOf(d, 'author')];
        const id = fieldOf(author, 'id');
        if (typeof channel === 'string' && typeof id === 'string' && !fieldOf(author, 'bot')) meet(channel, id);
      }
    },
    async look({ t, d }, me) {
      const channel = fieldOf(d, 'channel_id');
      const direct = fieldOf(d, 'guild_id') == null;
      if (typeof channel !== 'string' || !t.startsWith('MESSAGE_') || (direct && t !== 'MESSAGE_DELETE')) return;
      if (persons.has(channel)) return;
      // What cannot be seen cannot be for us.
      const known = await info(channel).catch(() => undefined);
      if (known?.type === PRIVATE && known.owner_id === me) await recognise(channel, me);
    },
    threads: (parent, name) =>
      [...channels.values()]
        .filter((one) => THREADS.has(one.type) && one.parent_id === parent && one.name === name)
        .map(({ id }) => id)
        .reverse(),
    async info(id) {
      return info(id);
    },
    directOf,
    async findChannel(chat) {
      if (isChannel(chat) || directs.has(chat)) return isChannel(chat);
      try {
        await directOf(chat);
        return false;
      } catch (error) {
        if (codeOf(error) !== CODE.noRecipient) throw error;
        return (await info(chat)).type !== 1;
      }
    },
  };
}

const fieldOf = (raw: unknown, key: string): unknown => (raw as Record<string, unknown> | null | undefined)?.[key];

/** The person that the buttons of a message are for. */
function ownerOf(components: unknown): string | undefined {
  for (const one of Array.isArray(components) ? components : []) {
    const id = fieldOf(one, 'custom_id');
    const owner = (typeof id === 'string' ? readPressed(id).owner : undefined) ?? ownerOf(fieldOf(one, 'components'));
    if (owner !== undefined) return owner;
  }
  return undefined;
}

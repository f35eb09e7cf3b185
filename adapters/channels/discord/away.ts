// What people wrote while nobody listened: the gateway keeps nothing once a session has ended, so it is read from the
// history, from the last thing heard, in order, before anything new of the same person.
import { Routes } from 'discord.js';
import type { Address } from '../../../src/model.ts';
import type { Intake } from '../../../src/ports.ts';
import type { Call } from './call.ts';
import { faultOf } from './faults.ts';
import { padded, unpadded } from './ids.ts';
import type { Packet } from './parse.ts';
import { untilDone } from './patience.ts';

export interface AwayTools {
  call: Call;
  intake: () => Intake;
  channelOf(address: Address): Promise<string>;
  /** One packet of the history, as if it had just come; resolves once it is saved. */
  replay(packet: Packet): Promise<void>;
  ending: AbortSignal;
  say(level: 'info' | 'warn' | 'error', line: string): void;
}

export interface Away {
  /** A session began: everybody is to be caught up again, the most recent at once. */
  begin(): void;
  /** Does `work` after all that this person wrote before, and after what is in work for them. */
  after(address: Address, work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing is in work. */
  idle(): Promise<void>;
}

/** Conversations caught up at once; the others are when the person next writes. */
const RECENT = 50;
/** Messages of a page (https://docs.discord.com/developers/resources/message#get-channel-messages). */
const PAGE = 100;

export function createAway({ call, intake, channelOf, replay, ending, say }: AwayTools): Away {
  const lines = new Map<string, Promise<void>>();
  let caught = new Set<string>();

  /** One thing after the other for a person, side by side for people. */
  function inLine(chat: string, work: () => Promise<void>): Promise<void> {
    const before = lines.get(chat) ?? Promise.resolve();
    const now = before.then(work, work);
    lines.set(chat, now);
    const leave = () => void (lines.get(chat) === now && lines.delete(chat));
    now.then(leave, leave);
    return now;
  }

  const page = async (channel: string, query: Record<string, string>): Promise<Said[]> => {
    const found = await call('get', Routes.channelMessages(channel), { query: { ...query, limit: String(PAGE) } });
    return Array.isArray(found) ? (found as Said[]).filter(({ id }) => typeof id === 'string').sort(byId) : [];
  };

  /** What came after the last thing heard, and what was corrected of the hundred messages up to it. */
  async function history(address: Address, heard: string): Promise<void> {
    const channel = await channelOf(address);
    const guild = address.thread === undefined ? {} : { guild_id: '0' };
    let last = unpadded(heard);
    const edited = await page(channel, { before: String(BigInt(last) + 1n) });
    for (const one of edited.filter(({ edited_timestamp }) => edited_timestamp != null)) {
      await replay({ t: 'MESSAGE_UPDATE', d: { ...one, ...guild } });
    }
    for (;;) {
      const found = await page(channel, { after: last });
      for (const one of found) await replay({ t: 'MESSAGE_CREATE', d: { ...one, ...guild } });
      last = found.at(-1)?.id ?? last;
      if (found.length < PAGE) return;
    }
  }

  /** Until it is done, or the chat turns out to be closed: nothing new may pass before it. */
  async function catchUp(address: Address, heard: string | undefined): Promise<void> {
    if (heard === undefined) return;
    const reading = (): Promise<void> =>
      history(address, heard).catch((error: unknown) => {
        if (!['permanent', 'refused'].includes(faultOf(error, 0).kind)) throw error;
      });
    await untilDone(reading, ending, () =>
      say('warn', 'what was written while the bot was away cannot be read yet; trying again'),
    );
  }

  /** Once a session, in direct messages and in each private thread. */
  async function once(address: Address, heard: () => Promise<string | undefined>): Promise<void> {
    const place = `${address.chat}/${address.thread ?? ''}`;
    if (caught.has(place)) return;
    const session = caught;
    await catchUp(address, await untilDone(heard, ending, () => undefined));
    session.add(place);
  }

  return {
    begin() {
      caught = new Set();
      void intake()
        .recent(RECENT)
        .then((recent) => {
          for (const { address, heard } of recent) {
            inLine(address.chat, () => once(address, async () => heard)).catch(() => undefined);
          }
        })
        .catch(() => say('warn', 'the recent conversations cannot be read; each is caught up when its person writes'));
    },
    after: (address, work) =>
      inLine(address.chat, async () => {
        await once(address, () => intake().heard(address));
        await work();
      }),
    async idle() {
      while (lines.size > 0) await Promise.allSettled(lines.values());
    },
  };
}

interface Said {
  id: string;
  edited_timestamp?: unknown;
}

const byId = (a: Said, b: Said): number => (padded(a.id) < padded(b.id) ? -1 : 1);

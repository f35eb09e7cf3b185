// What people wrote while nobody listened: Slack repeats an event for some minutes only, then it is read in the conversation
// itself, from the last thing heard, in order, before anything new of the same person.
import { setTimeout as sleep } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { Address } from '../../../src/model.ts';
import type { ChannelError, Intake } from '../../../src/ports.ts';
import { userOf } from './deliver.ts';
import { codeOf, faultOf } from './faults.ts';
import type { People } from './people.ts';

export interface CatchupTools {
  client: webApi.WebClient;
  people: People;
  intake: () => Intake;
  /** The bot's own team. */
  team: () => string;
  /** Takes up an event as if it came now; resolves once it is saved. */
  take(body: Record<string, unknown>): Promise<void>;
  /** Told of what Slack refuses, so that people hear of what they can mend. */
  failed(fault: ChannelError): void;
  say(level: 'info' | 'warn' | 'error', line: string): void;
  /** Aborted at the end. */
  ending: AbortSignal;
}

export interface CatchUp {
  /** Somebody may have been missed: each is read again, the last active now, the others when they next write. */
  begin(): Promise<void>;
  /** Resolves once what this person wrote before is saved; rejects at the end. */
  before(address: Address): Promise<void>;
}

/** The conversations looked at, the last active first. */
const MOST = 200;
/** Messages asked for at once; more follow. */
const PAGE = 200;
/** Conversations in a row, and milliseconds before each one more: Slack's patience is for those who write now. */
const AT_ONCE = 20;
const EVERY = 2_000;

type Message = Record<string, unknown>;

export function createCatchUp({ client, people, intake, team, take, failed, say, ending }: CatchupTools): CatchUp {
  /** Who was read on since the last beginning. */
  let read = new Map<string, Promise<void>>();

  /** Corrections of the last messages heard, and then what came after them. */
  async function readOn(address: Address, user: string, heard: string): Promise<void> {
    const channel = await people.conversation(user);
    const [own = team()] = address.chat.split('.');
    const event = { channel, channel_type: 'im' };
    const body = (id: string, more: Message) => ({
      ...{ type: 'event_callback', event_id: `history-${channel}-${id}`, team_id: team() },
      event: { type: 'message', ...event, ...more },
    });
    const { messages: known = [] } = await client.conversations.history({
      ...{ channel, latest: heard, inclusive: true, limit: PAGE },
    });
    for (const message of (known as Message[]).filter(({ edited }) => edited !== undefined).reverse()) {
      const changed = { subtype: 'message_changed', message: { ...message, user_team: own } };
      await take(body(`edit-${String(message['ts'])}`, changed));
    }
    for (const message of (await since(channel, heard)).reverse()) {
      await take(body(String(message['ts']), { ...message, ...event, user_team: own }));
    }
  }

  /** All pages or none, the last message first, as Slack gives them. */
  async function since(channel: string, oldest: string): Promise<Message[]> {
    const found: Message[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const from: { cursor?: string } = cursor === '' ? {} : { cursor };
      const page: webApi.ConversationsHistoryResponse = await client.conversations.history({
        ...{ channel, oldest, limit: PAGE },
        ...from,
      });
      found.push(...((page.messages ?? []) as Message[]));
      cursor = page.response_metadata?.next_cursor || undefined;
    }
    return found;
  }

  /** Until it is done, or the conversation turns out to be closed. Rejects at the end. */
  async function insist(address: Address, user: string, heard: string): Promise<void> {
    for (let tries = 0; ; tries++) {
      ending.throwIfAborted();
      try {
        return await readOn(address, user, heard);
      } catch (error) {
        ending.throwIfAborted();
        const wait = pauseAfter(error, tries);
        if (wait === undefined) return;
        if (tries === 0) say('warn', 'what was written in Slack meanwhile cannot be read yet; trying again');
        await sleep(wait, undefined, { ref: false, signal: ending });
      }
    }
  }

  /** Milliseconds; undefined when it will never go better. */
  function pauseAfter(error: unknown, tries: number): number | undefined {
    const { retryAfter } = error as { retryAfter?: unknown };
    if (typeof retryAfter === 'number') return retryAfter * 1_000;
    if (codeOf(error) !== undefined) {
      const fault = faultOf(error, 0, true);
      failed(fault);
      if (fault.kind === 'permanent' || fault.kind === 'refused') return undefined;
    }
    return Math.min(60_000, 1_000 * 2 ** Math.min(tries, 6));
  }

  function once(address: Address, heard: () => Promise<string | undefined>): Promise<void> {
    const session = read;
    const user = userOf(address);
    const there = session.get(address.chat);
    if (there || user === undefined) return there ?? Promise.resolve();
    const reading = heard().then((from) => (from ? insist(address, user, from) : undefined));
    session.set(address.chat, reading);
    reading.catch(() => session.delete(address.chat));
    return reading;
  }

  return {
    async begin() {
      read = new Map();
      const session = read;
      try {
        for (const [i, { address, heard }] of (await intake().recent(MOST)).entries()) {
          if (i >= AT_ONCE) await sleep(EVERY, undefined, { ref: false, signal: ending });
          if (ending.aborted || session !== read) return;
          await once(address, async () => heard);
        }
      } catch {
        if (!ending.aborted) say('warn', 'what was written in Slack meanwhile is read when each person next writes');
      }
    },
    before: (address) => once(address, () => intake().heard(address)),
  };
}

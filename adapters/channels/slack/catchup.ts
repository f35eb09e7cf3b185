// What people wrote while nobody listened: Slack repeats an event for some minutes only, then it is to be read in the
// conversation itself.
import { setTimeout as sleep } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { Heard, Intake } from '../../../src/ports.ts';
import { userOf } from './deliver.ts';
import type { People } from './people.ts';

export interface CatchupTools {
  client: webApi.WebClient;
  people: People;
  intake: Intake;
  team: string;
  /** Takes up an event as if it came now. */
  take(body: Record<string, unknown>): Promise<void>;
  /** Aborted at the end. */
  ending: AbortSignal;
}

/** The conversations looked at, the last active first. */
const MOST = 200;
/** Messages asked for at once; more follow. */
const PAGE = 200;
/** Conversations in a row, and milliseconds before each one more: Slack's patience is for those who write now. */
const AT_ONCE = 20;
const EVERY = 2_000;
/** How often Slack may ask to wait before a conversation is left for the next time. */
const TRIES = 5;

/** In order, each conversation in turn; what was heard before changes nothing. Says how many messages there were. */
export async function catchUp(tools: CatchupTools): Promise<number> {
  const { intake, ending } = tools;
  let found = 0;
  for (const [i, heard] of (await intake.recent(MOST)).entries()) {
    if (i >= AT_ONCE) await pause(EVERY, ending);
    if (ending.aborted) break;
    found += await readOn(tools, heard);
  }
  return found;
}

async function readOn(tools: CatchupTools, { address, heard }: Heard): Promise<number> {
  const user = userOf(address);
  const [team = tools.team] = address.chat.split('.');
  if (user === undefined || heard === '') return 0;
  const channel = await patiently(() => tools.people.conversation(user), tools.ending);
  const messages = channel === undefined ? [] : await historyOf(tools, channel, heard);
  for (const message of messages.reverse()) {
    const event = { ...message, type: 'message', channel, channel_type: 'im', user_team: team };
    const ts = String(message['ts']);
    await tools.take({ type: 'event_callback', event_id: `history-${channel}-${ts}`, team_id: tools.team, event });
  }
  return messages.length;
}

/** The last first, as Slack gives them. */
async function historyOf({ client, ending }: CatchupTools, channel: string, oldest: string) {
  const found: Record<string, unknown>[] = [];
  for (let cursor: string | undefined; !ending.aborted; ) {
    const from = cursor;
    const page = await patiently(
      () =>
        client.conversations.history({ channel, oldest, limit: PAGE, ...(from === undefined ? {} : { cursor: from }) }),
      ending,
    );
    found.push(...((page?.messages ?? []) as Record<string, unknown>[]));
    cursor = page?.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) break;
  }
  return found;
}

/** At Slack's pace; what cannot be read is left for the next time. */
async function patiently<T>(ask: () => Promise<T>, ending: AbortSignal): Promise<T | undefined> {
  for (let tries = 0; tries < TRIES && !ending.aborted; tries++) {
    try {
      return await ask();
    } catch (error) {
      const { retryAfter } = error as { retryAfter?: unknown };
      if (typeof retryAfter !== 'number') return undefined;
      await pause(retryAfter * 1_000, ending);
    }
  }
  return undefined;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { ref: false, signal }).catch(() => undefined);

// From Slack's payloads to what the house understands. Total: what is malformed, unknown or not for us is null. Pure.
import type { Inbound } from '../../../src/model.ts';
import { contentOf } from './content.ts';
import { fromClick, fromCommand, fromShortcut, fromSubmission } from './interaction.ts';
import {
  clickSchema,
  commandSchema,
  type EventBody,
  eventSchema,
  type Message,
  type MessageEvent,
  shortcutSchema,
  submissionSchema,
} from './schema.ts';
import { asTyped, instant, isHuman, personOf, placed, privately, type Reader, teamOf } from './who.ts';

export type { Reader };

/** Clients cut what is longer than 4,000 characters: the rest is on its way. */
const NEAR_LIMIT = 3_900;
/** Messages that people write (https://docs.slack.dev/reference/events/message#subtypes). */
const WRITTEN = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

export function parse(raw: unknown, reader: Reader): Inbound | null {
  const event = eventSchema.safeParse(raw);
  if (event.success) return fromEvent(event.data, reader);
  const click = clickSchema.safeParse(raw);
  if (click.success) return fromClick(click.data, reader);
  const submission = submissionSchema.safeParse(raw);
  if (submission.success) return fromSubmission(submission.data, reader);
  const shortcut = shortcutSchema.safeParse(raw);
  if (shortcut.success) return fromShortcut(shortcut.data, reader);
  const command = commandSchema.safeParse(raw);
  return command.success ? fromCommand(command.data, reader) : null;
}

function fromEvent(body: EventBody, reader: Reader): Inbound | null {
  const { event } = body;
  if (event.type === 'app_home_opened') {
    if (event.tab !== 'home') return null;
    const base = privately(teamOf(body, {}), event.user, reader);
    return { ...base, id: `s:${body.event_id}`, order: '', at: instant(event.event_ts ?? reader.now), ...home() };
  }
  if (event.subtype === 'message_changed') return fromChange(body, event, reader);
  if (event.subtype === 'message_deleted') return fromDeletion(body, event, event.deleted_ts, reader);
  return event.ts === undefined ? null : fromMessage(body, event, { ...event, ts: event.ts }, reader);
}

const home = () => ({ kind: 'presence' as const, presence: 'home' as const, text: '', files: [] });

function fromMessage(body: EventBody, event: MessageEvent, message: Message, reader: Reader): Inbound | null {
  const base = baseOf(body, event, message, reader);
  if (!base || !WRITTEN.has(message.subtype)) return null;
  const isPrivate = base.place === 'private';
  const reply = message.thread_ts !== undefined && message.thread_ts !== message.ts ? message.thread_ts : undefined;
  const isCall = (message.text ?? '').includes(`<@${reader.me}>`) || (message.text ?? '').includes(`<@${reader.me}|`);
  if (!isPrivate && !isCall && !(base.place === 'staff' && reply !== undefined)) return null;
  const content = contentOf(message, reader);
  const says = content.text !== '' || content.files.length > 0;
  return {
    ...base,
    ...content,
    ...(isCall && !isPrivate ? { text: uncalled(content.text, reader) } : {}),
    id: `m:${message.ts}`,
    kind: 'message',
    ...(says ? {} : { unreadable: true }),
    ...(reply === undefined || isPrivate ? {} : { replyTo: `m:${reply}` }),
    ...(content.text.length > NEAR_LIMIT ? { more: true } : {}),
  };
}

/** In a channel the bot is called by its name: that is no part of what is said. */
const uncalled = (text: string, reader: Reader): string =>
  asTyped(text.replace(`@${reader.person(reader.me)?.name ?? reader.me}`, ''), reader);

/** Only what its author changed: links that unfold and what the bot itself changes are no edits. */
function fromChange(body: EventBody, event: MessageEvent, reader: Reader): Inbound | null {
  const { message, previous_message: before } = event;
  if (!message) return null;
  if (message.subtype === 'tombstone') return before ? fromDeletion(body, event, message.ts, reader) : null;
  if (!message.edited || message.edited.ts === before?.edited?.ts || !WRITTEN.has(message.subtype)) return null;
  const base = baseOf(body, event, message, reader);
  if (base?.place !== 'private') return null;
  return { ...base, ...contentOf(message, reader), id: `e:${message.ts}:${message.edited.ts}`, kind: 'edit' };
}

function fromDeletion(
  body: EventBody,
  event: MessageEvent,
  deleted: string | undefined,
  reader: Reader,
): Inbound | null {
  const { previous_message: before } = event;
  const base = before && baseOf(body, event, before, reader);
  if (base?.place !== 'private' || deleted === undefined) return null;
  const at = instant(event.event_ts ?? reader.now);
  return { ...base, at, id: `d:${deleted}`, kind: 'delete', text: '', files: [] };
}

type Base = Pick<Inbound, 'order' | 'place' | 'from' | 'person' | 'at'>;

function baseOf(body: EventBody, event: MessageEvent, message: Message, reader: Reader): Base | null {
  const { user, ts, thread_ts: thread } = message;
  if (user === undefined || !isHuman(message, reader)) return null;
  const team = teamOf(body, { own: message.user_team ?? message.team });
  const common = { order: ts, at: instant(ts) };
  const reply = thread !== undefined && thread !== ts ? { thread } : {};
  if (event.channel_type === 'im' || event.channel.startsWith('D')) {
    const base = privately(team, user, reader);
    return { ...common, ...base, from: { ...base.from, ...reply } };
  }
  const place = placed(event.channel, reply, reader);
  return { ...common, ...place, person: personOf(team, user, reader) };
}

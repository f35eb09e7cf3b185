// Clicks, forms, shortcuts and slash commands, as what the house understands. Pure.
import type { Inbound } from '../../../src/model.ts';
import { contentOf } from './content.ts';
import { actionOf, metadataOf } from './forms.ts';
import type { Click, Command, Shortcut, Submission } from './schema.ts';
import { unescaped } from './text.ts';
import { actorTeam, asTyped, instant, isHuman, personOf, placed, privately, type Reader, teamOf } from './who.ts';

/** The shortcut of the manifest. */
export const SHORTCUT = 'story';

/** In private, on one's own page or in a staff place; elsewhere only the way to the private chat. */
export function fromClick(body: Click, reader: Reader): Inbound | null {
  const [action] = body.actions;
  const team = actorTeam(body);
  if (!action || team === undefined) return null;
  const { kind } = actionOf(action.action_id) ?? {};
  const { value = '' } = action;
  const base = privately(team, body.user.id, reader);
  const common = { id: `c:${body.trigger_id}`, order: action.action_ts, at: instant(action.action_ts), files: [] };
  if (kind === 'door') return { ...base, ...common, kind: 'message', text: '/start', payload: value };
  if (kind === undefined) return null;
  const chosen = { ...common, kind: 'choice' as const, text: '', choice: value };
  if (body.view?.type === 'home') return { ...base, ...chosen };
  if (!body.channel) return null;
  const thread = body.message?.thread_ts ?? body.container?.thread_ts ?? undefined;
  const reply = thread === undefined || thread === body.message?.ts ? {} : { thread };
  if (body.channel.id.startsWith('D')) return { ...base, from: { ...base.from, ...reply }, ...chosen };
  const place = placed(body.channel.id, reply, reader);
  return place.place === 'staff' ? { ...base, ...place, ...chosen } : null;
}

/** Where the button stood, which form it opened and when: kept by Slack with the form. */
export function fromSubmission(body: Submission, reader: Reader): Inbound | null {
  const opened = metadataOf(body.view.private_metadata);
  const team = actorTeam(body);
  if (!opened || team === undefined) return null;
  const form = Object.fromEntries(
    Object.values(body.view.state.values).flatMap((inputs) =>
      Object.entries(inputs).map(([key, { value }]) => [key, value ?? ''] as const),
    ),
  );
  const base = privately(team, body.user.id, reader);
  const thread = opened.thread === undefined ? {} : { thread: opened.thread };
  const place =
    opened.channel === undefined
      ? { place: base.place, from: { ...base.from, ...thread } }
      : placed(opened.channel, thread, reader);
  if (place.place === 'other') return null;
  return {
    ...base,
    ...place,
    id: `c:${body.view.id}`,
    // The moment of the click that opened it: it comes before whatever is asked next.
    order: opened.ts,
    at: instant(opened.ts),
    kind: 'choice',
    text: '',
    files: [],
    choice: opened.choice,
    form,
  };
}

/** A message taken up: by its author, or by somebody else, and then it is its author who is asked. */
export function fromShortcut(body: Shortcut, reader: Reader): Inbound | null {
  const { message, channel, user } = body;
  const team = actorTeam(body);
  if (body.callback_id !== SHORTCUT || team === undefined) return null;
  if (message.user === undefined || !isHuman(message, reader)) return null;
  const isOwn = message.user === user.id;
  return {
    ...privately(
      isOwn ? team : (body.enterprise?.id ?? message.user_team ?? message.team ?? team),
      message.user,
      reader,
    ),
    ...contentOf(message, reader),
    id: `m:${channel.id}-${message.ts}`,
    order: message.ts,
    at: instant(message.ts),
    kind: 'message',
    as: isOwn ? 'story' : 'suggestion',
  };
}

/** `/recueil aide`: the words after the command are what one would type in private; alone, it begins. */
export function fromCommand(body: Command, reader: Reader): Inbound | null {
  const team = teamOf(body, {});
  const place = placed(body.channel_id, {}, reader);
  const base = privately(team, body.user_id, reader);
  return {
    ...base,
    ...(place.place === 'staff' ? place : {}),
    person: personOf(team, body.user_id, reader, body.user_name),
    id: `m:c-${body.trigger_id}`,
    order: reader.now,
    at: instant(reader.now),
    kind: 'message',
    text: asTyped(unescaped(body.text), reader),
    files: [],
  };
}

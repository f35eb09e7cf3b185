// Who did something on Slack, where, and when: people are known by team and user, places by channel and thread. Pure.
import type { Address, Inbound } from '../../../src/model.ts';
import type { Click } from './schema.ts';

export interface Reader {
  /** The bot's own user. */
  me: string;
  isStaff(address: Address): boolean;
  /** What is known of somebody. */
  person(user: string): { name: string; locale?: string } | undefined;
  /** Whether these words are a command, behind a slash. */
  isCommand(words: string): boolean;
  /** For what bears no time of its own: now, written as Slack does. */
  now: string;
}

const SLACKBOT = 'USLACKBOT';

/** Whether a person wrote it, and not a program. */
export const isHuman = (
  { user, bot_id: bot }: { user?: string | undefined; bot_id?: string | null | undefined },
  { me }: Reader,
): boolean => user !== undefined && !bot && user !== me && user !== SLACKBOT;

/** A staff place may be a channel or one of its threads. Elsewhere an answer goes to the thread it was called from. */
export function placed(chat: string, reply: { thread?: string }, { isStaff }: Reader): Pick<Inbound, 'place' | 'from'> {
  const [channel, thread]: Address[] = [
    { channel: 'slack', chat },
    { channel: 'slack', chat, ...reply },
  ];
  if (reply.thread !== undefined && isStaff(thread as Address)) return { place: 'staff', from: thread as Address };
  return isStaff(channel as Address)
    ? { place: 'staff', from: channel as Address }
    : { place: 'other', from: thread as Address };
}

export const privately = (team: string, user: string, reader: Reader): Pick<Inbound, 'place' | 'from' | 'person'> => ({
  place: 'private',
  from: { channel: 'slack', chat: `${team}.${user}` },
  person: personOf(team, user, reader),
});

export function personOf(team: string, user: string, reader: Reader, called = ''): Inbound['person'] {
  const known = reader.person(user);
  return {
    id: `${team}.${user}`,
    name: known?.name || called,
    ...(known?.locale === undefined ? {} : { locale: known.locale }),
  };
}

/**
 * Whose people these are. In an Enterprise organisation a person is the same in all its workspaces; somebody who comes
 * through Slack Connect belongs to a team of their own.
 */
export function teamOf(
  body: {
    team_id: string;
    enterprise_id?: string | null | undefined;
    authorizations?: { enterprise_id?: string | null | undefined }[] | null | undefined;
    is_ext_shared_channel?: boolean | null | undefined;
  },
  { own }: { own?: string | null | undefined },
): string {
  const foreign = body.is_ext_shared_channel === true && own != null && own !== body.team_id;
  // An event names the organisation beside whoever installed the app, a click at its top: it is the same person.
  const enterprise = body.enterprise_id ?? body.authorizations?.[0]?.enterprise_id;
  return (foreign ? own : (enterprise ?? own)) ?? body.team_id;
}

export const actorTeam = ({
  user,
  team,
  enterprise,
}: Pick<Click, 'user' | 'team' | 'enterprise'>): string | undefined => enterprise?.id ?? user.team_id ?? team?.id;

/** The moment that Slack writes as seconds since 1970 and a count within them. */
export const instant = (ts: string): string => new Date(Math.round(Number(ts) * 1_000)).toISOString();

/** Words after the bot's name or its command, as one would type them in private: none begin, one is a command. */
export function asTyped(said: string, { isCommand }: Reader): string {
  const words = said.trim();
  if (words === '') return '/start';
  return !words.startsWith('/') && (/^\S+$/.test(words) || isCommand(words)) ? `/${words}` : words;
}

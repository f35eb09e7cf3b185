// Looks at everything about Discord that can be set wrong, and says what to do.
import { Routes } from 'discord.js';
import type { Address, Language } from '../../../src/model.ts';
import type { Finding } from '../../../src/ports.ts';
import type { Call } from './call.ts';
import { isTokenRefused } from './faults.ts';
import { CONTENT_FLAGS, inviteLink, RIGHTS } from './rights.ts';
import { type ChannelInfo, channelSchema } from './schema.ts';
import { checkWords } from './words.ts';

export interface CheckOptions {
  call: Call;
  language: Language;
  staff: Address[];
}

/** The application as the developer portal has it. */
export interface Application {
  id: string;
  flags: number;
  /** Where it may be installed: in servers (0), by people (1). */
  kinds: number[];
  bot: { id: string; name: string };
}

/** Text, announcements, threads, forum, media. */
const WRITABLE = new Set([0, 5, 10, 11, 12, 15, 16]);
const FORUMS = new Set([15, 16]);
const REQUIRES_TAG = 1 << 4;
const FEW = 50;

export async function applicationOf(call: Call): Promise<Application> {
  const raw = (await call('get', Routes.currentApplication())) as Record<string, unknown>;
  const { id, username } = (raw['bot'] ?? (await call('get', Routes.user()))) as { id: string; username: string };
  const kinds = Object.keys((raw['integration_types_config'] as object | undefined) ?? {}).map(Number);
  return {
    id: String(raw['id']),
    flags: Number(raw['flags'] ?? 0),
    kinds: kinds.length > 0 ? kinds : [0],
    bot: { id, name: username },
  };
}

export const mayReadAll = ({ flags }: Application): boolean => (flags & CONTENT_FLAGS) !== 0;

export async function check({ call, language, staff }: CheckOptions): Promise<Finding[]> {
  const say = checkWords[language];
  const good = (text: string): Finding => ({ ok: true, text });
  const bad = (text: string): Finding => ({ ok: false, text });

  async function atStaff({ chat, thread }: Address, app: Application): Promise<Finding> {
    const address = `discord:${chat}${thread === undefined ? '' : `/${thread}`}`;
    const channel = channelSchema.safeParse(await call('get', Routes.channel(thread ?? chat)).catch(() => undefined));
    if (!channel.success) return bad(say.placeClosed(address));
    if (!WRITABLE.has(channel.data.type)) return bad(say.placeNot(address));
    if (FORUMS.has(channel.data.type) && ((channel.data.flags ?? 0) & REQUIRES_TAG) !== 0)
      return bad(say.placeTags(address));
    const missing = await missingAt(call, channel.data, app.bot.id);
    if (missing.length === 0) return good(say.place(address));
    return bad(say.placeMissing(address, missing.map((right) => say.rights[right]).join(', ')));
  }

  try {
    const app = await applicationOf(call);
    const content = mayReadAll(app)
      ? good(staff.length > 0 ? say.contentOn : say.contentUseless)
      : good(say.contentOff);
    const places = await Promise.all(staff.map((place) => atStaff(place, app)));
    return [good(say.token(app.bot.name)), good(say.invite(inviteLink(app.id))), content, await sessions(), ...places];
  } catch (error) {
    return [bad(isTokenRefused(error) ? say.tokenRefused : say.unreachable)];
  }

  async function sessions(): Promise<Finding> {
    const { session_start_limit: limit } = (await call('get', Routes.gatewayBot())) as {
      session_start_limit?: { remaining?: number };
    };
    const left = limit?.remaining ?? 0;
    return left < FEW ? bad(say.sessionsFew(left)) : good(say.sessions(left));
  }
}

type Right = keyof typeof RIGHTS;

interface Overwrite {
  id: string;
  allow: string;
  deny: string;
}

/**
 * What the bot lacks where it is to write: roles of the server, then what the channel changes for everyone, for roles, for
 * the bot (https://docs.discord.com/developers/topics/permissions#permission-overwrites).
 */
async function missingAt(call: Call, channel: ChannelInfo, me: string): Promise<Right[]> {
  const raw = (await call(
    'get',
    Routes.channel(channel.parent_id && channel.type >= 10 && channel.type <= 12 ? channel.parent_id : channel.id),
  )) as {
    guild_id?: string;
    permission_overwrites?: Overwrite[];
  };
  const guild = raw.guild_id ?? '';
  const [roles, member] = (await Promise.all([
    call('get', Routes.guildRoles(guild)),
    call('get', Routes.guildMember(guild, me)),
  ])) as [{ id: string; permissions: string }[], { roles: string[] }];
  const mine = roles.filter(({ id }) => id === guild || member.roles.includes(id));
  const base = mine.reduce((all, role) => all | BigInt(role.permissions), 0n);
  const administrator = 8n;
  if ((base & administrator) !== 0n) return [];
  const changed = (ids: string[], from: bigint): bigint => {
    const some = (raw.permission_overwrites ?? []).filter(({ id }) => ids.includes(id));
    const sum = (key: 'allow' | 'deny') => some.reduce((all, one) => all | BigInt(one[key]), 0n);
    return (from & ~sum('deny')) | sum('allow');
  };
  const rights = changed([me], changed(member.roles, changed([guild], base)));
  const needed = (Object.keys(RIGHTS) as Right[]).filter((right) => right !== 'privateThreads');
  return needed.filter((right) => (rights & RIGHTS[right]) === 0n);
}

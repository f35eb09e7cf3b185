// Looks at everything about Slack that can be set wrong, and says what to do.
import type { webApi } from '@slack/bolt';
import type { Address, Language } from '../../../src/model.ts';
import type { Finding } from '../../../src/ports.ts';
import { codeOf, isTokenRefused } from './faults.ts';
import { EVENTS, SCOPES } from './scopes.ts';
import { isSocketRefused } from './socket.ts';
import { words } from './words.ts';

export interface CheckOptions {
  client: webApi.WebClient;
  appToken: string | undefined;
  configToken: string | undefined;
  language: Language;
  staff: Address[];
  /** Where requests come in, without Socket Mode. */
  path: string;
}

interface Manifest {
  features?: { app_home?: { messages_tab_enabled?: boolean; messages_tab_read_only_enabled?: boolean } };
  settings?: { event_subscriptions?: { bot_events?: string[] }; interactivity?: { is_enabled?: boolean } };
}

export async function check({
  client,
  appToken,
  configToken,
  language,
  staff,
  path,
}: CheckOptions): Promise<Finding[]> {
  const say = words[language];
  const good = (text: string): Finding => ({ ok: true, text });
  const bad = (text: string): Finding => ({ ok: false, text });

  /** Slack tells with each answer what the token may do. */
  function scopes(granted: string[]): Finding[] {
    const missing = SCOPES.filter((scope) => !granted.includes(scope));
    const silent = Object.entries(EVENTS).flatMap(([event, scope]) =>
      scope !== undefined && missing.includes(scope) ? [bad(say.eventSilent(event, scope))] : [],
    );
    if (missing.length === 0) return [good(say.scopes)];
    return [...missing.map((scope) => bad(say.scopeMissing(scope, say.why[scope] ?? ''))), ...silent];
  }

  /** Only the app's manifest tells which events it is subscribed to, and only a configuration token reads that. */
  async function events(bot: string): Promise<Finding[]> {
    const list = Object.keys(EVENTS);
    if (configToken === undefined) return [good(say.eventsUnknown(list.join(', ')))];
    try {
      const { bot: found } = await client.bots.info({ bot });
      const exported = await client.apps.manifest.export({ app_id: found?.app_id ?? '', token: configToken });
      const { features, settings } = (exported.manifest ?? {}) as Manifest;
      const missing = list.filter((event) => !settings?.event_subscriptions?.bot_events?.includes(event));
      const home = features?.app_home;
      const isClosed = !home?.messages_tab_enabled || home.messages_tab_read_only_enabled === true;
      return [
        ...(missing.length === 0 ? [good(say.events)] : missing.map((event) => bad(say.eventMissing(event)))),
        ...(isClosed ? [bad(say.homeOff)] : []),
        ...(settings?.interactivity?.is_enabled ? [] : [bad(say.interactivityOff)]),
      ];
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      return [bad(say.configRefused)];
    }
  }

  async function connection(): Promise<Finding> {
    if (appToken === undefined) return good(say.http(path));
    try {
      await client.apps.connections.open({ token: appToken });
      return good(say.socket);
    } catch (error) {
      return bad(isSocketRefused(error) ? say.socketRefused : say.unreachable);
    }
  }

  async function atStaff({ chat, thread }: Address): Promise<Finding> {
    const written = `slack:${chat}${thread === undefined ? '' : `/${thread}`}`;
    try {
      const { channel } = await client.conversations.info({ channel: chat });
      if (channel?.is_archived) return bad(say.placeArchived(written));
      if (!channel?.is_member) return bad(say.placeAbsent(written));
      return channel.is_ext_shared ? bad(say.placeOutside(written)) : good(say.isPlaced(written));
    } catch (error) {
      if (codeOf(error) === 'missing_scope')
        return bad(say.scopeMissing('channels:read, groups:read', say.why['channels:read'] ?? ''));
      return bad(codeOf(error) === undefined ? say.unreachable : say.placeAbsent(written));
    }
  }

  try {
    const me = await client.auth.test();
    const places = await Promise.all(staff.map(atStaff));
    const granted = me.response_metadata?.scopes ?? [];
    return [
      good(say.token(me.team ?? '')),
      ...scopes(granted),
      ...(await events(me.bot_id ?? '')),
      await connection(),
      ...places,
    ];
  } catch (error) {
    return [bad(isTokenRefused(error) ? say.tokenRefused : say.unreachable)];
  }
}

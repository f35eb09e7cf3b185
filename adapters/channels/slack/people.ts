// What is known of people: their name and language, and the conversation in which to write to them. Asked of Slack once in
// a while, never waited for long.
import { setTimeout as sleep } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';

export interface People {
  /** What is known without asking. */
  known(user: string): { name: string; locale?: string } | undefined;
  /** Asks about those who are not known yet. */
  meet(users: string[]): Promise<void>;
  /** The private conversation with somebody. Fails as Slack does. */
  conversation(user: string): Promise<string>;
  /** A private conversation was seen. */
  seen(user: string, channel: string): void;
}

/** How many people are remembered, and for how long, in milliseconds: names and languages change. */
const MOST = 2_000;
const FRESH = 3_600_000;
/** Milliseconds to wait for an answer while a message is not acknowledged yet: Slack waits for three seconds. */
const PATIENCE = 1_500;

export function createPeople(client: webApi.WebClient, now: () => number): People {
  const people = new Map<string, { name: string; locale?: string; at: number }>();
  const channels = new Map<string, string>();

  const isFresh = (user: string): boolean => now() - (people.get(user)?.at ?? 0) < FRESH;

  async function ask(user: string): Promise<void> {
    const { user: found } = await client.users.info({ user, include_locale: true });
    const name = found?.profile?.display_name || found?.profile?.real_name || found?.name || '';
    keep(people, user, { name, at: now(), ...(found?.locale === undefined ? {} : { locale: found.locale }) });
  }

  return {
    known: (user) => people.get(user),
    async meet(users) {
      const strangers = users.filter((user) => !isFresh(user)).slice(0, 5);
      if (strangers.length === 0) return;
      const asked = Promise.all(strangers.map((user) => ask(user).catch(() => undefined)));
      await Promise.race([asked, sleep(PATIENCE, undefined, { ref: false })]);
    },
    async conversation(user) {
      const known = channels.get(user);
      if (known !== undefined) return known;
      const { channel } = await client.conversations.open({ users: user });
      const opened = channel?.id ?? '';
      if (opened !== '') keep(channels, user, opened);
      return opened;
    },
    seen: (user, channel) => keep(channels, user, channel),
  };
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > MOST ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}

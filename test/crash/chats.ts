// The private chats of simulated people on the three platforms of our own.
import type { Discord } from '../support/discord.ts';
import type { Slack } from '../support/slack.ts';
import { personIn } from '../support/slack-people.ts';
import type { Telegram } from '../support/telegram.ts';
import type { Chat } from './people.ts';

/** What was said in one chat since the last look; messages are only ever added, or taken out. */
function reading<T>(said: () => T[], isMine: (one: T) => boolean, textOf: (one: T) => string): () => string[] {
  const read = new Set<T>();
  let from = 0;
  return () => {
    const all = said();
    // Should some have been taken out, a few are looked at twice.
    const fresh = all.slice(Math.max(0, from - 20)).filter((one) => isMine(one) && !read.has(one));
    from = all.length;
    for (const one of fresh) read.add(one);
    return fresh.map(textOf);
  };
}

export function inTelegram(telegram: Telegram, name: string): Chat {
  const person = telegram.person(name);
  return {
    platform: 'telegram',
    keeps: true,
    async says(text) {
      const [id] = await person.says(text);
      return () =>
        !telegram.pending().some((update) => (update['message'] as { message_id?: number })?.message_id === id);
    },
    presses: (label) => person.presses(label),
    news: reading(
      () => telegram.said,
      ({ chat }) => chat === String(person.id),
      ({ text }) => text,
    ),
  };
}

export function inSlack(slack: Slack, name: string): Chat {
  const person = personIn(slack, name);
  return {
    platform: 'slack',
    keeps: true,
    async says(text) {
      let acknowledged = false;
      // Nobody waits for an acknowledgement before writing on.
      void person.says(text).then(() => {
        acknowledged = true;
      });
      return () => acknowledged;
    },
    presses: (label) => person.presses(label),
    news: reading(
      () => slack.said,
      ({ channel }) => channel === person.dm,
      ({ text }) => text,
    ),
  };
}

/** Discord has nothing acknowledged: what was missed is read from the history. */
export function inDiscord(discord: Discord, name: string): Chat {
  const person = discord.person(name);
  return {
    platform: 'discord',
    keeps: false,
    async says(text) {
      await person.says(text);
      return () => false;
    },
    presses: (label) => person.presses(label),
    news: reading(
      () => discord.said,
      ({ channel }) => channel === person.direct,
      ({ text }) => text,
    ),
  };
}

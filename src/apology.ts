// A word to whoever waits while something of ours fails: from memory, straight through the channel, once per chat.
import { written } from './address.ts';
import type { Given, Inbound, Language } from './model.ts';
import type { Outage } from './outage.ts';
import { later } from './outgoing.ts';
import { type Channel, type Clock, StoreAway } from './ports.ts';
import { plain } from './review/under.ts';
import { typedDeed } from './staff.ts';
import { says, wording } from './words.ts';

export interface ApologyTools {
  channels: Map<string, Channel>;
  outage: Outage;
  clock: Clock;
  given: () => Pick<Given, 'staff' | 'language'>;
}

/** Milliseconds that people are left without a sign. */
const PATIENCE = 4_000;

/** Does `work` on what somebody did; when it takes long, or waits for the store, they are told. */
export function createApology({ channels, outage, clock, given }: ApologyTools) {
  const languageOf = ({ place, from, person }: Inbound): Language => {
    const { staff, language } = given();
    if (place === 'staff') return staff.find(({ address }) => address.chat === from.chat)?.language ?? language;
    return person.locale === undefined ? language : person.locale.toLowerCase().startsWith('fr') ? 'fr' : 'en';
  };

  function tell(inbound: Inbound): void {
    if (!outage.tells(written(inbound.from))) return;
    const language = languageOf(inbound);
    const { storeAway, clickAway } = wording(language);
    const message = plain(language, [says(isClick(inbound) ? clickAway : storeAway, language)]);
    const post = { to: inbound.from, message, key: `away:${inbound.id}`, out: [], piece: async () => undefined };
    // Nothing depends on it: their answer comes once the store is back.
    channels
      .get(inbound.from.channel)
      ?.deliver(post)
      .catch(() => undefined);
  }

  return async (inbound: Inbound, work: (inbound: Inbound) => Promise<void>): Promise<void> => {
    const isKnown = outage.away();
    const soon = isKnown && !isClick(inbound);
    const patience = isSpoken(inbound)
      ? clock.at(later(clock.now(), soon ? 0 : PATIENCE), () => tell(inbound))
      : undefined;
    try {
      await work(inbound);
    } catch (error) {
      // While it is known, the channel says so where the click was made.
      if (error instanceof StoreAway && !isKnown) tell(inbound);
      throw error;
    } finally {
      patience?.();
    }
  };
}

const isClick = ({ kind, form }: Inbound): boolean => kind === 'choice' && form === undefined;

/** Something that expects an answer; of what is said in a group, only what is said to us. */
const isSpoken = ({ kind, place, text, replyTo }: Inbound): boolean =>
  kind === 'choice' || (kind === 'message' && (place === 'private' || replyTo !== undefined || isOrder(text)));

const isOrder = (text: string): boolean => /^\s*[/@<]/.test(text) || typedDeed(text) !== undefined;

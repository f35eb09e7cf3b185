// Where what people write is led: a private chat to its conversation, an action of the team to its case, a reply in a staff
// place to the message it answers, a call in a group to an answer of its own.
import { fingerprint } from './address.ts';
import { orderOf } from './export/request.ts';
import { callId, conversationId } from './identity.ts';
import type { Given, Inbound, Outbound } from './model.ts';
import type { Store } from './ports.ts';
import { ownedName, plain } from './review/under.ts';
import { chosenOf } from './search/asked.ts';
import { actionOf, type Deed, isAround, pressedDeed, roleOf, typedDeed } from './staff.ts';
import type { Turns } from './turn.ts';
import { commandOf } from './words/commands.ts';
import { says, wording } from './words.ts';

/** What somebody of the team types for a digest at once. */
const DIGEST = /^\s*(?:(?:<@!?\w+>|@\w+)[\s,:]*)?\/?(?:bilan|digest)(?:@\w+)?\s*$/i;

export const asksForDigest = (text: string): boolean => DIGEST.test(text);

export interface ReceptionTools {
  store: Pick<Store, 'load' | 'owner'>;
  turns: Turns;
  given: () => Given;
  secret: string;
  /** Somebody who is not of the team tried to act on a case. */
  refused: () => void;
}

/** Resolves once what the message changed is saved. */
export function createReception({ store, turns, given, secret, refused }: ReceptionTools) {
  const talk = (inbound: Inbound) =>
    turns.take({ kind: 'conversation', id: conversationId(secret, inbound.from) }, { kind: 'inbound', inbound });

  const call = (inbound: Inbound) =>
    turns.take({ kind: 'delivery', id: callId(secret, inbound) }, { kind: 'called', inbound });

  /** A word where the action was tried. */
  const answer = (inbound: Inbound, message: Outbound) =>
    turns.take(
      { kind: 'delivery', id: callId(secret, inbound) },
      { kind: 'post', to: inbound.from, message, about: 'call' },
    );

  async function act(inbound: Inbound, deed: Deed): Promise<void> {
    const action = actionOf(given(), inbound, deed);
    const { language } = action ?? given();
    const say = (text: string) => answer(inbound, plain(language, [says(text, language)]));
    if (!action) {
      refused();
      return say(wording(language).staff.notStaff);
    }
    const linked = deed.verb === 'link' ? /[0-9A-Z]{10}$/.exec(deed.argument ?? '')?.[0] : undefined;
    for (const id of [deed.practice, ...(linked === undefined ? [] : [linked])]) {
      if (!(await store.load('practice', id))) return say(wording(language).staff.gone);
    }
    return turns.take({ kind: 'practice', id: deed.practice }, { kind: 'acted', action });
  }

  /** The digest of this place, at once. */
  async function digest(inbound: Inbound): Promise<void> {
    const { staff, digest: set } = given();
    const place = [...staff, ...(set?.places ?? [])].find(({ address }) => isAround(address, inbound.from));
    if (!place) return inbound.place === 'private' ? talk(inbound) : call(inbound);
    const ref = { kind: 'digest' as const, id: fingerprint(place.address) };
    return turns.take(ref, { kind: 'wanted', id: inbound.id, place });
  }

  /** Whether it answers a message of the team's. Talk under a card stays where it is, unless the message asks for words. */
  async function reply(inbound: Inbound): Promise<boolean> {
    if (inbound.kind !== 'message' || inbound.replyTo === undefined) return false;
    if (commandOf(inbound.text) || isOrder(inbound)) return false;
    const ref = await store.owner(ownedName(inbound.from, inbound.replyTo));
    if (ref?.kind !== 'delivery') return false;
    await turns.take(ref, { kind: 'replied', inbound });
    return true;
  }

  /** Somebody of the team corrected or deleted the message in which they asked something. */
  async function amend(inbound: Inbound): Promise<void> {
    const source = `m:${inbound.id.split(':')[1] ?? ''}`;
    const ref = await store.owner(ownedName(inbound.from, source));
    const text = inbound.kind === 'edit' ? inbound.text : '';
    if (ref?.kind === 'practice') await turns.take(ref, { kind: 'amended', source, text });
  }

  /** What is written or pressed in a group. */
  function inGroup(inbound: Inbound): Promise<void> {
    const { kind } = inbound;
    if (kind === 'edit' || kind === 'delete') return amend(inbound);
    if (kind === 'choice') return chosenOf(inbound.choice) ? call(inbound) : Promise.resolve();
    if (kind !== 'message') return Promise.resolve();
    if (asksForDigest(inbound.text) && roleOf(given(), inbound)) return digest(inbound);
    const isTalk = inbound.replyTo !== undefined && commandOf(inbound.text) === undefined && !isOrder(inbound);
    return isTalk ? Promise.resolve() : call(inbound);
  }

  return async (inbound: Inbound): Promise<void> => {
    const isPrivate = inbound.place === 'private';
    // A private chat may be a staff place, too: that of somebody who works alone.
    const isTeam = !isPrivate || roleOf(given(), inbound) !== undefined;
    const deed = isTeam ? deedOf(inbound) : undefined;
    if (deed) return act(inbound, deed);
    if (isTeam && (await reply(inbound))) return undefined;
    return isPrivate && !(isTeam && isOrder(inbound)) ? talk(inbound) : inGroup(inbound);
  };
}

/** Behind a slash or our name, so that it is no answer: in a private chat, or under a message that waits for words. */
const isOrder = ({ kind, text }: Inbound): boolean =>
  kind === 'message' && /^\s*(?:\/|@|<@)/.test(text) && (asksForDigest(text) || orderOf(text) !== undefined);

function deedOf(inbound: Inbound): Deed | undefined {
  if (inbound.kind === 'choice') return pressedDeed(inbound.choice ?? '');
  return inbound.kind === 'message' ? typedDeed(inbound.text) : undefined;
}

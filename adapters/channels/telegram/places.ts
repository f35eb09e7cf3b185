// Where the team works. A group that becomes a supergroup gets a new address: the house goes on knowing it by the one in
// STAFF_TO, and here it is led to where the group is now. Numbers of messages begin again there, so that those of the new
// group bear its name.
import { type Api, GrammyError } from 'grammy';
import type { Address, Inbound } from '../../../src/model.ts';
import { ChannelError, type Post, type Sent } from '../../../src/ports.ts';
import type { Say } from './trouble.ts';

export interface Places {
  /** Where they are now. */
  staff(): readonly Address[];
  /** Asks Telegram, once, whether any of them moved while nobody listened. */
  look(): Promise<void>;
  /** Sees a group move. */
  read(update: unknown): void;
  /** As the house knows it. */
  inbound(inbound: Inbound): Inbound;
  now(address: Address): Address;
  /** Sends to where the place is now, and follows it if it turns out to have moved. */
  deliver(post: Post, send: (post: Post) => Promise<Sent>): Promise<Sent>;
}

export const isGroup = ({ chat }: Address): boolean => chat.startsWith('-') || chat.startsWith('@');

export function createPlaces(api: Api, configured: readonly Address[], say: Say): Places {
  /** From the chat in STAFF_TO to the one it is now. */
  const moves = new Map<string, string>();
  const now = (address: Address): Address => {
    const chat = moves.get(address.chat);
    return chat === undefined ? address : { ...address, chat };
  };

  /** Whether it is a place of the team. */
  function follow(from: string, chat: string): boolean {
    const known = configured.find((one) => now(one).chat === from || one.chat === from)?.chat;
    if (known === undefined || chat === from) return false;
    if (moves.get(known) !== chat) {
      moves.set(known, chat);
      say('warn', 'a staff group of Telegram has a new address: recueil check tells it; put it in STAFF_TO');
    }
    return true;
  }

  async function deliver(post: Post, send: (post: Post) => Promise<Sent>): Promise<Sent> {
    const to = now(post.to);
    try {
      return to === post.to ? await send(post) : named(to.chat, await send(there(to, post)));
    } catch (error) {
      const chat = error instanceof ChannelError && error.kind === 'moved' ? error.to?.chat : undefined;
      if (chat === undefined || !follow(to.chat, chat)) throw error;
      return deliver(post, send);
    }
  }

  return {
    staff: () => configured.map(now),
    async look() {
      const looks = configured.filter(isGroup).map(async ({ chat }) => {
        try {
          // Only a call that writes tells of the move.
          await api.sendChatAction(chat, 'typing');
        } catch (error) {
          const to = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
          if (to !== undefined) follow(chat, String(to));
        }
      });
      await Promise.all(looks);
    },
    read(update) {
      const { message } = update as { message?: { chat?: { id?: unknown }; migrate_to_chat_id?: unknown } };
      const to = message?.migrate_to_chat_id;
      if (typeof to === 'number') follow(String(message?.chat?.id), String(to));
    },
    inbound(inbound) {
      const { from, replyTo } = inbound;
      const known = [...moves].find(([, chat]) => chat === from.chat)?.[0];
      if (known === undefined) return inbound;
      const reply = replyTo === undefined ? {} : { replyTo: `m:${from.chat}_${replyTo.slice(2)}` };
      return { ...inbound, from: { ...from, chat: known }, moved: from, ...reply };
    },
    now,
    deliver,
  };
}

/** Messages sent before the group moved can be neither changed nor replied to there. */
function there(to: Address, { edits, under, out, piece, ...post }: Post): Post {
  const own = (ids: string[]) =>
    ids.flatMap((id) => (id.startsWith(`${to.chat}_`) ? [id.slice(to.chat.length + 1)] : []));
  const [stands] = own(under === undefined ? [] : [under]);
  return {
    ...post,
    to,
    out,
    piece: (id) => piece(`${to.chat}_${id}`),
    ...(edits ? { edits: own(edits) } : {}),
    ...(stands === undefined ? {} : { under: stands }),
  };
}

const named = (chat: string, sent: Sent): Sent => ({
  ...sent,
  messages: sent.messages.map((id) => (id.startsWith(`${chat}_`) ? id : `${chat}_${id}`)),
});

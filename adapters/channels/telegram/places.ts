// Where the team works. A group that becomes a supergroup gets a new address: it is followed, until STAFF_TO is mended.
import { type Api, GrammyError } from 'grammy';
import type { Address } from '../../../src/model.ts';
import type { ChannelError } from '../../../src/ports.ts';
import type { Say } from './trouble.ts';

export interface Places {
  staff(): readonly Address[];
  /** Asks Telegram, once, whether any of them moved while nobody listened. */
  look(): Promise<void>;
  /** Sees a group move. */
  read(update: unknown): void;
  /** A message could not go where it was sent, for good. */
  failed(fault: ChannelError, to: Address): void;
}

const isGroup = ({ chat }: Address): boolean => chat.startsWith('-') || chat.startsWith('@');

export function createPlaces(api: Api, configured: readonly Address[], say: Say): Places {
  let staff = configured;

  function follow(from: string, chat: string): void {
    if (!staff.some((one) => one.chat === from)) return;
    staff = staff.map((one) => (one.chat === from ? { channel: one.channel, chat } : one));
    say('warn', 'a staff group of Telegram has a new address: write /adresse there, and put what it says in STAFF_TO');
  }

  return {
    staff: () => staff,
    async look() {
      const looks = staff.filter(isGroup).map(async ({ chat }) => {
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
    failed({ kind, to: moved }, to) {
      if (kind === 'moved' && moved) follow(to.chat, moved.chat);
      else if (kind === 'permanent' && isGroup(to)) {
        say(
          'error',
          'the bot cannot write in a staff place of Telegram: add it to the group again; recueil check names it',
        );
      }
    },
  };
}

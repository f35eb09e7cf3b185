// What the bot asks of Discord, the least that works, each with its reason.
import { GatewayIntentBits, PermissionFlagsBits } from 'discord.js';

/** Servers, their channels and threads; what speaks to the bot in a staff place; private conversations. */
export const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];
/** Free text in the team's threads and in private threads: only where its owner has switched it on in the portal. */
export const CONTENT_INTENT = GatewayIntentBits.MessageContent;
/** Of an application: the intent is switched on (https://docs.discord.com/developers/resources/application#application-object-application-flags). */
export const CONTENT_FLAGS = (1 << 18) | (1 << 19);

export const RIGHTS = {
  /** Without it nothing of a channel exists. */
  view: PermissionFlagsBits.ViewChannel,
  /** Cases announced in a staff channel, or as a post of a forum. */
  send: PermissionFlagsBits.SendMessages,
  /** What stands under a case; a conversation in a private thread. */
  inThreads: PermissionFlagsBits.SendMessagesInThreads,
  /** A thread under a case. */
  publicThreads: PermissionFlagsBits.CreatePublicThreads,
  /** A conversation with somebody whose direct messages are closed. */
  privateThreads: PermissionFlagsBits.CreatePrivateThreads,
  /** Maps and exports. */
  attach: PermissionFlagsBits.AttachFiles,
  /** Catching up in private threads; the name of a case for its thread. */
  history: PermissionFlagsBits.ReadMessageHistory,
};

export const PERMISSIONS: bigint = Object.values(RIGHTS).reduce((all, one) => all | one, 0n);

export const inviteLink = (app: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${app}&scope=bot+applications.commands&permissions=${PERMISSIONS}`;

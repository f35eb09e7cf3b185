// Ids: what the installation draws at random, and the names under which people are known without being named.
import { createHmac, randomBytes } from 'node:crypto';
import type { Address, Inbound } from './model.ts';

/** Crockford's base 32: no I, L, O or U, so that an id survives being read aloud (https://www.crockford.com/base32.html). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten letters: 50 bits of chance. */
export const freshId = (): string => Array.from(randomBytes(10), (byte) => LETTERS[byte % 32]).join('');

export const freshSecret = (): string => randomBytes(32).toString('base64url');

/** The name of the conversation at an address: without the installation's secret it says nothing of whose it is. */
export const conversationId = (secret: string, { channel, chat }: Address): string =>
  keyed(secret, `${channel}:${chat}`);

/** The name of a call in a group: one per message, and nobody can guess that of another. */
export const callId = (secret: string, { from: { channel, chat }, id }: Pick<Inbound, 'from' | 'id'>): string =>
  keyed(secret, `${channel}:${chat}:${id}`);

const keyed = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url').slice(0, 22);

// Addresses as people write them, and short names for keys. Pure.
import type { Address, Language, Place } from './model.ts';

const WRITTEN = /^(terminal|telegram|slack|discord):([^/?\s]+)(?:\/([^?\s]+))?(?:\?lang=(fr|en))?$/;

/** Reads `channel:chat[/thread][?lang=fr]`. */
export function placeOf(text: string, fallback: Language): Place | undefined {
  const match = WRITTEN.exec(text);
  if (!match) return undefined;
  const [, channel = '', chat = '', thread, lang] = match;
  const address: Address = { channel, chat, ...(thread === undefined ? {} : { thread }) };
  return { address, language: (lang as Language | undefined) ?? fallback };
}

/** The address as `STAFF_TO` takes it. */
export const written = ({ channel, chat, thread }: Address): string =>
  `${channel}:${chat}${thread === undefined ? '' : `/${thread}`}`;

export const isSame = (a: Address, b: Address): boolean => written(a) === written(b);

/** A short, stable name for an address, for keys. */
export const fingerprint = ({ channel, chat, thread }: Address): string =>
  hash(JSON.stringify([channel, chat, thread ?? '']));

/** FNV-1a, 64 bits, in base 36 (https://datatracker.ietf.org/doc/html/rfc9923). */
export function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const unit of text) value = BigInt.asUintN(64, (value ^ BigInt(unit.codePointAt(0) ?? 0)) * 0x100000001b3n);
  return value.toString(36);
}

// Numbers that say where: postal codes and the numbers of départements, not headcounts, dates or streets. Pure.
import { COUNTED, MONTHS } from './cues.ts';
import type { Gazetteer } from './model.ts';
import { endsBefore, type Found, type Token } from './tokens.ts';

/** Towns whose name is followed by the number of an arrondissement. */
const ARRONDISSEMENTS = new Set(['75056', '69123', '13055']);

export function numberAt(gazetteer: Gazetteer, tokens: Token[], i: number, before?: Found): Found | undefined {
  const key = tokens[i]?.key ?? '';
  if (/^\d{5}$/.test(key)) return postalAt(gazetteer, tokens, i);
  const place = /^(?:\d{2}|2[ab]|9[78]\d)$/.test(key) ? gazetteer.at('departement', key.toUpperCase()) : undefined;
  return place && isDepartement(tokens, i, before)
    ? { from: i, to: i + 1, among: [place], doubtful: false, code: 'departement' }
    : undefined;
}

function postalAt(gazetteer: Gazetteer, tokens: Token[], i: number): Found | undefined {
  if (COUNTED.has(tokens[i + 1]?.key ?? '')) return undefined;
  const key = tokens[i]?.key ?? '';
  const span = { from: i, to: i + 1, doubtful: false };
  const among = [...gazetteer.postal(key)];
  if (among.length > 0) return { ...span, among, code: 'postal' };
  // The codes of large receivers (CEDEX) are in no list; they begin as those around them do.
  const code = key.startsWith('97') || key.startsWith('98') ? key.slice(0, 3) : key.slice(0, 2);
  const place = gazetteer.at('departement', code);
  return place && { ...span, among: [place], code: 'departement' };
}

/** `(93)`, `Montrouge 92`, `le 93`, `département 93`; not `le 12 mars`, `Paris 18`, `80 personnes`. */
function isDepartement(tokens: Token[], i: number, before: Found | undefined): boolean {
  const [last, next] = [tokens[i - 1]?.key ?? '', tokens[i + 1]?.key ?? ''];
  if (!endsBefore(tokens, i + 1) && next !== 'et') return false;
  const follows = before?.to === i;
  if (follows && before.among.some(({ code }) => ARRONDISSEMENTS.has(code))) return false;
  if (follows || i === 0) return true;
  const isDate = Number(tokens[i]?.key) <= 31 && tokens.some(({ key }) => MONTHS.has(key));
  return !isDate && /^(?:le|du|departement|dept|dpt|dans|et)$/.test(last) && (last !== 'et' || isSecond(tokens, i));
}

/** `le 92 et le 93`, `92 et 93`. */
const isSecond = (tokens: Token[], i: number): boolean => /^\d{2}$/.test(tokens[i - 2]?.key ?? '');

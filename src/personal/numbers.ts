// Numbers that reach or name one person: telephones, identity papers, bank accounts and cards. What has check digits is
// believed only when they are right. Pure, and linear: every repetition is bounded.
import type { Found } from './model.ts';
import { spansOf } from './spans.ts';

const GAP = '[ .\\-/\\u00a0\\u202f]';
const SPACE = '[ \\u00a0\\u202f]';

/**
 * French numbers in pairs, in fours and pairs, in threes, or with spaces anywhere. Never 08, nor the short ones: these are
 * services (https://www.arcep.fr/nos-sujets/la-numerotation.html).
 */
const NATIONAL = [
  `0[1-79](?<gap>${GAP}?|[.,] )\\d{2}\\k<gap>\\d{2}\\k<gap>\\d{2}\\k<gap>\\d{2}(?!\\d)`,
  `0[1-79]\\d{2}(?<four>${GAP})\\d{2}\\k<four>\\d{2}\\k<four>\\d{2}(?!\\d)`,
  `0${SPACE}?[1-79](?:${SPACE}?\\d){8}(?!${SPACE}?\\d)`,
].join('|');
/** With the prefix of a country: nine to fifteen digits in all (ITU-T E.164), and the French habit of `(0)`. */
const INTERNATIONAL = `(?:\\+|00)${GAP}?[1-9](?:${GAP}?\\d){0,2}${GAP}?(?:\\(0\\))?(?:${GAP}?\\d){7,12}(?!\\d)`;
const PHONE = new RegExp(`(?<![\\d+]|\\d[.\\-/])(?:${INTERNATIONAL}|${NATIONAL})`, 'g');

export const phones = (text: string): Found[] => spansOf(text, 'phone', PHONE);

/** Length of an account number by country (https://www.swift.com/standards/data-standards/iban-international-bank-account-number). */
const IBAN: Record<string, number> = {
  ...{ AT: 20, BE: 16, CH: 21, DE: 22, DK: 18, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27, IE: 22, IT: 27, LU: 20, MA: 28 },
  ...{ MC: 27, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, SE: 24, TN: 24, TR: 26 },
};
const ACCOUNT = /(?<![\p{L}\d])[A-Za-z]{2}\d{2}(?=[ .\-\u00a0\u202f]?[A-Za-z0-9])/gu;
const CARD = /(?<![\d]|\d[ .-])\d{4}([ .\-\u00a0]?)(?:\d{4}\1\d{4}\1\d{4}|\d{6}\1\d{5})(?![ .-]?\d)/g;

export function banks(text: string): Found[] {
  const accounts = [...text.matchAll(ACCOUNT)].flatMap(({ 0: head, index }): Found[] => {
    const end = endOfSigns(text, index, IBAN[head.slice(0, 2).toUpperCase()] ?? 0);
    const signs = text.slice(index, end).replace(/[^A-Za-z0-9]/g, '');
    return end > 0 && remainder(signs.slice(4) + signs.slice(0, 4)) === 1 ? [{ kind: 'bank', start: index, end }] : [];
  });
  return [...accounts, ...spansOf(text, 'bank', CARD, (found) => isCard(found.replace(/\D/g, '')))];
}

/** Where so many letters and digits end, one separator at most between two of them; 0 when there are not as many. */
function endOfSigns(text: string, start: number, count: number): number {
  let [left, at, gap] = [count, start, 0];
  while (left > 0 && at < text.length && gap < 2) {
    const isSign = /[A-Za-z0-9]/.test(text.charAt(at));
    if (!isSign && !/[ .\-\u00a0\u202f]/.test(text.charAt(at))) return 0;
    gap = isSign ? 0 : gap + 1;
    left -= isSign ? 1 : 0;
    at += 1;
  }
  return count > 0 && left === 0 && !/[A-Za-z0-9]/.test(text.charAt(at)) ? at : 0;
}

/** ISO 7064, modulo 97, letters counting from 10. */
const remainder = (signs: string): number =>
  [...signs].reduce((sum, sign) => {
    const value = Number.parseInt(sign, 36);
    return (sum * (value > 9 ? 100 : 10) + value) % 97;
  }, 0);

/** ISO/IEC 7812: the beginnings of the cards that people have here, and Luhn's check. Fourteen digits are a SIRET. */
function isCard(digits: string): boolean {
  if (!/^(?:(?:4|5[1-5]|2[2-7]|6)\d{14,15}|3[47]\d{13})$/.test(digits) || (digits.length === 15 && digits[0] !== '3'))
    return false;
  const sum = [...digits].reverse().reduce((total, sign, i) => {
    const value = Number(sign) * (i % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Sex, year, month, département (2A and 2B are Corsica), commune, order, key. */
const NIR =
  /(?<![\d]|\d[ .-])([1-478])([ .\-\u00a0\u202f]?)(\d{2})\2(0[1-9]|1[0-2]|[2-9]\d)\2(\d{2}|2[ABab])\2(\d{3})\2(\d{3})(?:[ .\-\u00a0\u202f/]{0,3}(\d{2}))?(?![ .-]?\d)/g;
const SOCIAL = /s[ée]cu(?:rit[ée])?\b|\bNIR\b|immatriculation|assur[ée]|social security/i;

const S = '[ .\\-\\u00a0]?';
/** What a paper or an office calls its number, and the shape of that number. */
const PAPERS: [cue: string, shape: string][] = [
  ['passe?ports?(?! numérique)', '\\d{2}[A-Z]{2}\\d{5}|[A-Z]{1,2}\\d{6,8}'],
  [
    "carte(?: nationale)? d[’']identité|CNI|identity card|ID card",
    `\\d{12}|(?=[A-Z0-9]{0,8}[A-Z])(?=[A-Z]{0,8}\\d[A-Z]{0,7}\\d)[A-Z0-9]{9}|(?=[A-Z]{0,5}\\d{1,3}[A-Z]{1,5}\\d)[A-Z0-9]{9}`,
  ],
  ["(?:titre|carte) de séjour|récépissé|numéro (?:d[’'])?étranger|AGDREF|residence permit", `\\d(?:${S}\\d){9}`],
  ['permis(?: de conduire)?|driving licen[cs]e', '\\d{12}|\\d{2}[A-Z]{2}\\d{5}'],
  ['France Travail|P[ôo]le emploi', '\\d{7}[A-Z]|\\d{8}'],
  ['allocataire', `\\d(?:${S}\\d){5,7}`],
  ['(?:numéro|n°|identifiant) fiscal|SPI', `[0-3](?:${S}\\d){12}`],
  ['national insurance', `[A-Z]{2}${S}(?:\\d{2}${S}){3}[A-D]`],
];
const PAPER = PAPERS.map(
  ([cue, shape]) =>
    new RegExp(
      `(?<![\\p{L}\\d])(?:${cue})(?![\\p{L}])[^.!?\\n\\d]{0,30}?(?<![\\p{L}\\d])(?<number>${shape})(?![\\p{L}\\d])`,
      'dgui',
    ),
);

export function identities(text: string): Found[] {
  const social = [...text.matchAll(NIR)].flatMap((match): Found[] => {
    const { index } = match;
    const before = text.slice(Math.max(0, index - 60), index);
    return isNir(match) || (match[8] === undefined && SOCIAL.test(before))
      ? [{ kind: 'identity', start: index, end: index + match[0].length }]
      : [];
  });
  const papers = PAPER.flatMap((shape) =>
    [...text.matchAll(shape)].flatMap(({ indices }): Found[] => {
      const [start, end] = indices?.groups?.['number'] ?? [0, 0];
      return end > start ? [{ kind: 'identity', start, end }] : [];
    }),
  );
  return [...social, ...papers];
}

/** The key is 97 less the rest of the number divided by 97; 2A counts as 19 and 2B as 18 (https://www.insee.fr/fr/metadonnees/definition/c1409). */
function isNir([
  ,
  sex = '',
  ,
  year = '',
  month = '',
  place = '',
  town = '',
  order = '',
  key,
]: RegExpMatchArray): boolean {
  if (key === undefined) return false;
  const area = place.toUpperCase().replace('2A', '19').replace('2B', '18');
  return 97 - Number(BigInt(`${sex}${year}${month}${area}${town}${order}`) % 97n) === Number(key);
}

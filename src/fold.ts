// Folding text so that what people type is recognised whatever its case, accents or punctuation. Pure.

/** Lower case, no accents, ligatures opened, apostrophes and dashes as one space: `Où ça ?` → `ou ca ?`. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[\s_'’‘\-–—\u00a0\u202f]+/gu, ' ')
    .trim();
}

/** Letters and digits of the plain alphabet: never more than `bare` would leave, and much sooner counted. */
export function plainLetters(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)) count += 1;
  }
  return count;
}

/** The words of a folded text, without punctuation: what commands and closed choices are matched on. */
export function bare(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

/** Two groups of five, easy to read aloud: `7K3QM-0XTD2`. */
export const spoken = (id: string): string => (id.length === 10 ? `${id.slice(0, 5)}-${id.slice(5)}` : id);

/** The id a person typed, read leniently: Crockford's base 32 (https://www.crockford.com/base32.html). */
export function unspoken(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}

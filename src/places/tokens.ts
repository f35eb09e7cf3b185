// A text cut into words that remember where they stood: where a name may begin and where it must end. Pure.
import { keyOf } from './gazetteer.ts';
import type { Official } from './model.ts';

export interface Token {
  /** As names are looked up. */
  key: string;
  /** As it was written. */
  raw: string;
  /** Where it ends in the text. */
  to: number;
  /** What stands between the word before and this one ends a phrase. */
  starts: boolean;
  /** …and ends a sentence. */
  opens: boolean;
  /** Joined to the word before by a hyphen. */
  joined: boolean;
}

/** Words of a text that name one of `among`. */
export interface Found {
  /** Words, the last one excluded. */
  from: number;
  to: number;
  among: Official[];
  /** The name of a quarter, or of a street: a place's only when nothing else is named. */
  doubtful: boolean;
  /** A postal code, or a département's number: it says where the name beside it lies. */
  code?: 'postal' | 'departement';
}

/** A place's name stands at the beginning of an answer, not after pages of it. In UTF-16 units. */
const READ = 5_000;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.slice(0, READ).matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const raw = match[0];
    const before = tokens.at(-1);
    const gap = text.slice(before?.to ?? 0, match.index);
    const short = (before?.key === 'saint' || before?.key === 'sainte') && gap.trim() === '.';
    // `Chalon s/ Saône`
    const over = (before?.raw === 's' && gap.startsWith('/')) || (raw === 's' && text[match.index + 1] === '/');
    const starts = !before || (!short && !over && /[,;:.!?()[\]\n/|+&•·–—"«»]| - /.test(gap));
    if (over && before?.raw === 's') before.key = 'sur';
    tokens.push({
      key: keyOf(raw),
      raw,
      to: match.index + raw.length,
      starts,
      opens: !before || (starts && /[.!?\n]/.test(gap)),
      joined: before !== undefined && /^[-‐‑]$/.test(gap),
    });
  }
  return tokens;
}

/** Whether a phrase ends before this word: a sign, or nothing more. */
export const endsBefore = (tokens: Token[], i: number): boolean => tokens[i]?.starts ?? true;

export const isCapital = (token: Token | undefined): boolean => /^\p{Lu}/u.test(token?.raw ?? '');

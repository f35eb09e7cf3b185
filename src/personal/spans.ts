// Where something stands in a text, and what stands near it in the same sentence. Pure.
import type { Found, PersonalKind } from './model.ts';

/** Every match, or the part of it named `it`. */
export function spansOf(
  text: string,
  kind: PersonalKind,
  shape: RegExp,
  is: (found: string, match: RegExpMatchArray) => boolean = () => true,
): Found[] {
  return [...text.matchAll(shape)].flatMap((match): Found[] => {
    const found = match.groups?.['it'] ?? match[0];
    const start = match.index + (match.groups?.['before']?.length ?? 0);
    return is(found, match) ? [{ kind, start, end: start + found.length }] : [];
  });
}

/** Ends of sentences, in order: `M. Petit` and `Dr. Roux` go on. */
export function breaksOf(text: string): number[] {
  const ends = [...text.matchAll(/[.!?…](?=\s)|\n/g)];
  return ends.flatMap(({ index }) =>
    /(?<!\p{L})(?:MM?|Mr|Mrs|Ms|Mmes?|Mlles?|Dr|Me|Pr|St|Ste|bd|av|r)$/iu.test(
      text.slice(Math.max(0, index - 6), index),
    )
      ? []
      : [index],
  );
}

/** The first of these ascending numbers that is not below. */
function firstFrom(sorted: number[], least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether one of these marks stands in the same sentence, within so many characters. */
export function isNear(span: Found, marks: number[], breaks: number[], reach: number): boolean {
  const at = firstFrom(breaks, span.start);
  const from = Math.max(span.start - reach, (breaks[at - 1] ?? -1) + 1);
  const until = Math.min(span.end + reach, breaks[firstFrom(breaks, span.end)] ?? Number.POSITIVE_INFINITY);
  const mark = marks[firstFrom(marks, from)];
  return mark !== undefined && mark < until;
}

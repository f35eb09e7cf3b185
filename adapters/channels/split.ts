// Cutting a long text where a reader would pause: between paragraphs, lines, sentences, words, and only then anywhere.
// Pure; no word is lost, only the blanks at a cut.

/** What may not stand at the beginning of a piece: it belongs to what comes before it. */
const JOINED = /^(?:\p{M}|\u200d|\ufe0f|[\u{1f3fb}-\u{1f3ff}])/u;
/** The best places first; what matches stays with the piece before. */
const PAUSES = [/\n\s*\n/g, /\n/g, /[.!?…][»”")]?\s/g, /\s/g];

/** Ranges `[start, end)` of the text, each of at most `limit` UTF-16 units. */
export function cuts(text: string, limit: number): [start: number, end: number][] {
  const found: [number, number][] = [];
  let start = 0;
  while (text.length - start > limit) {
    const end = start + pause(text.slice(start, start + limit + 1), limit);
    found.push([start, end]);
    start = end + (/^\s+/.exec(text.slice(end))?.[0].length ?? 0);
  }
  if (start < text.length || found.length === 0) found.push([start, text.length]);
  return found;
}

/** How much of the window makes a piece: the last good pause in its second half, or all of it. */
function pause(window: string, limit: number): number {
  for (const kind of PAUSES) {
    const last = [...window.matchAll(kind)]
      .map((match) => match.index + match[0].trimEnd().length)
      .findLast((end) => end > limit / 2 && end <= limit);
    if (last !== undefined) return last;
  }
  let end = limit;
  while (end > limit / 2 && !isBoundary(window, end)) end -= 1;
  return end;
}

const isBoundary = (text: string, at: number): boolean =>
  !/^[\udc00-\udfff]/.test(text.slice(at, at + 1)) && !JOINED.test(text.slice(at)) && text[at - 1] !== '\u200d';

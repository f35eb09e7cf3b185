// What a drawing of a platform is made of, and how it is laid out on a page as wide as a telephone. It knows no platform.
import { widthOf } from './letters.ts';

export interface Run {
  text: string;
  bold?: boolean;
  /** Something that can be typed or pressed. */
  command?: boolean;
}

export type Row =
  | { as: 'heading' | 'text' | 'quote'; runs: Run[] }
  /** A title small and faint: whom a message answers, what follows. */
  | { as: 'small'; text: string }
  /** Each row as wide as the page, or as many on a line as fit. */
  | { as: 'buttons'; rows: string[][]; fill: boolean }
  | { as: 'input'; label: string; value: string; lines: number }
  | { as: 'picture'; png: Uint8Array; alt: string };

/** The clothes of a platform: colours with at least 4.5 to 1 between letters and what they stand on. */
export interface Style {
  page: string;
  bar: { fill: string; ink: string };
  /** A bubble round each message; without it, a picture of its sender beside it. */
  bubbles?: { bot: string; person: string };
  ink: string;
  faint: string;
  link: string;
  mark: string;
  quote: { line: string; fill: string };
  button: { fill: string; ink: string; line: string; round: number };
  face: { fill: string; round: number };
  /** Between paragraphs, in pixels. */
  gap: number;
}

/** Pixels of the page; pictures are made twice as fine. */
export const WIDTH = 390;
export const SIZE = { heading: 16.5, text: 14.5, small: 12, button: 13.5 };
const LEADING = 1.38;

export interface Piece {
  height: number;
  svg: string;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

export const round = (value: number): number => Math.round(value * 10) / 10;

const textOf = (x: number, y: number, size: number, more: string, inside: string): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${size}" ${more} xml:space="preserve">${inside}</text>`;

export const words = (x: number, y: number, size: number, ink: string, text: string, isBold = false): string =>
  textOf(x, y, size, `fill="${ink}"${isBold ? ' font-weight="bold"' : ''}`, escaped(text));

export const box = (x: number, y: number, width: number, height: number, fill: string, more = ''): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}" ${more}/>`;

// --------------------------------------------------------------------------------------------------------------- text

/** Lines of runs: broken at ordinary spaces, a word that is wider than the line between letters. */
export function linesOf(runs: Run[], width: number, size: number): Run[][] {
  const lines: Run[][] = [[]];
  let used = 0;
  const wide = (pieces: Run[]) => pieces.reduce((sum, { text, bold }) => sum + widthOf(text, size, bold), 0);
  const feed = () => {
    lines.push([]);
    used = 0;
  };
  const put = (pieces: Run[]) => {
    lines.at(-1)?.push(...pieces);
    used += wide(pieces);
  };
  const fit = (pieces: Run[]) => {
    if (used > 0 && used + wide(pieces) > width) feed();
    put(pieces);
  };
  for (const word of wordsOf(runs)) {
    const sign = word[0]?.text;
    if (sign === '\n') feed();
    else if (sign !== ' ') for (const pieces of wide(word) > width ? word.flatMap(letters) : [word]) fit(pieces);
    else if (used > 0) put(word);
  }
  return lines;
}

const letters = (run: Run): Run[][] => [...run.text].map((text) => [{ ...run, text }]);

/** A word may be part bold and part plain; spaces and line breaks stand alone. */
function wordsOf(runs: Run[]): Run[][] {
  const found: Run[][] = [];
  let open = false;
  for (const run of runs) {
    for (const text of run.text.split(/( |\n)/).filter((piece) => piece !== '')) {
      const isBreak = text === ' ' || text === '\n';
      if (isBreak || !open) found.push([{ ...run, text }]);
      else found.at(-1)?.push({ ...run, text });
      open = !isBreak;
    }
  }
  return found;
}

function textAt(runs: Run[], x: number, width: number, size: number, style: Style, isBold: boolean): Piece {
  const shown = isBold ? runs.map((run) => ({ ...run, bold: true })) : runs;
  const lines = linesOf(shown, width, size);
  const step = size * LEADING;
  const svg = lines.map((line, i) => {
    const spans = joined(line).map(({ text, bold, command }) => {
      const ink = command ? ` fill="${style.link}"` : '';
      return `<tspan${bold ? ' font-weight="bold"' : ''}${ink}>${escaped(text)}</tspan>`;
    });
    return textOf(x, i * step + size, size, `fill="${style.ink}"`, spans.join(''));
  });
  return { height: lines.length * step, svg: svg.join('') };
}

/** Pieces of one kind that follow one another, as one. */
function joined(line: Run[]): Run[] {
  const out: Run[] = [];
  for (const run of line) {
    const last = out.at(-1);
    if (last && last.bold === run.bold && last.command === run.command) last.text += run.text;
    else out.push({ ...run });
  }
  return out;
}

// --------------------------------------------------------------------------------------------------------------- rows

export function rowAt(row: Row, x: number, width: number, style: Style): Piece {
  switch (row.as) {
    case 'heading':
      return textAt(row.runs, x, width, SIZE.heading, style, true);
    case 'text':
      return textAt(row.runs, x, width, SIZE.text, style, false);
    case 'small':
      return textAt([{ text: row.text }], x, width, SIZE.small, { ...style, ink: style.faint }, false);
    case 'quote': {
      const { height, svg } = textAt(row.runs, x + 12, width - 20, SIZE.text, style, false);
      const back =
        box(x, 0, width, height + 8, style.quote.fill, 'rx="4"') + box(x, 0, 3, height + 8, style.quote.line);
      return { height: height + 8, svg: `${back}<g transform="translate(0 4)">${svg}</g>` };
    }
    case 'buttons':
      return buttonsAt(row.fill ? row.rows : fitting(row.rows.flat(), width), x, width, row.fill, style);
    case 'input':
      return inputAt(row, x, width, style);
    case 'picture':
      return pictureAt(row.png, x, width);
  }
}

const BUTTON = { height: 36, gap: 6, inside: 12 };

function fitting(labels: string[], width: number): string[][] {
  const rows: string[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const label of labels) {
    const wide = widthOf(label, SIZE.button, true) + 2 * BUTTON.inside + BUTTON.gap;
    if (used + wide > width + BUTTON.gap) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(label);
    used += wide;
  }
  return rows;
}

function buttonsAt(rows: string[][], x: number, width: number, fill: boolean, style: Style): Piece {
  const step = BUTTON.height + BUTTON.gap;
  const svg = rows.flatMap((row, i) => {
    let at = x;
    return row.map((label) => {
      const shared = (width - BUTTON.gap * (row.length - 1)) / row.length;
      const own = widthOf(label, SIZE.button, true) + 2 * BUTTON.inside;
      const wide = fill ? shared : Math.min(own, width);
      const shown = clipped(label, wide - BUTTON.inside);
      const middle = at + (wide - widthOf(shown, SIZE.button, true)) / 2;
      const { fill: back, line, ink, round: corner } = style.button;
      const y = i * step;
      at += wide + BUTTON.gap;
      return (
        box(at - wide - BUTTON.gap, y, wide, BUTTON.height, back, `stroke="${line}" rx="${corner}"`) +
        words(middle, y + 23, SIZE.button, ink, shown, true)
      );
    });
  });
  return { height: rows.length * step - BUTTON.gap, svg: svg.join('') };
}

/** What a platform does with a label that is wider than its button. */
function clipped(label: string, width: number): string {
  if (widthOf(label, SIZE.button, true) <= width) return label;
  let shown = label;
  while (shown.length > 1 && widthOf(`${shown}…`, SIZE.button, true) > width) shown = shown.slice(0, -1);
  return `${shown}…`;
}

function inputAt(row: Extract<Row, { as: 'input' }>, x: number, width: number, style: Style): Piece {
  const step = SIZE.text * LEADING;
  const label = textAt([{ text: row.label }], x, width, SIZE.text, style, true);
  const value = textAt([{ text: row.value }], x + 10, width - 20, SIZE.text, style, false);
  const tall = Math.max(value.height, row.lines * step) + 16;
  const frame = box(x, label.height + 5, width, tall, style.page, `stroke="${style.faint}" rx="6"`);
  const inside = `<g transform="translate(0 ${round(label.height + 13)})">${value.svg}</g>`;
  return { height: label.height + 5 + tall, svg: label.svg + frame + inside };
}

/** Its size stands at the beginning of a PNG (https://www.w3.org/TR/png/#11IHDR). */
function pictureAt(png: Uint8Array, x: number, width: number): Piece {
  const data = Buffer.from(png);
  const height = (width * data.readUInt32BE(20)) / data.readUInt32BE(16);
  const href = `data:image/png;base64,${data.toString('base64')}`;
  return { height, svg: `<image x="${x}" y="0" width="${round(width)}" height="${round(height)}" href="${href}"/>` };
}

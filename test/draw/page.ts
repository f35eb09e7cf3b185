// Messages one under the other on a page as wide as a telephone, in colour or as a printer without colours has it.
import { widthOf } from './letters.ts';
import { box, type Piece, type Row, round, rowAt, SIZE, type Style, WIDTH, words } from './paper.ts';

export interface Drawn {
  /** Nobody: a form, which stands alone. */
  from?: string;
  isBot: boolean;
  at: string;
  /** In the thread of the one before. */
  inThread?: boolean;
  rows: Row[];
}

export interface Screen {
  style: Style;
  title: string;
  messages: Drawn[];
}

type Signed = Drawn & { from: string };

const SIDE = 12;
/** Pixels between two messages. */
const BETWEEN = 16;
const FACE = 34;
/** How far what stands in a thread is moved in. */
const INDENT = 22;

function stacked(rows: Row[], x: number, width: number, style: Style): Piece {
  let y = 0;
  const svg = rows.map((row) => {
    const piece = rowAt(row, x, width, style);
    const placed = `<g transform="translate(0 ${round(y)})">${piece.svg}</g>`;
    y += piece.height + style.gap;
    return placed;
  });
  return { height: Math.max(0, y - style.gap), svg: svg.join('') };
}

export function messageAt(message: Drawn, style: Style): Piece {
  const indent = message.inThread ? INDENT : 0;
  if (message.from === undefined) {
    const { height, svg } = stacked(message.rows, SIDE, WIDTH - 2 * SIDE, style);
    return { height, svg };
  }
  const said = { ...message, from: message.from };
  const piece = style.bubbles ? bubble(said, style) : beside(said, style, indent);
  const line = indent > 0 ? box(SIDE + 6, -BETWEEN, 2, piece.height + BETWEEN, style.faint, 'opacity="0.5"') : '';
  return { height: piece.height, svg: line + piece.svg };
}

/** Sender and hour on a line, a face at the left. */
function beside({ from, isBot, at, rows }: Signed, style: Style, indent: number): Piece {
  const left = SIDE + indent;
  const x = left + FACE + 10;
  const body = stacked(rows, x, WIDTH - x - SIDE, style);
  const name = words(x, 13, SIZE.text, style.ink, from, true);
  const after = x + widthOf(from, SIZE.text, true) + 8;
  const tag = isBot
    ? box(after, 2, 30, 14, style.mark, 'rx="3"') + words(after + 5, 13, 10, '#ffffff', 'APP', true)
    : '';
  const hour = words(after + (isBot ? 38 : 0), 13, SIZE.small, style.faint, at);
  return {
    height: Math.max(FACE, 22 + body.height),
    svg: `${face(left, from, isBot, style)}${name}${tag}${hour}<g transform="translate(0 22)">${body.svg}</g>`,
  };
}

function face(x: number, from: string, isBot: boolean, style: Style): string {
  const letter = from.slice(0, 1);
  const middle = x + (FACE - widthOf(letter, 17, true)) / 2;
  const back = box(x, 0, FACE, FACE, isBot ? style.face.fill : style.faint, `rx="${style.face.round}"`);
  return back + words(middle, 23, 17, '#ffffff', letter, true);
}

/** What was said within it; buttons below. A person's own stand at the right. */
function bubble({ from, isBot, at, rows }: Signed, style: Style): Piece {
  const wide = WIDTH - 2 * SIDE - 30;
  const x = isBot ? SIDE : WIDTH - SIDE - wide;
  const fill = (isBot ? style.bubbles?.bot : style.bubbles?.person) ?? style.page;
  const inside = rows.filter((row) => row.as !== 'buttons');
  const below = rows.filter((row) => row.as === 'buttons');
  const body = stacked(inside, x + 11, wide - 22, style);
  const tall = body.height + 50;
  const hour = words(x + wide - 11 - widthOf(at, SIZE.small), tall - 8, SIZE.small, style.faint, at);
  const name = words(x + 11, 20, SIZE.button, style.mark, from, true);
  const keys = stacked(below, x, wide, style);
  const svg = `${box(x, 0, wide, tall, fill, 'rx="14"')}${name}<g transform="translate(0 28)">${body.svg}</g>${hour}`;
  const placed = `<g transform="translate(0 ${round(tall + 6)})">${keys.svg}</g>`;
  return { height: tall + (below.length > 0 ? keys.height + 6 : 0), svg: svg + placed };
}

/** The whole page as SVG. `grey`: as a printer without colours has it. */
export function pageOf({ style, title, messages }: Screen, grey = false): string {
  const BAR = 40;
  let y = BAR + 14;
  const body = messages.map((message) => {
    const piece = messageAt(message, style);
    const placed = `<g transform="translate(0 ${round(y)})">${piece.svg}</g>`;
    y += piece.height + BETWEEN;
    return placed;
  });
  const bar = box(0, 0, WIDTH, BAR, style.bar.fill) + words(SIDE, 26, 14.5, style.bar.ink, title, true);
  const filter = '<filter id="grey"><feColorMatrix type="saturate" values="0"/></filter>';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${Math.ceil(y)}" viewBox="0 0 ${WIDTH} ${Math.ceil(y)}" font-family="DejaVu Sans Condensed">`,
    `${filter}<g${grey ? ' filter="url(#grey)"' : ''}>${box(0, 0, WIDTH, Math.ceil(y), style.page)}`,
    ...body,
    `${bar}</g></svg>`,
  ].join('\n');
}

/** The same in words, for whoever reviews it, and for the test that keeps it true. */
export function textOf({ title, messages }: Screen): string {
  const said = messages.map(({ from, at, inThread, rows }) => {
    const head = from === undefined ? [] : [`${inThread ? '↳ ' : ''}${from}, ${at}`];
    return [...head, ...rows.map((row) => `  ${inWords(row).replaceAll('\n', '\n  ')}`)].join('\n');
  });
  return `${[title, ...said].join('\n\n')}\n`;
}

function inWords(row: Row): string {
  const buttons = (rows: string[][]) => rows.map((labels) => labels.map((label) => `[${label}]`).join(' ')).join('\n');
  switch (row.as) {
    case 'heading':
      return `# ${row.runs.map(({ text }) => text).join('')}`;
    case 'text':
      return row.runs.map(({ text, bold }) => (bold ? `**${text}**` : text)).join('');
    case 'quote':
      return `> ${row.runs.map(({ text }) => text).join('')}`.replaceAll('\n', '\n> ');
    case 'small':
      return `(${row.text})`;
    case 'buttons':
      return buttons(row.rows);
    case 'input':
      return `${row.label} : ${row.value}`;
    case 'picture':
      return `[picture: ${row.alt}]`;
  }
}

// What a cell of a spreadsheet can hold: plain characters, and so many of them. Pure.
import type { Row, Value } from './row.ts';

/**
 * The most that Excel keeps of a cell is 32,767 UTF-16 units
 * (https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3);
 * one is left for the apostrophe that keeps a formula from being one.
 */
export const CELL = 32_766;

/** No office file can hold control characters and what is no character at all: each becomes this. */
const UNPRINTABLE = '□';

/** Line breaks of one kind; what a spreadsheet or a document cannot hold shown as such, never left out. */
export const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\t\n])[\p{Cc}\p{NChar}\ufffd]/gu, UNPRINTABLE);

/** The text in pieces that each fit a cell, never parting a surrogate pair; joined, they are the text. */
export function pieces(text: string, most = CELL): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length || at === 0; ) {
    const end = at + most;
    const parted = end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1));
    found.push(text.slice(at, parted ? end - 1 : end));
    at = parted ? end - 1 : end;
  }
  return found;
}

/** A value as the text of its cell or cells. */
export const textOf = (value: Value | undefined): string =>
  Array.isArray(value) ? value.map(plain).join('\n') : plain(String(value ?? ''));

/** How many cells each column takes, for the columns that take more than one. */
export type Widths = Record<string, number>;

export function widen(widths: Widths, row: Row): void {
  for (const [column, value] of Object.entries(row)) {
    if (typeof value === 'number' || value === null) continue;
    const text = textOf(value);
    if (text.length > CELL) widths[column] = Math.max(widths[column] ?? 1, pieces(text).length);
  }
}

export interface Column {
  key: string;
  /** From 1; a text over one cell's limit continues in the parts that follow. */
  part: number;
}

export const spread = (columns: string[], widths: Widths): Column[] =>
  columns.flatMap((key) => Array.from({ length: widths[key] ?? 1 }, (_, i) => ({ key, part: i + 1 })));

/** A row no longer fits the columns that were counted: the case was changed meanwhile. */
export class Changed extends Error {}

/** The cells of a row under these columns; throws `Changed` rather than leave a word out. */
export function cellsOf(row: Row, columns: Column[]): (string | number)[] {
  let [known, parts]: [string, string[]] = ['', []];
  const room = new Map<string, number>();
  for (const { key, part } of columns) room.set(key, part);
  for (const [key, value] of Object.entries(row)) {
    const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (!empty && !room.has(key)) throw new Changed('a column came');
  }
  return columns.map(({ key, part }) => {
    const value = row[key];
    if (typeof value === 'number') return value;
    if (key !== known) [known, parts] = [key, pieces(textOf(value))];
    if (parts.length > (room.get(key) ?? 1)) throw new Changed('a text grew');
    return parts[part - 1] ?? '';
  });
}

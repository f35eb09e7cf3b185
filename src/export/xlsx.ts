// Cells as a workbook for people: texts as texts, dates as dates, and a sheet that says what each column holds.
import writeExcelFile, { type Row as SheetRow } from 'write-excel-file/node';
import type { Language } from '../model.ts';
import { typographic } from '../words.ts';
import { fieldOf } from './row.ts';
import type { Titled } from './titles.ts';
import { exportWords } from './words.ts';

export interface Sheet {
  cells: (string | number)[][];
  columns: Titled[];
  language: Language;
}

const DATES = new Set(['submitted', 'consentDate']);
const HEAD = { type: String, fontWeight: 'bold', wrap: true, alignVertical: 'top' } as const;
const WRAPPED = { type: String, wrap: true, alignVertical: 'top' } as const;

export async function workbook({ cells, columns, language }: Sheet): Promise<Uint8Array> {
  const w = exportWords[language];
  const set = (text: string) => typographic(text, language);
  const body = cells.map(
    (row): SheetRow =>
      row.map((cell, i) => {
        if (cell === '') return null;
        if (typeof cell === 'number') return { type: Number, value: cell, alignVertical: 'top' };
        if (!DATES.has(columns[i]?.key ?? '')) return { ...WRAPPED, value: stored(cell) };
        return { type: Date, value: new Date(cell), format: 'yyyy-mm-dd hh:mm', alignVertical: 'top' };
      }),
  );
  const legend = columns
    .filter(({ part }) => part === 1)
    .map(
      ({ key, title, meaning }): SheetRow => [key, title, meaning].map((text) => ({ ...WRAPPED, value: stored(text) })),
    );
  const book = writeExcelFile([
    {
      data: [columns.map(({ title }) => ({ ...HEAD, value: stored(title) })), ...body],
      sheet: set(w.cases),
      stickyRowsCount: 1,
      columns: columns.map(({ key }) => ({ width: fieldOf(key) !== undefined || key === 'story' ? 50 : 18 })),
    },
    {
      data: [w.legendHead.map((text) => ({ ...HEAD, value: set(text) })), ...legend],
      sheet: set(w.legend),
      columns: [{ width: 24 }, { width: 34 }, { width: 60 }],
    },
  ]);
  return book.toBuffer();
}

/**
 * The library keeps its texts as names of an ordinary object, where `constructor` is taken: U+FFFD, which it leaves out of
 * what it writes, makes such a text a name of its own.
 */
const named = (text: string): string => (text in {} ? `${text}\ufffd` : text);

/** `_x0041_` in a text would be read as the letter A (ECMA-376 part 1, 22.9.2.19): its underscore is written so itself. */
const stored = (text: string): string => named(text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_'));

// Rows as a workbook for people: titles and values in words, dates as dates, and a sheet that says what each column holds.
import writeExcelFile, { type Row as SheetRow } from 'write-excel-file/node';
import type { Flow, Language } from '../model.ts';
import type { ExportWords } from '../words/export.fr.ts';
import { typographic } from '../words.ts';
import { type Column, cellsOf } from './cells.ts';
import { type Fixed, fieldOf, isFormer, type Row, type Value } from './row.ts';
import { exportWords } from './words.ts';

export interface Sheet {
  columns: Column[];
  flow: Flow;
  language: Language;
  /** Labels of the questions no longer asked, by column. */
  labels: Record<string, string>;
}

const DATES = new Set(['submitted', 'consentDate']);
const HEAD = { fontWeight: 'bold', wrap: true, alignVertical: 'top' } as const;
const WRAPPED = { type: String, wrap: true, alignVertical: 'top' } as const;

export async function workbook(rows: Row[], sheet: Sheet): Promise<Buffer> {
  const { columns, language } = sheet;
  const w = exportWords[language];
  const set = (text: string) => typographic(text, language);
  const head: SheetRow = columns.map((column) => ({
    ...HEAD,
    type: String,
    value: stored(set(titleOf(column, sheet))),
  }));
  const body = rows.map(
    (row): SheetRow =>
      cellsOf(inWords(row, w), columns).map((cell, i) => {
        if (cell === '') return null;
        if (typeof cell === 'number') return { type: Number, value: cell, alignVertical: 'top' };
        if (!DATES.has(columns[i]?.key ?? '')) return { ...WRAPPED, value: stored(cell) };
        return { type: Date, value: new Date(cell), format: 'yyyy-mm-dd hh:mm', alignVertical: 'top' };
      }),
  );
  const legend = columns
    .filter(({ part }) => part === 1)
    .map(
      (column): SheetRow =>
        [column.key, titleOf(column, sheet), meaningOf(column.key, w)].map((text) => ({
          ...WRAPPED,
          value: stored(set(text)),
        })),
    );
  const legendHead: SheetRow = w.legendHead.map((text) => ({ ...HEAD, type: String, value: set(text) }));
  const book = writeExcelFile([
    { data: [head, ...body], sheet: set(w.cases), stickyRowsCount: 1, columns: columns.map(({ key }) => widthOf(key)) },
    { data: [legendHead, ...legend], sheet: set(w.legend), columns: [{ width: 24 }, { width: 34 }, { width: 60 }] },
  ]);
  return book.toBuffer();
}

const widthOf = (key: string) => ({ width: fieldOf(key) !== undefined || key === 'story' ? 50 : 18 });

/**
 * The library keeps its texts as names of an ordinary object, where `constructor` is taken: U+FFFD, which it leaves out of
 * what it writes, makes such a text a name of its own.
 */
const named = (text: string): string => (text in {} ? `${text}\ufffd` : text);

/** `_x0041_` in a text would be read as the letter A (ECMA-376 part 1, 22.9.2.19): its underscore is written so itself. */
const stored = (text: string): string => named(text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_'));

function titleOf({ key, part }: Column, { flow, language, labels }: Sheet): string {
  const w = exportWords[language];
  const field = fieldOf(key);
  const named = flow.fields.find((one) => one.key === field)?.label[language];
  const title = isFormer(key)
    ? w.formerTitle(labels[key] ?? field ?? key, field ?? key)
    : (named ?? w.columns[key as Fixed]?.[0] ?? key);
  return part === 1 ? title : w.continued(title, part);
}

const meaningOf = (key: string, w: ExportWords): string =>
  isFormer(key) ? w.formerMeaning : fieldOf(key) !== undefined ? w.answerMeaning : (w.columns[key as Fixed]?.[1] ?? '');

/** Values of closed lists, as people call them. */
function inWords(row: Row, w: ExportWords): Row {
  const said = (value: Value | undefined, table: Record<string, string>): Value =>
    Array.isArray(value) ? value.map((one) => table[one] ?? one) : (table[String(value)] ?? value ?? null);
  return {
    ...row,
    state: said(row['state'], w.states),
    origin: said(row['origin'], w.origins),
    consentScope: said(row['consentScope'], w.scopes),
    useKinds: said(row['useKinds'], w.useKinds),
  };
}

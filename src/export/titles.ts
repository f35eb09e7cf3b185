// Columns and values as people call them: the words of a workbook. Pure.
import type { Flow, Language } from '../model.ts';
import type { ExportWords } from '../words/export.fr.ts';
import { typographic } from '../words.ts';
import type { Column } from './cells.ts';
import { type Fixed, fieldOf, isFormer, type Row, type Value } from './row.ts';
import { exportWords } from './words.ts';

export interface Titled extends Column {
  title: string;
  /** What it holds. */
  meaning: string;
}

/** `labels`: those of the questions no longer asked, by column. */
export function titled(columns: Column[], flow: Flow, language: Language, labels: Record<string, string>): Titled[] {
  const w = exportWords[language];
  const set = (text: string) => typographic(text, language);
  return columns.map((column) => ({
    ...column,
    title: set(titleOf(column, flow, language, labels)),
    meaning: set(meaningOf(column.key, w)),
  }));
}

function titleOf({ key, part }: Column, flow: Flow, language: Language, labels: Record<string, string>): string {
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

/** Values of closed lists in words. */
export function inWords(row: Row, language: Language): Row {
  const w = exportWords[language];
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

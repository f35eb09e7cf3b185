// Rows as CSV (RFC 4180) for spreadsheet programs: `;`, a byte order mark, every text quoted, no formula.
import { stringify } from 'csv-stringify/sync';
import { type Column, cellsOf } from './cells.ts';
import type { Row } from './row.ts';

/** Without it Excel reads UTF-8 as the machine's own code page. */
export const BOM = '\ufeff';

// `escape_formulas` sets an apostrophe before what a spreadsheet would calculate
// (https://owasp.org/www-community/attacks/CSV_Injection).
const OPTIONS = { delimiter: ';', record_delimiter: '\r\n', quoted_string: true, escape_formulas: true };

export const csvHead = (columns: Column[]): string =>
  stringify([columns.map(({ key, part }) => (part === 1 ? key : `${key} (${part})`))], OPTIONS);

export const csvLine = (row: Row, columns: Column[]): string => stringify([cellsOf(row, columns)], OPTIONS);

// Finding in SQLite: one row per case and term, in the order in which a search reads them. A search costs a few microseconds
// for each row it looks at, and looks at no more than it is told to, however many cases there are.
import type { Practice } from '../../../src/model.ts';
import type { Library } from '../../../src/ports.ts';
import { without } from '../changes.ts';
import type { Statements } from './statements.ts';

/** Writes what changed of a case's terms. */
export function indexTerms({ run }: Pick<Statements, 'run'>, before: Practice | null, after: Practice): void {
  const moved = before?.submittedAt !== after.submittedAt;
  if (before?.terms === after.terms && !moved) return;
  if (before) {
    const gone = moved ? (before.terms ?? []) : without(before.terms, after.terms);
    unindexTerms({ run }, before.submittedAt, before.id, gone);
  }
  for (const term of without(after.terms, moved ? [] : before?.terms)) {
    run('INSERT OR IGNORE INTO terms (term, at, practice) VALUES (?, ?, ?)', term, after.submittedAt, after.id);
  }
}

export function unindexTerms({ run }: Pick<Statements, 'run'>, at: string, id: string, terms: Iterable<string>): void {
  for (const term of terms) run('DELETE FROM terms WHERE term = ? AND at = ? AND practice = ?', term, at, id);
}

/** The newest with the first term, of them those that have each other one too: a look at the primary key for each. */
const find = (others: number): string => `
  SELECT practice, at FROM (
    SELECT practice, at FROM terms WHERE term = ? AND at >= ? AND at < ? ORDER BY at DESC, practice DESC LIMIT ?
  ) AS one
  WHERE ${'EXISTS (SELECT 1 FROM terms WHERE term = ? AND at = one.at AND practice = one.practice) AND '.repeat(others)} TRUE
  ORDER BY at DESC, practice DESC LIMIT ?`;

const COUNT = 'SELECT count(*) AS count FROM (SELECT 1 FROM terms WHERE term = ? LIMIT ?)';

/** From one word to the next, a step down the tree for each, however many cases hold it. */
const WORDS = `
  WITH RECURSIVE words (term) AS (
    SELECT min(term) FROM terms WHERE term >= ?1 AND term < ?2
    UNION ALL
    SELECT (SELECT min(term) FROM terms WHERE term > words.term AND term < ?2) FROM words WHERE words.term IS NOT NULL
    LIMIT ?3
  )
  SELECT term FROM words WHERE term IS NOT NULL`;

export const finding = ({ all }: Pick<Statements, 'all'>): Pick<Library, 'find' | 'counts' | 'words'> => ({
  async find({ terms, since = '', until = '~', look }, limit) {
    const [first = '', ...others] = terms;
    const rows = all(find(others.length), first, since, until, look, ...others, limit);
    return rows.map((row) => ({ id: String(row['practice']), at: String(row['at']) }));
  },
  async counts(terms, most) {
    return terms.map((term) => Number(all(COUNT, term, most)[0]?.['count']));
  },
  async words(beginning, limit) {
    return all(WORDS, beginning, `${beginning}\u{10ffff}`, limit).map((row) => String(row['term']));
  },
});

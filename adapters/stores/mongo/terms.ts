// Finding in MongoDB: one multikey index over the terms of a case, read newest first, and a collection of the words there
// are, so that the nearest to a misspelt one is looked for among few. A search looks at no more cases than it is told to.
import type mongoose from 'mongoose';
import type { Library } from '../../../src/ports.ts';
import { without } from '../changes.ts';

interface Row {
  _id: string;
  [key: string]: unknown;
}
export type Rows = mongoose.mongo.Collection<Row>;

interface Tools {
  practices: Rows;
  /** Every word that a case holds, and for a moment one that none holds any more. */
  words: Rows;
}

const isWord = (term: string): boolean => /^[^@#^]/.test(term);

/** Before a case is written with new words, so that none is ever missing, wherever the process dies. */
export async function learn(
  { words }: Tools,
  before: string[] | undefined,
  after: string[] | undefined,
): Promise<void> {
  const told = without(after, before).filter(isWord);
  if (told.length === 0) return;
  // Most words of a case are known, and to look for them costs a tenth of writing them again.
  const known = new Set((await words.find({ _id: { $in: told } }).toArray()).map(({ _id }) => _id));
  const fresh = told.filter((term) => !known.has(term));
  if (fresh.length === 0) return;
  const operations = fresh.map((term) => ({
    updateOne: { filter: { _id: term }, update: { $setOnInsert: { _id: term } }, upsert: true },
  }));
  await words.bulkWrite(operations, { ordered: false });
}

/** After a case lost words: those that no other holds are known no more. */
export async function unlearn(
  { practices, words }: Tools,
  before: string[] | undefined,
  after: string[] | undefined,
): Promise<void> {
  for (const term of without(before, after).filter(isWord)) {
    if (await practices.findOne({ terms: term }, { projection: { _id: 1 } })) continue;
    await words.deleteOne({ _id: term });
  }
}

export const finding = ({ practices, words }: Tools): Pick<Library, 'find' | 'counts' | 'words'> => ({
  async find({ terms, since = '', until = '~', look }, limit) {
    const [first = '', ...others] = terms;
    const rows = practices.aggregate<Row>([
      { $match: { terms: first, submittedAt: { $gte: since, $lt: until } } },
      { $sort: { submittedAt: -1, _id: -1 } },
      { $limit: look },
      ...(others.length > 0 ? [{ $match: { terms: { $all: others } } }] : []),
      { $limit: limit },
      { $project: { submittedAt: 1 } },
    ]);
    return (await rows.toArray()).map((row) => ({ id: row._id, at: String(row['submittedAt']) }));
  },
  // By the command that counts from the index alone; the driver's countDocuments is an aggregation, at twice the price.
  counts: (terms, most) => Promise.all(terms.map((term) => practices.count({ terms: term }, { limit: most }))),
  async words(beginning, limit) {
    const among = words.find({ _id: { $gte: beginning, $lt: `${beginning}\u{10ffff}` } });
    return (await among.sort({ _id: 1 }).limit(limit).toArray()).map((row) => row._id);
  },
});

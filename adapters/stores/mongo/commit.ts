// Commits to one collection: those of the same moment share one bulk write, and each hears what became of its own.
import mongoose from 'mongoose';
import type { Commit } from '../../../src/ports.ts';
import { inTime } from '../away.ts';
import { changes } from '../changes.ts';
import { type Each, grouped } from '../group.ts';
import { isAway, LATE } from './away.ts';

type Tree = Record<string, unknown>;
export interface Row extends Tree {
  _id: string;
}
export type Rows = mongoose.mongo.Collection<Row>;
type Operation = mongoose.mongo.AnyBulkWriteOperation<Row>;

interface Change {
  before: Tree | null;
  after: Tree & { id: string };
}

const { MongoBulkWriteError } = mongoose.mongo;
/** Writes on their way: while the server works on one, the next is made ready. */
const AT_ONCE = 2;
const DUPLICATE_KEY = 11_000;
const IMMUTABLE_FIELD = 66;

export function commits(rows: Rows): (before: object | null, after: object) => Promise<Commit> {
  async function write(batch: Change[]): Promise<Each<Commit>[]> {
    try {
      await inTime(rows.bulkWrite(batch.map(operationOf), { ordered: false }), LATE);
      return batch.map(() => ({ outcome: 'saved' }));
    } catch (error) {
      if (isOfSome(error)) return apart(batch, error);
      // The driver itself may refuse one of them, too large or ill-made: the others are not to suffer for it.
      if (batch.length === 1 || isAway(error)) throw error;
      return (await Promise.all(batch.map((one) => write([one]).catch((e: unknown) => [{ error: e }])))).flat();
    }
  }

  /** Those that the server refused, by their place in the batch; it wrote the others. */
  async function apart(batch: Change[], error: mongoose.mongo.MongoBulkWriteError): Promise<Each<Commit>[]> {
    const refused = new Map([error.writeErrors].flat().map((one) => [one.index, one]));
    const there = [...refused.keys()].flatMap((i) => (batch[i] && !batch[i].before ? [batch[i].after.id] : []));
    const forgotten = there.length > 0 ? await forgottenOf(there) : new Set();
    return batch.map(({ after }, i) => {
      const code = refused.get(i)?.code;
      if (code === undefined) return { outcome: 'saved' };
      if (code === IMMUTABLE_FIELD) return { outcome: 'stale' };
      if (code === DUPLICATE_KEY) return { outcome: forgotten.has(after.id) ? 'forgotten' : 'stale' };
      return { error: refused.get(i) };
    });
  }

  async function forgottenOf(ids: string[]): Promise<Set<string>> {
    const tombs = rows.find({ _id: { $in: ids }, forgotten: true }, { projection: { _id: 1 } });
    return new Set((await tombs.toArray()).map(({ _id }) => _id));
  }

  const commit = grouped(write, AT_ONCE);
  return (before, after) => commit({ before: before as Tree | null, after: after as Change['after'] });
}

/**
 * Whether the server wrote all but those it names. The driver throws the same class when no answer came at all, and then
 * names none (lib/bulk/common.js, `executeCommands`): what became of them is not known.
 */
const isOfSome = (error: unknown): error is mongoose.mongo.MongoBulkWriteError =>
  error instanceof MongoBulkWriteError && [error.writeErrors].flat().length > 0 && !error.result.getWriteConcernError();

/**
 * An upsert, also where a document is only to be changed. Of ordinary updates a bulk write tells no more than how many
 * found their document; but an upsert that finds none of that version fails, and errors come with their place in the batch.
 * A new document meets the id that is there. A change would have to be inserted under two ids, which no server does.
 */
function operationOf({ before, after: { id, ...after } }: Change): Operation {
  if (!before) return { replaceOne: { filter: { _id: id, version: 0 }, replacement: after, upsert: true } };
  const filter = { _id: id, version: before['version'] } as mongoose.mongo.Filter<Row>;
  const update = { ...updateOf(before, { id, ...after }), $setOnInsert: { _id: '' } };
  return { updateOne: { filter, update, upsert: true } };
}

/** One atomic update of what changed: `$set` per answer, `$push` for what was added to a list. */
function updateOf(before: Tree, after: Tree): mongoose.mongo.UpdateFilter<Row> {
  const { set, unset, append } = changes(before, after);
  const added = Object.entries(append).map(([path, values]) => [path, { $each: values }]);
  return {
    ...(Object.keys(set).length > 0 ? { $set: set } : {}),
    ...(unset.length > 0 ? { $unset: Object.fromEntries(unset.map((path) => [path, ''])) } : {}),
    ...(added.length > 0 ? { $push: Object.fromEntries(added) } : {}),
  } as mongoose.mongo.UpdateFilter<Row>;
}

// The processes at work on one MongoDB, by its own clock. Everything is found by `_id`.
import mongoose from 'mongoose';
import type { Crew } from '../../../src/ports.ts';

interface Row {
  _id: string;
  [key: string]: unknown;
}
type Rows = mongoose.mongo.Collection<Row>;

const DUPLICATE_KEY = 11_000;

export const crewIn = (processes: Rows, duties: Rows): Crew => ({
  async lives(process, at, ms) {
    const until = { $add: ['$$NOW', ms] };
    await processes.updateOne({ _id: process }, [{ $set: { at: { $literal: at }, until } }], { upsert: true });
  },
  async leaves(process) {
    await processes.deleteOne({ _id: process });
    // And those who died without a word, an hour ago.
    await processes.deleteMany({ $expr: { $lt: ['$until', { $subtract: ['$$NOW', 3_600_000] }] } });
  },
  async living() {
    // A handful of rows.
    const rows = processes.find({ $expr: { $gt: ['$until', '$$NOW'] } }, { projection: { at: 1 } });
    return (await rows.toArray()).map(({ _id, at }) => ({ name: _id, at: String(at) }));
  },
  async holder(duty) {
    const row = await duties.findOne({ _id: duty });
    return row ? String(row['by']) : undefined;
  },
  async take(duty, from, by) {
    if (from !== undefined)
      return (await duties.updateOne({ _id: duty, by: from }, { $set: { by } })).matchedCount === 1;
    try {
      await duties.insertOne({ _id: duty, by });
      return true;
    } catch (error) {
      if (error instanceof mongoose.mongo.MongoServerError && error.code === DUPLICATE_KEY) return false;
      throw error;
    }
  },
});

// What an operator watches, read from indexes of MongoDB and counted no further than it must.
import type mongoose from 'mongoose';
import type { Library } from '../../../src/ports.ts';
import { MOST } from '../sums.ts';

interface Row {
  _id: string;
  [key: string]: unknown;
}
type Rows = mongoose.mongo.Collection<Row>;

/** The filters say what the partial indexes say, so that these are used. */
export const WAITING = { wakeAt: { $type: 'string' as const } };
export const TELLING = { open: { $type: 'string' as const } };

export const pulseOf =
  (all: Rows[], conversations: Rows, parked: Rows): Library['pulse'] =>
  async () => {
    const first = async (rows: Rows) => {
      const row = await rows.findOne(WAITING, { sort: { wakeAt: 1 }, projection: { _id: 0, wakeAt: 1 } });
      return row ? [String(row['wakeAt'])] : [];
    };
    const [due, drafts, aside] = await Promise.all([
      Promise.all(all.map(first)),
      conversations.countDocuments(TELLING, { limit: MOST }),
      parked.countDocuments({}, { limit: MOST }),
    ]);
    return { due: due.flat().sort()[0] ?? null, drafts, parked: aside };
  };

// What digests read of MongoDB, each by an index; counts are made by the server from the index alone.
import type { mongo } from 'mongoose';
import type { Practice, Trail } from '../../../src/model.ts';
import type { Library } from '../../../src/ports.ts';
import { tallied, trailOf } from '../sums.ts';

type Row = Record<string, unknown> & { _id: string };
type Rows = mongo.Collection<Row>;
type Filter = mongo.Filter<Row>;

const ORDER = { submittedAt: 1, _id: 1 } as const;

export function digestReading(
  practices: Rows,
  conversations: Rows,
  read: (row: Row) => Practice,
): Pick<Library, 'untold' | 'standing' | 'tally' | 'trail'> {
  const some = async (where: Filter, scopes: string[], limit: number) => {
    const found = practices.find({ ...where, 'consent.scope': { $in: scopes } } as Filter);
    return (await found.sort(ORDER).limit(limit).toArray()).map(read);
  };
  return {
    async untold(place, scopes, limit) {
      const sets = (await practices.distinct('told')) as string[];
      const others = sets.filter((set) => typeof set === 'string' && !set.split(',').includes(place));
      return some({ told: { $in: [...others, null] } } as Filter, scopes, limit);
    },
    standing: (state, scopes, limit) => some({ state, note: null } as Filter, scopes, limit),
    async tally(scopes) {
      const groups = await practices
        .aggregate([
          { $match: { 'consent.scope': { $in: scopes }, facets: { $gt: '' } } },
          { $group: { _id: '$facets', count: { $sum: 1 } } },
        ])
        .toArray();
      return tallied(groups.map(({ _id, count }) => ({ facets: _id, count })));
    },
    async trail() {
      const groups = await conversations
        .aggregate<{ _id: Trail; count: number }>([
          { $match: { trail: { $type: 'object' } } },
          { $group: { _id: '$trail', count: { $sum: 1 } } },
        ])
        .toArray();
      return trailOf(groups.map(({ _id, count }) => ({ trail: _id, count })));
    },
  };
}

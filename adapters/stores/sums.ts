// Sums of what the stores have grouped: the same whatever grouped it. Pure.
import type { Trail } from '../../src/model.ts';

/** How far what an operator watches is counted. */
export const MOST = 10_000;

/** Cases by facet, from how many there are of each set of facets. */
export function tallied(groups: { facets?: unknown; count?: unknown }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { facets, count } of groups) {
    const names = typeof facets === 'string' ? facets.split(' ') : [];
    for (const name of names.filter((one) => one !== '')) sums[name] = (sums[name] ?? 0) + Number(count);
  }
  return sums;
}

/** Everybody's trail as one, from how many people have each. */
export function trailOf(groups: { trail: Trail; count: number }[]): Trail {
  const sum: Trail = { begun: 0, sent: 0, at: {}, left: {} };
  for (const { trail, count } of groups) {
    sum.begun += trail.begun * count;
    sum.sent += trail.sent * count;
    for (const part of ['at', 'left'] as const) {
      for (const [field, times] of Object.entries(trail[part])) {
        sum[part][field] = (sum[part][field] ?? 0) + times * count;
      }
    }
  }
  return sum;
}

// Chance from a seed: the same seed gives the same people, the same words and the same instants. What the operating system
// does between two instants is not repeated.

export interface Chance {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from 0 up to, but not including, `most`. */
  below(most: number): number;
  one<T>(list: readonly [T, ...T[]]): T;
  happens(probability: number): boolean;
  /** Another, that depends on this name and on the seed alone. */
  of(name: string): Chance;
}

/** Mulberry32, by Tommy Ettinger, in the public domain. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return {
    next,
    below,
    one: (list) => list[below(list.length)] ?? list[0],
    happens: (probability) => next() < probability,
    of: (name) => chanceOf([...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed)),
  };
}

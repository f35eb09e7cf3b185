// Invented words, the same in every run.

/** A word of three or four syllables for each number. */
export const word = (n: number): string =>
  [1, 20, 400, 8_000]
    .map((unit) => `${'bcdfgklmnp'.charAt(Math.floor(n / unit) % 10)}${'aiou'.charAt(Math.floor(n / unit / 5) % 4)}`)
    .join('');

/** Numerical Recipes' generator: the same cases in every run. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Words that people use, the n-th a n-th as often as the first: what they tell shares some and differs by others. */
const VOCABULARY = 6_000;
const LENGTH = 14;

/** Answers, one after the other. */
export function answers(): () => string {
  const random = chance(1);
  return () => Array.from({ length: LENGTH }, () => word(Math.floor(VOCABULARY ** random()) - 1)).join(' ');
}

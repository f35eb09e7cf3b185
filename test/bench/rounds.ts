// Two sides measured in turns, so that what else the machine does meets both alike.

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return (low + high) / 2;
}

/** The median of how many times the rate of `baseline` that of `house` is, each round of one right beside one of the other. */
export async function rateAgainst(
  baseline: () => Promise<number>,
  house: () => Promise<number>,
  rounds: number,
): Promise<number> {
  await baseline();
  await house();
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = await baseline();
    const rate = await house();
    // What the machine does changes while the house runs: the baseline before it and after it.
    ratios.push((2 * rate) / (before + (await baseline())));
  }
  return median(ratios);
}

// What looks like personal data in what somebody wrote: found and shown, never changed. French first, English too. It is
// often right and sometimes wrong (docs/personal-data.md says how often): people decide. Pure; the time it takes grows with the
// length of the text, whatever the text (test/personal.property.test.ts).
import type { Found } from './model.ts';
import { banks, identities, phones } from './numbers.ts';
import { conditions, people, schools } from './people.ts';
import { addresses, emails, profiles } from './reach.ts';

/** In the order they stand; where two overlap, the surer one. */
export function personalIn(text: string): Found[] {
  const titled = people(text);
  const all = [
    ...banks(text),
    ...identities(text),
    ...profiles(text),
    ...emails(text),
    ...phones(text),
    ...addresses(text),
    ...schools(text),
    ...titled,
    ...conditions(text, titled),
  ];
  return apart(all);
}

/** The first of those that overlap stays; sorted by where they begin. */
function apart(all: Found[]): Found[] {
  const ranked = all
    .map((found, rank) => ({ found, rank }))
    .sort((a, b) => a.found.start - b.found.start || a.rank - b.rank);
  const kept: typeof ranked = [];
  for (const one of ranked) {
    const last = kept.at(-1);
    if (!last || last.found.end <= one.found.start) kept.push(one);
    else if (one.rank < last.rank) kept[kept.length - 1] = one;
  }
  return kept.map(({ found }) => found);
}

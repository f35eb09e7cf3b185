// Every text that the bot can say, from its tables of words: what is written by a function is called with samples of every
// kind, so that no wording is missed for want of an argument.

/** Counts that are one, several and many; names, kinds and reasons that the tables know. */
const SAMPLES: unknown[] = [
  ...[2, 1, 1234, 'Territoire', 'tooBig', 'used', 'csv', undefined],
  ...[['fr', 'en'], { fr: 'un', en: 'one' }],
];
const HOLES = /undefined|NaN|\[object|function/;

export interface Said {
  /** Where it stands: `staff.askState.sent`. */
  path: string;
  text: string;
}

/** Every text of a tree, with the places where they stand. */
export function textsOf(value: unknown, path = ''): Said[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value === 'function') return called(value as (...args: unknown[]) => unknown, path);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, path === '' ? key : `${path}.${key}`));
}

/** All the different texts that a function makes of the samples; at least one, or the test is told. */
function called(make: (...args: unknown[]) => unknown, path: string): Said[] {
  const texts = new Set<string>();
  for (const args of tuples(make.length)) {
    const made = attempt(() => make(...args));
    if (typeof made === 'string' && !HOLES.test(made)) texts.add(made);
    if (Array.isArray(made)) for (const { text } of textsOf(made)) if (!HOLES.test(text)) texts.add(text);
  }
  if (texts.size === 0) throw new Error(`no sample makes ${path} speak`);
  return [...texts].map((text) => ({ path, text }));
}

const attempt = (make: () => unknown): unknown => {
  try {
    return make();
  } catch {
    return undefined;
  }
};

function* tuples(length: number): Generator<unknown[]> {
  if (length === 0) return yield [];
  for (const rest of tuples(length - 1)) for (const one of SAMPLES) yield [...rest, one];
}

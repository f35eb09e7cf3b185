// What changed between two versions of a document, found by reference: steps are immutable, so equal parts are the same
// object. Pure.

export type Path = string[];

export interface Changes {
  set: { path: Path; value: unknown }[];
  unset: Path[];
  /** Items added at the end of a list that was already there. */
  append: { path: Path; values: unknown[] }[];
}

type Tree = Record<string, unknown>;

/** Deep enough for `drafts.<id>.answers.<field>.parts`; below that a value is written whole. */
const DEPTH = 5;

export function changes(before: Tree, after: Tree): Changes {
  const found: Changes = { set: [], unset: [], append: [] };
  compare(before, after, [], found);
  return found;
}

function compare(before: Tree, after: Tree, at: Path, found: Changes): void {
  for (const key of Object.keys(before)) {
    if (after[key] === undefined && before[key] !== undefined) found.unset.push([...at, key]);
  }
  for (const [key, value] of Object.entries(after)) {
    if (value !== before[key] && value !== undefined) one(before[key], value, [...at, key], found);
  }
}

function one(before: unknown, after: unknown, path: Path, found: Changes): void {
  if (isTree(before) && isTree(after) && path.length < DEPTH) compare(before, after, path, found);
  else if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && isPrefix(before, after)) {
    if (after.length > before.length) found.append.push({ path, values: after.slice(before.length) });
  } else found.set.push({ path, value: after });
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const isPrefix = (before: unknown[], after: unknown[]): boolean =>
  before.length <= after.length && before.every((item, i) => item === after[i]);

/** What the first list has and the second has not, each once. */
export function without(list: string[] = [], other: string[] = []): string[] {
  const known = new Set(other);
  return [...new Set(list)].filter((item) => !known.has(item));
}

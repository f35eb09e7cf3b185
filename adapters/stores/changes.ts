// What changed between two versions of a document, found by reference: steps are immutable, so equal parts are the same
// object. Pure.

/** By path, its keys joined by dots (no key of a document holds one): `drafts.<id>.answers.<field>`. */
export interface Changes {
  set: Record<string, unknown>;
  unset: string[];
  /** Items added at the end of a list that was already there. */
  append: Record<string, unknown[]>;
}

type Tree = Record<string, unknown>;

/** Deep enough for `drafts.<id>.answers.<field>.parts`; below that a value is written whole. */
const DEPTH = 5;

export function changes(before: Tree, after: Tree): Changes {
  const found: Changes = { set: {}, unset: [], append: {} };
  compare(before, after, '', 1, found);
  return found;
}

function compare(before: Tree, after: Tree, at: string, depth: number, found: Changes): void {
  for (const key of Object.keys(before)) {
    if (after[key] === undefined && before[key] !== undefined) found.unset.push(at + key);
  }
  for (const key of Object.keys(after)) {
    const value = after[key];
    if (value !== before[key] && value !== undefined) one(before[key], value, at + key, depth, found);
  }
}

function one(before: unknown, after: unknown, path: string, depth: number, found: Changes): void {
  if (isTree(before) && isTree(after) && depth < DEPTH) {
    if (!isFlat(before) || !isFlat(after)) compare(before, after, `${path}.`, depth + 1, found);
    else if (!isSame(before, after)) found.set[path] = after;
  } else if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && isPrefix(before, after)) {
    if (after.length > before.length) found.append[path] = after.slice(before.length);
  } else found.set[path] = after;
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A record of plain values: shorter written whole than by what changed in it. */
const isFlat = (tree: Tree): boolean => Object.keys(tree).every((key) => typeof tree[key] !== 'object');

const isSame = (before: Tree, after: Tree): boolean =>
  Object.keys(before).length === Object.keys(after).length &&
  Object.keys(after).every((key) => before[key] === after[key]);

const isPrefix = (before: unknown[], after: unknown[]): boolean =>
  before.length <= after.length && before.every((item, i) => item === after[i]);

/** What the first list has and the second has not, each once. */
export function without(list: string[] = [], other: string[] = []): string[] {
  const known = new Set(other);
  return [...new Set(list)].filter((item) => !known.has(item));
}

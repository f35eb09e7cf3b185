// Which failures of SQLite pass by themselves once the disk is well again. Pure.

/** https://www.sqlite.org/rescode.html, the primary codes: the machine's faults, never those of a statement of ours. */
const AWAY = new Set([
  ...[3 /* PERM */, 5 /* BUSY */, 6 /* LOCKED */, 7 /* NOMEM */, 8 /* READONLY */, 10 /* IOERR */],
  ...[11 /* CORRUPT */, 13 /* FULL */, 14 /* CANTOPEN */, 15 /* PROTOCOL */, 22 /* NOLFS */, 26 /* NOTADB */],
]);

export function isAway(error: unknown): boolean {
  const { errcode } = (error ?? {}) as { errcode?: unknown };
  // An extended code holds the primary one in its lowest byte.
  return typeof errcode === 'number' && AWAY.has(errcode & 0xff);
}

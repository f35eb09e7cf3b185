// The files that come with messages: what is to be copied, what became of it, what nothing refers to any more. Pure.
import { hash } from './address.ts';
import type { Document, Event, FileRef, Instant, Part } from './model.ts';
import { emit, withdraw } from './outgoing.ts';

export type Copied = Extract<Event, { kind: 'copied' }>;

const keyOf = (part: string, file: FileRef): string => `f:${part}:${file.id}`;

/** The name its content is kept under: the same however often it is copied. */
const nameOf = (author: string, part: string, file: FileRef): string => `${author}.${hash(`${part}:${file.id}`)}`;

/** The names under which these parts have content kept. */
export const keptIn = (parts: Part[]): string[] =>
  parts.flatMap((part) =>
    (part.files ?? []).flatMap(({ copy }) => (copy !== undefined && 'kept' in copy ? [copy.kept] : [])),
  );

/**
 * After any change of a document: asks for the copy of files that came, and lets go of those that nothing refers to.
 * `before` and `after` are its lists of parts; only lists that changed are looked into. `leaving` are parts on their way
 * to another document, which will hold their files.
 */
export function followFiles<D extends Document>(
  document: D,
  at: Instant,
  author: string,
  { before, after, leaving = [] }: { before: Part[][]; after: Part[][]; leaving?: Part[][] },
): D {
  const [was, is] = [new Set(before), new Set(after)];
  const come = after.filter((list) => !was.has(list)).flatMap(withFiles);
  const gone = before.filter((list) => !is.has(list)).flatMap(withFiles);
  if (come.length + gone.length === 0) return document;
  const there = new Set([...after, ...leaving].flatMap(withFiles).flatMap(keysOf));
  const asked = come.reduce((next, part) => ask(next, at, author, part), document);
  return gone.reduce((next, part) => letGo(next, at, part, there), asked);
}

const withFiles = (list: Part[]): Part[] => list.filter((part) => part.files?.length);
const keysOf = (part: Part): string[] => (part.files ?? []).map((file) => keyOf(part.id, file));

function ask<D extends Document>(document: D, at: Instant, author: string, part: Part): D {
  return (part.files ?? []).reduce((next, file) => {
    const key = keyOf(part.id, file);
    if (file.copy || next.outgoing.some((work) => work.key === key)) return next;
    return emit(next, at, { kind: 'fetch', key, part: part.id, file, kept: nameOf(author, part.id, file) });
  }, document);
}

function letGo<D extends Document>(document: D, at: Instant, part: Part, there: Set<string>): D {
  return (part.files ?? []).reduce((next, file) => {
    const key = keyOf(part.id, file);
    if (there.has(key)) return next;
    if (file.copy && 'kept' in file.copy) return drop(next, at, file.copy.kept);
    return withdraw(next, (work) => work.key === key);
  }, document);
}

export const drop = <D extends Document>(document: D, at: Instant, kept: string): D =>
  emit(document, at, { kind: 'drop', key: `drop:${kept}`, kept });

/** The list with what became of a file noted, or the list itself when it holds no such file waiting for its copy. */
export function withCopy(parts: Part[], { part: id, file }: Copied): Part[] {
  const index = parts.findIndex((part) => part.id === id && part.files?.some((one) => one.id === file.id));
  const part = parts[index];
  if (!part?.files?.some((one) => one.id === file.id && !one.copy)) return parts;
  return parts.with(index, { ...part, files: part.files.map((one) => (one.id === file.id ? file : one)) });
}

/** Whether these parts hold the file, copied or not. */
export const holds = (parts: Part[], { part: id, file }: Copied): boolean =>
  parts.some((part) => part.id === id && part.files?.some((one) => one.id === file.id));

/** The files of an edited message: a content that was there before keeps its copy. */
export const keepCopies = (before: FileRef[] | undefined, after: FileRef[]): FileRef[] =>
  after.map((file) => before?.find((one) => one.id === file.id) ?? file);

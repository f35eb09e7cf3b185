// Reads and checks a flow file: every fault with its file, line and column, and what to write instead.
import { readFileSync } from 'node:fs';
import { type Document, isMap, isNode, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { z } from 'zod';
import { adviceOn } from './flow/advice.ts';
import { type FaultWords, faultWords } from './flow/faults.ts';
import { type FlowFile, flowSchema, LABEL } from './flow/schema.ts';
import type { Field, Flow, Language } from './model.ts';

/** The flow with what would make it easier to follow, or every fault in it: `file:line:column: what is wrong; what to write`. */
export type Reading = { flow: Flow; advice: string[] } | { faults: string[] };

type Path = readonly PropertyKey[];

/** Letters and digits under which an answer is thin, by kind, when the flow says nothing. */
const MINIMUM: Record<Field['kind'], number> = { place: 2, actors: 8, text: 15 };

export function readFlow(file: string, language: Language): Reading {
  const say = faultWords[language];
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { faults: [`${file}:1:1: ${say.unreadable}`] };
  }
  return checkFlow(file, text, language);
}

export function checkFlow(file: string, text: string, language: Language): Reading {
  const say = faultWords[language];
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    return { faults: document.errors.map((e) => `${at(e.pos[0])}: ${e.message.split(' at line')[0] ?? e.code}`) };
  }
  const parsed = flowSchema.safeParse(document.toJS() ?? {});
  const faults = parsed.success
    ? crossFaults(parsed.data, document, lines, say)
    : parsed.error.issues.flatMap((issue) => issueFaults(issue, document, say));
  if (!parsed.success || faults.length > 0) {
    return { faults: faults.map(({ node, text: said }) => `${at(offsetOf(node))}: ${said}`) };
  }
  const advice = adviceOn(parsed.data, say).map(
    ({ path, text: said }) => `${at(offsetOf(nodeAt(document, path)))}: ${said}`,
  );
  // Copied, so that its texts are strings of their own: JSON takes twice as long for those that are pieces of the file.
  return { flow: structuredClone(flowOf(parsed.data)), advice };
}

interface Fault {
  node: Node | Pair | null;
  text: string;
}

const offsetOf = (node: Fault['node']): number => {
  const place = node && 'key' in node ? node.key : node;
  return isNode(place) ? (place.range?.[0] ?? 0) : 0;
};

/** The node at a path, or the nearest one above it that the file holds. */
function nodeAt(document: Document, path: Path): Node | null {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return isNode(document.contents) ? document.contents : null;
}

const isLanguage = (key: unknown): boolean => key === 'fr' || key === 'en';

function issueFaults(issue: z.core.$ZodIssue, document: Document, say: FaultWords): Fault[] {
  const node = nodeAt(document, issue.path);
  const last = issue.path.at(-1);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ node: pairAt(node, key), text: say.unknown(key, knownKeys(issue.path)) }));
  }
  const missing = issue.path.length > 0 && !document.hasIn(issue.path);
  if (missing) {
    const text = isLanguage(last) ? say.missingTranslation(String(last)) : say.missing(String(last));
    return [{ node, text }];
  }
  return [{ node, text: issueText(issue, document.getIn(issue.path), say) }];
}

function issueText(issue: z.core.$ZodIssue, value: unknown, say: FaultWords): string {
  switch (issue.code) {
    case 'invalid_type':
      return say.type(issue.expected);
    case 'invalid_value':
      return say.oneOf(issue.values.map(String));
    case 'invalid_format':
      return say.badKey;
    case 'too_small':
    case 'too_big':
      return sizeText(issue, value, say);
    default:
      return issue.message;
  }
}

function sizeText(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, value: unknown, say: FaultWords): string {
  const isText = issue.origin === 'string';
  if (issue.code === 'too_small') return isText ? say.empty : say.number(String(issue.minimum), '…');
  const most = Number(issue.maximum);
  if (issue.origin === 'array') return say.tooMany(most);
  if (!isText) return say.number('…', String(most));
  return most === LABEL ? say.labelTooLong(String(value).trim().length, most) : say.tooLong(most);
}

function pairAt(node: Node | null, key: string): Node | Pair | null {
  const pairs = isMap(node) ? (node.items as Pair<Node>[]) : [];
  return pairs.find((pair) => String(pair.key) === key) ?? node;
}

/** The settings that the schema knows at a path. */
function knownKeys(path: Path): string[] {
  let schema: unknown = flowSchema;
  for (const key of path) {
    const inner = unwrap(schema) as { shape?: Record<string, unknown>; element?: unknown };
    schema = typeof key === 'number' ? inner.element : inner.shape?.[String(key)];
  }
  return Object.keys((unwrap(schema) as { shape?: object })?.shape ?? {});
}

const unwrap = (schema: unknown): unknown => {
  const inner = (schema as { _zod?: { def?: { innerType?: unknown } } })?._zod?.def?.innerType;
  return inner === undefined ? schema : unwrap(inner);
};

/** What no single line shows: keys given twice, the headline, the time zone, the order of days. */
function crossFaults(flow: FlowFile, document: Document, lines: LineCounter, say: FaultWords): Fault[] {
  const twice = flow.fields.flatMap((field, i) => {
    const first = flow.fields.findIndex((other) => other.key === field.key);
    if (first === i) return [];
    const { line } = lines.linePos(offsetOf(nodeAt(document, ['fields', first, 'key'])));
    return [{ node: nodeAt(document, ['fields', i, 'key']), text: say.twice(field.key, line) }];
  });
  const headlines = flow.fields.filter((field) => field.headline).length;
  const { days, timeZone } = flow.reminders;
  const rising = days.every((day, i) => i === 0 || day > (days[i - 1] ?? 0));
  return [
    ...twice,
    ...(headlines === 1 ? [] : [{ node: nodeAt(document, ['fields']), text: say.headline }]),
    ...(isTimeZone(timeZone)
      ? []
      : [{ node: nodeAt(document, ['reminders', 'timeZone']), text: say.timeZone(timeZone) }]),
    ...(rising ? [] : [{ node: nodeAt(document, ['reminders', 'days']), text: say.order }]),
  ];
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

const flowOf = (file: FlowFile): Flow => ({
  ...file,
  fields: file.fields.map((field) => ({ ...field, minimum: field.minimum ?? MINIMUM[field.kind] })),
});

// Takes a collection away: a first reading counts, a second writes. Streams case by case wherever the format allows it.
import type { Practice } from '../model.ts';
import { isKeptBack } from '../visible.ts';
import { typographic } from '../words.ts';
import { Changed, cellsOf, spread, type Widths, widen } from './cells.ts';
import { BOM, csvHead, csvLine } from './csv.ts';
import { type Format, MOST } from './formats.ts';
import { feature } from './geojson.ts';
import { markdown } from './markdown.ts';
import { office } from './office.ts';
import { pageOf, type Reader } from './page.ts';
import { answersOf, columnsOf, isFormer, type NameOf, rowOf } from './row.ts';
import { inWords, titled } from './titles.ts';
import { exportWords } from './words.ts';

export interface Order extends Reader {
  format: Format;
  nameOf?: NameOf;
}

/** What the first reading finds. */
export interface Survey {
  count: number;
  /** Left out until somebody of the team has checked what may be personal data. */
  kept: number;
  characters: number;
  /** Labels of the questions no longer asked, by column. */
  labels: Record<string, string>;
  widths: Widths;
}

/** Cannot be made, with what to do about it. */
export class Refused extends Error {}

/** How far it is: `of` is unknown while counting. */
export type Progress = (done: number, of?: number) => void;

export async function survey(cases: AsyncIterable<Practice>, order: Order, progress: Progress): Promise<Survey> {
  const found: Survey = { count: 0, kept: 0, characters: 0, labels: {}, widths: {} };
  for await (const practice of cases) {
    const row = rowOf(practice, order.flow, order.viewer, order.nameOf);
    if (!row) {
      if (isKeptBack(practice, order.viewer)) found.kept += 1;
      continue;
    }
    found.count += 1;
    found.characters += Object.values(row).reduce<number>((sum, value) => sum + String(value ?? '').length, 0);
    widen(found.widths, row);
    for (const column of Object.keys(row).filter(isFormer)) {
      found.labels[column] ??= answersOf(practice)[column.slice('former.'.length)]?.label ?? column;
    }
    progress(found.count);
  }
  const most = MOST[order.format];
  const w = exportWords[order.language];
  const format = order.format.toUpperCase();
  if (most && found.count > most.cases) throw refused(w.tooMany(format, most.cases), order);
  if (most && found.characters > most.characters) throw refused(w.tooLong(format, most.characters), order);
  return found;
}

const refused = (text: string, { language }: Reader): Refused => new Refused(typographic(text, language));

/**
 * The bytes of the file, made as they are asked for. Throws `Refused` when the cases changed between the two readings in a
 * way that the columns already written cannot hold.
 */
export async function* written(
  cases: AsyncIterable<Practice>,
  order: Order,
  found: Survey,
  progress: Progress,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  try {
    for await (const piece of made(cases, order, found, progress)) {
      yield typeof piece === 'string' ? encoder.encode(piece) : piece;
    }
  } catch (error) {
    throw error instanceof Changed ? refused(exportWords[order.language].changed, order) : error;
  }
}

function made(
  cases: AsyncIterable<Practice>,
  order: Order,
  found: Survey,
  progress: Progress,
): AsyncIterable<string | Uint8Array> {
  const columns = spread(columnsOf(order.flow, Object.keys(found.labels)), found.widths);
  const { language, flow, viewer } = order;
  const read = <T>(one: (practice: Practice) => T | null) => reading(cases, one, found, progress);
  const rowIn = (practice: Practice) => rowOf(practice, flow, viewer, order.nameOf);
  const cellsIn = (practice: Practice) => {
    const row = rowIn(practice);
    return row && cellsOf(inWords(row, language), columns);
  };
  const pageIn = (practice: Practice) => pageOf(practice, order);
  switch (order.format) {
    case 'csv':
      return pieces(read(rowIn), (row) => csvLine(row, columns), {
        head: BOM + csvHead(columns),
        between: '',
        tail: '',
      });
    case 'json':
      return pieces(read(rowIn), (row) => JSON.stringify(row, null, 2), LIST);
    case 'geojson':
      return pieces(read(rowIn), (row) => JSON.stringify(feature(row)), FEATURES);
    case 'md': {
      const { title, subtitle } = front(order, found);
      const around = { head: `# ${title}\n\n${subtitle}\n\n`, between: '\n\n', tail: '\n' };
      return pieces(read(pageIn), (page) => markdown(page, language), around);
    }
    case 'xlsx':
      return whole(read(cellsIn), (all) =>
        office({ xlsx: { cells: all, language, columns: titled(columns, flow, language, found.labels) } }),
      );
    case 'docx':
      return whole(read(pageIn), (all) => office({ docx: { pages: all, language, ...front(order, found) } }));
  }
}

const LIST = { head: '[\n', between: ',\n', tail: '\n]\n' };
const FEATURES = { head: '{"type":"FeatureCollection","features":[\n', between: ',\n', tail: '\n]}\n' };

/** What this viewer may read of each case, counted as it passes. */
async function* reading<T>(
  cases: AsyncIterable<Practice>,
  read: (practice: Practice) => T | null,
  { count }: Survey,
  progress: Progress,
): AsyncGenerator<T> {
  let done = 0;
  for await (const practice of cases) {
    const seen = read(practice);
    if (seen === null) continue;
    yield seen;
    done += 1;
    progress(done, Math.max(count, done));
  }
}

async function* pieces<T>(
  items: AsyncIterable<T>,
  one: (item: T) => string,
  { head, between, tail }: { head: string; between: string; tail: string },
): AsyncGenerator<string> {
  yield head;
  let separator = '';
  for await (const item of items) {
    yield separator + one(item);
    separator = between;
  }
  yield tail;
}

async function* whole<T>(items: AsyncIterable<T>, make: (all: T[]) => Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  yield await make(all);
}

function front({ flow, language }: Order, { count }: Survey): { title: string; subtitle: string } {
  const w = exportWords[language];
  return {
    title: typographic(w.title(flow.title[language]), language),
    subtitle: typographic(w.count(count), language),
  };
}

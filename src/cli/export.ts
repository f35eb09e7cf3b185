// Taking the collection away from the command line: to a file, written beside its place and moved there whole, or to
// standard output where the format streams.
import { once } from 'node:events';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { realClock } from '../clock.ts';
import { type Format, formatOf, MOST } from '../export/formats.ts';
import { markdown } from '../export/markdown.ts';
import { office } from '../export/office.ts';
import { onePage, type Page, pageOf } from '../export/page.ts';
import { exportWords } from '../export/words.ts';
import { type Order, Refused, survey, written } from '../export/write.ts';
import { corrected } from '../finding.ts';
import { unspoken } from '../fold.ts';
import type { Language, Practice, State } from '../model.ts';
import { nameIn } from '../places/labels.ts';
import type { Library, Store } from '../ports.ts';
import { isEmpty, LONGEST, type Query, readQuery } from '../search/query.ts';
import { objection } from '../search/results.ts';
import { type Selection, STATES, selecting } from '../selection.ts';
import { isKeptBack, type Viewer } from '../visible.ts';
import { typographic } from '../words.ts';
import { progressOn } from './progress.ts';
import { Exit, instantOf, libraryOf, type Session } from './session.ts';

export interface ExportOptions {
  format?: string | undefined;
  state?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  territory?: string | undefined;
  used?: boolean | undefined;
  'not-used'?: boolean | undefined;
  public?: boolean | undefined;
  words?: string | undefined;
}

export async function exportCases(session: Session, file: string | undefined, options: ExportOptions): Promise<number> {
  const { say, config, flow } = session;
  const format = formatFor(session, file, options.format);
  if (file === undefined && MOST[format]) throw new Exit(2, say.exportNeedsFile(format));
  const selection = selectionOf(session, options);
  const order: Order = {
    ...{ format, flow, language: config.language, viewer: viewerOf(options) },
    nameOf: nameIn(session.gazetteer),
  };
  const library = await libraryOf(session);
  const query = await queryOf(session, library, options.words);
  const cases = () => selected(library, { ...selection, ...(query ? { query } : {}) }, session);
  const bar = progressOn(process.stderr, say);
  try {
    const found = await survey(cases(), order, bar.show);
    await put(session, file, written(cases(), order, found, bar.show));
    bar.clear();
    process.stderr.write(`${say.exported(found.count, file)}\n`);
    if (found.kept > 0) process.stderr.write(`${say.keptBack(found.kept)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof Refused) throw new Exit(2, error.message);
    throw error;
  } finally {
    bar.clear();
    await library?.close();
  }
}

/** One case on one page. */
export async function sheetOf(
  session: Session,
  [id, file]: [string | undefined, string | undefined],
  options: Pick<ExportOptions, 'format' | 'public'>,
): Promise<number> {
  const { say, config, flow } = session;
  if (id === undefined) throw new Exit(2, say.sheetMissing);
  const format = file === undefined && options.format === undefined ? 'md' : formatFor(session, file, options.format);
  if (format !== 'md' && format !== 'docx') throw new Exit(2, say.sheetFormat);
  if (format === 'docx' && file === undefined) throw new Exit(2, say.exportNeedsFile(format));
  const library = await libraryOf(session);
  const practice = await library?.load('practice', unspoken(id));
  await library?.close();
  if (!practice) throw new Exit(2, say.noSuchPractice(id));
  const { language } = config;
  const whole = pageOf(practice, { flow, language, viewer: viewerOf(options) });
  if (!whole) throw new Exit(2, isKeptBack(practice, viewerOf(options)) ? say.keptBack(1) : say.notShown(id));
  const page = onePage(whole, practice.id, language);
  await put(session, file, sheet(page, format, language));
  return 0;
}

async function* sheet(page: Page, format: 'md' | 'docx', language: Language): AsyncGenerator<Uint8Array> {
  if (format === 'md') yield new TextEncoder().encode(`${markdown(page, language, 1)}\n`);
  else yield await office({ docx: { pages: [page], language } });
}

const viewerOf = (options: Pick<ExportOptions, 'public'>): Viewer => (options.public ? 'public' : 'staff');

function formatFor({ say }: Session, file: string | undefined, asked: string | undefined): Format {
  const name = asked ?? (file === undefined ? 'csv' : extname(file));
  const format = formatOf(name);
  if (!format) throw new Exit(2, say.unknownFormat(name));
  return format;
}

function selectionOf(session: Session, options: ExportOptions): Selection {
  const { say } = session;
  const { state, since, until, territory } = options;
  const states = state?.split(',').map((name) => name.trim());
  const unknown = states?.find((name) => !STATES.includes(name as State));
  if (unknown !== undefined) throw new Exit(2, say.unknownState(unknown, STATES.join(', ')));
  if (options.used && options['not-used']) throw new Exit(2, say.usedAndNot);
  const used = options.used ? true : options['not-used'] ? false : undefined;
  return {
    ...(states ? { states: states as State[] } : {}),
    ...(since === undefined ? {} : { since: instantOf(since, session, '--since') }),
    ...(until === undefined ? {} : { until: instantOf(until, session, '--until') }),
    ...(territory === undefined ? {} : { territory }),
    ...(used === undefined ? {} : { used }),
  };
}

/** Words are read as those of a search, and forgiven as much. */
async function queryOf(
  { flow, config }: Session,
  library: (Store & Library) | null,
  words: string | undefined,
): Promise<Query | undefined> {
  if (words === undefined) return undefined;
  const query = readQuery(words.slice(0, LONGEST), realClock.now(), flow.reminders.timeZone);
  if (objection(words, query, isEmpty(query)) !== undefined) {
    throw new Exit(2, typographic(exportWords[config.language].unclear, config.language));
  }
  if (!library) return query;
  return corrected(library, { team: true, id: '' }, query);
}

async function* selected(
  library: Library | null,
  selection: Selection,
  { flow, gazetteer }: Pick<Session, 'flow' | 'gazetteer'>,
): AsyncGenerator<Practice> {
  if (!library) return;
  const isMeant = selecting(selection, flow.fields, gazetteer);
  for await (const practice of library.practices(selection.since)) {
    if (selection.until !== undefined && practice.submittedAt >= selection.until) return;
    if (isMeant(practice)) yield practice;
  }
}

/** To standard output, at the pace it is read; or to a file that appears whole or not at all. */
async function put({ say }: Session, file: string | undefined, content: AsyncIterable<Uint8Array>): Promise<void> {
  if (file === undefined) {
    for await (const chunk of content) if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
    return;
  }
  // What is no file, a device or a folder, is never replaced by one.
  const there = await stat(file).catch(() => undefined);
  if (there && !there.isFile()) throw new Exit(2, say.cannotWrite(file));
  const beside = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  // It may hold what was told to the team only.
  const handle = await open(beside, 'w', 0o600).catch(() => {
    throw new Exit(2, say.cannotWrite(file));
  });
  try {
    for await (const chunk of content) await handle.writeFile(chunk);
    await handle.sync();
    await handle.close();
    await rename(beside, file);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(beside, { force: true });
    throw isOfDisk(error) ? new Exit(2, say.cannotWrite(file)) : error;
  }
}

/** The place refuses the file: full, read only, a folder by that name. */
const isOfDisk = (error: unknown): boolean =>
  ['write', 'rename', 'fsync', 'close'].includes(String((error as NodeJS.ErrnoException)?.syscall));

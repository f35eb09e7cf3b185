// The desk: answers what people ask of the library, outside of any turn, and compares a new case with those there are.
import { PER_PAGE, type Reading, readOne, search, similarTo } from './finding.ts';
import { unspoken } from './fold.ts';
import type { Event, Given, Language, Outbound, Outgoing, Practice, Ref } from './model.ts';
import type { Clock, Documents, Library } from './ports.ts';
import { type Line, ledger, linesOf } from './review/ledger.ts';
import { isEmpty, LONGEST, readQuery, withPage } from './search/query.ts';
import type { Question } from './search/question.ts';
import { expiredView, howTo, noSuchView, objection, readView, resultsView } from './search/results.ts';

export interface Desk {
  /** The answer, and what was searched for, so that its next page can be asked for. */
  answer(question: Question): Promise<{ message: Outbound; text?: string }>;
  /** Does what a document left to be done, as it was saved last; what goes wrong is told, and tried again. */
  perform(ref: Ref, work: Asking, document: Documents[Ref['kind']]): Promise<Event>;
}

type Asking = Extract<Outgoing, { kind: 'look' | 'compare' }>;

export interface DeskTools {
  library: Reading & Pick<Library, 'practices'>;
  clock: Clock;
  given: () => Pick<Given, 'flow' | 'gazetteer'>;
  failed: (error: unknown, ref: Ref) => void;
}

/** Rejects only with errors of the store. */
export function createDesk({ library, clock, given, failed }: DeskTools): Desk {
  async function find(question: Question, text: string) {
    const { timeZone } = given().flow.reminders;
    const query = readQuery(text.slice(0, LONGEST), clock.now(), timeZone);
    const why = objection(text, query, isEmpty(query));
    if (why !== undefined) return { message: howTo(question.language, why === 'empty' ? undefined : why) };
    const results = await search(library, question.reader, query, given().gazetteer);
    const showing = { question, text, query, timeZone, perPage: PER_PAGE };
    return { message: resultsView(results, showing), text };
  }

  async function read(question: Question, typed: string) {
    const id = unspoken(typed).slice(0, 10);
    const practice = id.length === 10 ? await readOne(library, question.reader, id) : null;
    return { message: practice ? readView(practice, question) : noSuchView(question.language, id) };
  }

  async function answer(question: Question): Promise<{ message: Outbound; text?: string }> {
    if (question.kind === 'search') return find(question, question.text);
    if (question.kind === 'read') return read(question, question.id);
    if (question.kind === 'ledger') return { message: await readLedger(library, question.report, question.language) };
    const former = await library.load('delivery', question.of);
    if (former?.searched === undefined) return { message: expiredView(question.language) };
    return find(question, withPage(former.searched, question.page));
  }

  return {
    answer,
    async perform(ref, work, document) {
      const { key } = work;
      try {
        if (work.kind === 'compare') {
          return { kind: 'compared', key, similar: await similarTo(library, document as Practice) };
        }
        return { kind: 'found', key, ...(await answer(work.question)) };
      } catch (error) {
        failed(error, ref);
        throw error;
      }
    },
  };
}

/** The ledger of a report, or of all: every case is looked at, one at a time. */
export async function readLedger(
  library: Pick<Library, 'practices'>,
  report: string | undefined,
  language: Language,
): Promise<Outbound> {
  const lines: Line[] = [];
  for await (const practice of library.practices()) lines.push(...linesOf(practice));
  return ledger(lines, report, language);
}

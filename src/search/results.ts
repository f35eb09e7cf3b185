// What people read of a search: the cases of a page with the ways to read each and to go on, or what to try instead. Pure.
import { spoken } from '../fold.ts';
import type { Block, Choice, Language, Outbound, Practice } from '../model.ts';
import { DAY } from '../outgoing.ts';
import { opening, sheet } from '../views.ts';
import { authorOf } from '../visible.ts';
import { commandWord } from '../words/commands.ts';
import { dateOf, heads, quotes, says, saysOf, spans, typographic, wording } from '../words.ts';
import { LONGEST, MOST_WORDS, type Query, withPage } from './query.ts';
import type { Question } from './question.ts';
import { tokens } from './terms.ts';

const wordingOf = (language: Language) => wording(language).finding;

/** What was found. */
export interface Results {
  /** Those of the page, in order, and nothing that the reader may not see. */
  practices: Practice[];
  total: number;
  /** Not all were looked at: there are too many. */
  more: boolean;
  page: number;
  pages: number;
  /** No case has all the words: these have some. */
  partly: boolean;
  /** Words that no case holds, with the one that was looked for instead. */
  instead: { typed: string; used: string }[];
  unknown: string[];
}

export interface Showing {
  question: Pick<Question, 'language' | 'label' | 'reader'>;
  text: string;
  query: Query;
  timeZone: string;
  perPage: number;
}

const plainly = (language: Language, blocks: Block[]): Outbound => ({ language, blocks, choices: [], closed: false });

/** How to search, after why this one could not be done. */
export function howTo(language: Language, why?: 'nothing' | 'tooMany' | { length: number }): Outbound {
  const w = wordingOf(language);
  if (typeof why === 'object') return plainly(language, [says(w.tooLong(why.length), language)]);
  if (why === 'tooMany') return plainly(language, [says(w.tooMany(MOST_WORDS), language)]);
  const lead = why === 'nothing' ? [says(w.nothingAsked, language)] : [];
  return plainly(language, [...lead, heads(w.howTitle, language), ...w.how.map((line) => says(line, language))]);
}

/** Why a typed search cannot be done as it is, or undefined. */
export function objection(text: string, query: Query, isEmpty: boolean): Parameters<typeof howTo>[1] | 'empty' {
  if (text.length > LONGEST) return { length: text.length };
  if (query.words.length > MOST_WORDS) return 'tooMany';
  if (!isEmpty) return undefined;
  return text.trim() === '' ? 'empty' : 'nothing';
}

export function resultsView(results: Results, showing: Showing): Outbound {
  const { question, text, perPage } = showing;
  const { language, label } = question;
  const w = wordingOf(language);
  const { practices, page, pages } = results;
  if (practices.length === 0) return plainly(language, [...notices(results, showing), ...nothing(results, showing)]);
  const first = (page - 1) * perPage + 1;
  const reads = practices.map(
    ({ id }, i): Choice => ({
      id: `${label}.r-${id}`,
      label: typographic(w.read(first + i), language),
      command: `${commandWord('read', language)} ${spoken(id)}`,
    }),
  );
  const next: Choice = {
    id: `${label}.p-${page + 1}`,
    label: w.next,
    command: `${commandWord('search', language)} ${withPage(text, page + 1)}`,
  };
  return {
    language,
    blocks: [
      heads(results.more ? w.many(results.total) : w.title(results.total), language),
      ...(results.more ? [says(w.manyHint, language)] : []),
      ...notices(results, showing),
      ...practices.flatMap((practice, i) => line(practice, first + i, showing)),
      ...(pages > 1 ? [says(w.onPage(page, pages), language)] : []),
    ],
    choices: page < pages ? [...reads, next] : reads,
    closed: false,
  };
}

const nothing = ({ unknown }: Results, { question: { language, reader } }: Showing): Block[] => {
  const w = wordingOf(language);
  const among = reader.team ? [] : [says(w.among, language)];
  const none = unknown.length > 0 ? [] : [says(w.none, language)];
  return [...none, says(w.noneHint, language), ...among];
};

/** How the search was understood, where that is not plain: filters, words looked for in place of others. */
function notices({ instead, unknown, partly }: Results, { question, query, timeZone }: Showing): Block[] {
  const { language } = question;
  const w = wordingOf(language);
  const day = (at: string) => dateOf(at, language, timeZone);
  const filters = [
    ...query.states.map((state) => w.states[state]),
    ...(query.unused ? [w.unused] : []),
    ...(query.mine ? [w.mine] : []),
    ...(query.since === undefined ? [] : [w.since(day(query.since))]),
    ...(query.until === undefined ? [] : [w.until(day(new Date(Date.parse(query.until) - DAY / 2).toISOString()))]),
  ];
  const words = query.words.map(({ typed }) => typed);
  return [
    ...(filters.length > 0 ? [says(`${w.sought}${[...words, ...filters].join(', ')}.`, language)] : []),
    ...instead.map(({ typed, used }) => says(w.instead(typed, used), language)),
    ...unknown.map((typed) => says(w.unknown(typed), language)),
    ...(partly ? [says(w.partly, language)] : []),
  ];
}

/** A case in a list: its name, number, day and state, and a piece of it that holds what was looked for. */
function line(practice: Practice, at: number, { question: { language }, query, timeZone }: Showing): Block[] {
  const w = wordingOf(language);
  const { id, headline, submittedAt, state } = practice;
  const rest = `${spoken(id)}, ${dateOf(submittedAt, language, timeZone)}, ${w.states[state]}`;
  const name = opening(headline, 80).text || spoken(id);
  const piece = excerpt(practice, new Set(query.words.map(({ term }) => term)));
  return [
    { as: 'text', spans: [{ strong: `${at}. ${name}` }, typographic(' : ', language), ...spans(`${rest}.`, language)] },
    ...(piece === '' ? [] : [quotes(piece)]),
  ];
}

/** Long enough to know what a case is about. */
const PIECE = 140;

/** The beginning of the first answer beyond the headline that holds a word looked for, or else of the first one. */
function excerpt({ order, answers, headline, story }: Practice, terms: Set<string>): string {
  const texts = [...order.map((key) => answers[key]?.text ?? ''), story?.text ?? ''];
  const others = texts.filter((text) => text.trim() !== '' && opening(text, 120).text !== opening(headline, 120).text);
  const holds = (text: string) => tokens(text.slice(0, 5_000)).some((term) => terms.has(term));
  return opening(others.find(holds) ?? others[0] ?? '', PIECE).text;
}

/** A case in full. */
export function readView({ unreachable, ...practice }: Practice, { language, reader }: Question): Outbound {
  // Whether its author can be reached is the team's business.
  const whole = sheet(reader.team && unreachable !== undefined ? { ...practice, unreachable } : practice, language);
  const author = authorOf(practice, reader.team ? 'staff' : 'public');
  const by = author === undefined ? [] : [saysOf(language, wording(language).staff.author, author)];
  return { ...whole, blocks: [...whole.blocks, ...by] };
}

export const noSuchView = (language: Language, id: string): Outbound => {
  const w = wordingOf(language);
  return plainly(language, [says(id === '' ? w.readWhich : w.noSuch(spoken(id)), language)]);
};

export const expiredView = (language: Language): Outbound =>
  plainly(language, [says(wordingOf(language).expired, language)]);

// One case as a page to read: what documents are made of, before any format's clothes. Pure.
import { spoken } from '../fold.ts';
import type { FileRef, Flow, Instant, Language, Practice, Territory, Told, Use } from '../model.ts';
import { unchecked } from '../personal/flags.ts';
import { inWords } from '../places/labels.ts';
import { listed } from '../review/flags.ts';
import { opening } from '../views.ts';
import { authorOf, type Viewer, visible } from '../visible.ts';
import { dateOf, typographic } from '../words.ts';
import { answersOf, filesOf, revisionOf, usesFor } from './row.ts';
import { exportWords } from './words.ts';

export interface Section {
  title: string;
  /** Somebody's own words, untouched; lines are parted by a line break. */
  text: string;
  /** What is to be known of it, in our words. */
  marks: string[];
}

export interface Page {
  title: string;
  /** One line to quote it by: its parts never change for the same revision. */
  citation: string;
  facts: { label: string; value: string }[];
  sections: Section[];
}

export interface Reader {
  flow: Flow;
  language: Language;
  viewer: Viewer;
}

/** The page of a case; null when this viewer may not read it. */
export function pageOf(practice: Practice, { flow, language, viewer }: Reader): Page | null {
  if (!visible(practice, viewer, 'file').content) return null;
  const w = exportWords[language];
  const set = (text: string) => typographic(text, language);
  const known = new Set(flow.fields.map(({ key }) => key));
  const told = Object.entries(answersOf(practice));
  const section = (answer: Told): Section => ({
    title: set(answer.label),
    text: answer.text,
    marks: [...(answer.inStory ? [w.isInStory] : []), ...(answer.thin && !answer.inStory ? [w.isThin] : [])].map(set),
  });
  const { story } = practice;
  return {
    title: titleOf(practice, language),
    citation: citationOf(practice, viewer, language, flow.reminders.timeZone),
    facts: factsOf(practice, viewer, language),
    sections: [
      ...(story ? [{ title: set(w.story), text: story.text, marks: [] }] : []),
      ...told.filter(([key]) => known.has(key)).map(([, answer]) => section(answer)),
      ...told
        .filter(([key]) => !known.has(key))
        .map(([, answer]) => section(answer))
        .map((one) => ({ ...one, marks: [set(`${w.former}.`), ...one.marks] })),
    ],
  };
}

const titleOf = ({ id, headline }: Practice, language: Language): string =>
  `${spoken(id)} – ${headline || exportWords[language].untitled}`;

/** Number, territory, date, revision, consent and terms, the same wherever the case is taken to. */
export function citationOf(practice: Practice, viewer: Viewer, language: Language, timeZone: string): string {
  const w = exportWords[language];
  const { id, headline, submittedAt, consent } = practice;
  const name = opening(headline || w.untitled, 80).text;
  const date = dateOf(submittedAt as Instant, language, timeZone);
  const set = (text: string) => typographic(text, language);
  const first = set(w.citation(spoken(id), '\u0000', date, revisionOf(practice))).replace('\u0000', () => name);
  const second = set(w.cited(w.scopes[consent.scope], '\u0000', w.terms[consent.scope]));
  const author = authorOf(practice, viewer, 'file');
  const by = author === undefined ? '' : ` ${set(w.by('\u0000')).replace('\u0000', () => author)}`;
  return `${first}${by} ${second.replace('\u0000', () => consent.version)}`;
}

function factsOf(practice: Practice, viewer: Viewer, language: Language): Page['facts'] {
  const w = exportWords[language];
  const files = filesOf(practice).map((file) => fileLine(file, language));
  const flags = unchecked(practice);
  const uses = usesFor(practice, viewer).map((use) => useLine(use, language));
  const fact = (label: string, values: string[]) =>
    values.length > 0 ? [{ label: typographic(label, language), value: values.join(' ; ') }] : [];
  return [
    ...fact(w.columns.state[0] ?? '', [w.states[practice.state]]),
    ...fact(w.places, (practice.places ?? []).map(placeLine)),
    ...fact(w.files, files),
    ...fact(w.uses, uses),
    ...fact(w.toCheck, flags.length > 0 ? [listed(flags, practice, language)] : []),
  ];
}

const placeLine = (place: Territory): string => `${inWords(place)} (${place.code})`;

function fileLine({ name, copy }: FileRef, language: Language): string {
  const w = exportWords[language];
  const called = name ?? w.fileUnnamed;
  if (copy && 'kept' in copy) return called;
  return `${called} (${copy ? w.missing[copy.missing] : w.copying})`;
}

function useLine({ kind, report, section, quotation, link }: Use, language: Language): string {
  const w = exportWords[language];
  const quoted = quotation === undefined ? [] : [typographic('« ', language) + quotation + typographic(' »', language)];
  const where = [report, ...(section === undefined ? [] : [section]), ...quoted, ...(link === undefined ? [] : [link])];
  return `${w.useKinds[kind]}, ${where.join(', ')}`;
}

/** Lines of about this many characters, and so many of them, that fit one printed page under the title and citation. */
const LINE = 88;
const LINES = 34;

const linesOf = (text: string): number =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE)), 0);

/**
 * The page short enough to print on one sheet: every section is there, the longest show their opening with their length.
 * What the short ones leave free goes to the long ones.
 */
export function onePage(page: Page, id: string, language: Language): Page {
  const w = exportWords[language];
  const needs = page.sections.map(({ text, marks }) => linesOf(text) + marks.length);
  // Each heading takes the room of two lines.
  const room = LINES - 2 * needs.length - page.facts.reduce((sum, { value }) => sum + linesOf(value), 0);
  if (needs.reduce((sum, need) => sum + need, 0) <= room) return page;
  const share = shareOf(needs, Math.max(room - 1, needs.length));
  const sections = page.sections.map((section, i) => {
    if ((needs[i] ?? 0) <= share) return section;
    const start = opening(section.text, Math.max(1, Math.floor(share)) * LINE - 45);
    const mark = typographic(w.opening(section.text.length), language);
    return { ...section, text: start.text, marks: [...section.marks, mark] };
  });
  const facts = page.facts.map((fact) => ({ ...fact, value: opening(fact.value, 3 * LINE).text }));
  const last = { title: '', text: '', marks: [typographic(w.whole(spoken(id)), language)] };
  return { ...page, facts, sections: [...sections, last] };
}

/** The most that each may take so that all fit the room. */
function shareOf(needs: number[], room: number): number {
  const rising = [...needs].sort((a, b) => a - b);
  let left = room;
  for (const [i, need] of rising.entries()) {
    const share = left / (rising.length - i);
    if (need > share) return share;
    left -= need;
  }
  return left;
}

// What people read of answers and cases: recap, receipt, lists, the staff card. Pure; shows openings, never cuts a word away
// without giving the length and the way to everything.
import { hasContent, isAnswered, textOf } from './fields.ts';
import { spoken } from './fold.ts';
import type {
  Answer,
  Block,
  Conversation,
  Draft,
  Flow,
  Given,
  Language,
  Missing,
  Outbound,
  Part,
  Practice,
  Told,
} from './model.ts';
import { dateOf, heads, quotes, says, spans, wording } from './words.ts';

/** The beginning of a text, whole words, on one line: undefined length when that is all of it. */
export function opening(text: string, most: number): { text: string; of?: number } {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return { text: line };
  const cut = line.slice(0, most + 1).replace(/[\ud800-\udbff]$/, '');
  const space = cut.lastIndexOf(' ');
  return { text: `${cut.slice(0, space > most / 2 ? space : most).replace(/[\ud800-\udbff]$/, '')}…`, of: text.length };
}

/** What names a draft or a case in a list: the opening of its headline field. */
export function headlineOf(flow: Flow, draft: Pick<Draft, 'answers' | 'story'>, most = 60): string {
  const field = flow.fields.find((f) => f.headline) ?? flow.fields[0];
  const text = textOf((field && draft.answers[field.key]?.parts) ?? []) || textOf(draft.story);
  return opening(text, most).text;
}

const answeredCount = (flow: Flow, draft: Draft): number =>
  flow.fields.filter((field) => isAnswered(draft.answers[field.key])).length;

/** Every answer of a draft, with what is thin. `whole`: all the words, otherwise openings with lengths. */
export function recap(given: Given, draft: Draft, language: Language, whole: boolean): Block[] {
  const w = wording(language);
  const story = draft.story.length > 0 ? told(w.storyLabel, { parts: draft.story }, language, whole) : [];
  const answers = given.flow.fields.flatMap((field, i) =>
    told(`${i + 1}. ${field.label[language]}`, draft.answers[field.key], language, whole),
  );
  const known = new Set(given.flow.fields.map((field) => field.key));
  const former = Object.entries(draft.answers)
    .filter(([key, answer]) => !known.has(key) && hasContent(answer.parts))
    .flatMap(([, answer]) => told(answer.label, answer, language, whole));
  return [...story, ...answers, ...former];
}

function told(title: string, answer: Omit<Answer, 'label'> | undefined, language: Language, whole: boolean): Block[] {
  const w = wording(language);
  const head = heads(title, language);
  if (!answer || !isAnswered(answer)) return [head, says(w.notAnswered, language)];
  const text = textOf(answer.parts);
  const start = whole ? { text } : opening(text, 300);
  const marks = [
    ...(start.of === undefined ? [] : [w.opening(start.of)]),
    ...(answer.inStory ? [w.isInStory] : []),
    ...(answer.thin && !answer.inStory ? [w.isThin] : []),
    ...attachments(answer.parts, language),
  ];
  return [
    head,
    ...(text === '' ? [] : [quotes(start.text)]),
    ...(marks.length > 0 ? [says(marks.join(' '), language)] : []),
  ];
}

/** What came beside the words, and what of it could not be kept. */
export function attachments(parts: Part[], language: Language): string[] {
  const w = wording(language);
  const files = parts.flatMap((part) => part.files ?? []);
  const missing = (why: Missing) =>
    files.filter(({ copy }) => copy && 'missing' in copy && copy.missing === why).length;
  const links = parts.flatMap((part) => part.links ?? []);
  return [
    ...(files.length > 0 ? [w.files(files.length)] : []),
    ...MISSING.flatMap((why) => (missing(why) > 0 ? [w.missing(missing(why), why)] : [])),
    ...(parts.some((part) => part.location) ? [w.located] : []),
    ...(parts.some((part) => part.forwarded) ? [w.forwarded] : []),
    ...(links.length > 0 ? [w.links(links.length)] : []),
  ];
}

const MISSING: Missing[] = ['tooBig', 'gone', 'unreachable'];

/** What a person gets when the case is saved. */
export function receipt(given: Given, id: string, language: Language): Block[] {
  const w = wording(language);
  return [
    says(w.doneTitle, language),
    { as: 'text', spans: [{ strong: w.doneId(spoken(id)) }] },
    says(given.flow.next[language], language),
  ];
}

/** One's own drafts and cases. */
export function ownList(given: Given, c: Conversation): Block[] {
  const { language } = c;
  const w = wording(language);
  const item = (name: string, rest: string): Block => ({
    as: 'text',
    spans: [{ strong: name }, ', ', ...spans(rest, language)],
  });
  const drafts = Object.values(c.drafts).map((draft) =>
    item(
      headlineOf(given.flow, draft) || w.untitled,
      w.draftLine(answeredCount(given.flow, draft), given.flow.fields.length),
    ),
  );
  const cases = c.cases.map((one) =>
    item(
      `${spoken(one.id)} (${one.headline || w.untitled})`,
      w.caseLine(dateOf(one.at, language, given.flow.reminders.timeZone), w.staff.where[one.state]),
    ),
  );
  const none = drafts.length + cases.length === 0 ? [says(w.casesNone, language)] : [];
  return [heads(w.casesTitle, language), ...drafts, ...cases, ...none];
}

/** A whole case as plain blocks, for whoever may read it. */
export function sheet(practice: Practice, language: Language): Outbound {
  const w = wording(language);
  const section = (answer: Told): Block[] => [
    heads(answer.label, language),
    ...(answer.text === '' ? [] : [quotes(answer.text)]),
    ...(answer.inStory ? [says(w.isInStory, language)] : []),
    ...attachments(answer.parts, language).map((line) => says(line, language)),
    ...answer.parts.flatMap((part) => (part.links ?? []).map(quotes)),
  ];
  const answers = practice.order.flatMap((key) => {
    const answer = practice.answers[key];
    return answer ? section(answer) : [];
  });
  const blocks = [
    heads(`${spoken(practice.id)} (${practice.headline || w.untitled})`, language),
    ...(practice.story ? section({ ...practice.story, label: w.storyLabel }) : []),
    ...answers,
    ...Object.values(practice.former ?? {}).flatMap(section),
    ...(practice.unreachable === undefined ? [] : [says(w.cardUnreachable, language)]),
  ];
  return { language, blocks, choices: [], closed: false };
}

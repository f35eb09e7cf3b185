// What each prompt looks like: its words and its choices. Pure; what a choice does is in the file of its phase.
import { hasContent, textOf } from '../fields.ts';
import type { Block, Choice, Conversation, Draft, Event, Field, Given, Outbound, Outgoing, Prompt } from '../model.ts';
import { DAY, later } from '../outgoing.ts';
import { headlineOf, opening, ownList, recap } from '../views.ts';
import { commandWord } from '../words/commands.ts';
import { dateOf, heads, quotes, says, spans } from '../words.ts';
import { formOption } from './forms.ts';
import { personalHints } from './personal.ts';
import { placeHints } from './places.ts';
import { fieldAt, openDraft, type Scene, w } from './scene.ts';
import { views as caseViews } from './sent.ts';
import { closed, type Option, open, type View } from './view.ts';

type Asking = Extract<Outgoing, { kind: 'prompt' }>;

/** The prompt as a message, after this lead. */
export function promptView(s: Scene, c: Conversation, prompt: Prompt, lead: Block[] = []): Outbound {
  const view = views[prompt.kind](s, c, prompt);
  const wants = prompt.wants === undefined ? {} : { wants: prompt.wants };
  const choices = choicesOf(s, c, prompt);
  return { language: c.language, blocks: [...lead, ...view.blocks()], choices, closed: view.closed, ...wants };
}

/** What the prompt offers. */
export const choicesOf = (s: Scene, c: Conversation, prompt: Prompt): Choice[] =>
  toldApart(views[prompt.kind](s, c, prompt).options()).map(({ option, ...rest }) => ({
    id: `${prompt.id}.${option}`,
    ...rest,
  }));

/** A closed prompt takes one of its choices; under an open one a number is an answer. */
export const isClosed = (s: Scene, c: Conversation, prompt: Prompt): boolean => views[prompt.kind](s, c, prompt).closed;

/** How a prompt that waits to go out is worded, as the flow and the conversation stand now. */
export function worded(given: Given, c: Conversation, { key, lead, message }: Asking): Outbound {
  if (message) return message;
  const { prompt } = c;
  if (prompt?.id !== key) return { language: c.language, blocks: lead, choices: [], closed: false };
  return promptView({ given, at: prompt.at, fresh: '' }, c, prompt, lead);
}

/** A message of which a piece is out goes on as it began, whatever changes meanwhile. */
export function begun(given: Given, c: Conversation, { key, partial }: Extract<Event, { kind: 'sent' }>): Conversation {
  if (!partial) return c;
  const isBegun = (work: Outgoing): work is Asking => work.kind === 'prompt' && work.key === key;
  const outgoing = c.outgoing.map((work) => (isBegun(work) ? { ...work, message: worded(given, c, work) } : work));
  return { ...c, outgoing };
}

/** Two drafts may begin with the same words: who hears only the buttons hears which is which. */
function toldApart(options: Option[]): Option[] {
  const same = (i: number) => options.filter((one, j) => one.label === options[i]?.label && j <= i).length;
  const isAlone = ({ label }: Option) => options.filter((one) => one.label === label).length === 1;
  return options.map((one, i) => (isAlone(one) ? one : { ...one, label: `${one.label} (${same(i)})` }));
}

/** The day an untouched draft is erased, as people read it. */
export const erasureDate = (s: Scene, c: Conversation, draft: Draft): string =>
  dateOf(later(draft.touched, s.given.flow.retention.draft * DAY), c.language, s.given.flow.reminders.timeZone);

const views: Record<Prompt['kind'], (s: Scene, c: Conversation, prompt: Prompt) => View> = {
  ...caseViews,
  consent: (s, c) =>
    closed(
      () => [
        heads(w(c).consentTitle, c.language),
        ...paragraphs(s.given.flow.consent.text[c.language]).map((text) => says(text, c.language)),
        says(w(c).consentAsk, c.language),
      ],
      () => [
        { option: 'accept', label: w(c).accept },
        { option: 'refuse', label: w(c).refuse },
      ],
    ),
  refused: (_s, c) =>
    closed(
      () => [says(w(c).changeMindHint, c.language)],
      () => [{ option: 'reconsider', label: w(c).changeMind }],
    ),
  question: (s, c, prompt) => question(s, c, prompt),
  followUp: (s, c, prompt) => followUp(s, c, prompt),
  change: (s, c, prompt) => change(s, c, prompt),
  add: (s, c, prompt) => add(s, c, prompt),
  recap: (s, c, prompt) => {
    const draft = openDraft(c);
    const places = draft ? placeHints(s, c, draft) : { blocks: [], options: [] };
    return closed(
      () => {
        const all = draft && { ...draft, story: [...draft.story, ...c.held] };
        const body = all ? recap(s.given, all, c.language, prompt.whole === true) : [];
        const hints = [...places.blocks, ...(all ? personalHints(s, c, all) : [])];
        return [heads(w(c).recapTitle, c.language), ...body, ...hints, says(w(c).recapAsk, c.language)];
      },
      () => [
        { option: 'send', label: w(c).send },
        { option: 'which', label: w(c).changeOne },
        { option: 'all', label: w(c).showAll },
        { option: 'later', label: w(c).later },
        ...places.options,
      ],
    );
  },
  which: (s, c) =>
    closed(
      () => [says(w(c).which, c.language)],
      () => [...fieldOptions(s, c, (label) => label), { option: 'recap', label: w(c).backToRecap }],
    ),
  place: (s, c) =>
    closed(
      () => [says(w(c).placeTitle, c.language)],
      () => [
        ...fieldOptions(s, c, w(c).placeField),
        { option: 'story', label: w(c).placeStory },
        { option: 'note', label: w(c).placeNote },
      ],
    ),
  aside: (_s, c) => {
    const isAsked = c.asks?.some((one) => one.shown !== undefined);
    const reply = isAsked ? w(c).staff.asideAnswer : c.reply?.ask === undefined ? undefined : w(c).staff.asideReply;
    return closed(
      () => [says(w(c).asideTitle, c.language), says(w(c).asideHint, c.language)],
      () => [
        ...(reply === undefined ? [] : [{ option: 'reply', label: reply }]),
        { option: 'note', label: w(c).asideNote },
        { option: 'tell', label: w(c).asideTell },
        { option: 'drop', label: w(c).asideDrop },
      ],
    );
  },
  cases: (s, c) =>
    closed(
      () => ownList(s.given, c),
      () => [
        ...Object.values(c.drafts).map((draft) => ({
          option: `d-${draft.id}`,
          label: w(c).resumeDraft(opening(headlineOf(s.given.flow, draft, 40) || w(c).untitled, 40).text),
        })),
        ...c.cases
          .filter((one) => one.state !== 'withdrawn')
          .map(({ id, headline }) => ({
            option: `c-${id}`,
            label: w(c).staff.seeCase(opening(headline || w(c).untitled, 40).text),
          })),
        { option: 'new', label: w(c).beginNew },
      ],
    ),
  done: (_s, c) => open(() => [says(w(c).idleHint, c.language)]),
  paused: (s, c) => {
    const draft = openDraft(c);
    return open(() => (draft ? [says(w(c).paused(erasureDate(s, c, draft)), c.language)] : []));
  },
};

const paragraphs = (text: string): string[] => text.trim().split(/\n{2,}/);

const fieldOptions = (s: Scene, c: Conversation, label: (label: string) => string): Option[] =>
  s.given.flow.fields.map((field) => ({ option: `f-${field.key}`, label: label(field.label[c.language]) }));

const place = (s: Scene, field: Field): [at: number, of: number] => [
  s.given.flow.fields.indexOf(field) + 1,
  s.given.flow.fields.length,
];

/** An edit of the flow took the question away before it could be said. */
const gone = (c: Conversation): View => open(() => [says(w(c).questionLeft, c.language)]);

function question(s: Scene, c: Conversation, prompt: Prompt): View {
  const field = fieldAt(s, prompt.field);
  if (!field) return gone(c);
  return open(
    () => [
      heads(w(c).questionTitle(...place(s, field), field.label[c.language]), c.language),
      says(field.question[c.language], c.language),
      says(field.hint[c.language], c.language),
    ],
    () => [...questionOptions(c), ...formOption(s, c, prompt)],
  );
}

/** Under an open question: the commands that help most, as buttons where a platform has them. */
function questionOptions(c: Conversation): Option[] {
  const draft = openDraft(c);
  const offer = (option: string, label: string, name: Parameters<typeof commandWord>[0]): Option => ({
    option,
    label,
    command: commandWord(name, c.language),
  });
  return [
    ...(c.held.length > 0 ? [offer('keep', w(c).keepButton, 'keep')] : []),
    ...(draft && draft.story.length > 0 ? [offer('story', w(c).storyButton, 'story')] : []),
    offer('why', w(c).whyButton, 'why'),
    offer('example', w(c).exampleButton, 'example'),
    offer('help', w(c).helpButton, 'help'),
  ];
}

function followUp(s: Scene, c: Conversation, prompt: Prompt): View {
  const field = fieldAt(s, prompt.field);
  const thin = prompt.field === undefined ? undefined : openDraft(c)?.answers[prompt.field]?.thin;
  if (!field) return gone(c);
  return open(
    () => [
      says(w(c).thin[thin ?? 'short'], c.language),
      says(field.followUp[c.language], c.language),
      {
        as: 'text',
        spans: [...spans(w(c).forExample, c.language), ' ', ...spans(field.example[c.language], c.language)],
      },
    ],
    () => formOption(s, c, prompt),
  );
}

function change(s: Scene, c: Conversation, prompt: Prompt): View {
  const field = fieldAt(s, prompt.field);
  const answer = field && openDraft(c)?.answers[field.key];
  if (!field) return gone(c);
  const [at, of] = place(s, field);
  const title = answer ? w(c).changeTitle : w(c).questionTitle;
  const current = () =>
    answer && hasContent(answer.parts)
      ? [says(w(c).currentAnswer, c.language), quotes(textOf(answer.parts)), says(w(c).changeAsk(at), c.language)]
      : [says(field.question[c.language], c.language), says(field.hint[c.language], c.language)];
  return open(
    () => [heads(title(at, of, field.label[c.language]), c.language), ...current()],
    () => formOption(s, c, prompt),
  );
}

function add(s: Scene, c: Conversation, prompt: Prompt): View {
  const field = fieldAt(s, prompt.field);
  if (!field && prompt.field !== undefined) return gone(c);
  const title = field ? w(c).addTitle(...place(s, field), field.label[c.language]) : w(c).addStoryTitle;
  return open(
    () => [heads(title, c.language), says(w(c).addAsk, c.language)],
    () => formOption(s, c, prompt),
  );
}

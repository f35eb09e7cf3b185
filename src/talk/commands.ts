// What each command does, from anywhere in the conversation. Pure.
import { written } from '../address.ts';
import { hasContent } from '../fields.ts';
import { bare } from '../fold.ts';
import type { Block, Conversation, Field, Language } from '../model.ts';
import { recap } from '../views.ts';
import type { Command, CommandName } from '../words/commands.ts';
import { heads, says } from '../words.ts';
import { intoAnswer, leaveNote } from './aside.ts';
import { takeUp, unaskable } from './asked.ts';
import { appeal } from './barred.ts';
import { welcome } from './consent.ts';
import { begin, cancel, list, onBehalf, pause, restart, undo } from './drafts.ts';
import { goOn, sayAgain, settle } from './interview.ts';
import { look } from './looking.ts';
import { ask } from './say.ts';
import { fieldAt, firstMissing, openDraft, type Scene, w, withDraft } from './scene.ts';

type Act = (c: Conversation, s: Scene, argument: string) => Conversation;

/** What may be said before consent; everything else is met with the question of consent. */
const BEFORE_CONSENT = new Set<CommandName>([
  'start',
  'help',
  'language',
  'french',
  'english',
  'consent',
  'cases',
  'address',
  'appeal',
]);

export function run(c: Conversation, s: Scene, { name, argument }: Command): Conversation {
  if (!c.consent && !BEFORE_CONSENT.has(name)) {
    return c.prompt ? ask(c, s, { kind: 'consent' }) : welcome(c, s);
  }
  return acts[name](c, s, argument);
}

const acts: Record<CommandName, Act> = {
  start: (c, s) => {
    if (!c.consent) return c.prompt?.kind === 'consent' ? ask(c, s, { kind: 'consent' }) : welcome(c, s);
    return openDraft(c) ? sayAgain(c, s, [says(w(c).welcomeBack, c.language)]) : begin(c, s, begun(c));
  },
  fresh: (c, s) => begin(c, s, begun(c)),
  help: (c, s) => {
    const lines = w(c).help.map((line) => says(line, c.language));
    const lead = [heads(w(c).helpTitle, c.language), ...lines];
    return c.prompt ? sayAgain(c, s, lead) : welcome(c, s, lead);
  },
  back: (c, s) => back(c, s),
  recap: (c, s) => showRecap(c, s, false),
  all: (c, s) => showRecap(c, s, true),
  change: (c, s, argument) => change(c, s, argument),
  add: (c, s, argument) => add(c, s, argument),
  pause: (c, s) => pause(c, s),
  resume: (c, s) => (openDraft(c) ? goOn(c, s) : list(c, s)),
  restart: (c, s) => restart(c, s),
  undo: (c, s) => undo(c, s),
  cancel: (c, s) => cancel(c, s),
  cases: (c, s) => (c.consent ? list(c, s) : c.cases.length > 0 ? list(c, s) : sayConsent(c, s)),
  language: (c, s, argument) => speak(c, s, languageNamed(argument) ?? (c.language === 'fr' ? 'en' : 'fr')),
  french: (c, s) => speak(c, s, 'fr'),
  english: (c, s) => speak(c, s, 'en'),
  why: (c, s) => explain(c, s, 'why'),
  example: (c, s) => explain(c, s, 'example'),
  story: (c, s) => inStory(c, s),
  keep: (c, s) =>
    c.held.length > 0 && openDraft(c) && fieldAt(s, c.prompt?.field)
      ? intoAnswer(c, s, c.prompt?.field ?? '')
      : c.prompt?.kind === 'change'
        ? goOn(c, s)
        : sayAgain(c, s, [says(w(c).nothingHeld, c.language)]),
  note: (c, s) => leaveNote(c, s),
  reply: (c, s) => takeUp(c, s),
  behalf: (c, s) => onBehalf(c, s),
  consent: (c, s) => sayConsent(c, s),
  address: (c, s) => {
    const lead = [says(w(c).address(written(c.address)), c.language)];
    return c.prompt ? sayAgain(c, s, lead) : welcome(c, s, lead);
  },
  search: (c, s, argument) => look(c, s, { kind: 'search', text: argument }),
  read: (c, s, argument) => look(c, s, { kind: 'read', id: argument }),
  remindersOff: (c, s) =>
    sayAgain({ ...c, reminders: { ...c.reminders, on: false } }, s, [says(w(c).remindersOff, c.language)]),
  remindersOn: (c, s) =>
    sayAgain({ ...c, reminders: { ...c.reminders, on: true } }, s, [says(w(c).remindersOn, c.language)]),
  questionsOff: (c, s) => sayAgain(unaskable({ ...c, unasked: true }, s), s, [says(w(c).barring.unasked, c.language)]),
  questionsOn: ({ unasked: _, ...c }, s) => sayAgain(c, s, [says(w(c).barring.askable, c.language)]),
  appeal: (c, s) => appeal(c, s),
};

const begun = (c: Conversation): Block[] => [says(w(c).begun, c.language)];

const sayConsent = (c: Conversation, s: Scene): Conversation =>
  c.prompt ? ask(c, s, { kind: 'consent' }) : welcome(c, s);

const languageNamed = (argument: string): Language | undefined =>
  /^(en|english|anglais)$/.test(argument) ? 'en' : /^(fr|french|francais)$/.test(argument) ? 'fr' : undefined;

function speak(before: Conversation, s: Scene, language: Language): Conversation {
  const c = { ...before, language };
  return c.prompt ? sayAgain(c, s, [says(w(c).switched, language)]) : welcome(c, s);
}

function showRecap(c: Conversation, s: Scene, whole: boolean): Conversation {
  const draft = openDraft(c);
  if (!draft) return list(c, s);
  if (!firstMissing(s, draft)) return ask(c, s, { kind: 'recap', ...(whole ? { whole } : {}) });
  const blocks = recap(s.given, draft, c.language, whole);
  return sayAgain(c, s, [heads(w(c).recapSoFar, c.language), ...blocks]);
}

/** The question before the one that stands open; before the recap comes the last one. */
function back(c: Conversation, s: Scene): Conversation {
  const { fields } = s.given.flow;
  if (!openDraft(c)) return sayAgain(c, s);
  const at = fields.findIndex((field) => field.key === c.prompt?.field);
  const before = fields[(at < 0 ? fields.length : at) - 1];
  if (!before) return sayAgain(c, s, [says(w(c).firstQuestion, c.language)]);
  return ask(c, s, { kind: 'change', field: before.key });
}

/** Without a slash, `modifier` and a few words are a command only when they name a field; otherwise they are an answer. */
export const isMeant = (c: Conversation, s: Scene, { name, argument }: Command, text: string): boolean =>
  name !== 'change' || /^\s*\//.test(text) || !/\D/.test(argument) || fieldNamed(c, s, argument) !== undefined;

/** The field an argument names: its number, or its label. */
function fieldNamed(c: Conversation, s: Scene, argument: string): Field | undefined {
  const { fields } = s.given.flow;
  if (/^\d+$/.test(argument)) return fields[Number(argument) - 1];
  return fields.find((field) => bare(field.label[c.language]) === argument);
}

function change(c: Conversation, s: Scene, argument: string): Conversation {
  if (!openDraft(c)) return list(c, s);
  if (argument === '') return ask(c, s, { kind: 'which' });
  const field = fieldNamed(c, s, argument);
  if (!field) return sayAgain(c, s, [says(w(c).noSuchAnswer(s.given.flow.fields.length), c.language)]);
  return ask(c, s, { kind: 'change', field: field.key });
}

/** To a named answer, or to what was written last. */
function add(c: Conversation, s: Scene, argument: string): Conversation {
  const draft = openDraft(c);
  if (!draft) return list(c, s);
  const named = argument === '' ? undefined : fieldNamed(c, s, argument);
  if (argument !== '' && !named) {
    return sayAgain(c, s, [says(w(c).noSuchAnswer(s.given.flow.fields.length), c.language)]);
  }
  const last = c.last && 'draft' in c.last && c.last.draft === draft.id ? c.last : undefined;
  const field = named?.key ?? (last?.to === 'answer' ? last.field : undefined);
  if (field !== undefined) return ask(c, s, { kind: 'add', field });
  if (last?.to === 'story') return ask(c, s, { kind: 'add' });
  return sayAgain(c, s, [says(w(c).nothingToAdd, c.language)]);
}

function explain(c: Conversation, s: Scene, what: 'why' | 'example'): Conversation {
  const field = fieldAt(s, c.prompt?.field);
  if (!field) return sayAgain(c, s);
  const title = what === 'why' ? w(c).whyTitle : w(c).exampleTitle;
  return sayAgain(c, s, [heads(title, c.language), says(field[what][c.language], c.language)]);
}

/** The open question is answered in the story: recorded as such, with no words of its own. */
function inStory(c: Conversation, s: Scene): Conversation {
  const draft = openDraft(c);
  const field = fieldAt(s, c.prompt?.field);
  if (!draft || !field) return sayAgain(c, s);
  if (draft.story.length === 0) return sayAgain(c, s, [says(w(c).noStory, c.language)]);
  const parts = draft.answers[field.key]?.parts ?? [];
  if (hasContent(parts)) return settle(c, s, draft.id, field.key, true, {});
  const answer = { parts, label: field.label[c.language], inStory: true };
  const next = withDraft(c, { ...draft, touched: s.at, answers: { ...draft.answers, [field.key]: answer } });
  return goOn(next, s, [says(w(c).inStory, c.language)]);
}

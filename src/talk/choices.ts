// What each choice of a closed prompt does, and which choice a typed line means. Pure.
import { bare } from '../fold.ts';
import type { Conversation, Inbound, Language, Prompt } from '../model.ts';
import { chosenOf } from '../search/asked.ts';
import type { CommandName } from '../words/commands.ts';
import { says, wording } from '../words.ts';
import { chosenAside, chosenPlace } from './aside.ts';
import { askOf, chosenHow, heldToReply, takeUp } from './asked.ts';
import { chosenCaseAct, chosenWithdraw, look } from './cases.ts';
import { run } from './commands.ts';
import { chosenConsent, welcome } from './consent.ts';
import { chosenCase, pause, send } from './drafts.ts';
import { goOn, sayAgain } from './interview.ts';
import { lookFurther } from './looking.ts';
import { decided } from './places.ts';
import { choicesOf, isClosed } from './prompts.ts';
import { ask } from './say.ts';
import { type Scene, w } from './scene.ts';
import { chosenScope } from './sharing.ts';

type Choose = (c: Conversation, s: Scene, option: string) => Conversation;

const command: Choose = (c, s, option) => run(c, s, { name: option as CommandName, argument: '' });

const chosen: Record<Prompt['kind'], Choose> = {
  consent: chosenConsent,
  refused: (c, s) => welcome(c, s),
  recap: (c, s, option) => {
    if (option === 'send') return send(c, s);
    if (option === 'which') return ask(c, s, { kind: 'which' });
    if (option === 'later') return pause(c, s);
    if (option === 'all') return ask(c, s, { kind: 'recap', whole: true });
    const told = decided(c, s, option);
    if (!told) return sayAgain(c, s);
    return goOn(told.c, s, [says(told.lost === undefined ? w(c).noted : w(c).placeLeft(told.lost), c.language)]);
  },
  which: (c, s, option) => (option === 'recap' ? goOn(c, s) : ask(c, s, { kind: 'change', field: option.slice(2) })),
  place: chosenPlace,
  aside: (c, s, option) => (option === 'reply' ? heldToReply(c, s) : chosenAside(c, s, option)),
  cases: (c, s, option) => (option.startsWith('c-') ? look(c, s, option.slice(2)) : chosenCase(c, s, option)),
  case: chosenCaseAct,
  withdraw: chosenWithdraw,
  scope: chosenScope,
  byline: command,
  replyHow: chosenHow,
  question: command,
  followUp: command,
  change: command,
  add: command,
  reply: command,
  revise: command,
  barred: command,
  appeal: command,
  done: command,
  paused: command,
};

/** A choice of the open prompt, by its option. */
export function choose(c: Conversation, s: Scene, option: string): Conversation {
  return c.prompt ? chosen[c.prompt.kind](c, s, option) : welcome(c, s);
}

/** A pressed button: of the open prompt, or an old one, which is answered with where things stand. */
export function pressed(c: Conversation, s: Scene, inbound: Inbound): Conversation {
  const chosen = chosenOf(inbound.choice);
  if (chosen && c.consent) return lookFurther(c, s, chosen);
  const { prompt } = c;
  const [id, option] = (inbound.choice ?? '').split('.', 2);
  if (id === 'ask' && askOf(c, option)) return takeUp(c, s, option);
  if (id === 'home' && option !== undefined) return pressedAtHome(c, s, option);
  const known = prompt && choicesOf(s, c, prompt).find((choice) => choice.id === inbound.choice);
  // Its form could not be shown: the words may be written here.
  if (known?.form) return sayAgain(c, s, [says(w(c).writeHere, c.language)]);
  if (known && option !== undefined) return choose(c, s, option);
  return prompt ? sayAgain(c, s, [says(w(c).oldButton, c.language)]) : welcome(c, s);
}

/** On one's own page: a new case, or a draft taken up again. */
const pressedAtHome: Choose = (c, s, option) =>
  c.consent ? chosenCase(c, s, option) : run(c, s, { name: 'start', argument: '' });

/** Whether the open prompt offers this form, be it the same question said again since. */
export const offers = (c: Conversation, s: Scene, choice: string): boolean =>
  c.prompt !== undefined &&
  choicesOf(s, c, c.prompt).some(({ id, form }) => form !== undefined && optionOf(id) === optionOf(choice));

/** What a line typed under a closed prompt means: an option, a number out of range, or nothing of the kind. */
export function typedChoice(c: Conversation, s: Scene, text: string): { option: string } | { of: number } | undefined {
  if (!c.prompt || text.length > 200 || !isClosed(s, c, c.prompt)) return undefined;
  const choices = choicesOf(s, c, c.prompt);
  const line = bare(text);
  if (choices.length === 0 || line === '') return undefined;
  if (/^\d{1,3}$/.test(line)) {
    const choice = choices[Number(line) - 1];
    return choice ? { option: optionOf(choice.id) } : { of: choices.length };
  }
  const labels = choices.map(({ label }) => bare(label));
  const index = labelled(labels, line);
  const choice = choices[index >= 0 ? index : synonym(c.prompt.kind, line, choices.length)];
  return choice && { option: optionOf(choice.id) };
}

const optionOf = (id: string): string => id.slice(id.indexOf('.') + 1);

/** The label itself, or at least four letters of its beginning or its last words, when no other label has them. */
function labelled(labels: string[], line: string): number {
  const same = labels.indexOf(line);
  if (same >= 0 || line.length < 4 || /^\d/.test(line)) return same;
  const among = labels.filter((label) => label.startsWith(line) || label.endsWith(` ${line}`));
  return among.length === 1 ? labels.indexOf(among[0] ?? '') : -1;
}

const LANGUAGES: Language[] = ['fr', 'en'];

/** Yes and no, in both languages, where they mean the first and the second choice. */
function synonym(kind: Prompt['kind'], line: string, of: number): number {
  if (!['consent', 'recap', 'refused', 'withdraw'].includes(kind)) return -1;
  const among = (words: 'accepts' | 'refuses') =>
    LANGUAGES.some((language) => wording(language)[words].some((word) => bare(word) === line));
  if (among('accepts')) return 0;
  return among('refuses') && of > 1 ? 1 : -1;
}

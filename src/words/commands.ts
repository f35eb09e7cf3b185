// The words that are commands, in both languages at once. The first of each list is the one the bot writes. Pure.
import { bare, plainLetters } from '../fold.ts';
import type { Language } from '../model.ts';

export const commands = {
  start: {
    fr: ['commencer', 'start', 'demarrer', 'bonjour', 'bonsoir', 'salut', 'coucou'],
    en: ['start', 'begin', 'hello', 'hi', 'hey'],
  },
  help: { fr: ['aide', 'commandes'], en: ['help', 'commands'] },
  back: { fr: ['retour', 'precedent'], en: ['back', 'previous'] },
  recap: { fr: ['recap', 'recapitulatif', 'relire'], en: ['summary', 'review'] },
  change: { fr: ['modifier', 'changer', 'corriger'], en: ['change', 'edit'] },
  add: { fr: ['ajouter', 'completer'], en: ['add'] },
  pause: { fr: ['pause', 'plus tard'], en: ['pause', 'later'] },
  resume: { fr: ['reprendre', 'continuer'], en: ['resume', 'continue'] },
  restart: { fr: ['recommencer', 'repartir de zero'], en: ['restart', 'start over'] },
  undo: { fr: ['retablir', 'defaire'], en: ['undo'] },
  cancel: { fr: ['annuler', 'abandonner'], en: ['cancel'] },
  language: { fr: ['langue'], en: ['language'] },
  french: { fr: ['francais', 'en francais'], en: ['french', 'in french'] },
  english: { fr: ['anglais', 'en anglais'], en: ['english', 'in english'] },
  cases: { fr: ['mes-recits', 'mes cas'], en: ['my-stories', 'my cases'] },
  fresh: { fr: ['nouveau', 'nouveau recit'], en: ['new', 'new story'] },
  why: { fr: ['pourquoi', 'pourquoi cette question'], en: ['why', 'why this question'] },
  example: { fr: ['exemple', 'un exemple', 'voir un exemple'], en: ['example', 'an example', 'see an example'] },
  all: { fr: ['tout', 'tout afficher'], en: ['all', 'show everything'] },
  story: {
    fr: ['recit', 'dans mon recit', 'c est dans mon recit', 'la reponse est dans mon recit'],
    en: ['story', 'in my story', 'it is in my story', 'the answer is in my story'],
  },
  keep: { fr: ['garder', 'c etait ma reponse'], en: ['keep', 'it was my answer', 'that was my answer'] },
  note: { fr: ['note'], en: ['note'] },
  reply: { fr: ['repondre'], en: ['reply', 'answer'] },
  behalf: { fr: ['saisir', 'pour quelqu un'], en: ['type-in', 'for somebody'] },
  consent: { fr: ['consentement', 'accord'], en: ['consent'] },
  remindersOff: { fr: ['sans-rappel', 'sans rappels'], en: ['no-reminders', 'no reminder'] },
  remindersOn: { fr: ['rappels'], en: ['reminders'] },
  questionsOff: { fr: ['sans-question', 'sans questions'], en: ['no-questions', 'no question'] },
  questionsOn: { fr: ['questions'], en: ['questions'] },
  appeal: { fr: ['contester', 'contester ce blocage'], en: ['appeal', 'contest', 'contest this block'] },
  address: { fr: ['adresse'], en: ['address'] },
  search: { fr: ['chercher', 'rechercher', 'trouver'], en: ['search', 'find'] },
  read: { fr: ['lire'], en: ['read'] },
} satisfies Record<string, Record<Language, string[]>>;

export type CommandName = keyof typeof commands;

export interface Command {
  name: CommandName;
  /** What follows the word: `2` in `modifier 2`. */
  argument: string;
}

/** Commands that take an argument; the others are commands only when they are the whole message. */
const WITH_ARGUMENT = new Set<CommandName>(['change', 'add', 'start', 'language']);

const table = new Map<string, CommandName>();
for (const [name, words] of Object.entries(commands)) {
  for (const word of [...words.fr, ...words.en]) table.set(bare(word), name as CommandName);
}

const LONGEST = Math.max(...[...table.keys()].map((words) => words.length));
/** The words that a command with an argument begins with. */
const argued = new Set([...table].flatMap(([words, name]) => (WITH_ARGUMENT.has(name) ? [words.split(' ')[0]] : [])));
const FIRST_WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/u;

/** Whether it may be a command at all: most messages are longer than any, and need not be folded to know. */
function mayBe(text: string): boolean {
  if (plainLetters(text) <= LONGEST) return true;
  const word = FIRST_WORD.exec(text)?.[0] ?? '';
  return argued.has(/^[a-zA-Z]+$/.test(word) ? word.toLowerCase() : bare(word));
}

/** The word the bot writes for a command. */
export const commandWord = (name: CommandName, language: Language): string => commands[name][language][0] ?? name;

/**
 * The command a message is, if it is one as a whole: whatever its case, accents, slash, `@bot`, hyphens or underscores.
 * `modifier 2` and `modifier acteurs` carry an argument; an unknown word behind a slash is `unknown`.
 */
export function commandOf(text: string): Command | { name: 'unknown'; word: string } | undefined {
  const slashed = /^\s*\/[a-zA-Z]/.test(text);
  const typed = slashed ? withTypedArgument(text) : undefined;
  if (typed) return typed;
  if (text.length > 80 || !(slashed || text.includes('@') || mayBe(text))) return undefined;
  const words = bare(text.replace(/@\w+/, '').replace(/_/g, ' '));
  const whole = table.get(words);
  if (whole) return { name: whole, argument: '' };
  const space = words.indexOf(' ');
  const first = table.get(words.slice(0, space));
  const argument = words.slice(space + 1);
  if (space > 0 && first && WITH_ARGUMENT.has(first) && (slashed || isPlainArgument(first, argument))) {
    return { name: first, argument };
  }
  if (slashed && space < 0) return { name: 'unknown', word: words };
  return undefined;
}

/** Behind a slash, what follows these is taken as it was typed, however long. */
function withTypedArgument(text: string): Command | undefined {
  const [, word = '', argument = ''] = /^\s*\/([\p{L}\p{M}]+)(?:@\w+)?(?:\s+([\s\S]*))?$/u.exec(text) ?? [];
  const name = table.get(bare(word));
  return name === 'search' || name === 'read' ? { name, argument: argument.trim() } : undefined;
}

/** Without a slash, what may follow: a number, a language, the name of a field. `ajouter des bénévoles` is an answer. */
const isPlainArgument = (name: CommandName, argument: string): boolean =>
  name === 'language' ? table.has(argument) : name === 'change' || (name === 'add' && /^\d{1,2}$/.test(argument));

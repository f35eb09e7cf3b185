// Reading one answer: is it enough to work with, and if not, why? Pure; never refuses, never changes a word.
import { bare, plainLetters } from './fold.ts';
import type { Answer, Field, Part, Thinness } from './model.ts';

const LINKS = /(?:https?:\/\/|www\.)\S+/giu;

/** Whole answers that say nothing by themselves, in both languages, as `bare` leaves them. */
const FILLERS = new Set([
  ...['oui', 'non', 'ok', 'okay', 'd accord', 'bof', 'rien', 'neant', 'aucun', 'aucune', 'idem', 'voir plus haut'],
  ...['je ne sais pas', 'je sais pas', 'sais pas', 'jsp', 'peut etre', 'a voir', 'a completer', 'merci', 'super'],
  ...['yes', 'no', 'yep', 'nope', 'none', 'nothing', 'n a', 'na', 'same', 'see above', 'idk', 'i do not know'],
  ...['i don t know', 'don t know', 'dont know', 'maybe', 'tbd', 'thanks', 'test', 'bonjour', 'hello', 'voila'],
]);

const LONGEST_FILLER = Math.max(...[...FILLERS].map((words) => words.length));

/** The answer's words: its parts joined by one line break. */
export const textOf = (parts: Part[]): string =>
  parts
    .filter((part) => part.text !== '')
    .map((part) => part.text)
    .join('\n');

export const hasContent = (parts: Part[]): boolean =>
  parts.some((part) => part.text.trim() !== '' || part.files?.length || part.location);

/** Whether the field can be passed over: something was given, or its author says that the story holds it. */
export const isAnswered = (answer: Omit<Answer, 'label'> | undefined): boolean =>
  answer !== undefined && (answer.inStory === true || hasContent(answer.parts));

/** Why an answer is thin, or undefined when it holds enough. */
export function thinness(field: Field, parts: Part[]): Thinness | undefined {
  if (field.kind === 'place' && parts.some((part) => part.location)) return undefined;
  const text = textOf(parts);
  if (text.trim() === '') return parts.some((part) => part.files?.length) ? 'file' : 'empty';
  // Most answers are long enough, and need not be folded to know.
  if (plainLetters(text) >= Math.max(field.minimum, LONGEST_FILLER) && text.search(LINKS) < 0) return undefined;
  const words = bare(text.replace(LINKS, ' '));
  if (words === '') return text.search(LINKS) >= 0 ? 'link' : 'emoji';
  if (FILLERS.has(words)) return 'filler';
  return words.replace(/ /g, '').length < field.minimum ? 'short' : undefined;
}

// What would make the wording of a flow easier to follow: advice, never a fault; the file is taken as it is. Pure.
import { LONGEST, sentencesOf, wordsIn } from '../plain.ts';
import type { FaultWords } from './faults.ts';

export interface Advice {
  path: PropertyKey[];
  text: string;
}

/** A sign that stands for a word is read aloud by its name, or not at all. */
const SIGN = /\p{Extended_Pictographic}|[✓✔✗✘☐☑★☆→⇒●■▶]/u;

/** Looks at every text of a flow, in both languages. */
export function adviceOn(value: unknown, say: FaultWords, path: PropertyKey[] = []): Advice[] {
  const last = path.at(-1);
  if (typeof value === 'string') return last === 'fr' || last === 'en' ? ofText(value, say, path) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    adviceOn(inner, say, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function ofText(text: string, say: FaultWords, path: PropertyKey[]): Advice[] {
  const long = sentencesOf(text)
    .map(wordsIn)
    .filter((words) => words > LONGEST);
  const questions = path.at(-2) === 'question' ? (text.match(/\?/g)?.length ?? 0) : 0;
  const said = [
    ...long.map((words) => say.longSentence(words, LONGEST)),
    ...(SIGN.test(text) ? [say.sign] : []),
    ...(questions > 1 ? [say.twoQuestions] : []),
  ];
  return said.map((one) => ({ path, text: one }));
}

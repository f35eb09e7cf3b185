// What the team reads of words that may be personal data: which texts of a case hold them, of which kinds. Pure.
import type { Block, Flag, Language, Practice } from '../model.ts';
import { unchecked } from '../personal/flags.ts';
import { listOf, saysOf, wording } from '../words.ts';

/** `Bonne pratique (un nom et une adresse postale), le récit (un nom)`. */
export function listed(flags: Flag[], practice: Practice, language: Language): string {
  const w = wording(language).personal;
  const items = flags.map(({ where, kinds }) =>
    w.within(
      nameOf(where, practice, language),
      listOf(
        kinds.map((kind) => w.kind[kind]),
        language,
      ),
    ),
  );
  return items.join(', ');
}

function nameOf(where: Flag['where'], { answers, former = {} }: Practice, language: Language): string {
  if (where === 'story' || where === 'reply') return wording(language).personal.where[where];
  const key = where.slice(2);
  return (where.startsWith('a:') ? answers : former)[key]?.label ?? key;
}

/** On the card: what is to be read again before it goes anywhere, and what was. */
export function flagLines(practice: Practice, language: Language): Block[] {
  const w = wording(language).personal;
  const open = unchecked(practice);
  const done = (practice.personal ?? []).filter(({ checked }) => checked);
  const line = (flags: Flag[], template: (list: string) => string) =>
    flags.length === 0 ? [] : [saysOf(language, template, listed(flags, practice, language))];
  return [...line(open, w.toCheck), ...line(done, w.checkedOf)];
}

/** What whoever accepts a case is told in the same breath. */
export function beforeUse(practice: Practice, language: Language): Block[] {
  const open = unchecked(practice);
  if (open.length === 0) return [];
  return [saysOf(language, wording(language).personal.beforeUse, listed(open, practice, language))];
}

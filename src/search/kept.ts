// Keeps the terms of a case in step with what it says. Pure.
import type { Given, Practice } from '../model.ts';
import { termsOf } from './terms.ts';

/** What the terms are made from. */
const MADE_FROM = [
  'answers',
  'story',
  'former',
  'headline',
  'places',
  'state',
  'consent',
  'holder',
  'uses',
  'personal',
] as const;

/** The case with its terms made anew if something they are made from has changed; `before` null: in any case. */
export function indexed(
  practice: Practice,
  before: Practice | null,
  given: Pick<Given, 'flow' | 'gazetteer'>,
): Practice {
  if (before?.terms && MADE_FROM.every((key) => before[key] === practice[key])) return practice;
  const terms = termsOf(practice, given.flow.fields, given.gazetteer);
  const same = terms.length === practice.terms?.length && terms.every((term, i) => term === practice.terms?.[i]);
  return same ? practice : { ...practice, terms };
}

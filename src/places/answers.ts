// The places that answers name: read when an answer changes, listed when a case is sent or corrected. Pure.
import { textOf } from '../fields.ts';
import type { Field, Given, Mention, Part, Practice, Territory } from '../model.ts';
import { mentionsOf } from './recognise.ts';

/** What an answer of kind `place` names; undefined when it names nothing. `former`: what its author said of it before. */
export function mentionsIn(
  { gazetteer }: Given,
  field: Field | undefined,
  parts: Part[],
  former?: Mention[],
): Mention[] | undefined {
  if (field?.kind !== 'place' || !gazetteer) return undefined;
  const mentions = mentionsOf(gazetteer, textOf(parts), former);
  return mentions.length > 0 ? mentions : undefined;
}

/** Every place that is known, once; a name that may be several is left out. */
export function placesOf(answers: { mentions?: Mention[] }[]): Territory[] {
  const known = answers.flatMap(({ mentions = [] }) => mentions.flatMap(({ place }) => (place ? [place] : [])));
  return known.filter(({ level, code }, i) => known.findIndex((one) => one.level === level && one.code === code) === i);
}

/** A case with the places that its answers now name. */
export function withPlaces({ places: _, ...practice }: Practice): Practice {
  const places = placesOf(Object.values(practice.answers));
  return places.length > 0 ? { ...practice, places } : practice;
}

/** Whether its author may still say which place it is. */
export const isAsked = ({ place, none }: Mention): boolean => place === undefined && none !== true;

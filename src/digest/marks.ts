// What digests need to know of a case, kept with the case: which places were told of it, and what it counts for. Pure.

import type { Event, Given, Practice } from '../model.ts';
import { unchecked } from '../personal/flags.ts';
import { actorKinds } from '../search/actors.ts';

/** What is told again of a case once it was told: it was accepted, it was used. */
const MOVES = new Set(['accepted', 'used']);

export const movesOf = ({ history }: Pick<Practice, 'history'>) => history.filter(({ what }) => MOVES.has(what));

/** One key per place, put in once: it says for ever which digest told of the case first. */
export function told(practice: Practice, { place, window, moves }: Extract<Event, { kind: 'told' }>): Practice {
  const known = practice.digests?.[place];
  if (known && known.moves >= moves) return practice;
  return { ...practice, digests: { ...practice.digests, [place]: { window: known?.window ?? window, moves } } };
}

/** The marks after any change of a case: they follow from what it holds. */
export function marked(given: Given, before: Practice | null, practice: Practice): Practice {
  const { history, digests, state, places, answers } = practice;
  const same = before?.history === history && before.digests === digests && before.state === state;
  const isSameText = before?.places === places && before?.answers === answers && before?.personal === practice.personal;
  if (same && isSameText && practice.facets !== undefined) return practice;
  const marks = { told: placesTold(practice), facets: facetsOf(given, practice) };
  const isSame = practice.told === marks.told && practice.facets === marks.facets;
  return isSame ? practice : { ...practice, ...marks };
}

function placesTold(practice: Practice): string {
  const moves = movesOf(practice).length;
  const places = Object.entries(practice.digests ?? {}).filter(([, known]) => known.moves >= moves);
  return places
    .map(([place]) => place)
    .sort()
    .join(',');
}

/** Neither set aside, nor withdrawn, nor a note: a case as people count them. */
export const counts = (practice: Practice): boolean =>
  practice.state !== 'setAside' && practice.state !== 'withdrawn' && !practice.note;

function facetsOf(given: Given, practice: Practice): string {
  if (!counts(practice)) return '';
  const actors = given.flow.fields
    .filter(({ kind }) => kind === 'actors')
    .map(({ key }) => practice.answers[key]?.text);
  const kinds = actors.flatMap((text) => [...actorKinds(text ?? '')]);
  const places = (practice.places ?? []).flatMap(({ level, code, departement, region }) => [
    ...(level === 'region' ? [`region:${code}`] : region === undefined ? [] : [`region:${region}`]),
    ...(level === 'departement' ? [`departement:${code}`] : departement ? [`departement:${departement}`] : []),
  ]);
  const toCheck = unchecked(practice).length > 0 ? ['check'] : [];
  return [
    ...new Set(['all', ...toCheck, `state:${practice.state}`, ...kinds.map((kind) => `actors:${kind}`), ...places]),
  ]
    .sort()
    .join(' ');
}

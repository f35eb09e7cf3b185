// Places by the names that people read. Pure.
import type { Gazetteer, Territory } from '../model.ts';
import type { Wording } from '../words/fr.ts';

/** The département that stands in a place's label is named by the gazetteer, or else by its number. */
export function labelOf(place: Territory, w: Wording, gazetteer?: Gazetteer): string {
  const { level, code, name, departement } = place;
  if (level === 'region') return `${name} (${w.region})`;
  if (level === 'departement') return `${name} (${isTerritory(code) ? w.overseas : w.departement})`;
  const within =
    departement === undefined ? undefined : (gazetteer?.at('departement', departement)?.name ?? departement);
  const own = inWords(place);
  return within === undefined || within === name ? own : `${own}, ${within}`;
}

/** Overseas, only Guadeloupe, Martinique, Guyane, La Réunion and Mayotte are départements. */
const isTerritory = (code: string): boolean => /^97[5789]|^98/.test(code);

/**
 * The names of the département and of the région a place lies in, acronyms included. Former régions are left out: a place
 * need not lie in each of them.
 */
export function areasOf({ level, code, departement, region }: Territory, gazetteer?: Gazetteer): string[] {
  const around = [
    departement === undefined ? undefined : gazetteer?.at('departement', departement),
    gazetteer?.at('region', level === 'region' ? code : (region ?? '')),
  ];
  return around.flatMap((area) => (area ? [area.name, ...(area.also ?? []).filter(isAcronym)] : []));
}

/** The names that go with codes. */
export const nameIn =
  (gazetteer?: Gazetteer) =>
  (level: Territory['level'], code: string): string | undefined =>
    gazetteer?.at(level, code)?.name;

const isAcronym = (name: string): boolean => /^\p{Lu}+$/u.test(name);

/** The name of a place in a few signs, for those who know the code: `Nantes (44)`. */
export const shortLabelOf = (place: Territory): string => {
  const { level, code, departement } = place;
  const name = inWords(place);
  return level === 'region' ? name : `${name} (${level === 'departement' ? code : (departement ?? code)})`;
};

/** Its own name, without the abbreviations of the code. */
export const inWords = ({ level, name }: Territory): string => (level === 'epci' ? inFull(name) : name);

const FORMS: Record<string, string> = {
  CC: 'communauté de communes',
  CA: 'communauté d’agglomération',
  CU: 'communauté urbaine',
};

/** The forms of an EPCI in words, without the quotes that some put around their name. */
const inFull = (name: string): string => name.replace(/^C[CAU]\b/, (form) => FORMS[form] ?? form).replace(/"|''/g, '');

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
  const own = level === 'epci' ? inFull(name) : name;
  return within === undefined || within === name ? own : `${own}, ${within}`;
}

/** Overseas, only Guadeloupe, Martinique, Guyane, La Réunion and Mayotte are départements. */
const isTerritory = (code: string): boolean => /^97[5789]|^98/.test(code);

/** The name of a place in a few signs, for those who know the code: `Nantes (44)`. */
export const shortLabelOf = ({ level, code, name, departement }: Territory): string =>
  level === 'region' ? name : `${name} (${level === 'departement' ? code : (departement ?? code)})`;

const FORMS: Record<string, string> = {
  CC: 'communauté de communes',
  CA: 'communauté d’agglomération',
  CU: 'communauté urbaine',
};

/** The forms of an EPCI in words, without the quotes that some put around their name. */
const inFull = (name: string): string => name.replace(/^C[CAU]\b/, (form) => FORMS[form] ?? form).replace(/"|''/g, '');

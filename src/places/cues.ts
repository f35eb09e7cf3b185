// The words around a place's name that say what it is, and the names that are ordinary words besides. Pure data, folded.
import type { Territory } from './model.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Small words between a name and what announces it. */
export const GLUE = set(
  'a au aux de du des d le la les l en dans sur pour in at of the and et vers chez tout toute pays',
);
/** What makes the name a town's rather than an area's: `à Vienne`, `at Vienne`. */
export const AT = set('a au aux at vers');
/** What makes it an area's: `en Mayenne`, `dans la Vienne`. */
export const WITHIN = set('en dans');
export const ARTICLES = set('le la les l');
/** After these a second place is meant beside the first, not around it. */
export const AND = set('et and plus puis');

/** What a word before a name says of it. `quarter`: the name is a part of a town, or a street's, unless nothing else is. */
export const KINDS: Record<string, Territory['level'] | 'quarter'> = {
  ...kinds('commune', 'commune communes ville villes mairie village municipalite bourg town city ccas'),
  ...kinds('epci', 'cc ca cu communes agglomeration agglo urbaine metropole eurometropole intercommunalite interco'),
  ...kinds('epci', 'epci ept comcom'),
  ...kinds('departement', 'departement departements dept dpt departemental departementale county'),
  ...kinds('region', 'region regions regional regionale'),
  ...kinds(
    'quarter',
    'quartier quartiers cite residence rue avenue boulevard place ecole college lycee gare stade pont',
  ),
  ...kinds('quarter', 'allee impasse square hameau faubourg secteur neighbourhood district street canton'),
};

/** After a town's name, what makes it its intercommunality: `Pau agglo`. */
export const GROUPED = set('metropole agglo agglomeration');

/** What is counted after a number that looks like a code. */
export const COUNTED = set(
  'habitants hab personnes gens inhabitants people euros benevoles foyers menages usagers km m',
);

export const MONTHS = set(
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february march april may june july august september october november december',
);

/**
 * Communes and départements named by a word of every day (found among the code's one-word names that a French dictionary
 * has, https://www.npmjs.com/package/an-array-of-french-words): such a name needs a capital and a sign that it is one.
 */
export const ORDINARY = set(
  [
    'nord sud est ouest centre reunion reunions marche marches tours tour orange sens garde saintes trappes port',
    'plaisir fontaine madeleine croix moulins moulin union change couronne contes monts montagne riche falaise',
    'passage salles salle possession meres mere mer mers monnaie hopital cours charmes rue pont ponts pierres',
    'pierre place places force bras plaine plan plans parc parcs bourg ville villes village villages quartier',
    'quartiers jardin jardins cite maison maisons loge campagne coteau cote vallee val vals bains bonne bonnes',
    'bon charge cause ecole salon marne fort forts forge forges champ champs haut hauts bas basse basses grand',
    'grande petit rives rive riviere rivieres lac lacs roche roches aide aire aires table tables voisines contre',
    'ouste maire mairie commune communes chapelle chapelles temple tombe corps coin coins ferme ferres fois geste',
    'gestes voie vie voue loue prix prises pris passa passais saint saints sainte blanc blanche noir rouge vert',
    'verte azur don dons donne aucun aucune tout tous toussaint jury mission missions ici premieres marques',
    'baille appelle quatre quarante onze douze carrefour poste gare gares bureau relais pays terre terres sol',
    'aura ara mel na sem amp tpm ems nca gers lot var ain cher aube manche orne jura landes allier loire y eu us',
    'pas par ligne lignes on ou or os is as an at it be me no so to my he we by go do if in of up the and for are',
    'was has had can may will with ver vers sur sous sus menus veuve veuves flotte signes vaste federation',
    'association reseau reseaux collectif chaise fete fetes juillet marie martin robert jacque julienne saule',
    'lieu lieux notre nos simple simples divers diverses',
  ].join(' '),
);

function kinds<K extends string>(kind: K, words: string): Record<string, K> {
  return Object.fromEntries(words.split(' ').map((word) => [word, kind]));
}

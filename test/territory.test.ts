// What people write of a place, and the place a reader from here would understand: over the whole official code.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOfficial } from '../adapters/gazetteers/cog/index.ts';
import type { Mention, Official } from '../src/model.ts';
import { distance } from '../src/places/distance.ts';
import { gazetteerOf } from '../src/places/gazetteer.ts';
import { mentionsOf } from '../src/places/recognise.ts';

const gazetteer = gazetteerOf(readOfficial);

/** `Montrouge 92` is a commune of that département; an EPCI is followed by `+`, a région by `*`, a question by `?`. */
const PHRASES: [said: string, ...understood: string[]][] = [
  // Plain names, with what tells where they lie
  ['Montrouge (92)', 'Montrouge 92'],
  ['à Nantes', 'Nantes 44'],
  ['nantes', 'Nantes 44'],
  ['Commune de Lannion, Côtes-d’Armor, 20 000 habitants', 'Lannion 22'],
  ['Rezé 44400', 'Rezé 44'],
  ['13015 Marseille', 'Marseille 13'],
  ['Bastia 2B', 'Bastia 2B'],
  ['Saint-Savin, dans la Vienne', 'Saint-Savin 86'],
  ['Chauvigny (Vienne)', 'Chauvigny 86'],
  ['La mairie du Mans', 'Le Mans 72'],
  ['au Havre', 'Le Havre 76'],
  ['les mureaux', 'Les Mureaux 78'],
  ['Chalon s/ Saône', 'Chalon-sur-Saône 71'],
  ['aix en provence', 'Aix-en-Provence 13'],
  ['Paris 18e', 'Paris 75'],
  ['Marseille 13', 'Marseille 13'],
  ['Cherbourg-Octeville', 'Cherbourg-en-Cotentin 50'],
  ['Cherbourg', 'Cherbourg-en-Cotentin 50'],
  ['Pierrefitte-sur-Seine', 'Saint-Denis 93'],
  ['in Rennes, western France', 'Rennes 35'],
  // Postal codes
  ['44000', 'Nantes 44'],
  ['75011', 'Paris 75'],
  ['35230', 'Noyal-Châtillon-sur-Seiche | Orgères | Bourgbarré | Saint-Erblon | Saint-Armel ?'],
  ['15000 habitants à Vichy', 'Vichy 03'],
  // Misspelt
  ['St Étienne', 'Saint-Étienne 42'],
  ['Saint-Etiene', 'Saint-Étienne 42'],
  ['Montruge', 'Montrouge 92'],
  ['villeneuve dasq (59)', "Villeneuve-d'Ascq 59"],
  ['Bordaux', 'Bordeaux 33'],
  ['à Grenobles, quartier des Sorbiers', 'Grenoble 38'],
  ['Haut de France', 'Hauts-de-France *'],
  ['Ile et Vilaine', 'Ille-et-Vilaine'],
  // Homonyms
  ['Saint-Denis', 'Saint-Denis 974 | Saint-Denis 93 | Saint-Denis 11 | Saint-Denis 30 ?'],
  ['Saint-Denis (974)', 'Saint-Denis 974'],
  ['Saint-Denis, Seine-Saint-Denis', 'Saint-Denis 93'],
  ['Saint Denis de la Réunion', 'Saint-Denis 974'],
  ['Saint-Denis et Stains', 'Saint-Denis 93', 'Stains 93'],
  ['97400 Saint-Denis', 'Saint-Denis 974'],
  ['Vienne', 'Vienne 86 | Vienne 38 ?'],
  ['à Vienne', 'Vienne 38'],
  ['dans la Vienne', 'Vienne'],
  ['en Mayenne', 'Mayenne'],
  ['Montreuil', 'Montreuil 93'],
  ['Montreuil (28)', 'Montreuil 28'],
  ['Fontenay', 'Fontenay-sous-Bois 94 | Fontenay-aux-Roses 92 | Fontenay 76 | Fontenay 88 | Fontenay 36 ?'],
  ['Bretagne', 'Bretagne *'],
  // Intercommunalities
  ['le Sicoval', 'CA du Sicoval +'],
  ['l’agglo de Pau', 'CA Pau Béarn Pyrénées +'],
  ['la communauté de communes de Nozay', 'CC de Nozay +'],
  ['nantes métropole', 'Nantes Métropole +'],
  ['Grand Lyon', 'Métropole de Lyon +'],
  ['la MEL', 'Métropole Européenne de Lille +'],
  ['Est Ensemble (93)', 'Est Ensemble +'],
  ['Rennes et Rennes Métropole', 'Rennes 35', 'Rennes Métropole +'],
  // Départements and régions
  ['le 93', 'Seine-Saint-Denis'],
  ['le 92 et le 93', 'Hauts-de-Seine', 'Seine-Saint-Denis'],
  ['Seine Saint Denis', 'Seine-Saint-Denis'],
  ['l’Eure', 'Eure'],
  ['Un petit village de la Creuse', 'Creuse'],
  ['dans le Nord', 'Nord'],
  ['PACA', "Provence-Alpes-Côte d'Azur *"],
  ['aura', 'Auvergne-Rhône-Alpes *'],
  ['en Alsace', 'Grand Est *'],
  ['la région Centre', 'Centre-Val de Loire *'],
  ['Hauts-de-Seine, Île-de-France', 'Hauts-de-Seine'],
  ['Montrouge et dans tout le 92', 'Montrouge 92', 'Hauts-de-Seine'],
  // Overseas
  ['Fort-de-France', 'Fort-de-France 972'],
  ['à la Réunion', 'La Réunion'],
  ['Mayotte', 'Mayotte'],
  ['Saint-Pierre (Martinique)', 'Saint-Pierre 972'],
  ['Papeete, Polynésie française', 'Papeete 987'],
  // Several, and much else around
  ['dans le quartier des Tilleuls à Nantes et à Rezé', 'Nantes 44', 'Rezé 44'],
  ['Toulouse, Blagnac et Colomiers', 'Toulouse 31', 'Blagnac 31', 'Colomiers 31'],
  ['je travaille sur nantes et saint herblain', 'Nantes 44', 'Saint-Herblain 44'],
  ['Un réseau entre Quimper, Brest et Lorient', 'Quimper 29', 'Brest 29', 'Lorient 56'],
  ['Nous avons commencé le 12 mars avec 80 personnes à Lorient', 'Lorient 56'],
  ['QPV du Moulin, à Corbeil-Essonnes (91)', 'Corbeil-Essonnes 91'],
  ['quartier Saint-Michel à Angoulême', 'Angoulême 16'],
  ['Rue de Rennes, à Paris', 'Paris 75'],
  // Ordinary words that are names elsewhere, and names that are in no code
  ['Centre social du quartier de la gare à Tours', 'Tours 37'],
  ['tours', 'Tours 37'],
  ['Deux tours et une place de marché', ...[]],
  ['Le nord de la ville de Lille', 'Lille 59'],
  ['Sur le marché de Sens, dans l’Yonne', 'Sens 89'],
  ['La Ville de Nantes et son CCAS', 'Nantes 44'],
  ['Une bonne pratique en ligne', ...[]],
  ['Une maison de quartier, au centre', ...[]],
  ['Le quartier des Tilleuls, à Valbrume, 4 000 habitants', ...[]],
  ['Partout en France', ...[]],
  ['Dans ma commune, à la campagne', ...[]],
  ['20 000 habitants', ...[]],
];

for (const [said, ...understood] of PHRASES) {
  test(`« ${said} »`, () => assert.deepEqual(mentionsOf(gazetteer, said).map(written), understood));
}

test('the table has many phrases, each once', () => {
  assert.equal(new Set(PHRASES.map(([said]) => said)).size, PHRASES.length);
  assert.ok(PHRASES.length >= 40);
});

function written({ said, among, place }: Mention): string {
  if (place) return one(place);
  const isPostal = /^\d+$/.test(said);
  return `${among.map((territory) => (isPostal ? territory.name : `${territory.name} ${territory.departement ?? territory.code}`)).join(' | ')} ?`;
}

function one({ level, name, departement }: NonNullable<Mention['place']>): string {
  const mark = { commune: ` ${departement}`, epci: ' +', departement: '', region: ' *' };
  return `${name}${mark[level]}`;
}

test('a territory says what holds it, and nothing that is not kept', () => {
  const [mention] = mentionsOf(gazetteer, 'Labège');
  assert.deepEqual(mention?.place, {
    level: 'commune',
    code: '31254',
    name: 'Labège',
    departement: '31',
    region: '76',
    epci: '243100633',
  });
});

test('every département and région, overseas included', () => {
  const departements = gazetteer.departements();
  const regions = gazetteer.regions();
  assert.deepEqual([departements.length, regions.length], [109, 26]);
  assert.equal(new Set(departements.map(({ code }) => code)).size, 109);
  const codes = new Set(regions.map(({ code }) => code));
  for (const { name, region } of departements) assert.ok(region !== undefined && codes.has(region), name);
  for (const code of ['2A', '2B', '971', '976', '988'])
    assert.ok(
      departements.some((one) => one.code === code),
      code,
    );
});

test('a choice already made stays with its name when the answer grows', () => {
  const [asked] = mentionsOf(gazetteer, 'Saint-Denis');
  assert.ok(asked?.among[1]);
  const chosen: Mention = { ...asked, place: asked.among[1] };
  const grown = mentionsOf(gazetteer, 'Saint-Denis, depuis 2019', [chosen]);
  assert.deepEqual(grown, [chosen]);
});

test('anything at all is read, and a page is read quickly', () => {
  for (const text of [
    '',
    ' ',
    '((((',
    '👍',
    '-',
    'à',
    "l'",
    's/',
    'St.',
    '\u0000',
    '{"$ne":1}',
    '__proto__',
    'constructor',
  ]) {
    assert.deepEqual(mentionsOf(gazetteer, text), [], text);
  }
  const page = 'à Nantees, à Rezze, la Creuse et Saint-Denis (93) '.repeat(2_000);
  const before = process.cpuUsage();
  assert.ok(mentionsOf(gazetteer, page).length > 0);
  const { user } = process.cpuUsage(before);
  assert.ok(user < 2_000_000, `${user / 1_000} ms`);
});

test('the letters between two words', () => {
  const apart: [string, string, number][] = [
    ['reze', 'reze', 0],
    ['montruge', 'montrouge', 1],
    ['nantse', 'nantes', 1],
    ['bordaux', 'bordeaux', 1],
    ['villeneuve dasq', 'villeneuve d ascq', 2],
    ['rennes', 'tarbes', 3],
  ];
  for (const [a, b, letters] of apart) assert.equal(distance(a, b, 2), letters, `${a} ${b}`);
});

test('what holds a former name is the commune of today, found by its former postal codes too', () => {
  const small: Official[] = [
    { level: 'commune', code: '99001', name: 'Neuville', population: 10, postal: ['99100'], also: ['Vieilleville'] },
  ];
  const own = gazetteerOf(() => small);
  assert.equal(own.named('vieilleville')[0]?.place.name, 'Neuville');
  assert.deepEqual(own.postal('99100'), small);
  assert.deepEqual(own.regions(), []);
});

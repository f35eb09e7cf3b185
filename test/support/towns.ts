// A few places of the official code, homonyms among them.
import type { Official } from '../../src/model.ts';
import { gazetteerOf } from '../../src/places/gazetteer.ts';

const commune = (code: string, name: string, region: string, population: number): Official => {
  const departement = code.slice(0, code.startsWith('97') ? 3 : 2);
  return { level: 'commune', code, name, departement, region, population };
};

const PLACES: Official[] = [
  commune('97411', 'Saint-Denis', '04', 155_634),
  commune('93066', 'Saint-Denis', '11', 149_077),
  commune('93072', 'Stains', '11', 41_388),
  commune('44143', 'Rezé', '52', 44_000),
  commune('26362', 'Valence', '84', 64_458),
  commune('82186', 'Valence', '76', 5_289),
  { level: 'departement', code: '93', name: 'Seine-Saint-Denis', region: '11', population: 1_700_000 },
  { level: 'departement', code: '44', name: 'Loire-Atlantique', region: '52', population: 1_500_000 },
  { level: 'departement', code: '974', name: 'La Réunion', region: '04', population: 880_000 },
  { level: 'region', code: '11', name: 'Île-de-France', population: 12_000_000 },
];

export const someTowns = gazetteerOf(() => PLACES);

// The official code of French territories, from the package @etalab/decoupage-administratif (Insee, DGCL, La Poste).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Official } from '../../../src/model.ts';
import { ACRONYMS, FORMER } from './names.ts';

interface Commune {
  code: string;
  nom: string;
  type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal';
  departement: string;
  region: string;
  population?: number;
  codesPostaux?: string[];
  /** Of a former commune: the one it is now part of. */
  chefLieu?: string;
  /** Of an arrondissement: its town. */
  commune?: string;
}

interface Group {
  code: string;
  nom: string;
  populationMunicipale?: number;
  membres: { code: string; populationMunicipale?: number }[];
}

interface Area {
  code: string;
  nom: string;
  region?: string;
}

/** Every place of the code, in memory: about 36,500 of them. Takes some tenths of a second. */
export function readOfficial(): Official[] {
  const communes = read<Commune[]>('communes');
  // The eleven établissements publics territoriaux of Greater Paris stand in a file of their own. They come first, so that
  // a commune's EPCI is the one that taxes: the Métropole.
  const groups = [...read<Group[]>('ept'), ...read<Group[]>('epci')];
  const towns = communesOf(communes, groups);
  return [...towns.values(), ...groupsOf(groups, towns), ...areasOf([...towns.values()])];
}

const require = createRequire(import.meta.url);
// The package's own entry reads from the working directory; its files are named one by one.
const read = <T>(name: string): T =>
  JSON.parse(readFileSync(require.resolve(`@etalab/decoupage-administratif/data/${name}.json`), 'utf8')) as T;

function communesOf(communes: Commune[], groups: Group[]): Map<string, Official> {
  // The last group that names a commune counts.
  const group = new Map(groups.flatMap(({ code, membres }) => membres.map((member) => [member.code, code] as const)));
  const towns = new Map<string, Official>();
  for (const one of communes.filter(({ type }) => type === 'commune-actuelle')) {
    const { code, nom: name, departement, region, population = 0, codesPostaux: postal = [] } = one;
    const town: Official = { level: 'commune', code, name, departement, region, population, postal };
    const epci = group.get(code);
    if (epci !== undefined) town.epci = epci;
    towns.set(code, town);
  }
  for (const { type, nom, chefLieu, commune, codesPostaux } of communes) {
    const town = type === 'commune-actuelle' ? undefined : towns.get(chefLieu ?? commune ?? '');
    if (!town) continue;
    town.also = [...(town.also ?? []), nom];
    town.postal = [...new Set([...(town.postal ?? []), ...(codesPostaux ?? [])])];
  }
  return towns;
}

const groupsOf = (groups: Group[], towns: Map<string, Official>): Official[] =>
  groups.map(({ code, nom, populationMunicipale, membres }) => {
    const people = membres.map((member) => member.populationMunicipale ?? 0);
    const [first] = [...membres].sort((a, b) => (b.populationMunicipale ?? 0) - (a.populationMunicipale ?? 0));
    const { departement, region } = towns.get(first?.code ?? '') ?? {};
    const also = ACRONYMS.epci[code];
    return {
      level: 'epci',
      code,
      name: nom,
      ...(departement === undefined ? {} : { departement }),
      ...(region === undefined ? {} : { region }),
      population: populationMunicipale ?? people.reduce((sum, count) => sum + count, 0),
      ...(also ? { also } : {}),
    };
  });

function areasOf(towns: Official[]): Official[] {
  const people = new Map<string, number>();
  const count = (key: string, more: number) => people.set(key, (people.get(key) ?? 0) + more);
  for (const { departement, region, population } of towns) {
    count(`d${departement}`, population);
    count(`r${region}`, population);
  }
  const departements = read<Area[]>('departements').map(
    ({ code, nom, region = code }): Official => ({
      level: 'departement',
      code,
      name: nom,
      region,
      population: people.get(`d${code}`) ?? 0,
      ...(ACRONYMS.departement[code] ? { also: ACRONYMS.departement[code] } : {}),
    }),
  );
  const regions = read<Area[]>('regions').map(
    ({ code, nom }): Official => ({
      level: 'region',
      code,
      name: nom,
      population: people.get(`r${code}`) ?? 0,
      also: [...(ACRONYMS.region[code] ?? []), ...(FORMER[code] ?? [])],
    }),
  );
  return [...departements, ...regions];
}

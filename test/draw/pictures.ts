// npm run pictures: draws the scenes into docs/pictures, each with its words beside it. `--grey FOLDER` draws them there as a
// printer without colours has them, to be looked at.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { FONT_FILES } from './letters.ts';
import { pageOf, textOf } from './page.ts';
import { WIDTH } from './paper.ts';
import { pngOf } from './png.ts';
import { scenes } from './scenes.ts';

/** Pixels of a picture to one of the page: sharp enough on a telephone, under 120 kB. */
const FINE = 1.5;
const [flag, folder] = process.argv.slice(2);
const isGrey = flag === '--grey';
const target = isGrey ? (folder ?? '.') : join(import.meta.dirname, '../../docs/pictures');
const font = { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans Condensed' };
mkdirSync(target, { recursive: true });
for (const { name, screen } of await scenes()) {
  const image = new Resvg(pageOf(screen, isGrey), { fitTo: { mode: 'width', value: FINE * WIDTH }, font }).render();
  const png = pngOf(image.pixels, image.width, image.height);
  writeFileSync(join(target, `${name}.png`), png);
  const seal = createHash('sha256').update(png).digest('hex');
  if (!isGrey) writeFileSync(join(target, `${name}.txt`), `${textOf(screen)}\n${name}.png sha256 ${seal}\n`);
  process.stdout.write(`${name} ${Math.ceil(png.length / 1_000)} kB\n`);
}

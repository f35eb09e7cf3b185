// How wide a text is in the letters of the drawings: read from the fonts themselves, so that lines break where they must.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Condensed, as wide as what telephones write with. */
export const FONT_FILES = ['DejaVuSansCondensed', 'DejaVuSansCondensed-Bold'].map((name) =>
  require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
);

interface Font {
  /** Of a character by its code, in parts of the size; undefined when the font does not have it. */
  advance(code: number): number | undefined;
}

/** Three tables say it: https://learn.microsoft.com/en-us/typography/opentype/spec/otff */
function readFont(file: string): Font {
  const data = readFileSync(file);
  const tables = new Map(
    Array.from({ length: data.readUInt16BE(4) }, (_, i) => {
      const at = 12 + 16 * i;
      return [data.toString('latin1', at, at + 4), data.readUInt32BE(at + 8)] as const;
    }),
  );
  const at = (table: string) => tables.get(table) ?? 0;
  const unitsPerEm = data.readUInt16BE(at('head') + 18);
  const measured = data.readUInt16BE(at('hhea') + 34);
  const glyphs = glyphsOf(data, at('cmap'));
  return {
    advance(code) {
      const glyph = glyphs.get(code);
      if (glyph === undefined) return undefined;
      return data.readUInt16BE(at('hmtx') + 4 * Math.min(glyph, measured - 1)) / unitsPerEm;
    },
  };
}

/** The glyph of each character, from the subtable of format 12, which DejaVu has. */
function glyphsOf(data: Buffer, cmap: number): Map<number, number> {
  const subtables = Array.from(
    { length: data.readUInt16BE(cmap + 2) },
    (_, i) => cmap + data.readUInt32BE(cmap + 8 + 8 * i),
  );
  const full = subtables.find((start) => data.readUInt16BE(start) === 12);
  if (full === undefined) throw new Error('a font without a cmap of format 12');
  const glyphs = new Map<number, number>();
  for (let i = 0; i < data.readUInt32BE(full + 12); i++) {
    const group = full + 16 + 12 * i;
    const [from, to, glyph] = [0, 4, 8].map((more) => data.readUInt32BE(group + more)) as [number, number, number];
    for (let code = from; code <= to; code++) glyphs.set(code, glyph + code - from);
  }
  return glyphs;
}

const [plain, bold] = FONT_FILES.map(readFont) as [Font, Font];

/** In pixels, at a size in pixels. A character without a glyph fails: it would be drawn as an empty box. */
export function widthOf(text: string, size: number, isBold = false): number {
  let width = 0;
  for (const character of text) {
    const advance = (isBold ? bold : plain).advance(character.codePointAt(0) ?? 0);
    if (advance === undefined) throw new Error(`no letter to draw ${JSON.stringify(character)} with`);
    width += advance * size;
  }
  return width;
}

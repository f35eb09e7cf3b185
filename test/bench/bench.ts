// npm run bench [-- NAME…] [-- --json]: ratios against a baseline measured in the same run, on this machine. Nothing is
// asserted. Names of parts: turn, sqlite, mongo, million, memory, start, find, export; all of them without a name.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFlow } from '../../src/flow.ts';
import { exportFigures } from './export.ts';
import { findFigures } from './finding.ts';
import { memoryFigures } from './memory.ts';
import { millionFigures } from './million.ts';
import { startFigures } from './start.ts';
import { mongoFigures, sqliteFigures } from './stores.ts';
import { turnFigures } from './turn.ts';

type Figures = Record<string, number>;

const reading = readFlow(join(import.meta.dirname, '../../flows/territorial-governance/flow.yaml'), 'en');
if (!('flow' in reading)) throw new Error(reading.faults.join('\n'));
const { flow } = reading;

const PARTS: Record<string, (folder: string) => Figures | Promise<Figures>> = {
  turn: () => turnFigures(flow),
  sqlite: (folder) => sqliteFigures(flow, folder),
  mongo: () => mongoFigures(flow),
  million: (folder) => millionFigures(flow, folder),
  memory: (folder) => memoryFigures(flow, folder),
  start: startFigures,
  find: findFigures,
  export: exportFigures,
};

const words = process.argv.slice(2);
const named = words.filter((word) => !word.startsWith('--'));
const unknown = named.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  process.stderr.write(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}\n`);
  process.exit(2);
}

const figures: Figures = {};
for (const [name, measure] of Object.entries(PARTS)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const folder = mkdtempSync(join(tmpdir(), `recueil-bench-${name}-`));
  const start = performance.now();
  Object.assign(figures, await measure(folder));
  rmSync(folder, { recursive: true });
  process.stderr.write(`${name}: ${Math.round((performance.now() - start) / 1_000)} s\n`);
}
const rounded = Object.fromEntries(
  Object.entries(figures).map(([name, value]) => [name, Math.round(value * 100) / 100]),
);
if (words.includes('--json')) process.stdout.write(`${JSON.stringify(rounded)}\n`);
else for (const [name, value] of Object.entries(rounded)) process.stdout.write(`${name.padEnd(24)} ${value}\n`);
// Servers that stay open between the parts end with the process.
process.exit(0);

// npm run bench [-- --json]: ratios against a baseline measured in the same run, on this machine. Nothing is asserted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMongo } from '../../adapters/stores/mongo/index.ts';
import { openSqlite } from '../../adapters/stores/sqlite/index.ts';
import { readFlow } from '../../src/flow.ts';
import { openEngine } from '../support/engine.ts';
import { filled, peakOf } from './export.ts';
import { searches } from './finding.ts';
import { rawMongo, rawSqlite, wholeTurns } from './stores.ts';
import { turnCosts } from './turn.ts';

const reading = readFlow(join(import.meta.dirname, '../../flows/territorial-governance/flow.yaml'), 'en');
if (!('flow' in reading)) throw new Error(reading.faults.join('\n'));
const { flow } = reading;

const { real: five, fifty, floor } = turnCosts(flow);

const folder = mkdtempSync(join(tmpdir(), 'recueil-bench-'));
const sqlite = openSqlite(join(folder, 'house'));
const sqliteRate = await wholeTurns(sqlite, flow, 1, 100);
await sqlite.close();
const sqliteRaw = rawSqlite(join(folder, 'raw.db'), 800);
const few = peakOf(await filled(join(folder, 'few'), 100), join(folder, 'few.csv'));
const lots = peakOf(await filled(join(folder, 'lots'), 100_000), join(folder, 'lots.csv'));
const sought = openSqlite(join(folder, 'sought'));
const inSqlite = await searches(sought, 200, 4_000);
await sought.close();
rmSync(folder, { recursive: true });

const engine = await openEngine();
const mongo = await openMongo(engine.uri);
const rawOne = await rawMongo(engine.uri, 1, 800);
const one = await wholeTurns(mongo, flow, 1, 100);
const rawMany = await rawMongo(engine.uri, 64, 40);
const many = await wholeTurns(mongo, flow, 64, 5);
const shelf = await openEngine();
const library = await openMongo(shelf.uri);
const inMongo = await searches(library, 200, 4_000);
await library.close();
await shelf.close();
await mongo.close();
await engine.close();

const figures = {
  turn_us: five,
  turn_vs_floor: five / floor,
  growth_50_fields: fifty / five,
  sqlite_vs_raw: sqliteRate / sqliteRaw,
  mongo_vs_raw_seq: one / rawOne,
  mongo_vs_raw_64: many / rawMany,
  find_sqlite_ms: inSqlite.few.search,
  find_sqlite_growth_20: inSqlite.many.search / inSqlite.few.search,
  find_mongo_ms: inMongo.few.search,
  find_mongo_growth_20: inMongo.many.search / inMongo.few.search,
  export_mb_100: few,
  export_100k_vs_100: lots / few,
};
const rounded = Object.fromEntries(
  Object.entries(figures).map(([name, value]) => [name, Math.round(value * 100) / 100]),
);
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(rounded)}\n`);
else for (const [name, value] of Object.entries(rounded)) process.stdout.write(`${name.padEnd(20)} ${value}\n`);

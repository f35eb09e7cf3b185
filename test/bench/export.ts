// Peak memory of an export of a hundred thousand cases against one of a hundred, as the command itself uses it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../../adapters/stores/sqlite/index.ts';
import type { Practice } from '../../src/model.ts';
import { practice } from '../support/documents.ts';

const COMMAND = join(import.meta.dirname, '../../src/recueil.mjs');
/** Prints the process's own peak, in kilobytes, when it ends. */
const PEAK = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS))",
)}`;
/** With room to spare V8 lets garbage lie; a small heap shows what is really held. */
const SMALL = ['--max-old-space-size=64', '--max-semi-space-size=2'];
const TEXT = 'Des bénévoles tiennent un atelier le mardi, la mairie prête la salle. '.repeat(5);

/** A store with so many cases: one is committed, the others are copies of its rows. */
async function filled(folder: string, count: number): Promise<string> {
  const store = openSqlite(folder);
  const answers = Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e'].map((key) => [key, { text: TEXT, parts: [], label: key }]),
  ) satisfies Practice['answers'];
  await store.commit('practice', null, practice('0000000000', { order: Object.keys(answers), answers, messages: [] }));
  await store.close();
  const db = new DatabaseSync(join(folder, 'recueil.db'));
  const copies = (columns: string, table: string) =>
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})
      INSERT INTO ${table} (id, ${columns}) SELECT printf('%010d', i), ${columns} FROM n, ${table} WHERE id = '0000000000'`);
  copies('version, wake_at, body, submitted_at', 'practices');
  copies('kind, path, value', 'pieces');
  db.close();
  return folder;
}

/** Peak resident memory in megabytes. */
function peakOf(folder: string, file: string): number {
  const environment = { PATH: process.env['PATH'], DATA_DIR: folder, LANG: 'en' };
  const ran = spawnSync(process.execPath, [...SMALL, '--import', PEAK, COMMAND, 'export', file], { env: environment });
  const peak = /peak (\d+)/.exec(ran.stderr.toString())?.[1];
  if (ran.status !== 0 || peak === undefined) throw new Error(ran.stderr.toString());
  return Number(peak) / 1_024;
}

export async function exportFigures(folder: string): Promise<Record<string, number>> {
  const few = peakOf(await filled(join(folder, 'few'), 100), join(folder, 'few.csv'));
  const lots = peakOf(await filled(join(folder, 'lots'), 100_000), join(folder, 'lots.csv'));
  return { export_mb_100: few, export_100k_vs_100: lots / few };
}

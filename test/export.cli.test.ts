// The export commands as people run them: real processes, a real store, files that are whole or not there.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openSqlite } from '../adapters/stores/sqlite/index.ts';
import { practice } from './support/documents.ts';
import { readCsv, readParagraphs, readSheet, unzip } from './support/office.ts';
import { run } from './support/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'recueil-export-'));
const environment = { DATA_DIR: join(folder, 'data') };
const heavy = { DATA_DIR: join(folder, 'heavy') };
const out = join(folder, 'out');
const at = '2026-03-02T09:00:00.000Z';
const AS_A_FILE = join(folder, 'a-file');

before(async () => {
  mkdirSync(join(out, 'taken.csv'), { recursive: true });
  writeFileSync(AS_A_FILE, '');
  const store = openSqlite(environment.DATA_DIR);
  const nantes = { level: 'commune' as const, code: '44109', name: 'Nantes', departement: '44', region: '52' };
  await store.commit(
    'practice',
    null,
    practice('0000000001', {
      ...{ state: 'accepted', headline: 'Rue des Lilas' },
      places: [{ ...nantes, epci: '244400404' }],
    }),
  );
  await store.commit(
    'practice',
    null,
    practice('0000000002', {
      submittedAt: '2026-04-02T09:00:00.000Z',
      headline: 'Place du Puits',
      consent: { version: '1', at, scope: 'public' },
      uses: [{ id: 'u', at, by: 'x', kind: 'used', report: 'Rapport' }],
    }),
  );
  await store.close();
  const other = openSqlite(heavy.DATA_DIR);
  const story = { text: 'x'.repeat(1_000_000), parts: [] };
  for (let i = 0; i < 6; i++) await other.commit('practice', null, practice(`000000000${i}`, { story }));
  await other.close();
});
after(() => rmSync(folder, { recursive: true }));

const numbers = (csv: string): string[] =>
  readCsv(csv.replace(/^\ufeff/, ''))
    .slice(1)
    .map(([number = '']) => number);

test('the format is the file’s ending, and each file opens', async () => {
  for (const format of ['csv', 'xlsx', 'json', 'geojson', 'docx', 'md']) {
    const file = join(out, `récits.${format}`);
    const { code, err, out: printed } = await run(['export', file], environment);
    assert.deepEqual([code, printed, err], [0, '', `2 récits dans ${file}\n`]);
  }
  assert.deepEqual(numbers(readFileSync(join(out, 'récits.csv'), 'utf8')), ['00000-00001', '00000-00002']);
  assert.equal(JSON.parse(readFileSync(join(out, 'récits.json'), 'utf8')).length, 2);
  assert.equal(JSON.parse(readFileSync(join(out, 'récits.geojson'), 'utf8')).features.length, 2);
  assert.equal(readSheet(unzip(readFileSync(join(out, 'récits.xlsx'))), 1).length, 3);
  const headings = readParagraphs(unzip(readFileSync(join(out, 'récits.docx')))).filter(
    ({ style }) => style === 'Heading1',
  );
  assert.equal(headings.length, 2);
  assert.match(readFileSync(join(out, 'récits.md'), 'utf8'), /^## 00000-00002 – Place du Puits$/m);
  assert.deepEqual(
    readdirSync(out).filter((name) => name.endsWith('.part')),
    [],
  );
});

test('what a place lies in is named by the official code', async () => {
  const { out: printed } = await run(['export', '--format', 'geojson', '--state', 'accepted'], environment);
  const [{ properties }] = JSON.parse(printed).features;
  const { communes, epcis, epciCodes, departements, regions } = properties;
  assert.deepEqual([communes, epcis, epciCodes], [['Nantes'], ['Nantes Métropole'], ['244400404']]);
  assert.deepEqual([departements, regions], [['Loire-Atlantique'], ['Pays de la Loire']]);
});

const CHOSEN: [args: string[], expected: string[]][] = [
  [['--state', 'accepted'], ['00000-00001']],
  [['--since', '2026-04-01'], ['00000-00002']],
  [['--until', '2026-04-02'], ['00000-00001']],
  [['--territory', 'puits'], ['00000-00002']],
  [['--territory', 'loire atlantique'], ['00000-00001']],
  [['--not-used'], ['00000-00001']],
  [
    ['--words', 'argileuse lilas'],
    ['00000-00001', '00000-00002'],
  ],
  [['--public'], ['00000-00002']],
];

for (const [args, expected] of CHOSEN) {
  test(`to standard output: ${args.join(' ')}`, async () => {
    const { code, out: csv } = await run(['export', ...args], environment);
    assert.equal(code, 0);
    assert.deepEqual(numbers(csv), expected);
  });
}

test('nothing kept yet is a file with no case', async () => {
  const { code, out: csv } = await run(['export'], { DATA_DIR: join(folder, 'none') });
  assert.deepEqual([code, numbers(csv)], [0, []]);
});

test('no progress line where nobody looks', async () => {
  const { err } = await run(['export', join(out, 'long.csv')], heavy);
  assert.doesNotMatch(err, /\r/);
});

test('a sheet, printed or as a document', async () => {
  const printed = await run(['sheet', '00000-00002'], environment);
  assert.match(printed.out, /^# 00000-00002 – Place du Puits\n\n\*Récit 00000-00002, « Place du Puits »/);
  const file = join(out, 'fiche.docx');
  assert.equal((await run(['sheet', '0000000001', file], environment)).code, 0);
  assert.equal(readParagraphs(unzip(readFileSync(file)))[0]?.style, 'Heading1');
});

const REFUSED: [title: string, args: string[], expected: RegExp, environment?: Record<string, string>][] = [
  ['an ending that is no format', ['export', join(out, 'x.pdf')], /« \.pdf » n’est pas un format connu\. Écrivez/],
  ['a file without an ending', ['export', join(out, 'x')], /n’est pas un format connu/],
  ['a format that is none', ['export', '--format', 'exe'], /« exe » n’est pas un format connu/],
  ['a format that needs a file', ['export', '--format', 'xlsx'], /Le format xlsx s’écrit dans un fichier/],
  ['a folder that is not there', ['export', join(out, 'no/x.csv')], /Impossible d’écrire .*x\.csv/],
  ['a folder that is a file', ['export', join(AS_A_FILE, 'x.csv')], /Impossible d’écrire .*x\.csv/],
  ['a file that is a device', ['export', '/dev/null', '--format', 'csv'], /Impossible d’écrire \/dev\/null/],
  ['a file that is a folder', ['export', join(out, 'taken.csv')], /Impossible d’écrire .*taken\.csv/],
  ['a state that is none', ['export', '--state', 'fini'], /« fini » n’est pas un état\. Écrivez l’un de : new, /],
  ['a date that is none', ['export', '--until', 'demain'], /« demain » n’est pas une date\..*--until/],
  ['words that say nothing', ['export', '--words', '/ - ""'], /Je ne comprends pas quels récits exporter/],
  ['used and not', ['export', '--used', '--not-used'], /pas les deux/],
  [
    'too much for a document',
    ['export', join(out, 'x.docx')],
    /au plus 5\s000\s000 caractères.*un autre format/,
    heavy,
  ],
  ['a sheet of nothing', ['sheet'], /Quel récit/],
  ['a sheet of no case', ['sheet', '7K3QM-0XTD2'], /Aucun récit ne porte/],
  ['a sheet as a table', ['sheet', '0000000001', join(out, 'x.csv')], /md ou en docx/],
  ['a public sheet of what is not', ['sheet', '0000000001', '--public'], /réservé à l’équipe/],
];

for (const [title, args, expected, other] of REFUSED) {
  test(`refused clearly, with nothing left: ${title}`, async () => {
    const before = readdirSync(out).sort();
    const { code, err } = await run(args, other ?? environment);
    assert.equal(code, 2, err);
    assert.match(err, expected);
    assert.doesNotMatch(err, /\.ts:\d|node:internal|at .*\(/);
    assert.deepEqual(readdirSync(out).sort(), before);
  });
}

test('an export that fails leaves the former file as it was', async () => {
  const file = join(out, 'kept.docx');
  writeFileSync(file, 'former');
  assert.equal((await run(['export', file], heavy)).code, 2);
  assert.equal(readFileSync(file, 'utf8'), 'former');
});

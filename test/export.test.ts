// What is taken away is what was told: every format read back, with texts that break careless files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { CELL, pieces, plain } from '../src/export/cells.ts';
import type { Format } from '../src/export/formats.ts';
import { escaped } from '../src/export/markdown.ts';
import { onePage, pageOf } from '../src/export/page.ts';
import { columnsOf, rowOf } from '../src/export/row.ts';
import { type Order, Refused, survey, written } from '../src/export/write.ts';
import type { Flow, Practice, Told } from '../src/model.ts';
import { readQuery } from '../src/search/query.ts';
import { selecting } from '../src/selection.ts';
import { practice } from './support/documents.ts';
import { HOSTILE, LONG } from './support/hostile.ts';
import { readCsv, readParagraphs, readSheet, unzip } from './support/office.ts';
import { someTowns } from './support/towns.ts';
import { flow } from './support/world.ts';

const KEYS = flow.fields.map(({ key }) => key);
const told = (text: string, more: Partial<Told> = {}): Told => ({ text, parts: [], label: 'Étiquette', ...more });

/** A case whose every answer is this text. */
const saying = (text: string, i: number, more: Partial<Practice> = {}): Practice =>
  practice(String(i).padStart(10, '0'), {
    headline: `Parcelle ${i}`,
    order: KEYS,
    answers: Object.fromEntries(KEYS.map((key) => [key, told(text)])),
    ...more,
  });

async function* from<T>(items: T[]): AsyncGenerator<T> {
  yield* items;
}
const quiet = () => undefined;
const order = (format: Format, more: Partial<Order> = {}): Order => ({
  ...{ format, flow, language: 'fr', viewer: 'staff' },
  ...more,
});

async function taken(cases: Practice[], asked: Order): Promise<Buffer> {
  const found = await survey(from(cases), asked, quiet);
  const chunks: Uint8Array[] = [];
  for await (const chunk of written(from(cases), asked, found, quiet)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const TEXTS = [...HOSTILE, LONG];
const CASES = TEXTS.map((text, i) => saying(text, i));
const [FIRST = ''] = KEYS;
const isControl = (text: string): boolean => /(?![\t\n\r])\p{Cc}/u.test(text);

test('CSV: every text comes back, formulas as text, long ones over several columns', async () => {
  const csv = (await taken(CASES, order('csv'))).toString();
  assert.ok(csv.startsWith('\ufeff"number";"title"'));
  const [head = [], ...rows] = readCsv(csv.slice(1));
  assert.equal(rows.length, CASES.length);
  const at = head.indexOf(`answers.${FIRST}`);
  assert.equal(head[at + 3], `answers.${FIRST} (4)`);
  for (const [i, row] of rows.entries()) {
    assert.equal(row.length, head.length);
    const cells = row.slice(at, at + 4);
    for (const cell of cells) {
      assert.ok(cell.length <= 32_767 && cell.isWellFormed());
      assert.doesNotMatch(cell, /^[=+\-@\t\r＝]/);
    }
    const text = cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r＝])/, '')).join('');
    assert.equal(text, plain(TEXTS[i] ?? ''));
  }
});

test('XLSX: texts are texts, dates are dates, and a second sheet says what each column holds', async () => {
  const parts = unzip(await taken(CASES, order('xlsx')));
  const [head = {}, ...rows] = readSheet(parts, 1);
  const letters = Object.keys(head);
  const at = letters.findIndex((letter) => head[letter] === flow.fields[0]?.label.fr);
  assert.equal(rows.length, CASES.length);
  for (const [i, row] of rows.entries()) {
    const cells = letters.slice(at, at + 4).map((letter) => row[letter] ?? '');
    for (const cell of cells) assert.ok(cell.length <= 32_767 && cell.isWellFormed());
    assert.equal(cells.join(''), plain(TEXTS[i] ?? ''));
  }
  // 46083 days after the epoch of spreadsheets, at 9:00 in universal time.
  assert.equal(Number(rows[0]?.[letters[3] ?? '']), Date.parse('2026-03-02T09:00:00Z') / 86_400_000 + 25_569);
  assert.ok(readSheet(parts, 2).some(({ A, B }) => A === `answers.${FIRST}` && B === flow.fields[0]?.label.fr));
});

test('JSON and GeoJSON: every text to the last character', async () => {
  const rows = JSON.parse((await taken(CASES, order('json'))).toString());
  const { features } = JSON.parse((await taken(CASES, order('geojson'))).toString());
  for (const [i, text] of TEXTS.entries()) {
    assert.equal(rows[i][`answers.${FIRST}`], text);
    assert.equal(features[i].properties[`answers.${FIRST}`], text);
  }
});

test('DOCX: one heading a case, one paragraph a line, nothing but text', async () => {
  const paragraphs = readParagraphs(unzip(await taken(CASES, order('docx'))));
  assert.equal(paragraphs.filter(({ style }) => style === 'Heading1').length, CASES.length);
  const words = new Set(paragraphs.filter(({ style }) => style === 'Words').map(({ text }) => text));
  for (const text of TEXTS) {
    for (const line of plain(text).split('\n')) assert.ok(line.trim() === '' || words.has(line), line.slice(0, 60));
  }
  assert.ok(paragraphs.some(({ text }) => text.includes('«\u00a0Parcelle 0\u00a0»')));
});

test('Markdown: people’s words are quoted and mean nothing', async () => {
  const md = (await taken(CASES, order('md'))).toString();
  assert.equal(md.match(/^## /gm)?.length, CASES.length);
  const quotes = md.split('\n').filter((line) => line.startsWith('>'));
  for (const line of quotes) assert.doesNotMatch(line, /^> (?:#|-|\d+\.|>|\s{4}|.*(?<!\\)[[<`*_|])/);
  const unquoted = quotes.map((line) =>
    line
      .replace(/^> ?/, '')
      .replace(/(?<!\\)((?:\\\\)*)\\$/, '$1')
      .replace(/&nbsp;/g, ' ')
      .replace(/\\(.)/g, '$1'),
  );
  for (const line of HOSTILE.flatMap((text) => text.toWellFormed().split(/\r\n?|\n/))) {
    if (line.trim() !== '') assert.ok(unquoted.includes(line.trimEnd().replace(/^\t/, '    ')), JSON.stringify(line));
  }
});

test('no text of any kind opens a block or a span in Markdown', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab1.)-+#>*_`[]<&| =\\:') }), (line) => {
      const safe = escaped(line.replace(/^ +/, ''));
      assert.doesNotMatch(safe.replace(/\\./g, 'x'), /[`*_[\]<>&#|~=]|^\s*(?:[-+]|\d+[.)])/);
      assert.equal(safe.replace(/\\(.)/g, '$1'), line.replace(/^ +/, ''));
    }),
  );
});

test('pieces joined are the text, none over the limit, no pair parted', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '🌱', 'é'), maxLength: 60 }),
      fc.integer({ min: 2, max: 9 }),
      (text, most) => {
        const found = pieces(text, most);
        assert.equal(found.join(''), text);
        assert.ok(found.every((one) => one.length <= most && one.isWellFormed()));
      },
    ),
  );
  assert.deepEqual(pieces(''), ['']);
});

test('plain text holds nothing that an office file cannot, and leaves the rest alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = plain(text);
      assert.ok(!isControl(shown) && shown.isWellFormed());
      if (!/[\p{Cc}\p{NChar}\ufffd]/u.test(text)) assert.equal(shown, text);
    }),
  );
});

const edited: Flow = {
  ...flow,
  fields: flow.fields.slice(1).map((field) => ({ ...field, label: { fr: 'Autrement dit', en: 'In other words' } })),
};

test('columns keep their names whatever the questions become; former answers come last', async () => {
  const odd = saying('x', 1, { former: { shade: told('à l’ombre', { label: 'Ombre' }), age: told('vieux') } });
  const head = async (asked: Flow) =>
    readCsv((await taken([odd], order('csv', { flow: asked }))).toString().slice(1))[0] ?? [];
  const [before, after] = [await head(flow), await head(edited)];
  assert.deepEqual(before.slice(-2), ['former.age', 'former.shade']);
  assert.deepEqual(after.slice(-3), ['former.age', `former.${FIRST}`, 'former.shade'].sort());
  const fixed = (names: string[]) => names.filter((name) => !/^(?:answers|former)\./.test(name));
  assert.deepEqual(fixed(before), fixed(after));
  const [, row = []] = readCsv((await taken([odd], order('csv', { flow: edited }))).toString().slice(1));
  assert.equal(row[after.indexOf(`former.${FIRST}`)], 'x');
});

test('the columns are the ones the guide lists', () => {
  const guide = readFileSync(join(import.meta.dirname, '../docs/export.md'), 'utf8');
  const listed = [...guide.slice(guide.indexOf('## Columns')).matchAll(/^\| `([a-zA-Z]+)` \|/gm)].map(
    ([, name]) => name,
  );
  assert.deepEqual(listed, columnsOf({ ...flow, fields: [] }, []));
});

test('a row says where, from whom it came, under which consent, and what became of it; never who told it', () => {
  const row = rowOf(
    saying('x', 7, {
      campaign: 'printemps',
      holder: { id: 'membre-7', name: 'Alix' },
      places: [
        { level: 'commune', code: '01004', name: 'Ambérieu-en-Bugey', departement: '01', region: '84' },
        { level: 'departement', code: '01', name: 'Ain', region: '84' },
      ],
      story: {
        text: 'tout',
        parts: [
          {
            id: 'm:1',
            order: '1',
            at: '2026-03-02T09:00:00.000Z',
            text: 'tout',
            location: { latitude: 48.8, longitude: 2.3 },
          },
        ],
      },
      history: [
        { at: '2026-03-02T09:00:00.000Z', by: 'somebody', what: 'submitted' },
        { at: '2026-03-03T09:00:00.000Z', by: 'somebody', what: 'edited', field: FIRST, before: 'y' },
      ],
      uses: [
        {
          id: 'u',
          at: '2026-04-01T09:00:00.000Z',
          by: 'membre-7',
          kind: 'used',
          report: 'Rapport',
          section: '3',
          quotation: 'x',
        },
      ],
    }),
    flow,
    'staff',
    (_, code) => (code === '84' ? 'Auvergne-Rhône-Alpes' : undefined),
  );
  assert.ok(row);
  assert.doesNotMatch(JSON.stringify(row), /somebody|Alix|membre-7/);
  const { number, communeCodes, departements, departementCodes, regions, latitude, longitude, revision } = row;
  assert.deepEqual([number, communeCodes, departements, departementCodes], ['00000-00007', ['01004'], ['Ain'], ['01']]);
  assert.deepEqual([regions, latitude, longitude, revision], [['Auvergne-Rhône-Alpes'], 48.8, 2.3, 2]);
  const { campaign, consentScope, consentVersion, consentDate, useReports, useLinks } = row;
  assert.deepEqual([campaign, consentScope, consentVersion], ['printemps', 'report', '1']);
  assert.deepEqual([consentDate, useReports, useLinks], ['2026-03-02T09:00:00.000Z', ['Rapport'], ['']]);
});

test('files are named, the missing ones with the reason', () => {
  const file = (name: string, copy?: object) => ({
    channel: 'telegram',
    id: name,
    ref: name,
    name,
    ...(copy ? { copy } : {}),
  });
  const files = [
    file('plan.pdf', { kept: 'k', sha256: 's' }),
    file('film.mp4', { missing: 'tooBig' }),
    file('voix.ogg'),
  ];
  const parts = [{ id: 'm:1', order: '1', at: '2026-03-02T09:00:00.000Z', text: '', files }] as Told['parts'];
  const row = rowOf(saying('x', 1, { answers: { [FIRST]: told('x', { parts }) } }), flow, 'staff');
  assert.deepEqual(row?.['files'], ['plan.pdf']);
  assert.deepEqual(row?.['filesMissing'], ['film.mp4 (tooBig)', 'voix.ogg (copying)']);
});

for (const format of ['csv', 'xlsx', 'json', 'geojson', 'docx', 'md'] as const) {
  test(`${format}: the public reads what consent opens, and nothing else`, async () => {
    const uses: Practice['uses'] = [
      { id: '1', at: '2026-04-01T09:00:00.000Z', by: 'membre-7', kind: 'planned', report: 'Brouillon interne' },
      { id: '2', at: '2026-04-01T09:00:00.000Z', by: 'membre-7', kind: 'used', report: 'Rapport rendu' },
    ];
    const cases = (['report', 'public', 'named'] as const).map((scope, i) =>
      saying(`Texte ${scope}`, i, { consent: { version: '1', at: '2026-03-02T09:00:00.000Z', scope }, uses }),
    );
    const file = await taken(cases, order(format, { viewer: 'public' }));
    const text = ['xlsx', 'docx'].includes(format) ? [...unzip(file).values()].join('') : file.toString();
    assert.match(text, /Texte public/);
    assert.match(text, /Texte named/);
    assert.match(text, /Rapport rendu/);
    assert.doesNotMatch(text, /Texte report|Brouillon interne|somebody|membre-7/);
  });

  test(`${format}: what its author has withdrawn is in no file`, async () => {
    const file = await taken(
      [saying('Texte repris', 1, { state: 'withdrawn' }), saying('Texte donné', 2)],
      order(format),
    );
    const text = ['xlsx', 'docx'].includes(format) ? [...unzip(file).values()].join('') : file.toString();
    assert.match(text, /Texte donné/);
    assert.doesNotMatch(text, /Texte repris/);
  });

  test(`${format}: a collection with nothing in it is a whole file`, async () => {
    const file = await taken([], order(format));
    if (format === 'csv') assert.equal(readCsv(file.toString().slice(1)).length, 1);
    if (format === 'json') assert.deepEqual(JSON.parse(file.toString()), []);
    if (format === 'geojson') assert.deepEqual(JSON.parse(file.toString()).features, []);
    if (format === 'xlsx') assert.equal(readSheet(unzip(file), 1).length, 1);
    if (format === 'docx') assert.equal(readParagraphs(unzip(file))[1]?.text, '0 récit');
    if (format === 'md') assert.match(file.toString(), /^# Récits recueillis\u00a0: .+\n\n0 récit\n/);
  });
}

for (const [format, most] of [
  ['xlsx', 10_000],
  ['docx', 2_000],
] as const) {
  test(`${format}: one case too many is refused, with what to do`, async () => {
    async function* many() {
      for (let i = 0; i <= most; i++) yield saying('x', i);
    }
    const counted = survey(many(), order(format), quiet);
    await assert.rejects(counted, (error) => error instanceof Refused && /un autre format/.test(error.message));
  });
}

for (const format of ['csv', 'json', 'geojson', 'md'] as const) {
  test(`${format}: nothing is read before it is asked for`, async () => {
    let read = 0;
    async function* counted() {
      for (const one of CASES) {
        read += 1;
        yield one;
      }
    }
    const found = await survey(from(CASES), order(format), quiet);
    const file = written(counted(), order(format), found, quiet);
    for (let i = 0; i < 3; i++) await file.next();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(read, 2);
    await file.return(undefined);
  });
}

test('a text that grew between the two readings is not cut: the export says to start again', async () => {
  const asked = order('csv');
  const found = await survey(from([saying('court', 1)]), asked, quiet);
  const late = async (one: Practice) => {
    for await (const _ of written(from([one]), asked, found, quiet));
  };
  await assert.rejects(late(saying('x'.repeat(CELL + 1), 1)), Refused);
  await assert.rejects(late(saying('x', 1, { former: { shade: told('ombre') } })), Refused);
  await late(saying('x'.repeat(CELL), 1));
});

test('a sheet holds on a page whatever the case, says what it leaves out, and is cited in one line', () => {
  const reader = { flow, language: 'fr', viewer: 'staff' } as const;
  const short = pageOf(saying('Bref.', 1), reader);
  assert.ok(short);
  assert.deepEqual(onePage(short, '0000000001', 'fr'), short);
  assert.match(
    short.citation,
    /^Récit 00000-00001, «\u00a0Parcelle 1\u00a0», reçu le 2 mars 2026, révision 1\. Accord\u00a0: lecture réservée à l’équipe \(texte 1\)\. Réservé à .+\.$/,
  );
  for (const text of TEXTS) {
    const long = pageOf(saying(text, 1, { story: { text: LONG, parts: [] } }), reader);
    assert.ok(long);
    const page = onePage(long, '0000000001', 'fr');
    const characters = page.sections.reduce((sum, section) => sum + section.text.length, 0);
    assert.ok(characters < 3_200, String(characters));
    assert.ok(
      page.sections.some(({ marks }) =>
        marks.some((mark) => mark.includes(`début\u202f; ${LONG.length.toLocaleString('fr-FR')}`)),
      ),
    );
    assert.ok(page.sections.at(-1)?.marks[0]?.endsWith('recueil practices 00000-00001'));
  }
});

test('filters choose by state, date, territory, use and words', () => {
  const asked = (text: string) => readQuery(text, '2026-05-01T09:00:00.000Z', 'Europe/Paris');
  const one = saying('Un compost partagé', 1, {
    holder: { id: 'slack:U7', name: 'Alix' },
    state: 'accepted',
    headline: 'À l’Haÿ, rue des Lilas',
    places: [{ level: 'commune', code: '94038', name: 'L’Haÿ-les-Roses', departement: '94' }],
    uses: [{ id: 'u', at: '2026-04-01T09:00:00.000Z', by: 'membre-7', kind: 'used', report: 'R' }],
  });
  const yes = [
    {},
    { states: ['accepted' as const] },
    { since: '2026-03-02T09:00:00.000Z', until: '2026-03-02T09:00:00.001Z' },
    { territory: 'l hay les roses' },
    { territory: '94' },
    { used: true },
    { query: asked('COMPOSTS lilas') },
    { query: asked('acceptés en mars 2026') },
    { query: asked('les miens'), reader: 'slack:U7' },
  ];
  const no = [
    { states: ['new' as const] },
    { since: '2026-03-02T09:00:00.001Z' },
    { until: '2026-03-02T09:00:00.000Z' },
    { territory: '9' },
    { territory: 'roses blanches' },
    { used: false },
    { query: asked('compost muguet') },
    { query: asked('nouveaux') },
    { query: asked('en avril 2026') },
    { query: asked('pas utilisés') },
    { query: asked('les miens'), reader: 'slack:U8' },
  ];
  for (const selection of yes) assert.ok(selecting(selection, flow.fields)(one), JSON.stringify(selection));
  assert.ok(!selecting({}, flow.fields)({ ...one, note: true }));
  for (const selection of no) assert.ok(!selecting(selection, flow.fields)(one), JSON.stringify(selection));
});

test('a page names an EPCI in words', () => {
  const sicoval = { level: 'epci' as const, code: '243100633', name: 'CA du Sicoval', departement: '31' };
  const page = pageOf(saying('x', 1, { places: [sicoval] }), { flow, language: 'fr', viewer: 'staff' });
  assert.match(JSON.stringify(page), /communauté d’agglomération du Sicoval \(243100633\)/);
});

test('a territory is also named by what the place lies in, a région by its name only', () => {
  const stains = { level: 'commune' as const, code: '93072', name: 'Stains', departement: '93', region: '11' };
  const one = saying('x', 1, { places: [stains] });
  const isIn = (territory: string) => selecting({ territory }, flow.fields, someTowns)(one);
  assert.deepEqual(['Île de France', 'seine saint denis', '93'].map(isIn), [true, true, true]);
  assert.deepEqual(['11', 'Saint-Denis', 'Seine'].map(isIn), [false, false, false]);
});

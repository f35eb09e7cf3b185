// Flow files: every fault with its line, column and what to write; and the schema that editors complete from.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonSchema } from '../src/flow/schema.ts';
import { checkFlow, readFlow } from '../src/flow.ts';

const FILE = join(import.meta.dirname, 'flows/jardins/flow.yaml');
const SOURCE = readFileSync(FILE, 'utf8');

function faults(from: string | RegExp, to: string, language: 'fr' | 'en' = 'en'): string[] {
  const changed = SOURCE.replace(from, to);
  assert.notEqual(changed, SOURCE, 'the test changed nothing');
  const reading = checkFlow('flow.yaml', changed, language);
  return 'faults' in reading ? reading.faults : [];
}

const TABLE: [title: string, from: string | RegExp, to: string, expected: RegExp][] = [
  ['a missing translation', ', en: Soil }', ' }', /^flow\.yaml:21:12: the translation "en" is missing; add a line "en/],
  ['an unknown setting', 'minimum: 3', 'minimun: 3', /^flow\.yaml:20:5: "minimun" is not a known .*minimum/],
  [
    'an unknown setting at the top',
    'name: jardins',
    'nom: x\nname: jardins',
    /^flow\.yaml:2:1: "nom" is not a known .*title/,
  ],
  ['a duplicate field', '- key: soil', '- key: plot', /^flow\.yaml:19:10: the field "plot" is already at line 11/],
  ['a duplicate key', 'minimum: 3', 'minimum: 3\n    minimum: 4', /^flow\.yaml:21:5: .*unique/],
  ['a wrong kind', 'minimum: 3', 'kind: texte', /^flow\.yaml:20:11: write one of: text, place, actors/],
  [
    'a label too long for a button',
    'fr: Terre',
    `fr: ${'T'.repeat(41)}`,
    /^flow\.yaml:21:18: this label of 41 characters .*40/,
  ],
  ['an empty text', 'fr: Terre', 'fr: ""', /^flow\.yaml:21:18: this text is empty/],
  ['a number that is a word', 'minimum: 3', 'minimum: trois', /^flow\.yaml:20:14: write a (?:whole )?number here/],
  ['a number out of range', 'draft: 60', 'draft: 3', /^flow\.yaml:\d+:\d+: write a whole number from 30/],
  ['a key with an accent', 'key: soil', 'key: état', /^flow\.yaml:19:10: this name is not possible/],
  ['no headline', '    headline: true\n', '', /one field, and only one, must carry "headline: true"/],
  ['two headlines', 'minimum: 3', 'headline: true', /one field, and only one/],
  ['a missing block', /retention: .*\n/, '', /"retention" is missing; add a line "retention/],
  [
    'a time zone',
    'name: jardins',
    'reminders: { timeZone: Mars/Base }\nname: jardins',
    /^flow\.yaml:2:24: "Mars\/Base" is not/,
  ],
  ['days that go down', 'name: jardins', 'reminders: { days: [3, 1] }\nname: jardins', /days must go up/],
  ['text that is not YAML', 'name: jardins', 'name: [jardins', /^flow\.yaml:\d+:\d+: /],
  ['an empty file', /[\s\S]*/, '', /^flow\.yaml:1:1: /],
];

for (const [title, from, to, expected] of TABLE) {
  test(`refused: ${title}`, () => assert.match(faults(from, to)[0] ?? '', expected));
}

test('every fault is told at once, in French too', () => {
  const told = faults(/headline: true|minimum: 3/g, 'sujet: x', 'fr');
  assert.equal(told.length, 2);
  for (const fault of told) assert.match(fault, /« sujet » n’est pas un réglage connu ; écrivez l’un de : key, kind/);
});

test('an unreadable file is a fault, not a crash', () => {
  const reading = readFlow('/nowhere/flow.yaml', 'fr');
  assert.deepEqual(reading, {
    faults: ['/nowhere/flow.yaml:1:1: je ne peux pas lire ce fichier ; vérifiez son chemin et ses droits'],
  });
});

test('what is left out has its default', () => {
  const reading = readFlow(FILE, 'en');
  assert.ok('flow' in reading);
  assert.deepEqual(reading.flow.limits, { answer: 100_000, draft: 1_000_000, story: 600, drafts: 3, parts: 2_000 });
  assert.deepEqual(reading.flow.reminders.days, [1, 3, 10]);
  assert.deepEqual(
    reading.flow.fields.map(({ kind, minimum }) => [kind, minimum]),
    [
      ['text', 15],
      ['text', 3],
    ],
  );
});

test('the JSON schema beside the flows is the one of the code (npm run schema)', () => {
  const kept = JSON.parse(readFileSync(join(import.meta.dirname, '../flows/flow.schema.json'), 'utf8'));
  assert.deepEqual(kept, JSON.parse(JSON.stringify(jsonSchema())));
});

const advice = (from: string, to: string): string[] => {
  const reading = checkFlow('flow.yaml', SOURCE.replace(from, to), 'fr');
  assert.ok('flow' in reading, 'advice is no fault');
  return reading.advice;
};

test('a long sentence, a sign and two questions in one are told of, with their line, and the file is taken all the same', () => {
  assert.deepEqual(advice('', ''), []);
  const long = `fr: ${'mot '.repeat(26)}`;
  assert.match(
    advice('fr: La rue suffit.', long)[0] ?? '',
    /^flow\.yaml:\d+:\d+: cette phrase compte 26 mots ; coupez-la/,
  );
  assert.deepEqual(advice('fr: La rue suffit.', `fr: ${'mot '.repeat(25)}`), []);
  assert.match(advice('fr: La rue suffit.', 'fr: La rue suffit 👍')[0] ?? '', /dites-le en mots/);
  assert.match(advice('fr: Où est le jardin ?', 'fr: Où est-il ? Depuis quand ?')[0] ?? '', /deux questions en une/);
});

test('the flow that comes with Recueil follows this advice', () => {
  const reading = readFlow(join(import.meta.dirname, '../flows/territorial-governance/flow.yaml'), 'fr');
  assert.ok('flow' in reading);
  assert.deepEqual(reading.advice, []);
});

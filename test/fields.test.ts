// Reading answers: one table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf, thinness } from '../src/fields.ts';
import type { Field, Part } from '../src/model.ts';

const w = { fr: 'x', en: 'x' };
const base = { headline: false, label: w, question: w, hint: w, why: w, example: w, followUp: w };
const FIELDS: Record<Field['kind'], Field> = {
  text: { ...base, key: 'text', kind: 'text', minimum: 15 },
  place: { ...base, key: 'place', kind: 'place', minimum: 2 },
  actors: { ...base, key: 'actors', kind: 'actors', minimum: 8 },
};

const part = (text: string, more: Partial<Part> = {}): Part => ({ id: `m:${text}`, order: '1', at: '', text, ...more });
const file = { channel: 'terminal', id: 'f', ref: 'f', name: 'plan.jpg' };

const TABLE: [kind: Field['kind'], said: Part[], expected: string | undefined][] = [
  ['text', [part('')], 'empty'],
  ['text', [part('   \n ')], 'empty'],
  ['text', [part('👍')], 'emoji'],
  ['text', [part('👍🏽 👩‍👩‍👧')], 'emoji'],
  ['text', [part('...')], 'emoji'],
  ['text', [part('?')], 'emoji'],
  ['text', [part('https://exemple.invalid/a?b=c')], 'link'],
  ['text', [part('www.exemple.invalid')], 'link'],
  ['text', [part('oui')], 'filler'],
  ['text', [part('Oui !')], 'filler'],
  ['text', [part('Je ne sais pas…')], 'filler'],
  ['text', [part('D’accord')], 'filler'],
  ['text', [part("I don't know")], 'filler'],
  ['text', [part('Néant')], 'filler'],
  ['text', [part('trois ateliers')], 'short'],
  ['text', [part('130 personnes')], 'short'],
  ['text', [part('oui'), part('trois ateliers par semaine')], undefined],
  ['text', [part('voir https://exemple.invalid')], 'short'],
  ['text', [part('Le compte rendu est ici : https://exemple.invalid')], undefined],
  ['text', [part('Un comité se réunit')], undefined],
  ['text', [part('', { files: [file] })], 'file'],
  ['text', [part('voici', { files: [file] })], 'short'],
  ['text', [part('', { location: { latitude: 1, longitude: 2 } })], 'empty'],
  ['place', [part('', { location: { latitude: 1, longitude: 2 } })], undefined],
  ['place', [part('92')], undefined],
  ['place', [part('Y')], 'short'],
  ['place', [part('Eu')], undefined],
  ['place', [part('Valbrume')], undefined],
  ['place', [part('📍')], 'emoji'],
  ['actors', [part('mairie')], 'short'],
  ['actors', [part('La mairie')], undefined],
  ['actors', [part('idem')], 'filler'],
];

for (const [kind, said, expected] of TABLE) {
  const words = said.map(({ text, files }) => `${JSON.stringify(text)}${files ? ' with a file' : ''}`).join(' + ');
  test(`${kind}: ${words} is ${expected ?? 'enough'}`, () => assert.equal(thinness(FIELDS[kind], said), expected));
}

test('the text of an answer is its parts, joined by one line break; files have no words', () => {
  assert.equal(textOf([part('un '), part('', { files: [file] }), part(' deux\n')]), 'un \n deux\n');
});

// What the bot says: French as it is printed, every command it names understood, both languages saying the same.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { orderOf } from '../src/export/request.ts';
import { readFlow } from '../src/flow.ts';
import type { Language } from '../src/model.ts';
import { asksForDigest } from '../src/reception.ts';
import { LEDGER } from '../src/search/asked.ts';
import { commandOf, commands, commandWord } from '../src/words/commands.ts';
import { spans, typographic, wording } from '../src/words.ts';

const reading = readFlow(join(import.meta.dirname, '../flows/territorial-governance/flow.yaml'), 'en');
assert.ok('flow' in reading);

/** Every text of a tree; functions are called with plausible arguments. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [(value as (...args: unknown[]) => string)(2, 5, 'Territoire')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

const inLanguage = (value: unknown, language: Language): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === language ? textsOf(inner) : inLanguage(inner, language),
      );

const said = (language: Language): string[] => [
  ...textsOf(wording(language)),
  ...inLanguage('flow' in reading ? reading.flow : {}, language),
];

const plain = (text: string, language: Language): string =>
  spans(text, language)
    .map((span) => (typeof span === 'string' ? span : ''))
    .join('');

test('French is set as printers set it', () => {
  for (const text of said('fr').map((one) => plain(one, 'fr'))) {
    assert.doesNotMatch(text, /'/, text);
    assert.doesNotMatch(text, /[^\u00a0\u202f\s][:;!?](?=\s|$)/u, `no space before double punctuation: ${text}`);
    assert.doesNotMatch(text, / [:;!?»]/, `an ordinary space would let it wrap: ${text}`);
    assert.doesNotMatch(text, /« |\.\.\.|\bA (?:la|l’)/, text);
  }
});

test('typography changes neither links nor hours', () => {
  assert.equal(typographic('https://exemple.invalid/a?b : oui', 'fr'), 'https://exemple.invalid/a?b\u00a0: oui');
  assert.equal(typographic("l'accord « x » !", 'fr'), 'l’accord «\u00a0x\u00a0»\u202f!');
  assert.equal(typographic('What is it?', 'en'), 'What is it?');
});

test('sentences are short enough to be read aloud', () => {
  for (const language of ['fr', 'en'] as const) {
    for (const text of textsOf(wording(language))) {
      for (const sentence of plain(text, language).split(/(?<=[.!?:;])\s/u)) {
        assert.ok(sentence.split(/\s+/).length <= 24, sentence);
      }
    }
  }
});

test('no meaning hangs on a symbol: the bot writes no emoji', () => {
  for (const text of [...said('fr'), ...said('en')]) assert.doesNotMatch(text, /\p{Extended_Pictographic}/u, text);
});

test('every command the bot names is one it understands', () => {
  for (const language of ['fr', 'en'] as const) {
    for (const text of said(language)) {
      for (const span of spans(text, language)) {
        if (typeof span === 'string' || !('command' in span)) continue;
        const typed = `/${span.command}`;
        const { name } = commandOf(typed) ?? { name: 'unknown' };
        assert.ok(name !== 'unknown' || orderOf(typed) || asksForDigest(typed) || LEDGER.test(typed), typed);
      }
    }
  }
});

test('a command is known whatever its case, accents, slash, hyphens or bot name', () => {
  const ways = ['/mes-recits', 'Mes récits', '/mes_recits', '/mes_recits@recueil_bot', 'MES-RÉCITS !', ' mes  récits '];
  for (const way of ways) assert.deepEqual(commandOf(way), { name: 'cases', argument: '' }, way);
  assert.deepEqual(commandOf('modifier 2'), { name: 'change', argument: '2' });
  assert.deepEqual(commandOf('/ajouter 3'), { name: 'add', argument: '3' });
  assert.deepEqual(commandOf('/xyz'), { name: 'unknown', word: 'xyz' });
});

test('an answer is no command because it begins like one', () => {
  const answers = [
    'ajouter des bénévoles',
    'pause de midi',
    'aide aux devoirs',
    'tout le monde participe',
    '2',
    'a/b',
    '/ 3',
  ];
  for (const answer of answers) assert.equal(commandOf(answer), undefined, answer);
});

test('no word means two commands', () => {
  const owners = new Map<string, string>();
  for (const [name, words] of Object.entries(commands)) {
    for (const word of new Set([...words.fr, ...words.en])) {
      assert.ok(!owners.has(word), `${word}: ${owners.get(word)} and ${name}`);
      owners.set(word, name);
    }
  }
  assert.equal(commandWord('cases', 'fr'), 'mes-recits');
});

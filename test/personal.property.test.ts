// What looks for personal data, on any text: it ends soon, and what it says stands in the text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { personalIn } from '../src/personal/find.ts';

/** Beginnings of what is looked for: repeated, they are what a careless pattern loses itself in. */
const SHARDS = [
  ...[
    'a',
    '0',
    '1',
    ' ',
    '\u00a0',
    '.',
    '-',
    '@',
    'a@',
    '@a',
    'a.',
    '+33',
    '06 ',
    '0 6',
    '(0)',
    'Mme ',
    'Mme A',
    'M. ',
    'de ',
  ],
  ...[
    'école ',
    'École Jean ',
    'cancer ',
    'Jean ',
    'mon ',
    'mon fils ',
    '12 rue ',
    '12 rue de ',
    'FR76',
    'FR76 ',
    '4970 ',
    'é',
  ],
  ...[
    'passeport ',
    'CNI A1',
    'x.com/',
    'linkedin.com/in/',
    'https://',
    'discord ',
    'ab#1234',
    '_',
    'Ab-',
    'AB',
    'd’',
    '\ud83d',
  ],
  ...[
    'en 6e ',
    '12 ans ',
    'permis de conduire ',
    '\n',
    '…',
    '12 Church ',
    'St ',
    'la ',
    "l'",
    '2 69 05 ',
    '2A',
    '/',
    '%',
  ],
];
const LENGTH = 100_000;
/** Milliseconds; a text of this length takes a tenth of a second at most on an idle machine. */
const PATIENCE = 5_000;

function sound(text: string): void {
  const began = performance.now();
  const found = personalIn(text);
  assert.ok(performance.now() - began < PATIENCE, `too long on ${JSON.stringify(text.slice(0, 40))}`);
  let last = 0;
  for (const { start, end } of found) {
    assert.ok(start >= last && end > start && end <= text.length);
    last = end;
  }
}

test('a hundred thousand characters made to mislead it take no time', () => {
  for (const shard of SHARDS) sound(shard.repeat(Math.ceil(LENGTH / shard.length)).slice(0, LENGTH));
  const mixed = fc.array(fc.constantFrom(...SHARDS), { minLength: 2, maxLength: 5 }).map((shards) => shards.join(''));
  const long = mixed.map((shard) => shard.repeat(Math.ceil(LENGTH / shard.length)).slice(0, LENGTH));
  fc.assert(fc.property(long, sound), { numRuns: 40 });
});

test('whatever the text, what is found stands in it, in order and apart', () => {
  const text = fc.array(fc.oneof(fc.constantFrom(...SHARDS), fc.string({ unit: 'binary' })), { maxLength: 200 });
  fc.assert(
    fc.property(
      text.map((pieces) => pieces.join('')),
      sound,
    ),
  );
});

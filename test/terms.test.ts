// The tokeniser and what a typed search is read as: tables, and what must hold for any text at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { actorKinds } from '../src/search/actors.ts';
import { indexed } from '../src/search/kept.ts';
import { isEmpty, readQuery, withPage } from '../src/search/query.ts';
import { isWord, termsOf, tokens, wordFor } from '../src/search/terms.ts';
import { practice } from './support/documents.ts';
import { someTowns } from './support/towns.ts';
import { flow } from './support/world.ts';

const SAME = [
  ['Bénévoles', 'benevole', 'BÉNÉVOLE'],
  ['associations', 'l’association', 'Association'],
  ['communes', 'commune', 'commun'],
  ['mairies', 'mairie'],
  ['ateliers', 'atelier'],
  ['anime', 'animer', 'animent', 'animé', 'animées'],
  ['réseaux', 'réseau'],
  ['locaux', 'local', 'locale'],
  ['numériques', 'numérique'],
  ['élus', 'élues', 'élu'],
  ['cœur', 'coeurs'],
  ['libraries', 'library'],
  ['volunteers', 'volunteer'],
  ['meetings', 'meeting'],
  ['helped', 'helps'],
  ['Saint-Étienne', 'saint etienne'],
];
const APART = [
  ['maire', 'mairie'],
  ['commune', 'communal'],
  ['formation', 'forme'],
  ['44', '45'],
  ['loi', 'lien'],
];

test('words that speak of the same thing are one term', () => {
  for (const words of SAME) {
    const [first, ...others] = words.map(tokens);
    for (const other of others) assert.deepEqual(other, first, words.join(', '));
    assert.ok((first?.length ?? 0) > 0, words.join(', '));
  }
});

test('words that do not are apart', () => {
  for (const [one = '', other = ''] of APART) assert.notDeepEqual(tokens(one), tokens(other), `${one}, ${other}`);
});

test('words that say nothing are no terms', () => {
  for (const text of [
    '',
    '🌱🌱',
    'le la les de du',
    'il y a',
    'the and of',
    "d'",
    '.*+?^$\x7b}()|[]\\',
    '— « » …',
    '\u0000',
  ]) {
    assert.deepEqual(tokens(text), [], JSON.stringify(text));
  }
});

test('whatever is written has terms, and each term is its own only term', () => {
  const hostile = fc.constantFrom('\ud800', 'ﬁ', 'ǅ', 'İ', 'ς', 'ʰ', 'Å', '한글', '中文', '①', 'a\u0301', '__proto__');
  const text = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.lorem(), hostile), { maxLength: 6 });
  fc.assert(
    fc.property(text, (pieces) => {
      for (const term of tokens(pieces.join(' '))) {
        assert.deepEqual(tokens(term), [term]);
        assert.ok(isWord(term) && term.length <= 80, term);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a case is found by its words, its place, its state, its actors, and by whoever may see it', () => {
  const one = practice('K1', {
    answers: {
      plot: { text: 'Derrière le phare de Port-Ébène', parts: [], label: 'Parcelle' },
      soil: { text: 'Sableuse', parts: [], label: 'Terre' },
    },
    order: ['plot', 'soil'],
    headline: 'Phare',
    places: [{ level: 'commune', code: '99001', name: 'Port-Ébène', departement: '99' }],
  });
  const terms = termsOf(one, flow.fields);
  for (const term of ['^phar', 'phar', 'sableu', '^port', 'eben', '99', '99001', '@staff', '@=somebody', '#new']) {
    assert.ok(terms.includes(term), term);
  }
  assert.ok(!terms.includes('@public'));
  assert.ok(termsOf({ ...one, consent: { ...one.consent, scope: 'public' } }, flow.fields).includes('@public'));
  const gone = termsOf({ ...one, state: 'withdrawn' }, flow.fields);
  assert.ok(!gone.includes('@staff') && gone.includes('@=somebody'));
  assert.ok(terms.includes('#not-used') && !termsOf({ ...one, state: 'used' }, flow.fields).includes('#not-used'));
  assert.equal(wordFor(one, 'eben'), 'ébène');
});

test('a text cannot forge what is no word, and a huge one is found by its beginning', () => {
  const forged = practice('K1', { headline: '@public #used ^nantes @=autre', answers: {}, order: [] });
  const terms = termsOf(forged, []);
  assert.deepEqual(
    terms.filter((term) => !isWord(term) && !term.startsWith('^')),
    ['@=somebody', '@staff', '#new', '#not-used'],
  );
  const text = Array.from({ length: 60_000 }, (_, i) => `mot${i}`).join(' ');
  const huge = practice('K2', { answers: { soil: { text, parts: [], label: 'Terre' } }, order: ['soil'] });
  const found = termsOf(huge, []);
  assert.ok(found.includes('mot0') && found.length < 5_100, `${found.length}`);
});

test('terms follow what a case says, and stay the same list when nothing changed', () => {
  const before = indexed(practice('K1'), null, { flow });
  assert.equal(indexed({ ...before, version: 2 }, before, { flow }).terms, before.terms);
  assert.equal(indexed(before, null, { flow }), before);
  assert.ok(indexed({ ...before, state: 'accepted' }, before, { flow }).terms?.includes('#accepted'));
});

const ACTORS: [text: string, kinds: string[]][] = [
  [
    'La mairie (publique) prête une salle ; l’association du Phare (privée) anime',
    ['public', 'private', 'association'],
  ],
  ['Le CCAS et douze bénévoles', ['public', 'association']],
  ['Une entreprise de menuiserie', ['private']],
  ['A charity and the county council', ['public', 'association']],
  ['Ma voisine Solène', []],
];

test('the kinds of actors that an answer names', () => {
  for (const [text, kinds] of ACTORS) assert.deepEqual([...actorKinds(text)], kinds, text);
});

const NOW = '2026-11-25T10:00:00.000Z';
const read = (text: string) => {
  const { words, states, since, until, ...rest } = readQuery(text, NOW, 'Europe/Paris');
  const days = [since, until].map((at) => at?.slice(0, 16));
  return { words: words.map(({ typed }) => typed).join(' '), states, days, ...rest };
};
type Read = ReturnType<typeof read>;
const NOTHING: Read = { words: '', states: [], days: [undefined, undefined], mine: false, unused: false, page: 1 };

const QUERIES: [text: string, means: Partial<Read>][] = [
  ['nantes bénévoles', { words: 'nantes bénévoles' }],
  ['les bénévoles de l’atelier', { words: 'bénévoles atelier' }],
  ['acceptés', { states: ['accepted'] }],
  ['Accepted, nantes', { states: ['accepted'], words: 'nantes' }],
  ['nouveaux acceptés', { states: ['new', 'accepted'] }],
  ['en attente', { states: ['waiting'] }],
  ['mis de côté', { states: ['setAside'] }],
  ['in hand', { states: ['inHand'] }],
  ['pas utilisés', { unused: true }],
  ['not used', { unused: true }],
  ['acceptés pas encore utilisés', { states: ['accepted'], unused: true }],
  ['les miens', { mine: true }],
  ['mine waiting', { mine: true, states: ['waiting'] }],
  ['« nouveau lieu »', { words: 'nouveau lieu' }],
  ['"pas utilisés" 2026', { words: 'utilisés', days: ['2025-12-31T23:00', '2026-12-31T23:00'] }],
  ['2026-07', { days: ['2026-06-30T22:00', '2026-07-31T22:00'] }],
  ['juillet 2026', { days: ['2026-06-30T22:00', '2026-07-31T22:00'] }],
  ['july 2026', { days: ['2026-06-30T22:00', '2026-07-31T22:00'] }],
  ['24/11/2026', { days: ['2026-11-23T23:00', '2026-11-24T23:00'] }],
  ['depuis octobre 2026 phare', { days: ['2026-09-30T22:00', undefined], words: 'phare' }],
  ['since 2026-03-29', { days: ['2026-03-28T23:00', undefined] }],
  ['avant 2026', { days: [undefined, '2025-12-31T23:00'] }],
  ['jusqu’au 2026-11-30', { days: [undefined, '2026-11-30T23:00'] }],
  ['depuis 2026-01 avant 2026-03', { days: ['2025-12-31T23:00', '2026-02-28T23:00'] }],
  ['depuis 3 jours', { days: ['2026-11-22T10:00', undefined] }],
  ['last week', { days: ['2026-11-18T10:00', undefined] }],
  ['2026-13-45', { words: '2026 13 45' }],
  ['31/02/2026', { words: '31 02 2026' }],
  ['loi 1901', { words: 'loi 1901' }],
  ['nantes page 3', { words: 'nantes', page: 3 }],
  ['page de garde', { words: 'page garde' }],
  ['', {}],
  ['   ', {}],
  ['🌱', {}],
  ['.*+?^$\x7b}()|[]\\ AND OR NOT -" "', {}],
  ['{"$ne":null}', { words: 'null' }],
];

test('a typed search is read as people mean it', () => {
  for (const [text, means] of QUERIES) {
    assert.deepEqual(read(text), { ...NOTHING, ...means }, text);
  }
});

test('operators, symbols and silence ask for nothing', () => {
  for (const text of ['', ' ', '🌱', '.*+?^$\x7b}()|[]\\', '" "', '$ne', '&& || !', 'le la les', '« »']) {
    assert.ok(isEmpty(readQuery(text, NOW, 'Europe/Paris')), text);
  }
});

test('whatever is typed is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { page } = readQuery(text, NOW, 'Europe/Paris');
      assert.ok(page >= 1);
    }),
    { numRuns: 1_000 },
  );
});

test('the next page is the same search', () => {
  assert.equal(withPage('nantes  page 2 bénévoles', 3), 'nantes bénévoles page 3');
  assert.equal(readQuery(withPage('"page 2" nantes', 3), NOW, 'Europe/Paris').page, 3);
});

test('a case is found by the département and the région its place lies in; a number is that of a département', () => {
  const reze = { level: 'commune' as const, code: '44143', name: 'Rezé', departement: '44', region: '52' };
  const terms = termsOf(practice('K1', { places: [reze] }), flow.fields, someTowns);
  for (const term of tokens('Loire-Atlantique')) assert.ok(terms.includes(term) && !terms.includes(`^${term}`), term);
  assert.equal(wordFor(practice('K1', { places: [reze] }), 'atlantiqu', someTowns), 'atlantique');
  const grandEst = practice('K2', { places: [{ level: 'region', code: '44', name: 'Grand Est' }] });
  assert.ok(!termsOf(grandEst, flow.fields, someTowns).includes('44'));
});

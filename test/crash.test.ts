// A kill at every await of a whole case, on every store: no word lost, no case twice, no announcement missing, and no
// answered question asked again. The platform delivers again what was not acknowledged.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { openMongo } from '../adapters/stores/mongo/index.ts';
import { openSqlite } from '../adapters/stores/sqlite/index.ts';
import { readFlow } from '../src/flow.ts';
import type { Library, Store } from '../src/ports.ts';
import { openEngine } from './support/engine.ts';
import { type Line, type Tale, tell } from './support/tale.ts';

const reading = readFlow(join(import.meta.dirname, '../flows/territorial-governance/flow.yaml'), 'en');
assert.ok('flow' in reading);
const { flow } = reading;

const ANSWERS = [
  'Le quartier des Tilleuls\nà Valbrume',
  'La mairie (publique)\u00a0; douze bénévoles',
  'Un comité se réunit chaque trimestre, __proto__ compris',
  'Environ 80 personnes par an 🌱, la moitié autonome',
  ' Une personne payée pour coordonner ',
];
const TOLD: Line[] = ['bonjour', '1', ...ANSWERS, '1'];
/** The team asks one answer back, and uses the case. */
const USED: Line[] = [
  ...TOLD,
  { by: 'Alix', verb: 'take' },
  { by: 'Bob', verb: 'take' },
  { by: 'Alix', verb: 'ask-evidence', form: { text: 'Combien de personnes ?' } },
  'Cent vingt personnes',
  'dont la moitié revient',
  '2',
  { by: 'Alix', verb: 'ask', form: { text: 'Depuis quand ?' } },
  'Depuis 2018',
  { by: 'Alix', verb: 'accept' },
  { by: 'Bob', verb: 'use', form: { report: 'Rapport', quotation: 'Un comité' } },
];

function isWhole({ practices, announced, questions }: Tale, killed: number): void {
  const at = `killed at await ${killed}`;
  assert.equal(practices.length, 1, `${at}: one practice`);
  const practice = practices[0];
  const told = flow.fields.map((field) => practice?.answers[field.key]?.text);
  assert.deepEqual(told, ANSWERS, at);
  assert.ok(announced >= 1 && announced <= 2, `${at}: announced ${announced} times`);
  // A question may be shown twice when the process dies between showing it and knowing so; never after its answer.
  const numbers = questions.flatMap((heading) => /^Question (\d)/.exec(heading)?.[1] ?? []).map(Number);
  assert.deepEqual(numbers, [...numbers].sort(), `${at}: questions ${numbers.join(' ')}`);
}

/** However it was cut short, the story of the case ends the same. */
function isUsed({ practices, shown }: Tale, killed: number): void {
  const at = `killed at await ${killed}`;
  const [practice, ...others] = practices;
  assert.equal(others.length, 0, at);
  assert.equal(practice?.state, 'used', at);
  assert.equal(practice.holder?.name, 'Alix', at);
  assert.equal(practice.answers['evidence']?.text, 'Cent vingt personnes\ndont la moitié revient', at);
  assert.deepEqual(
    practice.replies?.map(({ parts }) => parts.map(({ text }) => text)),
    [['Depuis 2018']],
    at,
  );
  assert.deepEqual(
    practice.uses?.map(({ report }) => report),
    ['Rapport'],
    at,
  );
  const did = ['submitted', 'taken', 'asked', 'revised', 'asked', 'answered', 'accepted', 'used'];
  assert.deepEqual(
    practice.history.map(({ what }) => what),
    did,
    at,
  );
  const said = (chat: string) =>
    JSON.stringify(shown.filter(({ to }) => to.chat === chat).map(({ message }) => message.blocks));
  for (const words of ['Combien de personnes ?', 'Depuis quand ?', 'est accepté', 'est utilisé']) {
    assert.ok(said('moi').includes(words), `${at}: the author never read “${words}”`);
  }
  for (const words of ['déjà suivi par Alix', 'dont la moitié revient', 'Depuis 2018']) {
    assert.ok(said('staff').includes(words), `${at}: the team never read “${words}”`);
  }
  assert.doesNotMatch(said('moi'), /Alix|Bob/, at);
}

async function everywhere(open: () => Promise<Store & Library>, lines = TOLD, check = isWhole): Promise<number> {
  const calm = await open();
  const whole = await tell(calm, flow, lines, Number.POSITIVE_INFINITY);
  await calm.close();
  check(whole, 0);
  assert.equal(whole.announced, 1);
  for (let at = 1; at <= whole.awaits; at++) {
    const store = await open();
    check(await tell(store, flow, lines, at), at);
    await store.close();
  }
  return whole.awaits;
}

test('memory: killed at every await', async (t) => {
  t.diagnostic(`${await everywhere(async () => openMemory())} kills`);
});

test('SQLite: killed at every await', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'recueil-crash-'));
  let count = 0;
  const open = async () => {
    count += 1;
    return openSqlite(join(folder, String(count)));
  };
  t.diagnostic(`${await everywhere(open)} kills`);
  rmSync(folder, { recursive: true });
});

test('MongoDB: killed at every await', async (t) => {
  const engine = await openEngine();
  const stores: Store[] = [];
  t.after(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await engine.close();
  });
  let count = 0;
  const open = async () => {
    count += 1;
    const store = await openMongo(withDatabase(engine.uri, `crash_${count}`));
    stores.push(store);
    return store;
  };
  t.diagnostic(`${await everywhere(open)} kills`);
});

/** The same server, another database. */
function withDatabase(uri: string, name: string): string {
  const [server = '', options] = uri.split('?');
  const base = server.replace(/^(mongodb(?:\+srv)?:\/\/[^/]+)\/?.*$/, '$1');
  return `${base}/${name}${options === undefined ? '' : `?${options}`}`;
}

test('memory: a case on its way to a report, killed at every await', async (t) => {
  t.diagnostic(`${await everywhere(async () => openMemory(), USED, isUsed)} kills`);
});

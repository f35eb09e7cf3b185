// The command as people run it: real processes, real stores, real signals.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Practice } from '../src/model.ts';
import { openEngine } from './support/engine.ts';
import { type Ran, run, talk } from './support/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'recueil-cli-'));
let engine: Awaited<ReturnType<typeof openEngine>>;
before(async () => {
  engine = await openEngine();
});
after(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

let drawn = 0;
const sqlite = (): Record<string, string> => {
  drawn += 1;
  return { DATA_DIR: join(folder, String(drawn)) };
};
const mongo = (): Record<string, string> => {
  drawn += 1;
  return { MONGODB_URI: engine.uri.replace(/\/[^/?]*\?/, `/cli_${drawn}?`) };
};

const KEYS = ['territory', 'actors', 'interactions', 'evidence', 'successFactors'];
/** Invented, and of the shape people really write: long, several paragraphs, everything in them. */
const CASE = [
  'Le quartier des Tilleuls à Valbrume (département 99), environ 4 000 habitants.',
  'La mairie : prête la salle.\n\nClic Ensemble (privé) : douze bénévoles ;\nle bailleur : informe ses locataires.',
  `Un comité se réunit chaque trimestre. ${'On y décide ensemble, sans jamais voter. '.repeat(30)}\\ fin`,
  'Depuis 2016, plus de 80 personnes par an… « gratuit » ! 🌱 <b>&amp;</b> __proto__ =1+1',
  '  Une personne payée pour coordonner,\tun lieu ouvert le soir.  ',
];
const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
const LINES = ['/start', '1', ...CASE.map(escaped), '1'];
/** What is printed once each line has been answered. */
const SIGNS = [
  '2. Je refuse',
  'Question 1/5',
  'Question 2/5',
  'Question 3/5',
  'Question 4/5',
  'Question 5/5',
  '4. Continuer',
  'Son numéro est',
];

async function practices(environment: Record<string, string>): Promise<Practice[]> {
  const { out, code } = await run(['practices', '--json'], environment);
  assert.equal(code, 0);
  return JSON.parse(out) as Practice[];
}

function isWhole(found: Practice[], count = 1): void {
  assert.equal(found.length, count);
  for (const practice of found) {
    const told = KEYS.map((key) => practice.answers[key]?.text);
    assert.deepEqual(told, CASE);
  }
}

const announcements = (out: string): number => out.match(/équipe \| Nouveau récit/g)?.length ?? 0;

/** One clear message, no trace of code. */
function isClear({ code, err }: Ran, expected: RegExp, exit = 2): void {
  assert.equal(code, exit, err);
  assert.match(err, expected);
  assert.doesNotMatch(err, /\.ts:\d|node:internal|at .*\(/);
}

for (const [name, store] of Object.entries({ SQLite: sqlite, MongoDB: mongo })) {
  test(`${name}: a case piped in is kept byte for byte and announced once`, async () => {
    const environment = store();
    const { code, out, err } = await run(['chat'], environment, `${LINES.join('\n')}\n`);
    assert.deepEqual([code, err], [0, '']);
    assert.equal(announcements(out), 1);
    isWhole(await practices(environment));
  });

  test(`${name}: SIGKILL after any answered line, then going on, gives the same`, async () => {
    for (let killed = 1; killed <= LINES.length; killed++) {
      const environment = store();
      const first = talk(['chat'], environment);
      await first.until('2. Je refuse');
      for (let i = 0; i < killed; i++) {
        first.write(LINES[i] ?? '');
        await first.until(SIGNS[i] ?? '');
      }
      await first.kill('SIGKILL');
      const rest = LINES.slice(killed).map((line) => `${line}\n`);
      const second = await run(['chat'], environment, rest.join(''));
      assert.equal(second.code, 0, second.err);
      isWhole(await practices(environment));
      if (killed < LINES.length) assert.equal(announcements(second.out), 1, `killed after ${killed} lines`);
    }
  });
}

test('SIGKILL before a line is answered: it is there whole or not at all', async () => {
  for (let line = 2; line < 7; line++) {
    const environment = sqlite();
    const first = talk(['chat'], environment);
    await first.until('2. Je refuse');
    for (let i = 0; i < line; i++) {
      first.write(LINES[i] ?? '');
      await first.until(SIGNS[i] ?? '');
    }
    first.write(LINES[line] ?? '');
    await first.kill('SIGKILL');
    const peek = await run(['chat'], environment, '');
    const next = /Question (\d)\/5/.exec(peek.out)?.[1];
    const kept = next === undefined || Number(next) > line - 1;
    const rest = LINES.slice(kept ? line + 1 : line);
    await run(['chat'], environment, rest.map((one) => `${one}\n`).join(''));
    isWhole(await practices(environment));
  }
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends cleanly, says so, and nothing is lost`, async () => {
    const environment = sqlite();
    const first = talk(['chat'], environment);
    await first.until('2. Je refuse');
    first.write('1');
    await first.until('Question 1/5');
    first.write(escaped(CASE[0] ?? ''));
    await first.until('Question 2/5');
    assert.equal(await first.kill(signal), 0);
    assert.match(first.err(), /Tout est gardé/);
    await run(
      ['chat'],
      environment,
      LINES.slice(3)
        .map((one) => `${one}\n`)
        .join(''),
    );
    isWhole(await practices(environment));
  });
}

test('each line of check is in one language, marks included', async () => {
  const french = await run(['check'], sqlite());
  assert.match(french.out, /^(?:ok : .*\n)+$/);
  assert.match(french.out, /^ok : Stockage : SQLite, \/.+$/m);
  const english = await run(['check'], { ...sqlite(), LANG: 'en', STAFF_TO: 'telegram:-1' });
  assert.match(english.out, /^(?:(?:ok|to do): .*\n)+$/);
  assert.doesNotMatch(english.out, /[ \u00a0]:/);
});

test('one writer at a time, with a clear message; reading commands work beside it', async () => {
  const environment = sqlite();
  const first = talk(['chat'], environment);
  await first.until('2. Je refuse');
  isClear(await run(['chat'], environment, 'bonjour\n'), /Un autre processus Recueil/);
  assert.equal((await run(['practices'], environment)).code, 0);
  const check = await run(['check'], environment);
  assert.equal(check.code, 0);
  assert.match(check.out, /tenu par un processus Recueil en marche/);
  assert.equal(await first.end(), 0);
});

test('two people, and a second practice of one of them, in the same data', async () => {
  const environment = sqlite();
  for (const name of ['ana', 'bruno']) await run(['chat', '--as', name], environment, `${LINES.join('\n')}\n`);
  await run(['chat', '--as', 'ana'], environment, `${['/nouveau', ...LINES.slice(2)].join('\n')}\n`);
  const found = await practices(environment);
  isWhole(found, 3);
  assert.equal(new Set(found.map(({ author }) => author)).size, 2);
  const list = await run(['practices'], environment);
  assert.equal(list.out.trim().split('\n').length, 3);
  const sheet = await run(['practices', list.out.slice(0, 11).toLowerCase()], environment);
  assert.match(sheet.out, /Clic Ensemble \(privé\) : douze bénévoles/);
  const search = await run(['find', 'BENEVOLE', 'ensemble'], environment);
  assert.match(search.out, /^3 récits\n/);
  assert.ok(search.out.includes(list.out.slice(0, 11)));
  assert.match(
    (await run(['find', 'xylophone'], environment)).out,
    /^Aucun récit ne contient «\u00a0xylophone\u00a0»\./,
  );
  assert.match((await run(['find'], environment)).out, /^Chercher un récit\n/);
  assert.match((await run(['find', 'x'], sqlite())).err, /Aucun récit pour le moment/);
});

test('English for those who want it', async () => {
  const environment = { ...sqlite(), LANG: 'en_GB.UTF-8' };
  const { out } = await run(['chat'], environment, 'hello\n1\nLilac Street in Valbrume\n');
  assert.match(out, /Question 2\/5: Actors/);
  assert.match((await run(['nothing'], environment)).err, /Unknown command: nothing\./);
});

test('hostile words are kept and drive nothing', async () => {
  const environment = sqlite();
  const hostile = [
    '__proto__ et constructor',
    'NUL \u0000 ici, et \u202edroite',
    '\u001b[2J\u001b]0;titre\u0007 une séquence',
  ];
  const long = `La mairie ${'é'.repeat(99_990)}`;
  const answers = [...hostile, long, 'Un lieu ouvert le soir et un accord'];
  const { code, out } = await run(['chat'], environment, `${['1', ...answers, '/tout', '1'].join('\n')}\n`);
  assert.equal(code, 0);
  assert.doesNotMatch(out, /(?!\n)\p{Cc}/u);
  const [practice] = await practices(environment);
  assert.deepEqual(
    KEYS.map((key) => practice?.answers[key]?.text),
    answers,
  );
});

test('bytes that are no text, and 500 lines at once, crash nothing', async () => {
  const environment = sqlite();
  const broken = Buffer.concat([Buffer.from('1\nValbrume \xff\xed\xa0\x80 ', 'latin1'), Buffer.from('\n')]);
  assert.equal((await run(['chat'], environment, broken)).code, 0);
  const many = Array.from({ length: 500 }, (_, i) => `ligne ${i} de la mairie`).join('\n');
  const { code, out } = await run(['chat', '--as', 'bavard'], environment, `1\n${many}\n`);
  assert.equal(code, 0);
  assert.match(out, /Où le mettre/);
});

test('nothing kept yet: an empty list', async () => {
  const environment = sqlite();
  const { code, out } = await run(['practices', '--json'], environment);
  assert.deepEqual([code, JSON.parse(out)], [0, []]);
});

test('a forgotten case is gone', async () => {
  const environment = sqlite();
  await run(['chat'], environment, `${LINES.join('\n')}\n`);
  const [practice] = await practices(environment);
  assert.equal((await run(['forget', practice?.id ?? ''], environment)).code, 0);
  assert.deepEqual(await practices(environment), []);
  isClear(await run(['forget', practice?.id ?? ''], environment), /Aucun récit ne porte/);
});

test('the schema and a golden conversation, from the command line', async () => {
  assert.equal(typeof JSON.parse((await run(['flow', '--schema'], {})).out), 'object');
  const file = join(import.meta.dirname, '../flows/territorial-governance/transcripts/01-tout-droit.txt');
  assert.equal((await run(['replay', file], {})).code, 0);
  const changed = join(folder, 'changed.txt');
  writeFileSync(changed, '> bonjour\n');
  assert.equal((await run(['replay', changed], {})).code, 1);
});

const flaw = join(folder, 'flaw.yaml');
writeFileSync(flaw, 'name: jardins\nsujet: x\n');
const asFolder = join(folder, 'a-file');
writeFileSync(asFolder, '');

const REFUSED: [title: string, args: string[], environment: Record<string, string>, expected: RegExp][] = [
  ['an unknown command', ['conter'], {}, /Commande inconnue : conter\./],
  ['an unknown option', ['chat', '--comme', 'x'], {}, /Option inconnue/],
  ['start with no channel and no terminal', [], {}, /Aucun canal n’est configuré/],
  ['a flow that cannot be read', ['flow', '/nowhere.yaml'], {}, /\/nowhere\.yaml:1:1: je ne peux pas lire/],
  ['a flow with faults', ['flow', flaw], {}, /flaw\.yaml:2:1: « sujet » n’est pas un réglage connu/],
  ['a faulty flow at start', ['chat'], { FLOW_FILE: flaw }, /flaw\.yaml:2:1/],
  ['no file', ['flow'], {}, /Quel fichier/],
  ['a data folder that cannot be written', ['chat'], { DATA_DIR: join(asFolder, 'data') }, /Impossible d’écrire dans/],
  ['a MongoDB address that is none', ['chat'], { MONGODB_URI: 'localhost' }, /MONGODB_URI : ce n’est pas une adresse/],
  [
    'a MongoDB that does not answer',
    ['chat'],
    { MONGODB_URI: 'mongodb://127.0.0.1:1/x' },
    /La base MongoDB ne répond pas/,
  ],
  ['an address that is none', ['chat'], { STAFF_TO: 'fax:12' }, /STAFF_TO : « fax:12 » n’est pas une adresse/],
  ['an unknown setting', ['chat'], { STAFF_TOO: 'x' }, /STAFF_TOO : réglage inconnu/],
  ['a log level that is none', ['chat'], { LOG_LEVEL: 'fort' }, /LOG_LEVEL : écrivez l’un de/],
  ['a date that is none', ['practices', '--since', 'hier'], {}, /« hier » n’est pas une date/],
  ['a case that is not there', ['practices', '7K3QM-0XTD2'], {}, /Aucun récit ne porte/],
];

for (const [title, args, environment, expected] of REFUSED) {
  test(`refused clearly: ${title}`, async () => isClear(await run(args, { ...sqlite(), ...environment }), expected));
}

test('every fault of the configuration is told at once', async () => {
  const { err } = await run(['check'], { ...sqlite(), STAFF_TO: 'fax:12', LOG_LEVEL: 'fort', PAUSE_MS: 'x' });
  const told = await run(['chat'], { ...sqlite(), STAFF_TO: 'fax:12', LOG_LEVEL: 'fort', PAUSE_MS: 'x' });
  assert.equal(told.err.trim().split('\n').length, 3);
  assert.equal(err, '');
});

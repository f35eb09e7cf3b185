// The laws that files themselves must keep: pure files do nothing but compute, and everything points inward.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const ROOT = dirname(import.meta.dirname);

/** Files that touch the world. Everything else in src/ is pure; so are parse.ts, render.ts and schema.ts of an adapter. */
const SHELL = new Set([
  'src/apology.ts',
  'src/budget.ts',
  'src/clock.ts',
  'src/config.ts',
  'src/config/digest.ts',
  'src/copying.ts',
  'src/desk.ts',
  'src/due.ts',
  'src/duty.ts',
  'src/digest/atlas.ts',
  'src/digest/gather.ts',
  'src/digest/picture.ts',
  'src/digest/schedule.ts',
  'src/finding.ts',
  'src/flow.ts',
  'src/flow/schema.ts',
  'src/house.ts',
  'src/http.ts',
  'src/identity.ts',
  'src/intake.ts',
  'src/log.ts',
  'src/main.ts',
  'src/metrics.ts',
  'src/outage.ts',
  'src/readiness.ts',
  'src/replay.ts',
  'src/precedence.ts',
  'src/reception.ts',
  'src/rounds.ts',
  'src/sending.ts',
  'src/turn.ts',
  'src/cli/channels.ts',
  'src/cli/chat.ts',
  'src/cli/check.ts',
  'src/cli/digest.ts',
  'src/cli/digests.ts',
  'src/cli/find.ts',
  'src/cli/export.ts',
  'src/cli/ledger.ts',
  'src/cli/practices.ts',
  'src/cli/port.ts',
  'src/cli/progress.ts',
  'src/cli/session.ts',
  'src/cli/start.ts',
  'src/export/build.ts',
  'src/export/csv.ts',
  'src/export/docx.ts',
  'src/export/office.ts',
  'src/export/storageless.ts',
  'src/export/write.ts',
  'src/export/xlsx.ts',
]);
/** Where adapters may be known. */
const COMPOSITION = ['src/main.ts', 'src/replay.ts', 'src/cli/'];

const files = ['src', 'adapters'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`),
);
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** What a file imports or re-exports: packages by name, files by their path from the root. `type` imports count too. */
function importsOf(file: string): string[] {
  const found = textOf(file).matchAll(/(?:^|\n)(?:import|export)\s[^;]*?from '([^']+)'|import\('([^']+)'\)/g);
  return [...found].map((match) => {
    const name = match[1] ?? match[2] ?? '';
    return name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), name)) : name;
  });
}

const isPure = (file: string): boolean =>
  file.startsWith('src/')
    ? !SHELL.has(file)
    : /\/(?:parse|render|schema|schemas|changes|split|words|text|content|who|interaction|forms|scopes)\.ts$/.test(file);
const isCore = (file: string): boolean => file.startsWith('src/') && isPure(file);

test('every shell file named here exists', () => {
  for (const file of SHELL) assert.ok(files.includes(file), file);
});

test('a pure file of src/ imports only pure files of src/', () => {
  for (const file of files.filter(isCore)) {
    for (const name of importsOf(file)) assert.ok(isCore(name), `${file} imports ${name}`);
  }
});

test('a pure file reads no clock, chance, network, disk or environment', () => {
  const IMPURE =
    /\bDate\.now\b|new Date\(\)|Math\.random|performance\.|\bprocess\.|\bfetch\(|\bsetTimeout|\bsetInterval|\bqueueMicrotask|\bcrypto\b|\bawait\b|\basync\b/;
  for (const file of files.filter((one) => isPure(one) && one !== 'src/ports.ts')) {
    const code = textOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    assert.doesNotMatch(code, IMPURE, file);
  }
});

test('only the composition root knows adapters', () => {
  for (const file of files.filter((one) => one.startsWith('src/'))) {
    if (COMPOSITION.some((root) => file.startsWith(root))) continue;
    for (const name of importsOf(file)) assert.doesNotMatch(name, /^adapters\//, `${file} imports ${name}`);
  }
});

test('an adapter imports the model, the ports, its own folder and its platform, nothing else of the house', () => {
  for (const file of files.filter((one) => /^adapters\/.+\//.test(one))) {
    const own = file.split('/').slice(0, 3).join('/');
    const shared = file.split('/').slice(0, 2).join('/');
    for (const name of importsOf(file)) {
      if (!/^(?:src|adapters)\//.test(name)) continue;
      const allowed =
        ['src/model.ts', 'src/ports.ts'].includes(name) || name.startsWith(own) || dirname(name) === shared;
      assert.ok(allowed, `${file} imports ${name}`);
    }
  }
});

test('no circle of imports', () => {
  const done = new Set<string>();
  const visit = (file: string, path: string[]): void => {
    assert.ok(!path.includes(file), [...path, file].join(' → '));
    if (done.has(file)) return;
    for (const name of importsOf(file).filter((one) => files.includes(one))) visit(name, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

test('every file opens by saying what it is, and stays small enough to live in', () => {
  for (const file of files) {
    const text = textOf(file);
    assert.match(text, /^\/\/ \S/, `${file} does not say what it is`);
    assert.ok(text.split('\n').length <= 260, `${file} is too long`);
  }
});

test('src/ knows no field of any flow, only kinds and the headline', () => {
  for (const file of files.filter((one) => one.startsWith('src/'))) {
    assert.doesNotMatch(textOf(file), /\b(?:successFactors|interactions|evidence)\b/, file);
    // A territory is also a noun of the house: as a key of answers only.
    assert.doesNotMatch(textOf(file), /(?:answers|former)\W{1,4}territory|key\W{1,8}territory|territory'\]/, file);
  }
});

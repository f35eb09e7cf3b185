// The digest by hand, as people run it: real processes on a real store.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Practice } from '../src/model.ts';
import { run } from './support/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'recueil-digest-cli-'));
after(() => rmSync(folder, { recursive: true }));

const ANSWERS = ['les-acteurs', 'les-interactions', 'les-preuves', 'la-reussite'].map(
  (word) => `Une réponse inventée, assez longue pour suffire, sur ${word}`,
);
const LINES = ['/start', '1', 'Le plateau des Sources, à Valbrume', ...ANSWERS, '1'];

test('a digest is shown without being sent, then sent once; a place nobody set, and settings that cannot be, are said', async () => {
  const environment = { DATA_DIR: folder, DIGEST_TO: 'terminal:bureau?lang=fr' };
  const nothing = await run(['digest', '--preview'], environment);
  assert.deepEqual([nothing.code, nothing.out], [2, '']);
  await run(['chat'], environment, `${LINES.join('\n')}\n`);
  const [found] = JSON.parse((await run(['practices', '--json'], environment)).out) as Practice[];
  assert.ok(found);
  const whole = { ...environment, STAFF_TO: 'terminal:bureau' };
  for (let i = 0; i < 2; i++) {
    const { code, out } = await run(['digest', '--preview'], whole);
    assert.equal(code, 0);
    assert.match(out, /Pour terminal:bureau :[\s\S]*1 nouveau récit/);
  }
  const sent = await run(['digest', '--now'], whole);
  assert.equal(sent.code, 0, sent.err);
  assert.match(sent.out, new RegExp(`/lire ${found.id.slice(0, 5)}-${found.id.slice(5)}`));
  assert.match((await run(['digest', '--now'], whole)).out, /Rien de nouveau/);
  const lost = await run(['digest', '--now'], { ...whole, DIGEST_TO: '' });
  assert.deepEqual([lost.code, /DIGEST_TO=/.test(lost.err)], [2, true]);
  const wrong = await run(['start'], { ...whole, TZ_NAME: 'Europe/Pari', DIGEST_CRON: 'lundi' });
  assert.equal(wrong.code, 2);
  for (const name of ['TZ_NAME', 'DIGEST_CRON']) assert.match(wrong.err, new RegExp(`${name} : «`));
  assert.match(
    (await run(['check'], whole)).out,
    /trois prochains, heure de Europe\/Paris : .*09:00 ; .*09:00 ; .*09:00/,
  );
});

// Golden conversations: what a facilitator reads is what is played. UPDATE=1 writes them anew.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { readOfficial } from '../adapters/gazetteers/cog/index.ts';
import { readFlow } from '../src/flow.ts';
import { gazetteerOf } from '../src/places/gazetteer.ts';
import { replay } from '../src/replay.ts';

const ROOTS = ['flows/territorial-governance', 'test/flows/jardins'];

const gazetteer = gazetteerOf(readOfficial);

for (const root of ROOTS) {
  const folder = join(dirname(import.meta.dirname), root);
  const reading = readFlow(join(folder, 'flow.yaml'), 'en');
  assert.ok('flow' in reading, 'faults' in reading ? reading.faults.join('\n') : '');
  for (const file of readdirSync(join(folder, 'transcripts')).sort()) {
    test(`${basename(root)}: ${file}`, async () => {
      const path = join(folder, 'transcripts', file);
      const written = readFileSync(path, 'utf8');
      const played = await replay(written, reading.flow, gazetteer);
      if (process.env['UPDATE'] === '1') writeFileSync(path, played);
      else assert.equal(played, written);
    });
  }
}

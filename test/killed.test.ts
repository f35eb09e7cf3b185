// A few kills of what `npm run crash` does by the hundred, on each store, so that it cannot rot.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chanceOf } from './crash/chance.ts';
import { judge, LOSSES } from './crash/oracle.ts';
import type { Diary } from './crash/people.ts';
import { play } from './crash/stage.ts';
import { practice } from './support/documents.ts';
import { openEngine } from './support/engine.ts';

for (const store of ['SQLite', 'MongoDB']) {
  test(`${store}: people tell their cases while the command is killed`, async (t) => {
    const engine = store === 'MongoDB' ? await openEngine() : undefined;
    t.after(() => engine?.close());
    const few = { chance: chanceOf(41), name: 'few', kills: 4, people: 1 };
    const { losses, ...verdict } = await play({ ...few, ...(engine ? { mongoUri: engine.uri } : {}) });
    t.diagnostic(`${verdict.kills} kills in ${verdict.seconds} s, ${verdict.cases} cases of ${verdict.words} messages`);
    assert.deepEqual(losses, []);
    for (const name of LOSSES) assert.equal(verdict[name], 0, name);
    assert.ok(verdict.cases >= 3);
  });
}

test('each loss is seen for what it is', () => {
  const kept = practice('AAAAAAAAAA', { order: ['territory', 'soil'] });
  const diary: Diary = {
    ...{ name: 'x', again: ['x: question 1 after 2'], silences: [], clicksRepeated: 0, greetingsRepeated: 0 },
    cases: [{ answers: [['Rue des Lilas'], ['Argileuse']], id: 'AAAAA-AAAAA' }],
  };
  const announced = { slack: new Map([['AAAAA-AAAAA', 2]]), discord: new Map([['AAAAA-AAAAA', 2]]) };
  const none = { slack: new Map(), discord: new Map() };
  const good = judge({ diaries: [diary], practices: [kept], announced });
  assert.deepEqual(
    [good.words_lost, good.words_astray, good.cases_doubled, good.announcements_lost, good.questions_asked_again],
    [0, 0, 0, 0, 1],
  );
  assert.deepEqual([good.announcements_doubled, good.announcements_repeated], [1, 1]);
  assert.equal(judge({ diaries: [diary], practices: [], announced }).words_lost, 2);
  const changed = practice('AAAAAAAAAA', {
    answers: { ...kept.answers, soil: { ...kept.answers['territory'] } as never },
  });
  assert.equal(judge({ diaries: [diary], practices: [changed], announced }).words_lost, 1);
  const swapped = practice('AAAAAAAAAA', { order: ['soil', 'territory'] });
  assert.equal(judge({ diaries: [diary], practices: [swapped], announced }).words_astray, 2);
  assert.equal(judge({ diaries: [diary], practices: [kept, practice('BBBBBBBBBB')], announced }).cases_doubled, 1);
  assert.equal(judge({ diaries: [diary], practices: [kept], announced: none }).announcements_lost, 2);
});

// How far people come, counted as they talk: begun, sent, and the question where the others stopped.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Trail } from '../src/model.ts';
import { DAY } from '../src/outgoing.ts';
import { flow, type World, world } from './support/world.ts';

const [first = '', second = ''] = flow.fields.map(({ key }) => key);
const answers = flow.fields.map(({ key }) => `Une réponse assez longue pour suffire, sur ${key}, avec quelques mots`);

async function trailAfter(lines: string[], then?: (w: World) => Promise<void>): Promise<Trail> {
  const w = await world();
  for (const line of lines) {
    await w.say(line);
    await w.pass(0);
  }
  await then?.(w);
  const trail = await w.store.trail();
  await w.house.stop();
  assert.deepEqual(w.failures, []);
  return trail;
}

test('before consent nothing is begun', async () => {
  assert.deepEqual(await trailAfter(['bonjour']), { begun: 0, sent: 0, at: {}, left: {} });
});

test('a draft stands at its first open question, then at the recap, then is sent', async () => {
  assert.deepEqual(await trailAfter(['bonjour', '1']), { begun: 1, sent: 0, at: { [first]: 1 }, left: {} });
  const one = await trailAfter(['bonjour', '1', answers[0] ?? '']);
  assert.deepEqual(one, { begun: 1, sent: 0, at: { [second]: 1 }, left: {} });
  assert.deepEqual(await trailAfter(['bonjour', '1', ...answers]), { begun: 1, sent: 0, at: { recap: 1 }, left: {} });
  assert.deepEqual(await trailAfter(['bonjour', '1', ...answers, '1']), { begun: 1, sent: 1, at: {}, left: {} });
});

test('a draft given up is counted where it stood, and no more once it is taken back', async () => {
  const lines = ['bonjour', '1', answers[0] ?? '', '/annuler'];
  assert.deepEqual(await trailAfter(lines), { begun: 1, sent: 0, at: {}, left: { [second]: 1 } });
  const back = await trailAfter([...lines, '/retablir']);
  assert.deepEqual(back, { begun: 1, sent: 0, at: { [second]: 1 }, left: {} });
});

test('a draft that is erased in the end was given up', async () => {
  const trail = await trailAfter(['bonjour', '1', answers[0] ?? ''], async (w) => {
    for (let day = 0; day < flow.retention.draft + 30; day++) await w.pass(DAY);
  });
  assert.deepEqual(trail, { begun: 1, sent: 0, at: {}, left: { [second]: 1 } });
});

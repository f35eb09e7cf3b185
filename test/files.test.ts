// The files that come with messages: copied after the turn that brought them, erased once nothing refers to them any more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Conversation, FileRef, Part } from '../src/model.ts';
import { type World, world } from './support/world.ts';

const PHOTO: FileRef = { channel: 'terminal', id: 'photo', ref: 'photo', name: 'photo.txt' };

async function* content() {
  yield new TextEncoder().encode('des carrés de terre et des outils partagés');
}

/** The names under which the files of these messages are kept. */
const keptIn = (parts: Part[] = []): string[] =>
  parts.flatMap(({ files = [] }) => files.flatMap(({ copy }) => (copy && 'kept' in copy ? [copy.kept] : [])));

const answersIn = (c: Conversation): Part[] =>
  Object.values(c.drafts).flatMap(({ answers }) => Object.values(answers).flatMap(({ parts }) => parts));

/** Somebody who agreed, and sent a picture under the first question. */
async function pictured(): Promise<World & { kept: string }> {
  const w = await world({ fetch: async () => content() });
  for (const text of ['bonjour', '1']) await w.say(text);
  await w.send({ text: 'Rue des Lilas, derrière l’école', files: [PHOTO] });
  await w.pass(1_000);
  const [kept = ''] = keptIn(answersIn(await w.conversation()));
  return { ...w, kept };
}

const isThere = async ({ store }: World, name: string): Promise<boolean> => (await store.files.open(name)) !== null;

test('a picture under an answer is copied, and kept with it', async () => {
  const w = await pictured();
  assert.ok(await isThere(w, w.kept));
});

test('before anything was agreed to, too; and it goes with the words when their author refuses', async () => {
  const w = await world({ fetch: async () => content() });
  await w.say('bonjour');
  await w.send({ text: 'Un jardin partagé, derrière l’école', files: [PHOTO] });
  await w.pass(1_000);
  const [kept = ''] = keptIn((await w.conversation()).held);
  assert.ok(await isThere(w, kept));
  await w.say('2');
  await w.pass(1_000);
  assert.equal(await isThere(w, kept), false);
});

test('a draft that is dropped keeps its pictures while it can be taken back, and another that takes its place ends that', async () => {
  const w = await pictured();
  await w.say('/annuler');
  await w.pass(1_000);
  assert.ok(await isThere(w, w.kept));
  for (const text of ['/nouveau', '/annuler']) await w.say(text);
  await w.pass(1_000);
  assert.equal(await isThere(w, w.kept), false);
});

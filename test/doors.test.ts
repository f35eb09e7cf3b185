// Ways in beside typing: a form for a long answer, a message taken up as a story or suggested to its author, one's own page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Choice, Inbound, Outbound } from '../src/model.ts';
import type { Post } from '../src/ports.ts';
import { type World, world } from './support/world.ts';

const textOf = (post: Post | undefined): string => JSON.stringify(post?.message.blocks ?? []);
const isHome = ({ to }: Post): boolean => to.thread === 'home';
const talk = ({ posts }: World): Post | undefined => posts.filter((post) => !isHome(post)).at(-1);
const homes = ({ posts }: World): Outbound[] => posts.filter(isHome).map(({ message }) => message);

async function does(w: World, more: Partial<Inbound>): Promise<Inbound> {
  const inbound = await w.send(more);
  await w.pass(1_000);
  return inbound;
}

async function says(w: World, ...texts: string[]): Promise<void> {
  for (const text of texts) await does(w, { text });
}

function offered(w: World): Choice {
  const choice = talk(w)?.message.choices.find(({ form }) => form === 'answer');
  assert.ok(choice, textOf(talk(w)));
  return choice;
}

const draftsOf = async (w: World) => Object.values((await w.conversation()).drafts);
const answerOf = async (w: World, field: string): Promise<string[]> =>
  ((await draftsOf(w))[0]?.answers[field]?.parts ?? []).map(({ text }) => text);

test('a long answer may be given in a form: its inputs make one answer, told once', async () => {
  const w = await world({ forms: ['terminal'] });
  await says(w, 'bonjour', '1');
  const { id } = offered(w);
  const form = { 1: 'Le jardin des Lilas', 2: 'derrière la gare, à Valbrume', 4: '' };
  const sent = await does(w, { kind: 'choice', id: 'c:V1', choice: id, form });
  assert.deepEqual(await answerOf(w, 'plot'), ['Le jardin des Lilas\nderrière la gare, à Valbrume']);
  assert.match(textOf(talk(w)), /Question 2\/2/);
  const said = w.posts.length;
  await does(w, { ...sent });
  assert.equal(w.posts.length, said);
});

test('a form is offered only where there are forms, and asks to write here when it could not be shown', async () => {
  const plain = await world();
  await says(plain, 'bonjour', '1');
  assert.equal(plain.posts.at(-1)?.message.choices.filter(({ form }) => form).length, 0);
  const w = await world({ forms: ['terminal'] });
  await says(w, 'bonjour', '1');
  await does(w, { kind: 'choice', id: 'c:1', choice: offered(w).id });
  assert.match(textOf(talk(w)), /formulaire ne s’est pas ouvert[\s\S]*Question 1\/2/);
});

test('a form sent after the question was said again answers it; after another was asked, its words ask where to go', async () => {
  const w = await world({ forms: ['terminal'] });
  await says(w, 'bonjour', '1');
  const { id } = offered(w);
  await says(w, '/pourquoi');
  await does(w, { kind: 'choice', id: 'c:V1', choice: id, form: { 1: 'Le jardin des Lilas' } });
  assert.deepEqual(await answerOf(w, 'plot'), ['Le jardin des Lilas']);
  await does(w, { kind: 'choice', id: 'c:V2', choice: id, form: { 1: 'et celui du Moulin' } });
  assert.match(textOf(talk(w)), /Où le mettre/);
  await says(w, '1');
  assert.deepEqual(await answerOf(w, 'plot'), ['Le jardin des Lilas', 'et celui du Moulin']);
});

const STORY = 'Au jardin du Moulin, douze voisins partagent les outils et les récoltes';

test('a message of one’s own becomes a new draft, once, whatever draft is open', async () => {
  const w = await world();
  await says(w, 'bonjour', '1', 'Le jardin des Lilas');
  const taken = await does(w, { text: STORY, id: 'm:C1-7', as: 'story' });
  await does(w, { ...taken });
  const drafts = await draftsOf(w);
  assert.deepEqual(
    drafts.map(({ story }) => story.map(({ text }) => text)),
    [[], [STORY]],
  );
  assert.match(textOf(talk(w)), /autre brouillon est gardé[\s\S]*Question 1\/2/);
});

test('before consent it is held, and becomes the story with consent', async () => {
  const w = await world();
  await does(w, { text: STORY, id: 'm:C1-7', as: 'story' });
  assert.match(textOf(talk(w)), /de côté[\s\S]*Acceptez-vous/);
  assert.equal((await draftsOf(w)).length, 0);
  await says(w, '1');
  assert.deepEqual((await draftsOf(w))[0]?.story[0]?.text, STORY);
});

test('somebody else’s message: its author is asked before anything is kept as a draft, and a refusal erases it', async () => {
  const w = await world({ staff: [{ address: { channel: 'terminal', chat: 'staff' }, language: 'fr' }] });
  await does(w, { text: STORY, id: 'm:C1-7', as: 'suggestion' });
  assert.match(textOf(talk(w)), /vous le propose[\s\S]*douze voisins[\s\S]*Acceptez-vous/);
  await says(w, '2');
  assert.equal(JSON.stringify(await w.conversation()).includes('douze voisins'), false);
  const said = w.posts.length;
  await does(w, { text: STORY, id: 'm:C1-8', as: 'suggestion' });
  assert.equal(w.posts.length, said);
  assert.ok(w.posts.every(({ to }) => to.chat === 'moi'));
});

test('a suggestion does not move the question that is open', async () => {
  const w = await world();
  await says(w, 'bonjour', '1');
  await does(w, { text: STORY, id: 'm:C1-7', as: 'suggestion' });
  assert.match(textOf(talk(w)), /vous le propose/);
  await says(w, 'Le jardin des Lilas');
  const [open, waiting] = await draftsOf(w);
  assert.equal(open?.answers['plot']?.parts[0]?.text, 'Le jardin des Lilas');
  assert.equal(open?.story.length, 0);
  assert.equal(waiting?.story[0]?.text, STORY);
});

test('one’s own page is shown when it is opened, and follows only when what it shows changes', async () => {
  const w = await world();
  await does(w, { kind: 'presence', presence: 'home', id: 's:1' });
  assert.deepEqual(
    homes(w)[0]?.choices.map(({ id, label }) => [id, label]),
    [['home.new', 'Raconter une pratique']],
  );
  assert.equal(w.posts.length, 1);
  await does(w, { kind: 'choice', id: 'c:1', choice: 'home.new' });
  assert.match(textOf(talk(w)), /Acceptez-vous/);
  assert.equal(homes(w).length, 1);
  await says(w, '1', 'Le jardin des Lilas');
  assert.match(JSON.stringify(homes(w).at(-1)), /Le jardin des Lilas[\s\S]*1 réponse sur 2/);
  const shown = homes(w).length;
  await says(w, '/pourquoi');
  assert.equal(homes(w).length, shown);
  const { id = '' } = homes(w).at(-1)?.choices[0] ?? {};
  await does(w, { kind: 'choice', id: 'c:2', choice: id });
  assert.match(textOf(talk(w)), /Question 2\/2/);
});

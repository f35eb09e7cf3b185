// Blocking somebody: told so and why, nothing more of theirs is taken, what is theirs stays in their hands, and they may
// contest it once; and an author who wants no more questions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Conversation } from '../src/model.ts';
import { cases, flow, STAFF, saidTo, says, TOLD, textOf } from './support/governance.ts';
import { type World, world } from './support/world.ts';

const lastTo = (w: World, chat: string): string => saidTo(w, chat).at(-1) ?? '';

async function press(w: World, choice: string, form?: Record<string, string>): Promise<void> {
  await w.team('Alix', { press: choice, ...(form ? { form } : {}) });
  await w.pass(2_000);
}

/** Two cases are told, a third one begun; then the author is blocked over the first. */
async function blocked(): Promise<World & { id: string; other: string }> {
  const w = await world({ staff: STAFF, flow });
  await says(w, 'bonjour', '1', ...TOLD, '1', '/nouveau', ...TOLD, '1', '/nouveau', 'Un autre quartier de Valbrume');
  const [one, two] = await cases(w);
  assert.ok(one && two);
  await press(w, `${one.id}.bar`, { text: 'Des insultes' });
  return { ...w, id: one.id, other: two.id };
}

const told = (c: Conversation): unknown => [c.drafts, c.held, c.cases, c.notes, c.reply];

test('who is blocked is told so, why, what stays theirs and how to contest; every case of theirs shows it', async () => {
  const w = await blocked();
  const said = lastTo(w, 'moi');
  assert.match(said, /L’équipe a bloqué vos messages\nRaison\s: Des insultes\n/u);
  assert.match(said, /\/mes-recits/);
  assert.match(said, /\/contester/);
  for (const one of await cases(w)) assert.equal(one.barred, true);
  const cards = w.posts.filter(({ edits, message }) => edits && message.choices.length > 0).slice(-2);
  for (const card of cards) {
    assert.match(textOf(card), /Son auteur est bloqué/);
    assert.ok(card.message.choices.some(({ id }) => id.endsWith('.unbar')));
    assert.ok(!card.message.choices.some(({ id }) => id.endsWith('.ask')));
  }
  assert.deepEqual(w.failures, []);
});

test('nothing more of theirs is taken, and they are told at most once an hour', async () => {
  const w = await blocked();
  const before = told(await w.conversation());
  const sent = w.posts.length;
  await says(w, 'Encore des mots', '/note', '/recap', '/nouveau', '2');
  await w.send({ kind: 'choice', id: 'c:1', choice: 'home.new' });
  await w.send({ kind: 'edit', id: 'e:000003:1', text: 'Autre chose' });
  await w.send({ kind: 'message', id: 'm:x', form: { 1: 'Un formulaire' } });
  await w.pass(2_000);
  assert.deepEqual(told(await w.conversation()), before);
  assert.equal(w.posts.length, sent);
  await w.pass(3_600_000);
  await says(w, 'Toujours là');
  assert.equal(w.posts.length, sent + 1);
  assert.match(lastTo(w, 'moi'), /bloqué vos messages/);
});

test('their cases stay in their hands: they read them and take one back', async () => {
  const w = await blocked();
  await says(w, '/mes-recits');
  assert.match(lastTo(w, 'moi'), /Valbrume/);
  const shown = w.posts.findLast(({ to }) => to.chat === 'moi');
  const at = shown?.message.choices.findIndex(({ id }) => id.endsWith(w.other)) ?? -1;
  await says(w, String(at + 1));
  const act = w.posts.findLast(({ to }) => to.chat === 'moi')?.message.choices ?? [];
  await says(w, String(act.findIndex(({ id }) => id.endsWith('.withdraw')) + 1), '1');
  assert.equal((await w.store.load('practice', w.other))?.state, 'withdrawn');
});

test('they contest it once; the team reads why under the card and lifts it, and they are back where they stood', async () => {
  const w = await blocked();
  await says(w, '/contester', 'Ce n’était pas moi.', '/contester', 'Encore une fois.');
  const appeals = saidTo(w, 'staff').filter((text) => text.includes('L’auteur conteste'));
  assert.deepEqual(appeals, ['L’auteur conteste le blocage\u00a0:\nCe n’était pas moi.']);
  assert.match(lastTo(w, 'moi'), /contestation est transmise/);
  await press(w, `${w.id}.unbar`);
  assert.match(lastTo(w, 'moi'), /levé le blocage[\s\S]*Question 2\/5/);
  for (const one of await cases(w)) assert.equal(one.barred, undefined);
  await says(w, 'La mairie et ses voisins');
  const { drafts, open = '' } = await w.conversation();
  assert.equal(drafts[open]?.answers[flow.fields[1]?.key ?? '']?.parts[0]?.text, 'La mairie et ses voisins');
  assert.deepEqual(w.failures, []);
});

test('only a facilitator blocks, the reason is asked for, and twice is once', async () => {
  const w = await world({ staff: STAFF, flow, people: { 'terminal:Rosa': 'rapporteur' } });
  await says(w, 'bonjour', '1', ...TOLD, '1');
  const [one] = await cases(w);
  const id = one?.id ?? '';
  await w.team('Rosa', { press: `${id}.bar`, form: { text: 'Non' } });
  await w.pass(2_000);
  assert.equal((await cases(w))[0]?.barred, undefined);
  await press(w, `${id}.bar`);
  assert.match(lastTo(w, 'staff'), /Répondez à ce message avec la raison/);
  await w.team('Alix', { text: `/bloquer ${id} Des menaces` });
  await w.team('Alix', { text: `/bloquer ${id} Encore` });
  await w.pass(2_000);
  assert.match(saidTo(w, 'staff').join('\n'), /Alix, cet auteur est déjà bloqué/);
  assert.equal((await w.conversation()).barred?.reason, 'Des menaces');
});

test('an author who wants no more questions gets none, and the team is told; they may have them again', async () => {
  const w = await world({ staff: STAFF, flow });
  await says(w, 'bonjour', '1', ...TOLD, '1', '/sans-question');
  const [one] = await cases(w);
  await press(w, `${one?.id}.ask`, { text: 'Combien de salles ?' });
  assert.doesNotMatch(saidTo(w, 'moi').join('\n'), /Combien de salles/);
  assert.match(saidTo(w, 'staff').join('\n'), /son auteur ne reçoit plus de question/);
  await says(w, '/questions');
  await press(w, `${one?.id}.ask`, { text: 'Combien de salles ?' });
  assert.match(saidTo(w, 'moi').join('\n'), /Combien de salles/);
});

// What may be personal data, from the recap to what leaves the house: its author is shown it and sends all the same, the team
// is told on the card, and nothing of the case is public before somebody of the team has looked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAtlas } from '../src/digest/atlas.ts';
import { drafted } from '../src/digest/gather.ts';
import { marked } from '../src/digest/marks.ts';
import { pageOf } from '../src/export/page.ts';
import { rowOf } from '../src/export/row.ts';
import { survey } from '../src/export/write.ts';
import { readOne } from '../src/finding.ts';
import type { Outbound, PersonalKind, Practice } from '../src/model.ts';
import { checkedBy, flagged, isHeld } from '../src/personal/flags.ts';
import { mark } from '../src/search/terms.ts';
import { visible } from '../src/visible.ts';
import { wording } from '../src/words.ts';
import { part, practice } from './support/documents.ts';
import { flow, type World, world } from './support/world.ts';

const STAFF = [{ address: { channel: 'terminal', chat: 'staff' }, language: 'fr' as const }];
const [DESK] = STAFF;
const FORUM = { address: { channel: 'terminal', chat: 'forum' }, language: 'fr' as const };

const textOf = ({ blocks }: Pick<Outbound, 'blocks'>): string =>
  blocks
    .map(({ spans }) =>
      spans.map((one) => (typeof one === 'string' ? one : 'strong' in one ? one.strong : `/${one.command}`)).join(''),
    )
    .join('\n');
const lastTo = (w: World, chat: string): Outbound => {
  const post = w.posts.findLast(({ to, under }) => to.chat === chat && under === undefined);
  assert.ok(post);
  return post.message;
};
const saidUnder = (w: World): string =>
  w.posts
    .filter(({ under }) => under !== undefined)
    .map(({ message }) => textOf(message))
    .join('\n');

async function theCase({ store }: World): Promise<Practice> {
  for await (const one of store.practices()) return one;
  throw new Error('no case');
}

/** Tells a case of the garden, up to the recap. */
async function recapOf(soil: string, plot = 'Rue des Lilas, au centre'): Promise<World> {
  const w = await world({ staff: STAFF, flow });
  for (const text of ['bonjour', '1', plot, soil]) await says(w, text);
  return w;
}

async function says(w: World, text: string): Promise<void> {
  await w.say(text);
  await w.pass(5_000);
}

const SOIL = 'Demandez à Mme Durand, au 06 39 98 12 34, la terre est lourde';

async function sent(soil = SOIL): Promise<World & { id: string }> {
  const w = await recapOf(soil);
  await says(w, '1');
  return { ...w, id: (await theCase(w)).id };
}

async function press(w: World, name: string, choice: string): Promise<void> {
  await w.team(name, { press: choice });
  await w.pass(1_000);
}

test('the recap shows what was found, other ways to say it and how to change it; choice 1 sends it word for word', async () => {
  const w = await recapOf(SOIL);
  const recap = textOf(lastTo(w, 'moi'));
  assert.match(
    recap,
    /Votre réponse 2 contient peut-être un nom \(«\u00a0Mme Durand\u00a0»\) et un numéro de téléphone \(«\u00a006 39 98 12 34\u00a0»\)/,
  );
  assert.match(recap, /Pour la changer\u00a0: \/modifier 2\./);
  assert.match(recap, /Au lieu d’un nom, écrivez par exemple «\u00a0une bénévole\u00a0»/);
  assert.match(recap, /Vous pouvez aussi envoyer tel quel/);
  assert.match(lastTo(w, 'moi').choices[0]?.label ?? '', /Envoyer/);
  await says(w, '1');
  const { answers } = await theCase(w);
  assert.equal(answers['soil']?.text, SOIL);
});

test('nothing found, nothing said: the recap and the card are as they were, and the case is public', async () => {
  const w = await recapOf('Lourde et grasse, rue des Lilas comme ailleurs');
  assert.doesNotMatch(textOf(lastTo(w, 'moi')), /reconnaître quelqu’un/);
  await says(w, '1');
  const one = await theCase(w);
  assert.equal(one.personal, undefined);
  assert.ok(!lastTo(w, 'staff').choices.some(({ id }) => id.includes('.check')));
  assert.ok(visible(one, 'public').content && one.terms?.includes(mark.public));
});

test('once the answer is put otherwise, the recap says no more of it', async () => {
  const w = await recapOf(SOIL);
  await says(w, 'modifier 2');
  await says(w, 'Demandez à une bénévole, la terre est lourde');
  assert.doesNotMatch(textOf(lastTo(w, 'moi')), /contient peut-être/);
});

test('names of files, captions and the story are read too', async () => {
  const w = await world({ staff: STAFF, flow });
  const file = { channel: 'terminal', id: 'F1', ref: 'F1', name: 'photo_Mme_Kowalski.jpg', type: 'image/jpeg' };
  await says(w, `${'Un long récit du jardin. '.repeat(30)} Chez elle, 12 rue des Lilas.`);
  await says(w, '1');
  await says(w, 'Au centre du bourg');
  await w.send({ text: 'La terre est bien lourde', files: [file] });
  await w.pass(5_000);
  const recap = w.posts.map(({ message }) => textOf(message)).find((text) => text.includes('Récapitulatif')) ?? '';
  assert.match(recap, /Votre récit contient peut-être une adresse postale \(«\u00a012 rue des Lilas\u00a0»\)/);
  assert.match(recap, /Votre réponse 2 contient peut-être un nom \(«\u00a0Mme Kowalski\u00a0»\)/);
});

test('the card says which answers hold what; the public sees nothing until somebody has looked', async () => {
  const w = await sent();
  const card = lastTo(w, 'staff');
  assert.match(textOf(card), /À relire avant de diffuser\u00a0: Terre \(un nom et un numéro de téléphone\)\./);
  assert.ok(card.choices.some(({ id, label }) => id === `${w.id}.check-0` && label === 'Mots relus'));
  const before = await theCase(w);
  const other = { team: false, id: 'somebody else' };
  assert.ok(!before.terms?.includes(mark.public));
  assert.equal(await readOne(w.store, other, w.id), null);
  assert.equal(rowOf(before, flow, 'public'), null);
  assert.equal(pageOf(before, { flow, language: 'fr', viewer: 'public' }), null);
  const counted = await survey(
    w.store.practices(),
    { format: 'csv', flow, language: 'fr', viewer: 'public' },
    () => {},
  );
  assert.deepEqual([counted.count, counted.kept], [0, 1]);
  assert.deepEqual(rowOf(before, flow, 'staff')?.['toCheck'], ['soil: person phone']);
  assert.match(
    JSON.stringify(pageOf(before, { flow, language: 'fr', viewer: 'staff' })?.facts),
    /À relire avant de diffuser.*Terre/,
  );

  await press(w, 'Alix', `${w.id}.check-0`);
  const after = await theCase(w);
  assert.match(saidUnder(w), /Alix a relu les mots signalés/);
  assert.match(textOf(lastTo(w, 'staff')), /Mots relus par l’équipe\u00a0: Terre/);
  assert.ok(!lastTo(w, 'staff').choices.some(({ id }) => id.includes('.check')));
  assert.equal(after.history.at(-1)?.what, 'checked');
  assert.equal((await readOne(w.store, other, w.id))?.answers['soil']?.text, SOIL);
  assert.deepEqual(rowOf(after, flow, 'staff')?.['toCheck'], []);
  assert.ok(after.terms?.includes(mark.public) && rowOf(after, flow, 'public'));
});

test('whoever accepts a case is told of the words in the same breath, and accepting is not checking', async () => {
  const w = await sent();
  await press(w, 'Alix', `${w.id}.take`);
  await press(w, 'Alix', `${w.id}.accept`);
  assert.match(saidUnder(w), /Des mots peuvent désigner quelqu’un\u00a0: Terre \(un nom et un numéro de téléphone\)/);
  assert.equal(visible(await theCase(w), 'public').content, false);
});

/** A case just sent, and its author correcting the words that were found. */
async function corrected() {
  const w = await world({ staff: STAFF, flow });
  for (const text of ['bonjour', '1', 'Au centre du bourg']) await says(w, text);
  const told = await w.send({ text: SOIL });
  await w.pass(5_000);
  await says(w, '1');
  const { id } = await theCase(w);
  const edit = async (n: number, text: string) => {
    await w.send({ kind: 'edit', id: `e:${told.order}:${n}`, text });
    await w.pass(5_000);
    return theCase(w);
  };
  return { w, id, edit };
}

test('a press on a card that its author has changed since is told so, and checks nothing', async () => {
  const { w, id, edit } = await corrected();
  await edit(1, `${SOIL}, chez elle, 12 rue des Lilas`);
  await press(w, 'Alix', `${id}.check-0`);
  assert.match(saidUnder(w), /Alix, l’auteur a changé ses mots entre-temps/);
  assert.equal(visible(await theCase(w), 'public').content, false);
  await press(w, 'Alix', `${id}.check-1`);
  assert.equal(visible(await theCase(w), 'public').content, true);
});

test('the team checks by typing, too; a rapporteur does not', async () => {
  const w = await sent();
  await w.team('Rosa', { text: `/relire ${w.id}` });
  await w.pass(1_000);
  assert.equal(visible(await theCase(w), 'public').content, true);
  const x = await world({ staff: STAFF, flow, people: { 'terminal:Rosa': 'rapporteur' } });
  for (const text of ['bonjour', '1', 'Au centre du bourg', SOIL, '1']) await says(x, text);
  const { id } = await theCase(x);
  await press(x, 'Rosa', `${id}.check`);
  assert.equal(visible(await theCase(x), 'public').content, false);
});

test('words that change after the case was sent are read again: what is new is to be checked, what is gone is not', async () => {
  const { w, id, edit } = await corrected();
  await press(w, 'Alix', `${id}.check`);
  assert.equal(isHeld(await edit(1, `${SOIL}, et grasse`)), false);
  const more = await edit(2, `${SOIL}, chez elle, 12 rue des Lilas`);
  assert.deepEqual(more.personal, [{ where: 'a:soil', kinds: ['person', 'phone', 'address'] }]);
  assert.equal(visible(more, 'public').content, false);
  const less = await edit(3, 'Demandez à une bénévole, la terre est lourde');
  assert.equal(less.personal, undefined);
  assert.equal(visible(less, 'public').content, true);
});

/** A case of these words as its own step would leave it. */
function caseOf(id: string, text: string, more: Partial<Practice> = {}): Practice {
  const answers = { plot: { text, parts: [part(id, text)], label: 'Parcelle' } };
  const consent = { version: '1', at: '2026-03-02T09:00:00.000Z', scope: 'public' as const };
  const made = flagged(
    null,
    practice(id, { order: ['plot'], answers, headline: text, consent, messages: [], ...more }),
  );
  return marked({ flow, staff: STAFF, language: 'fr', pauses: {} }, null, made);
}

test('a public digest waits for the check and is not marked as told; that of the team leaves the words out and says so', async () => {
  const w = await world({ staff: STAFF, flow });
  const open = caseOf('7K3QM0XTD2', 'Le verger du Moulin');
  const toCheck = caseOf('2B4CD5EFG6', 'Chez Mme Durand, 12 rue des Lilas');
  for (const one of [open, toCheck]) await w.store.commit('practice', null, one);
  const given = () => ({ flow, staff: STAFF, language: 'fr' as const, pauses: {} });
  const tools = { store: w.store, given, zone: 'Europe/Paris', atlas: readAtlas() };
  const at = '2026-03-09T08:00:00.000Z';
  const [staff, forum] = await Promise.all([DESK ?? FORUM, FORUM].map((place) => drafted(tools, place, at, true)));
  assert.ok(staff?.message && forum?.message);
  assert.deepEqual(
    forum.harvest.cases.map(({ id }) => id),
    [open.id],
  );
  assert.doesNotMatch(textOf(forum.message), /Durand|relire/);
  assert.match(textOf(staff.message), /Chez \[…\], \[…\]/);
  assert.match(textOf(staff.message), /Un récit a des mots à relire avant toute publication/);
  const checked = marked(given(), null, { ...checkedBy(toCheck), version: 2 });
  await w.store.commit('practice', toCheck, checked);
  const again = await drafted(tools, FORUM, at, true);
  assert.equal(again.harvest.cases.length, 2);
});

test('more cases to check than a digest tells do not keep the others back', async () => {
  const w = await world({ staff: STAFF, flow });
  for (let i = 0; i < 130; i++)
    await w.store.commit('practice', null, caseOf(`0000000${100 + i}`, `Chez Mme Durand, ${i}`));
  await w.store.commit(
    'practice',
    null,
    caseOf('ZZZZZZZZZZ', 'Le verger', { submittedAt: '2026-04-02T09:00:00.000Z' }),
  );
  const given = () => ({ flow, staff: STAFF, language: 'fr' as const, pauses: {} });
  const tools = { store: w.store, given, zone: 'Europe/Paris', atlas: readAtlas() };
  const { harvest } = await drafted(tools, FORUM, '2026-04-09T08:00:00.000Z', true);
  assert.deepEqual(
    harvest.cases.map(({ id }) => id),
    ['ZZZZZZZZZZ'],
  );
});

test('every kind has a name and another way to say it, in both languages', () => {
  const kinds: Record<PersonalKind, true> = {
    ...{ phone: true, email: true, address: true, person: true, school: true },
    ...{ health: true, identity: true, bank: true, profile: true },
  };
  for (const language of ['fr', 'en'] as const) {
    const { kind, instead } = wording(language).personal;
    assert.deepEqual(Object.keys(kind).sort(), Object.keys(kinds).sort());
    assert.deepEqual(Object.keys(instead).sort(), Object.keys(kinds).sort());
  }
});

test('what is answered to the team is flagged, and keeps no case from anybody: it is never public', () => {
  const before = caseOf('7K3QM0XTD2', 'Le verger du Moulin');
  const replies = [{ ask: 'A', at: '2026-03-03T09:00:00.000Z', parts: [part('9', 'Demandez à M. Petit')] }];
  const after = flagged(before, { ...before, replies });
  assert.deepEqual(after.personal, [{ where: 'reply', kinds: ['person'] }]);
  assert.equal(visible(after, 'public').content, true);
});

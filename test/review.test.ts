// From saved case to used case, on both sides: who may act, two at once, questions out and answers in, changes, uses, notes,
// cases that wait too long; and nothing of the team's talk reaching the author.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readFlow } from '../src/flow.ts';
import type { Inbound, Practice } from '../src/model.ts';
import { ChannelError, type Post } from '../src/ports.ts';
import { type World, world } from './support/world.ts';

const STAFF = [{ address: { channel: 'terminal', chat: 'staff' }, language: 'fr' as const }];
const DAY = 86_400_000;
const reading = readFlow(join(import.meta.dirname, '../flows/territorial-governance/flow.yaml'), 'en');
assert.ok('flow' in reading);
const { flow } = reading;

const textOf = (post: Post | undefined): string =>
  (post?.message.blocks ?? [])
    .map(({ spans }) =>
      spans.map((one) => (typeof one === 'string' ? one : 'strong' in one ? one.strong : `/${one.command}`)).join(''),
    )
    .join('\n');
const saidTo = (w: World, chat: string): string =>
  w.posts
    .filter(({ to }) => to.chat === chat)
    .map(textOf)
    .join('\n\n');
const lastTo = (w: World, chat: string): Post => {
  const post = w.posts.findLast(({ to }) => to.chat === chat);
  assert.ok(post);
  return post;
};

async function theCase({ store }: World): Promise<Practice> {
  for await (const one of store.practices()) return one;
  throw new Error('no case');
}

const TOLD = [
  'Le quartier des Lilas, à Valbrume',
  'La mairie et une association',
  'Un comité se réunit chaque mois',
  'Beaucoup de monde vient chaque année',
  'Une personne payée pour coordonner',
];

/** A world where one case was told, and what is done next to it. */
async function told(setting: Parameters<typeof world>[0] = {}): Promise<World & { id: string }> {
  const w = await world({ staff: STAFF, flow, ...setting });
  for (const text of ['bonjour', '1', ...TOLD, '1']) {
    await w.say(text);
    await w.pass(5_000);
  }
  const { id } = await theCase(w);
  return { ...w, id };
}

/** A told case whose author's chat is closed to us until it is opened again. */
async function closedTo(): Promise<Awaited<ReturnType<typeof told>> & { open(): void }> {
  let closed = false;
  const w = await told({
    onPost: (post) => {
      if (closed && post.to.chat === 'moi') throw new ChannelError('permanent', 'blocked');
    },
  });
  closed = true;
  return {
    ...w,
    open() {
      closed = false;
    },
  };
}

async function press(w: World, name: string, choice: string, more: Partial<Inbound> = {}): Promise<void> {
  await w.team(name, { press: choice, ...more });
  await w.pass(1_000);
}

async function says(w: World, text: string): Promise<void> {
  await w.say(text);
  await w.pass(1_000);
}

test('two people take a case at once: one has it, the other is told who; the same click again changes nothing', async () => {
  const w = await told();
  const alix = w.team('Alix', { press: `${w.id}.take` });
  const bob = w.team('Bob', { press: `${w.id}.take` });
  const [click] = await Promise.all([alix, bob]);
  await w.pass(1_000);
  for (let i = 0; i < 3; i++) await w.house.receive(click);
  await w.pass(1_000);
  const practice = await theCase(w);
  assert.deepEqual(practice.holder, { id: 'terminal:Alix', name: 'Alix' });
  assert.equal(practice.state, 'inHand');
  assert.deepEqual(practice.history.map(({ what, by }) => [what, by]).slice(1), [['taken', 'Alix']]);
  assert.doesNotMatch(saidTo(w, 'staff'), /Alix, vous suivez déjà/);
  assert.match(saidTo(w, 'staff'), /Bob, ce récit est déjà suivi par Alix\./);
  assert.equal(saidTo(w, 'staff').match(/Alix suit ce récit/g)?.length, 1);
});

test('the card is one message, changed where it stands; what is said of the case stands under it', async () => {
  const w = await told();
  const card = w.posts.find(({ to }) => to.chat === 'staff');
  assert.ok(card && !card.edits && !card.under);
  await press(w, 'Alix', `${w.id}.take`);
  const edit = w.posts.find(({ edits }) => edits !== undefined);
  const under = w.posts.find((post) => post.under !== undefined);
  assert.equal(edit?.edits?.length, 1);
  assert.match(textOf(edit), /En cours, suivi par Alix/);
  assert.equal(under?.under, edit?.edits?.[0]);
});

test('an edit that the platform refuses is said anew', async () => {
  const w = await told({
    onPost: (post) => {
      if (post.edits) throw new ChannelError('refused', 'that message is gone');
    },
  });
  await press(w, 'Alix', `${w.id}.take`);
  const anew = w.posts.filter(({ to, edits }) => to.chat === 'staff' && !edits).map(textOf);
  assert.ok(anew.some((text) => /En cours, suivi par Alix/.test(text)));
});

test('only the team acts: a stranger gets a polite no, which is noted; a rapporteur does what is theirs', async () => {
  const w = await told({ people: { 'terminal:Rosa': 'rapporteur', 'terminal:Farid': 'facilitator' } });
  await w.team('Inconnu', { press: `${w.id}.accept` }, 'elsewhere');
  await w.pass(1_000);
  assert.equal(w.refused(), 1);
  assert.match(saidTo(w, 'elsewhere'), /réservée à l’équipe/);
  assert.equal((await theCase(w)).state, 'new');
  await press(w, 'Rosa', `${w.id}.accept`);
  assert.match(saidTo(w, 'staff'), /Rosa, cette action est réservée à l’équipe d’animation/);
  assert.equal((await theCase(w)).state, 'new');
  await w.team('Farid', { text: `/accepter ${w.id}` }, 'elsewhere');
  await w.team('Farid', { press: `${w.id}.take` }, 'elsewhere');
  await w.pass(1_000);
  assert.equal((await theCase(w)).state, 'inHand');
  await press(w, 'Farid', `${w.id}.accept`);
  await press(w, 'Rosa', `${w.id}.use`, { form: { report: 'Rapport', quotation: 'Un comité' } });
  assert.equal((await theCase(w)).state, 'used');
});

test('a question in the middle of a draft is set apart, and its answer never lands in the draft', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.take`);
  await says(w, '/nouveau');
  await press(w, 'Alix', `${w.id}.ask`, { form: { text: 'Qui paie ?' } });
  const notice = lastTo(w, 'moi');
  assert.match(textOf(notice), /Qui paie \?[\s\S]*n’a pas bougé/);
  await says(w, 'Le bourg de Valbrume');
  assert.match(textOf(lastTo(w, 'moi')), /Question 2\/5/);
  const [choice] = notice.message.choices;
  await w.send({ kind: 'choice', id: 'c:reply', choice: choice?.id ?? '' });
  await w.pass(1_000);
  await says(w, 'La mairie, à mi-temps');
  assert.match(textOf(lastTo(w, 'moi')), /transmise à l’équipe[\s\S]*Question 2\/5/);
  await says(w, 'La mairie et le collège');
  const { drafts } = await w.conversation();
  const [draft] = Object.values(drafts);
  assert.deepEqual(
    Object.values(draft?.answers ?? {}).map((answer) => answer.parts.map(({ text }) => text).join()),
    ['Le bourg de Valbrume', 'La mairie et le collège'],
  );
  const practice = await theCase(w);
  assert.deepEqual(
    practice.replies?.map(({ parts }) => parts.map(({ text }) => text)),
    [['La mairie, à mi-temps']],
  );
  assert.equal(practice.state, 'inHand');
  assert.match(saidTo(w, 'staff'), /Réponse de l’auteur, pour Alix\nLa mairie, à mi-temps/);
});

test('one answer asked back: two messages, an old button between, then a revision that shows before and after', async () => {
  const w = await told({ pause: 2_000 });
  await press(w, 'Alix', `${w.id}.take`);
  const old = w.posts.find(({ message }) => message.choices.some(({ id }) => id.endsWith('.accept')));
  await press(w, 'Alix', `${w.id}.ask-evidence`, { form: { text: 'Combien de personnes, à peu près ?' } });
  assert.equal((await theCase(w)).state, 'waiting');
  await w.say('Environ cent vingt personnes');
  await w.send({ kind: 'choice', id: 'c:old', choice: old?.message.choices[0]?.id ?? '' });
  await w.say('dont la moitié revient aider');
  await w.pass(5_000);
  await says(w, '2');
  await w.pass(5_000);
  const practice = await theCase(w);
  assert.equal(practice.answers['evidence']?.text, 'Environ cent vingt personnes\ndont la moitié revient aider');
  assert.equal(practice.history.at(-1)?.before, TOLD[3]);
  assert.equal(practice.state, 'inHand');
  assert.match(
    saidTo(w, 'staff'),
    /pour Alix[\s\S]*Avant\u00a0:\nBeaucoup de monde vient chaque année\nAprès\u00a0:\nEnviron cent vingt personnes\ndont la moitié/,
  );
});

test('words that nobody said what to do with are added after a day', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.ask-evidence`, { form: { text: 'Combien ?' } });
  await says(w, 'Cent vingt');
  assert.match(textOf(lastTo(w, 'moi')), /Que faire de ces mots/);
  for (let hour = 0; hour < 26; hour++) await w.pass(DAY / 24);
  assert.equal((await theCase(w)).answers['evidence']?.text, `${TOLD[3]}\nCent vingt`);
});

test('talk under the card never reaches the author; a reply to a message that asks for words does', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.take`);
  const { messages } = (await w.store.load('delivery', lastCard(w))) ?? { messages: [] };
  const before = w.posts.filter(({ to }) => to.chat === 'moi').length;
  for (const [i, text] of ['On se voit à midi ?', 'cet auteur est confus', 'ok'].entries()) {
    await w.team('Bob', { text, id: `m:talk${i}`, replyTo: `m:${messages[0]}` });
  }
  await press(w, 'Alix', `${w.id}.ask`);
  const asking = lastTo(w, 'staff');
  assert.equal(asking.message.wants, 'reply');
  assert.equal(w.posts.filter(({ to }) => to.chat === 'moi').length, before);
  const known = (await w.store.load('delivery', lastCard(w)))?.under ?? {};
  const [prompt = ''] = Object.values(known).at(-1) ?? [];
  await w.team('Alix', { text: 'Depuis quand ?', replyTo: `m:${prompt}` });
  await w.pass(1_000);
  assert.match(textOf(lastTo(w, 'moi')), /Depuis quand \?/);
  assert.doesNotMatch(saidTo(w, 'moi'), /midi|confus|Alix|Bob/);
});

const lastCard = (w: World & { id?: string }): string => {
  const post = w.posts.find(({ to }) => to.chat === 'staff');
  return post?.key.split(':')[0] ?? '';
};

test('the name signs where it is set so; hostile names and words stay words', async () => {
  const w = await told({ signature: 'name' });
  const evil = '{/supprimer} <!channel> @everyone';
  await press(w, evil, `${w.id}.ask`, { form: { text: `${'Pourquoi ? '.repeat(1_000)}{/annuler}` } });
  const asked = lastTo(w, 'moi').message.blocks;
  assert.ok(
    asked.every(({ spans }) =>
      spans.every((one) => typeof one === 'string' || !('command' in one) || one.command !== 'supprimer'),
    ),
  );
  assert.ok(asked.some(({ as, spans }) => as === 'quote' && String(spans[0]).length > 10_000));
  assert.match(textOf(lastTo(w, 'moi')), /supprimer\} <!channel> @everyone vous demande/);
});

test('by night nobody is woken: a question and news wait for the end of the quiet hours', async () => {
  const w = await told();
  await w.pass(13 * 3_600_000);
  const before = w.posts.filter(({ to }) => to.chat === 'moi').length;
  await press(w, 'Alix', `${w.id}.ask`, { form: { text: 'Depuis quand ?' } });
  await press(w, 'Alix', `${w.id}.accept`);
  assert.equal(w.posts.filter(({ to }) => to.chat === 'moi').length, before);
  for (let hour = 0; hour < 12; hour++) await w.pass(3_600_000);
  assert.match(saidTo(w, 'moi'), /Depuis quand \?/);
  assert.match(saidTo(w, 'moi'), /est accepté/);
});

test('an author who cannot be reached is shown so; the question goes out when their chat opens again', async () => {
  const w = await closedTo();
  await press(w, 'Alix', `${w.id}.ask`, { form: { text: 'Depuis quand ?' } });
  await w.pass(1_000);
  assert.match(saidTo(w, 'staff'), /n’est plus joignable/);
  assert.equal((await theCase(w)).asks?.[0]?.state, 'queued');
  w.open();
  await w.send({ kind: 'presence', id: 's:1', presence: 'back' });
  await w.pass(1_000);
  assert.match(saidTo(w, 'moi'), /Depuis quand \?/);
  assert.equal((await theCase(w)).asks?.[0]?.state, 'sent');
});

test('an answer corrected or deleted on the platform is corrected under the card, in place', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.ask`, { form: { text: 'Depuis quand ?' } });
  const sent = await w.send({ text: 'Depuis 2019' });
  await w.pass(1_000);
  await w.send({ kind: 'edit', id: `e:${sent.order}:1`, text: 'Depuis 2018' });
  await w.pass(1_000);
  const corrected = w.posts.findLast(({ to, edits }) => to.chat === 'staff' && edits);
  assert.match(saidTo(w, 'staff'), /Depuis 2018/);
  assert.ok(corrected?.edits?.length === 1);
  await w.send({ kind: 'delete', id: `d:${sent.order}` });
  await w.pass(1_000);
  assert.equal((await theCase(w)).replies?.[0]?.parts[0]?.text, '');
});

test('a question corrected where it was typed is corrected for its author; taken back, it asks nothing more', async () => {
  const w = await told();
  const asked = await w.team('Alix', { text: `/demander ${w.id} 4 Combien de gens ?` });
  await w.pass(1_000);
  const first = lastTo(w, 'moi');
  const edit = { kind: 'edit' as const, text: `/demander ${w.id} 4 Combien de personnes ?` };
  await w.team('Alix', { ...edit, id: `e:${asked.order}:1` });
  await w.pass(1_000);
  const second = lastTo(w, 'moi');
  assert.match(textOf(second), /Combien de personnes \?/);
  assert.equal(second.edits?.length, 1);
  assert.notEqual(second, first);
  assert.match(saidTo(w, 'staff'), /Combien de personnes \?/);
  await w.team('Alix', { kind: 'delete', id: `d:${asked.order}` });
  await w.pass(1_000);
  assert.match(saidTo(w, 'moi'), /L’équipe a retiré sa question/);
  const practice = await theCase(w);
  assert.deepEqual([practice.state, practice.asks], ['inHand', []]);
  await says(w, 'Cent vingt');
  assert.match(textOf(lastTo(w, 'moi')), /Aucun récit n’est en cours/);
});

test('a case typed in for somebody else says who vouches for their consent', async () => {
  const w = await world({ staff: STAFF, flow, people: { 'terminal:moi': 'facilitator' } });
  for (const text of ['bonjour', '1', '/saisir', ...TOLD, '1']) await says(w, text);
  assert.match(saidTo(w, 'moi'), /vous vous portez garant de son accord/);
  assert.equal((await theCase(w)).behalf, 'moi');
  assert.match(saidTo(w, 'staff'), /Saisi par moi pour quelqu’un d’autre/);
  const desk = await world({ staff: STAFF, flow });
  await desk.team('moi', { text: '/saisir' });
  await desk.pass(1_000);
  const door = lastTo(desk, 'staff').message.door;
  assert.match(door?.payload ?? '', /^s_/);
  await desk.send({ text: '/start', payload: door?.payload ?? '' });
  await desk.pass(2_000);
  for (const text of ['1', ...TOLD, '1']) await says(desk, text);
  assert.equal((await theCase(desk)).behalf, 'moi');
  const stranger = await world({ staff: STAFF, flow });
  for (const text of ['bonjour', '1', '/saisir']) await says(stranger, text);
  assert.match(textOf(lastTo(stranger, 'moi')), /Seule l’équipe d’animation/);
});

test('accepted, then used: the author is told where, with the quotation and the link; a plan and a refusal are kept', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.accept`);
  assert.equal((await theCase(w)).state, 'new', 'a case is taken before it is accepted');
  await press(w, 'Alix', `${w.id}.take`);
  await press(w, 'Alix', `${w.id}.accept`);
  assert.match(textOf(lastTo(w, 'moi')), /Bonne nouvelle[\s\S]*accepté/);
  await press(w, 'Rosa', `${w.id}.plan`, { form: { report: 'Rapport d’été' } });
  await press(w, 'Rosa', `${w.id}.unused`, { form: { report: 'Note flash', text: 'hors sujet' } });
  const use = { report: 'Rapport', section: 'Partie 2', quotation: 'Un comité', link: 'https://rapport.invalid' };
  await press(w, 'Rosa', `${w.id}.use`, { form: use });
  assert.match(
    textOf(lastTo(w, 'moi')),
    /utilisé[\s\S]*Rapport[\s\S]*Partie 2[\s\S]*Un comité[\s\S]*https:\/\/rapport\.invalid/,
  );
  const { uses, state } = await theCase(w);
  assert.deepEqual(
    uses?.map(({ kind, report }) => [kind, report]),
    [
      ['planned', 'Rapport d’été'],
      ['unused', 'Note flash'],
      ['used', 'Rapport'],
    ],
  );
  assert.equal(state, 'used');
  assert.equal((await w.conversation()).cases[0]?.state, 'used');
});

test('a case set aside tells its author why, and can be taken again', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.aside`, { form: { text: 'Déjà raconté ailleurs' } });
  assert.match(textOf(lastTo(w, 'moi')), /mis de côté[\s\S]*Déjà raconté ailleurs/);
  await press(w, 'Bob', `${w.id}.take`);
  assert.deepEqual((await theCase(w)).holder?.name, 'Bob');
});

test('its author changes an answer, and takes the case back: nobody of the team reads it any more', async () => {
  const w = await told();
  for (const text of ['/mes-recits', '1', '5', 'Une salle ouverte', '1']) await says(w, text);
  const changed = await theCase(w);
  assert.equal(changed.answers['successFactors']?.text, 'Une salle ouverte');
  assert.match(saidTo(w, 'staff'), /L’auteur a changé sa réponse/);
  for (const text of ['/mes-recits', '1', 'Retirer ce récit', 'oui']) await says(w, text);
  assert.equal((await theCase(w)).state, 'withdrawn');
  const card = w.posts.findLast(({ to, edits }) => to.chat === 'staff' && edits);
  assert.doesNotMatch(textOf(card), /Lilas|comité|salle/);
  assert.deepEqual(card?.message.choices, []);
  await press(w, 'Alix', `${w.id}.see`);
  assert.match(
    saidTo(w, 'staff'),
    /L’auteur a retiré ce récit\. Son contenu n’est plus montré\.[\s\S]*L’auteur a retiré ce récit/,
  );
  await press(w, 'Alix', `${w.id}.ask`, { form: { text: 'Pourquoi ?' } });
  assert.match(textOf(lastTo(w, 'staff')), /ce n’est plus possible/);
});

test('a case takes no more words than a document holds: what does not fit is refused, and said so', async () => {
  const w = await told({ flow: { ...flow, limits: { ...flow.limits, answer: 2_000, draft: 1_000 } } });
  for (const letter of ['a', 'b', 'c', 'd']) {
    await press(w, 'Alix', `${w.id}.ask`, { form: { text: `Et ${letter} ?` } });
    await says(w, letter.repeat(900));
  }
  const { replies } = await theCase(w);
  assert.deepEqual(
    replies?.map(({ parts }) => parts[0]?.text[0]),
    ['a', 'b', 'c'],
  );
  assert.match(saidTo(w, 'moi'), /limite de 3[\s\u202f]000 caractères/);
});

test('a case that nobody took, or that was not used, is brought back once', async () => {
  const w = await told();
  for (let day = 0; day < 9; day++) await w.pass(DAY);
  const { length } = w.posts.filter((post) => /attend depuis 7 jours/.test(textOf(post)));
  assert.equal(length, 1);
  const { wakeAt } = await theCase(w);
  assert.ok(wakeAt !== null && wakeAt > w.clock.now(), 'it wakes nobody for what was said');
  await press(w, 'Alix', `${w.id}.take`);
  await press(w, 'Alix', `${w.id}.accept`);
  for (let day = 0; day < 40; day++) await w.pass(DAY);
  assert.equal(w.posts.filter((post) => /accepté depuis 30 jours/.test(textOf(post))).length, 1);
});

test('a note is answered, linked to a case that it contests, and made a draft for its author', async () => {
  const w = await told();
  for (const text of ['Chez nous cela ne marche pas ainsi', '1']) await says(w, text);
  const { notes } = await w.conversation();
  const note = notes[0]?.id ?? '';
  await press(w, 'Alix', `${note}.take`);
  await press(w, 'Alix', `${note}.link-contradicts-${w.id}`);
  await press(w, 'Alix', `${note}.ask`, { form: { text: 'Pouvez-vous raconter ?' } });
  assert.match(textOf(lastTo(w, 'moi')), /sur votre note [\s\S]*Pouvez-vous raconter/);
  await says(w, 'Volontiers');
  const kept = await w.store.load('practice', note);
  assert.deepEqual(
    kept?.links?.map(({ to, kind }) => [to, kind]),
    [[w.id, 'contradicts']],
  );
  assert.deepEqual(
    kept?.replies?.[0]?.parts.map(({ text }) => text),
    ['Volontiers'],
  );
  await press(w, 'Alix', `${note}.draft`);
  assert.match(textOf(lastTo(w, 'moi')), /faire un récit de votre note[\s\S]*Question 1\/5/);
  const [draft] = Object.values((await w.conversation()).drafts);
  assert.deepEqual(
    draft?.story.map(({ text }) => text),
    ['Chez nous cela ne marche pas ainsi'],
  );
  const listed: string[] = [];
  for await (const one of w.store.practices()) listed.push(one.id);
  assert.deepEqual(listed, [w.id]);
});

test('a case that is gone, and one that moved on, are answered with a clear word', async () => {
  const w = await told();
  await press(w, 'Alix', '0000000000.take');
  assert.match(textOf(lastTo(w, 'staff')), /n’existe plus/);
  await press(w, 'Alix', `${w.id}.use`, { form: { report: 'Rapport' } });
  assert.match(textOf(lastTo(w, 'staff')), /Alix, ce n’est plus possible/);
  await press(w, 'Alix', `${w.id}.__proto__`);
  assert.deepEqual(w.failures, []);
});

test('two staff places on two sides hold one truth, each in its language', async () => {
  const w = await told({
    staff: [...STAFF, { address: { channel: 'terminal', chat: 'desk' }, language: 'en' }],
  });
  await Promise.all([w.team('Alix', { press: `${w.id}.take` }), w.team('Bea', { press: `${w.id}.take` }, 'desk')]);
  await w.pass(1_000);
  assert.match(saidTo(w, 'desk'), /Bea, this story is already followed by Alix/);
  assert.match(saidTo(w, 'desk'), /In hand, followed by Alix/);
  assert.match(saidTo(w, 'staff'), /En cours, suivi par Alix/);
});

test('words that wait for a choice are not lost when another question, or the same, is taken up', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.ask-evidence`, { form: { text: 'Combien ?' } });
  await press(w, 'Alix', `${w.id}.ask-actors`, { form: { text: 'Qui ?' } });
  await says(w, 'Cent vingt');
  const { asks = [] } = await w.conversation();
  await w.send({ kind: 'choice', id: 'c:same', choice: `ask.${asks[0]?.id}` });
  await w.pass(1_000);
  await says(w, 'ou un peu plus');
  await w.send({ kind: 'choice', id: 'c:other', choice: `ask.${asks[1]?.id}` });
  await w.pass(1_000);
  await says(w, 'Le collège aussi');
  await says(w, '1');
  const { answers } = await theCase(w);
  assert.equal(answers['evidence']?.text, `${TOLD[3]}\nCent vingt\nou un peu plus`);
  assert.equal(answers['actors']?.text, `${TOLD[1]}\nLe collège aussi`);
});

test('words written before a question was shown are not its answer', async () => {
  const w = await told();
  const early = await w.send({ kind: 'presence', id: 's:0', presence: 'back' });
  await press(w, 'Alix', `${w.id}.ask`, { form: { text: 'Depuis quand ?' } });
  await w.send({ id: 'm:early', order: early.order, text: 'Merci à vous' });
  await w.pass(1_000);
  assert.equal((await theCase(w)).replies, undefined);
  assert.deepEqual(
    (await w.conversation()).held.map(({ text }) => text),
    ['Merci à vous'],
  );
});

test('a note becomes a draft once, and never takes the place of the draft that is being told', async () => {
  const w = await told();
  for (const text of ['Chez nous cela ne marche pas ainsi', '1', '/nouveau']) await says(w, text);
  const note = (await w.conversation()).notes[0]?.id ?? '';
  await Promise.all([w.team('Alix', { press: `${note}.draft` }), w.team('Bob', { press: `${note}.draft` })]);
  await w.pass(1_000);
  await says(w, 'Le bourg de Valbrume');
  const { drafts, open = '' } = await w.conversation();
  assert.equal(Object.keys(drafts).length, 2);
  assert.match(JSON.stringify(drafts[open]), /Le bourg de Valbrume/);
  assert.match(saidTo(w, 'moi'), /faire un récit de votre note/);
  assert.match(saidTo(w, 'staff'), /Bob, c’est déjà proposé à l’auteur/);
});

test('nothing is asked of a case that its author took back, or that is no more', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.ask`, { form: { text: 'Depuis quand ?' } });
  const { asks = [], id } = await w.conversation();
  const [ask] = asks;
  assert.ok(ask);
  for (const text of ['/mes-recits', '1', 'Retirer ce récit', 'oui']) await says(w, text);
  await w.house.turns.take({ kind: 'conversation', id }, { kind: 'asked', ask: { ...ask, id: 'LATE000000' } });
  await w.pass(1_000);
  assert.deepEqual((await w.conversation()).asks, []);
  assert.equal(saidTo(w, 'moi').match(/Depuis quand/g)?.length, 1);
  const old = await told();
  await press(old, 'Alix', `${old.id}.ask`, { form: { text: 'Depuis quand ?' } });
  const author = (await old.conversation()).id;
  await old.house.turns.take({ kind: 'conversation', id: author }, { kind: 'expired', practice: old.id });
  await says(old, 'Depuis 2019');
  assert.doesNotMatch(saidTo(old, 'moi'), /Votre réponse est transmise/);
});

test('a case erased by hand is said to be no more to its author', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.ask`, { form: { text: 'Depuis quand ?' } });
  await w.house.turns.forget({ kind: 'practice', id: w.id });
  await says(w, 'Depuis 2019');
  assert.match(textOf(lastTo(w, 'moi')), /Ce récit n’existe plus/);
  const other = await told();
  await says(other, '/mes-recits');
  await other.house.turns.forget({ kind: 'practice', id: other.id });
  await says(other, '1');
  assert.match(textOf(lastTo(other, 'moi')), /Ce récit n’existe plus[\s\S]*pas encore de récit/);
});

test('once its author took a case back, nothing under the card shows their words any more', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.see`);
  await press(w, 'Alix', `${w.id}.ask`, { form: { text: 'Depuis quand ?' } });
  await says(w, 'Depuis les grandes crues');
  for (const text of ['/mes-recits', '1', '5', 'Une salle claire', '1']) await says(w, text);
  for (const text of ['/mes-recits', '1', 'Retirer ce récit', 'oui']) await says(w, text);
  const replaced = w.posts.filter(({ to, edits }) => to.chat === 'staff' && edits).map(textOf);
  assert.equal(replaced.filter((text) => /L’auteur a retiré ce récit/.test(text)).length, 3);
});

test('a question to somebody whose conversation is gone ends with a clear word', async () => {
  const w = await told();
  const { id } = await w.conversation();
  await w.house.turns.forget({ kind: 'conversation', id });
  await press(w, 'Alix', `${w.id}.ask`, { form: { text: 'Depuis quand ?' } });
  const practice = await theCase(w);
  assert.equal(practice.asks?.[0]?.state, 'failed');
  assert.match(saidTo(w, 'staff'), /n’a pas pu être remise\s: son auteur n’a plus de conversation ici/u);
  assert.deepEqual(w.failures, []);
});

test('a question that could not leave says so where it stands', async () => {
  const w = await closedTo();
  await press(w, 'Alix', `${w.id}.ask`, { form: { text: 'Depuis quand ?' } });
  await w.pass(1_000);
  const under = w.posts.findLast(
    ({ to, edits, message }) => to.chat === 'staff' && edits && message.choices.length === 0,
  );
  assert.match(textOf(under), /Depuis quand \?[\s\S]*n’est plus joignable/);
});

test('a question corrected before it went out goes out corrected', async () => {
  const w = await told();
  await w.pass(13 * 3_600_000);
  const asked = await w.team('Alix', { text: `/demander ${w.id} Combien de gens ?` });
  await w.pass(1_000);
  await w.team('Alix', { kind: 'edit', text: `/demander ${w.id} Combien de personnes ?`, id: `e:${asked.order}:1` });
  for (let hour = 0; hour < 12; hour++) await w.pass(3_600_000);
  assert.doesNotMatch(saidTo(w, 'moi'), /Combien de gens/);
  assert.match(saidTo(w, 'moi'), /Combien de personnes/);
  let closed = true;
  const shut = await told({
    onPost: (post) => {
      if (closed && post.to.chat === 'moi' && /Combien/.test(textOf(post)))
        throw new ChannelError('permanent', 'blocked');
    },
  });
  const second = await shut.team('Alix', { text: `/demander ${shut.id} Combien de gens ?` });
  await shut.pass(1_000);
  await shut.team('Alix', {
    kind: 'edit',
    text: `/demander ${shut.id} Combien de personnes ?`,
    id: `e:${second.order}:1`,
  });
  await shut.pass(1_000);
  closed = false;
  await shut.send({ kind: 'presence', id: 's:1', presence: 'back' });
  await shut.pass(1_000);
  assert.doesNotMatch(saidTo(shut, 'moi'), /Combien de gens/);
  assert.match(saidTo(shut, 'moi'), /Combien de personnes/);
});

test('words that look like an action are words: `demander rapidement` is no case', async () => {
  const w = await told({ people: { 'terminal:moi': 'facilitator' } });
  await says(w, '/nouveau');
  await says(w, 'Prendre maintenant le temps de se voir');
  assert.match(JSON.stringify((await w.conversation()).drafts), /Prendre maintenant/);
});

test('a message that asks for words takes them once, from who asked for it', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.ask`);
  const { under = {} } = (await w.store.load('delivery', lastCard(w))) ?? {};
  const replyTo = `m:${Object.values(under).at(-1)?.[0]}`;
  await w.team('Bob', { text: 'Bof, il ne saura pas', replyTo });
  await w.team('Alix', { text: 'Depuis quand ?', replyTo });
  await w.team('Alix', { text: 'On verra bien', replyTo });
  await w.pass(1_000);
  assert.deepEqual(
    (await theCase(w)).asks?.map(({ text }) => text),
    ['Depuis quand ?'],
  );
  assert.doesNotMatch(saidTo(w, 'moi'), /saura|verra/);
});

test('somebody of the team who acts elsewhere is answered there, with a message that takes their words', async () => {
  const w = await told({ people: { 'terminal:Farid': 'facilitator' } });
  await w.team('Farid', { text: `/voir ${w.id}` }, 'elsewhere');
  await w.pass(1_000);
  assert.match(saidTo(w, 'elsewhere'), /Le quartier des Lilas/);
  await w.team('Farid', { press: `${w.id}.ask` }, 'elsewhere');
  await w.pass(1_000);
  assert.match(textOf(lastTo(w, 'elsewhere')), /Répondez à ce message avec votre question/);
  const order = Number((await w.send({ kind: 'presence', id: 's:9', presence: 'back' })).order) - 1;
  await w.team('Farid', { text: 'Depuis quand ?', replyTo: `m:${String(order).padStart(6, '0')}` }, 'elsewhere');
  await w.pass(1_000);
  assert.match(saidTo(w, 'moi'), /Depuis quand \?/);
  await w.team('Farid', { press: `${w.id}.accept` }, 'elsewhere');
  await w.pass(1_000);
  assert.match(textOf(lastTo(w, 'elsewhere')), /Farid accepte ce récit/);
});

test('a staff place that comes later gets the card with its first action; one that was closed gets it when it opens', async () => {
  const staff = [...STAFF];
  let closed = true;
  const w = await told({
    staff,
    onPost: (post) => {
      if (closed && post.to.chat === 'staff') throw new ChannelError('permanent', 'not there');
    },
  });
  closed = false;
  await press(w, 'Alix', `${w.id}.take`);
  assert.match(saidTo(w, 'staff'), /En cours, suivi par Alix/);
  staff.push({ address: { channel: 'terminal', chat: 'later' }, language: 'fr' });
  await w.team('Bob', { text: `/voir ${w.id}` }, 'later');
  await w.pass(1_000);
  assert.match(saidTo(w, 'later'), /Le quartier des Lilas/);
  await w.team('Bob', { press: `${w.id}.accept` }, 'later');
  await w.pass(1_000);
  assert.match(saidTo(w, 'later'), /Accepté, suivi par Alix/);
});

test('a case is linked to one that exists', async () => {
  const w = await told();
  await press(w, 'Alix', `${w.id}.take`);
  await press(w, 'Alix', `${w.id}.link-same-0000000000`);
  assert.equal((await theCase(w)).links, undefined);
  assert.match(textOf(lastTo(w, 'staff')), /n’existe plus/);
});

test('what is brought back follows the case, and shows nothing of it once its author took it back', async () => {
  const w = await told();
  for (let day = 0; day < 9; day++) await w.pass(DAY);
  for (const text of ['/mes-recits', '1', 'Retirer ce récit', 'oui']) await says(w, text);
  const last = new Map<string, Post>();
  for (const post of w.posts.filter(({ to, under }) => to.chat === 'staff' && under === undefined)) {
    last.set(post.edits?.[0] ?? String(last.size), post);
  }
  const shown = w.posts.filter(({ to, edits }) => to.chat === 'staff' && edits);
  assert.equal(shown.filter((post) => /Retiré par son auteur/.test(textOf(post))).length, 2);
});

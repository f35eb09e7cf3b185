// Searching in a conversation and in a place of the team: what is answered, who may ask, and that nothing else moves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { callId, conversationId } from '../src/identity.ts';
import type { Outbound, Place, Practice } from '../src/model.ts';
import type { Library, Store } from '../src/ports.ts';
import { indexed } from '../src/search/kept.ts';
import { typographic } from '../src/words.ts';
import { practice } from './support/documents.ts';
import { flow, type World, world } from './support/world.ts';

const STAFF: Place = { address: { channel: 'terminal', chat: 'staff' }, language: 'fr' };
const SECRET = 'of this test';

const wordsOf = ({ blocks }: Pick<Outbound, 'blocks'>): string =>
  blocks
    .map(({ spans }) =>
      spans
        .map((span) => (typeof span === 'string' ? span : 'strong' in span ? span.strong : `/${span.command}`))
        .join(''),
    )
    .join('\n');

interface Scene extends World {
  /** What was said last, in words. */
  last(): string;
  choices(): Outbound['choices'];
  /** Somebody writes or clicks in a group. */
  inGroup(what: string, more?: { chat?: string; choice?: string }): Promise<void>;
}

async function scene(cases: Partial<Practice>[] = [], store: Store & Library = openMemory()): Promise<Scene> {
  await store.secret(SECRET);
  const author = conversationId(SECRET, { channel: 'terminal', chat: 'moi' });
  for (const [i, one] of cases.entries()) {
    const document = practice(`K${String(i).padStart(9, '0')}`, { author, ...one });
    await store.commit('practice', null, indexed(document, null, { flow }));
  }
  const opened = await world({ store, staff: [STAFF] });
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
  return {
    ...opened,
    last: () => plain(wordsOf(opened.posts.at(-1)?.message ?? { blocks: [] })),
    choices: () => opened.posts.at(-1)?.message.choices ?? [],
    async inGroup(text, { chat = 'staff', choice } = {}) {
      const click = choice === undefined ? {} : { kind: 'choice' as const, choice };
      const place = chat === 'staff' ? ('staff' as const) : ('other' as const);
      await opened.send({ place, from: { channel: 'terminal', chat }, text, ...click });
      await opened.pass(0);
    },
  };
}

const told = (headline: string, text: string, more: Partial<Practice> = {}): Partial<Practice> => ({
  headline,
  answers: { plot: { text: headline, parts: [], label: 'Parcelle' }, soil: { text, parts: [], label: 'Terre' } },
  order: ['plot', 'soil'],
  ...more,
});

test('a search in the middle of a question is answered beside it: the next words are still its answer', async () => {
  const { say, pass, last, conversation, posts } = await scene([told('Rue des Ormes', 'Argileuse')]);
  for (const text of ['bonjour', '1', '/chercher ormes']) {
    await say(text);
    await pass(0);
  }
  assert.match(last(), /^1 récit\n1\. Rue des Ormes : K0000-00000, 2 mars 2026, nouveau\.\nArgileuse$/);
  const before = posts.length;
  await say('Derrière la gare');
  await pass(0);
  const { drafts, held } = await conversation();
  const [draft] = Object.values(drafts);
  assert.deepEqual(
    draft?.answers['plot']?.parts.map(({ text }) => text),
    ['Derrière la gare'],
  );
  assert.deepEqual([held, draft?.story], [[], []]);
  assert.equal(posts.length, before + 1);
});

test('a contributor reads their own case and public ones in full, and no other, by button or by its number', async () => {
  const other = { author: 'somebody else' };
  const open = { consent: { version: '1', at: '2026-03-02T09:00:00.000Z', scope: 'public' as const } };
  const cases = [
    told('Ormes', 'Mienne'),
    told('Ormes', 'Cachée', other),
    told('Ormes', 'Ouverte', { ...other, ...open }),
  ];
  const { say, pass, last, choices, send } = await scene(cases);
  for (const text of ['bonjour', '1', '/chercher ormes']) {
    await say(text);
    await pass(0);
  }
  assert.match(last(), /^2 récits\n/);
  assert.doesNotMatch(last(), /Cachée/);
  const [read] = choices();
  assert.deepEqual(read, {
    id: 'f3.r-K000000002',
    label: typographic('Lire le n° 1', 'fr'),
    command: 'lire K0000-00002',
  });
  await send({ kind: 'choice', id: 'c:1', choice: read?.id ?? '' });
  await pass(0);
  assert.match(last(), /^K0000-00002 \(Ormes\)\nParcelle\nOrmes\nTerre\nOuverte$/);
  await say('/lire k0000 00000');
  await pass(0);
  assert.match(last(), /Mienne/);
  for (const id of ['K0000-00001', 'ZZZZZ-ZZZZZ', 'x', '../../etc', '{/aide}']) {
    await say(`/lire ${id}`);
    await pass(0);
    assert.match(last(), /^Je ne trouve pas de récit [0-9A-Z-]* ?que vous puissiez lire\./, id);
  }
  await say('/lire');
  await pass(0);
  assert.match(last(), /^Quel récit \?/);
});

test('before consent nobody searches: the question of consent is asked', async () => {
  const { say, pass, last } = await scene([told('Ormes', 'Mienne')]);
  await say('bonjour');
  await say('/chercher ormes');
  await pass(0);
  assert.match(last(), /Acceptez-vous \?/);
});

test('pages are turned with a button or by typing, by whoever searched last', async () => {
  const many = Array.from({ length: 7 }, (_, i) =>
    told(`Citerne ${i}`, 'Pleine', { submittedAt: `2026-03-0${i + 1}T09:00:00.000Z` }),
  );
  const { say, pass, last, choices, send, inGroup } = await scene(many);
  for (const text of ['bonjour', '1', '/chercher citerne']) {
    await say(text);
    await pass(0);
  }
  assert.match(last(), /^7 récits\n1\. Citerne 6.*Page 1 sur 2\.$/s);
  const next = choices().at(-1);
  assert.deepEqual([next?.label, next?.command], ['Page suivante', 'chercher citerne page 2']);
  await send({ kind: 'choice', id: 'c:1', choice: next?.id ?? '' });
  await pass(0);
  assert.match(last(), /^7 récits\n6\. Citerne 1.*7\. Citerne 0.*Page 2 sur 2\.$/s);
  assert.equal(choices().length, 2);
  await send({ kind: 'choice', id: 'c:2', choice: next?.id ?? '' });
  await pass(0);
  assert.match(last(), /^Cette recherche n’est plus gardée\./);

  await inGroup('/chercher citerne');
  assert.match(last(), /^7 récits\n1\. Citerne 6/);
  const further = choices().at(-1)?.id ?? '';
  assert.ok(further.length <= 40 && /^[\x21-\x7e]+$/.test(further), further);
  await inGroup('', { choice: further });
  assert.match(last(), /^7 récits\n6\. Citerne 1/);
  await inGroup('', { choice: choices()[0]?.id ?? '' });
  assert.match(last(), /^K0000-00001 \(Citerne 1\)/);
});

test('the team sees all but what was withdrawn, in its own places; any other group gets the door', async () => {
  const cases = [told('Ormes', 'Réservée'), told('Ormes', 'Reprise', { state: 'withdrawn' })];
  const { inGroup, last, posts } = await scene(cases);
  await inGroup('/chercher ormes');
  assert.match(last(), /^1 récit\n.*Réservée$/s);
  await inGroup('@recueil_bot chercher ormes');
  assert.match(last(), /^1 récit\n/);
  await inGroup('/lire K0000-00001');
  assert.match(last(), /^Je ne trouve pas/);
  const before = posts.length;
  await inGroup('/chercher@recueil_bot ormes', { chat: 'elsewhere' });
  assert.equal(posts.length, before + 1);
  assert.equal(posts.at(-1)?.message.door?.payload, 'private');
  await inGroup('/chercher ormes', { chat: 'elsewhere' });
  assert.equal(posts.length, before + 1, 'there it may be meant for another bot');
});

test('a search that asks for nothing, or for too much, is told how to ask', async () => {
  const { inGroup, last } = await scene([told('Ormes', 'Réservée')]);
  const answers: [text: string, answer: RegExp][] = [
    ['/chercher', /^Chercher un récit\n/],
    ['/chercher 🌱🌱', /^Je n’ai trouvé aucun mot/],
    ['/chercher .*+?^$()|[]\\ "" AND', /^Je n’ai trouvé aucun mot/],
    ['/chercher le la les', /^Je n’ai trouvé aucun mot/],
    [`/chercher ${'ormes '.repeat(900)}`, /^Cette recherche est trop longue \(5 399 caractères\)\./],
    ['/chercher a1 b2 c3 d4 e5 f6 g7 h8 i9 j10 k11 l12 m13', /^Une recherche compte 12 mots au plus\./],
    ['/chercher xylophone', /^Aucun récit ne contient « xylophone »\.\nEssayez avec moins de mots/],
    ['/chercher utilisés', /^Recherche : utilisé\.\nAucun récit ne correspond\./],
    ['/chercher {/aide} ormes', /^1 récit\nAucun récit ne contient « aide »\.\n1\. Ormes/],
    [
      '/chercher resrevée depuis 2026-03',
      /^1 récit\nRecherche : resrevée, envoyé à partir du 1 mars 2026\.\nAucun .*J’ai cherché « réservée »\./s,
    ],
  ];
  for (const [text, answer] of answers) {
    await inGroup(text);
    assert.match(last(), answer, text.slice(0, 60));
  }
});

test('the same question delivered again is answered once, and the answer survives a store that was away', async () => {
  const store = openMemory();
  let away = true;
  const shaky: Store & Library = {
    ...store,
    async counts(terms, most) {
      if (away) throw new Error('away');
      return store.counts(terms, most);
    },
  };
  const { posts, pass, house, send, failures } = await scene([told('Ormes', 'Réservée')], shaky);
  const asked = { place: 'staff' as const, from: STAFF.address, text: '/chercher ormes' };
  const inbound = await send(asked);
  await house.receive(inbound);
  await pass(0);
  assert.deepEqual([posts.length, failures.length > 0], [0, true]);
  away = false;
  await pass(60_000);
  await house.receive(inbound);
  await pass(0);
  assert.equal(posts.length, 1);
  const delivery = await store.load('delivery', callId(SECRET, inbound));
  assert.equal(delivery?.searched, 'ormes');
  assert.doesNotMatch(JSON.stringify(delivery), /Réservée/, 'a case is kept nowhere but with itself');
});

test('a case that is sent is compared with those there are, which it keeps', async () => {
  const text = 'Une citerne sous le préau recueille l’eau de pluie';
  const { say, pass, store } = await scene([told('Préau de l’école', text), told('Zinc', 'Tubas vernis')]);
  for (const line of ['bonjour', '1', 'Préau de l’école, Valbrume', ...flow.fields.slice(1).map(() => text), '1']) {
    await say(line);
    await pass(0);
  }
  await pass(2_000);
  const sent: Practice[] = [];
  for await (const one of store.practices()) if (!one.id.startsWith('K0000')) sent.push(one);
  const [mine] = sent;
  assert.ok(mine);
  assert.deepEqual(
    mine.similar?.map(({ id, headline }) => [id, headline]),
    [['K000000000', 'Préau de l’école']],
  );
  assert.ok((mine.similar?.[0]?.likeness ?? 0) > 0.3);
  assert.ok(mine.terms?.includes('citern'));
  assert.deepEqual(mine.outgoing, []);
});

test('the ledger of a report is asked for in a place of the team, and nowhere else', async () => {
  const use = { id: 'u', at: '2026-03-02T09:00:00.000Z', by: 'Rosa', kind: 'used' as const, report: 'Rapport d’été' };
  const w = await scene([
    told('Le jardin', 'Une terre', { state: 'used', uses: [{ ...use, section: 'Partie 2', quotation: 'Une terre' }] }),
    told('La cour', 'Du gravier', { uses: [{ ...use, kind: 'planned', report: 'Note flash' }] }),
    told('Le pré', 'Retiré', { state: 'withdrawn', uses: [use] }),
  ]);
  await w.inGroup('/registre');
  assert.match(
    w.last(),
    /Registre des rapports\nNote flash\n.*La cour.* : prévu.*\nRapport d’été\n.*Le jardin.* : utilisé ; partie : Partie 2/,
  );
  assert.doesNotMatch(w.last(), /Le pré/);
  await w.inGroup('@recueil registre RAPPORT D’ETE');
  assert.match(w.last(), /Le jardin/);
  assert.doesNotMatch(w.last(), /La cour/);
  await w.inGroup('registre Inconnu');
  assert.match(w.last(), /Aucun récit/);
  const { length } = w.posts;
  await w.inGroup('/registre', { chat: 'elsewhere' });
  assert.doesNotMatch(
    w.posts
      .slice(length)
      .map(({ message }) => wordsOf(message))
      .join('\n'),
    /Registre des/,
  );
});

test('what the team can ask is told in its place, each command of it; a passer-by is not told', async () => {
  const { inGroup, last, posts } = await scene();
  await inGroup('/aide');
  for (const command of ['chercher', 'lire', 'exporter', 'registre', 'bilan', 'saisir'])
    assert.match(last(), new RegExp(`/${command}`));
  const before = posts.length;
  await inGroup('/aide', { chat: 'elsewhere' });
  assert.equal(posts.length, before);
});

test('who works alone, in a private chat that is the team’s place, searches and exports there; others do not', async () => {
  const { send, pass, posts, last } = await scene([told('Ormes', 'Réservée')]);
  const typed = async (chat: string, text: string) => {
    await send({ place: 'private', from: { channel: 'terminal', chat }, text });
    for (let i = 0; i < 3; i++) await pass(0);
  };
  for (const chat of ['staff', 'ailleurs']) {
    for (const text of ['bonjour', '1', '/chercher ormes', '/exporter csv ormes']) await typed(chat, text);
    const isTeam = chat === 'staff';
    const shown = posts.filter(({ to, message }) => to.chat === chat && wordsOf(message).includes('Réservée'));
    const files = posts.filter(({ to, message }) => to.chat === chat && message.attachment);
    assert.deepEqual([shown.length > 0, files.length], [isTeam, isTeam ? 1 : 0], chat);
  }
  await typed('staff', 'exporter des légumes');
  assert.doesNotMatch(last(), /Je prépare l’export/, 'without a slash it is an answer');
});

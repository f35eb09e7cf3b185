// An export asked for in a staff place: one message that says how far it is, the file under it, and nothing left with us.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { manualClock } from '../src/clock.ts';
import { dispatch } from '../src/delivery.ts';
import { ordered, orderOf } from '../src/export/request.ts';
import type { Delivery, Event, Given, Inbound, Outgoing, Place } from '../src/model.ts';
import { ChannelError, type Post } from '../src/ports.ts';
import { termsOf } from '../src/search/terms.ts';
import { practice } from './support/documents.ts';
import { readCsv } from './support/office.ts';
import { someTowns } from './support/towns.ts';
import { flow, message, START, type World, world } from './support/world.ts';

const staff: Place[] = [{ address: { channel: 'terminal', chat: 'equipe' }, language: 'fr' }];

const asking = (text: string, more: Partial<Inbound> = {}): Inbound => ({
  ...message('000001', text, 'equipe', START),
  ...{ place: 'staff', ...more },
});

const textOf = ({ message: { blocks } }: Pick<Post, 'message'>): string =>
  blocks.flatMap(({ spans }) => spans).join('');

/** The text of an attachment, read while it is being sent. */
async function contentOf(post: Post): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await post.content?.()) ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function house(more: Parameters<typeof world>[0] = {}): Promise<World> {
  const store = more.store ?? openMemory();
  for (const [id, headline] of [
    ['0000000001', 'Rue des Lilas'],
    ['0000000002', 'Place du Puits'],
  ] as const) {
    const one = practice(id, { headline });
    await store.commit('practice', null, { ...one, terms: termsOf(one, flow.fields) });
  }
  return world({ ...more, store, staff });
}

const kept = async ({ store, posts }: World): Promise<boolean> => {
  const name = posts.find(({ message: { attachment } }) => attachment)?.message.attachment?.kept;
  return name !== undefined && (await store.files.open(name)) !== null;
};

test('the file comes under the message that announced it, which says the end of it; our copy is erased', async () => {
  const files: string[] = [];
  const w = await house({
    onPost: async (post) => void (post.message.attachment && files.push(await contentOf(post))),
  });
  await w.house.receive(asking('/exporter csv piuts'));
  await w.pass(0);
  await w.pass(0);
  const [first, end, file] = w.posts;
  assert.equal(w.posts.length, 3);
  assert.ok(first && end && file);
  assert.equal(textOf(first), 'Je prépare l’export (CSV). Le fichier arrivera ici.');
  assert.equal(textOf(end), 'Export (CSV)\u00a0: 1 récit. Le fichier suit.');
  assert.equal(end.edits?.length, 1);
  assert.equal(file.under, end.edits?.[0]);
  assert.equal(file.message.attachment?.name, 'recits-2026-03-02.csv');
  assert.equal(file.message.attachment?.type, 'text/csv');
  assert.deepEqual(
    readCsv((files[0] ?? '').slice(1)).map(([number]) => number),
    ['number', '00000-00002'],
  );
  assert.equal(await kept(w), false);
  assert.deepEqual(w.failures, []);
});

test('what a place lies in is named in the file, too', async () => {
  const files: string[] = [];
  const onPost = async (post: Post) => void (post.message.attachment && files.push(await contentOf(post)));
  const w = await house({ onPost, gazetteer: someTowns });
  const places = [{ level: 'commune' as const, code: '44143', name: 'Rezé', departement: '44', region: '52' }];
  await w.store.commit('practice', null, practice('0000000003', { places }));
  await w.house.receive(asking('/exporter json'));
  await w.pass(0);
  await w.pass(0);
  assert.deepEqual(
    JSON.parse(files[0] ?? '').find((row: { communes: string[] }) => row.communes.length)?.departements,
    ['Loire-Atlantique'],
  );
});

test('an export asked for in reply to a message of ours is made, and is no answer to it', async () => {
  const w = await house();
  await w.house.receive(asking('/exporter csv lilas'));
  for (let i = 0; i < 3; i++) await w.pass(0);
  const again = { ...asking('/exporter csv puits'), id: 'm:000002', order: '000002', replyTo: '1' };
  await w.house.receive(again);
  for (let i = 0; i < 3; i++) await w.pass(0);
  assert.equal(w.posts.filter(({ message: { attachment } }) => attachment).length, 2);
});

test('the same message heard again exports once', async () => {
  const w = await house();
  await w.house.receive(asking('/exporter json'));
  await w.pass(0);
  await w.house.receive(asking('/exporter json'));
  await w.pass(0);
  await w.pass(0);
  assert.equal(w.posts.filter(({ message: { attachment } }) => attachment).length, 1);
});

test('nothing matches: said, and no file', async () => {
  const w = await house();
  await w.house.receive(asking('/exporter docx muguet'));
  await w.pass(0);
  await w.pass(0);
  assert.match(textOf(w.posts.at(-1) ?? assert.fail()), /^Aucun récit ne correspond/);
  assert.ok(w.posts.every((post) => post.message.attachment === undefined));
});

for (const words of ['de la le', Array.from({ length: 13 }, (_, i) => `mot${i}`).join(' '), 'x'.repeat(250)]) {
  test(`words that say nothing, or too much, export nothing: ${words.slice(0, 20)}`, async () => {
    const w = await house();
    await w.house.receive(asking(`/exporter csv ${words}`));
    await w.pass(0);
    await w.pass(0);
    assert.match(textOf(w.posts.at(-1) ?? assert.fail()), /^Je ne comprends pas quels récits exporter/);
    assert.ok(w.posts.every((post) => post.message.attachment === undefined));
  });
}

test('a platform that refuses the file: said where it was asked, and our copy is erased', async () => {
  const names: string[] = [];
  const onPost = async (post: Post) => {
    if (!post.message.attachment) return;
    assert.notEqual(await contentOf(post), '');
    names.push(post.message.attachment.kept);
    throw new ChannelError('refused', 'too big');
  };
  const w = await house({ onPost });
  await w.house.receive(asking('/exporter csv'));
  await w.pass(0);
  await w.pass(0);
  assert.match(textOf(w.posts.at(-1) ?? assert.fail()), /ne peut pas être envoyé ici/);
  assert.equal(names.length, 1);
  assert.equal(await w.store.files.open(names[0] ?? ''), null);
});

test('storage that fails is tried again, and then it is said', async () => {
  const store = openMemory();
  let fails = 1;
  const failing = {
    ...store,
    files: {
      ...store.files,
      put: async (...args: Parameters<typeof store.files.put>) => {
        fails -= 1;
        if (fails >= 0) throw new Error('disk');
        return store.files.put(...args);
      },
    },
  };
  const once = await house({ store: failing });
  await once.house.receive(asking('/exporter csv'));
  for (let i = 0; i < 4; i++) await once.pass(11_000);
  assert.equal(once.posts.filter(({ message: { attachment } }) => attachment).length, 1);
  fails = 99;
  await once.house.receive(asking('/exporter csv', { id: 'm:000002' }));
  for (let i = 0; i < 6; i++) await once.pass(11_000);
  assert.match(textOf(once.posts.at(-1) ?? assert.fail()), /^L’export n’a pas pu être fait/);
});

test('a long one says how far it is, and is made once', async () => {
  const store = openMemory();
  const clock = manualClock(START);
  let puts = 0;
  const slow = {
    ...store,
    async *practices() {
      for await (const one of store.practices()) {
        yield one;
        await clock.pass(4_000, async () => undefined);
      }
    },
    files: {
      ...store.files,
      put: (...args: Parameters<typeof store.files.put>) => {
        puts += 1;
        return store.files.put(...args);
      },
    },
  };
  const w = await house({ store: slow, clock });
  await w.house.receive(asking('/exporter csv'));
  for (let i = 0; i < 3; i++) await w.pass(1_000);
  assert.equal(puts, 1);
  assert.ok(w.posts.map(textOf).includes('Export (CSV)\u00a0: 2 récits jusqu’ici.'), w.posts.map(textOf).join(' | '));
});

test('a process that dies at it: the next one makes the file', async () => {
  const store = openMemory();
  const begun = Promise.withResolvers<void>();
  const put = () => {
    begun.resolve();
    return new Promise<void>(() => undefined);
  };
  const dying = await house({ store: { ...store, files: { ...store.files, put } } });
  await dying.house.receive(asking('/exporter csv'));
  await begun.promise;
  await dying.house.turns.flush();
  const next = await world({ store, staff });
  await next.pass(0);
  await next.pass(0);
  assert.equal(next.posts.filter(({ message: { attachment } }) => attachment).length, 1);
  assert.equal(await kept(next), false);
});

for (const [where, more] of [
  ['a place that is not the team’s', { from: { channel: 'terminal', chat: 'ailleurs' }, place: 'other' as const }],
  ['a private chat', { from: { channel: 'terminal', chat: 'moi' }, place: 'private' as const }],
] as const) {
  test(`nobody exports from ${where}`, async () => {
    const w = await house();
    await w.house.receive(asking('/exporter csv', more));
    await w.pass(0);
    await w.pass(0);
    assert.ok(w.posts.every((post) => post.message.attachment === undefined && !/export/i.test(textOf(post))));
  });
}

const given: Given = { flow, staff, language: 'fr', pauses: {} };
const workOf = (d: Delivery) =>
  d.outgoing.find((work): work is Extract<Outgoing, { kind: 'build' }> => work.kind === 'build') ?? assert.fail();
const at = (seconds: number): string => new Date(Date.parse(START) + seconds * 1_000).toISOString();

/** The step, event after event. */
function after(...events: [Event, number][]): Delivery {
  const first = ordered('x', asking(''), { format: 'csv', query: '', reader: '', language: 'fr' }, START);
  let d = first;
  for (const [event, seconds] of events) {
    d = dispatch(given, { ...d, version: d.version + 1 }, 'x', { event, at: at(seconds), fresh: 'f' }) ?? d;
  }
  return d;
}
const said = (d: Delivery) => d.outgoing.flatMap((work) => (work.kind === 'message' ? [textOf(work)] : []));
const OUT: Event = { kind: 'sent', key: 'say', messages: ['7'] };
const at40: Event = { kind: 'progress', key: 'build', done: 40 };
const at60: Event = { kind: 'progress', key: 'build', done: 60, of: 100 };

test('how far it is, in the same message, never faster than it is said', () => {
  const counting = after([OUT, 1], [at40, 4]);
  assert.deepEqual(said(counting), ['Export (CSV)\u00a0: 40 récits jusqu’ici.']);
  const [, edit] = counting.outgoing;
  assert.deepEqual(edit?.kind === 'message' && edit.edits, ['7']);
  assert.deepEqual(said(after([OUT, 1], [at40, 4], [at60, 7])), said(counting));
  const key = edit?.key ?? '';
  const writing = after([OUT, 1], [at40, 4], [{ kind: 'sent', key, messages: ['7'] }, 5], [at60, 7]);
  assert.deepEqual(said(writing), ['Export (CSV)\u00a0: 60 récits sur 100.']);
});

test('work that lasts keeps its lease; once it ends, what was about to be said of it is not', () => {
  const lasting = after([OUT, 1], [at40, 50]);
  assert.ok((workOf(lasting).leasedUntil ?? '') > at(100));
  const ended = after([OUT, 1], [at40, 4], [{ kind: 'built', key: 'build', count: 0 }, 5]);
  assert.deepEqual(said(ended), ['Aucun récit ne correspond\u00a0: il n’y a rien à exporter.']);
  assert.equal(ended.outgoing.length, 1);
});

test('an end that cannot take the place of what was said is said anew', () => {
  const built: Event = { kind: 'built', key: 'build', count: 0 };
  const anew = after([OUT, 1], [built, 2], [{ kind: 'failed', key: 'end', reason: 'gone', refused: true }, 3]);
  assert.equal(said(anew).length, 1);
  assert.ok(anew.outgoing.every((work) => work.kind !== 'message' || work.edits === undefined));
});

test('what is asked for: a format wherever it stands, words around it; other talk is no command', () => {
  assert.deepEqual(orderOf('/exporter'), { format: 'xlsx', query: '' });
  assert.deepEqual(orderOf('/exporter@recueil_bot Nantes GeoJSON bénévoles'), {
    format: 'geojson',
    query: 'Nantes bénévoles',
  });
  assert.deepEqual(orderOf('@Recueil export md'), { format: 'md', query: '' });
  assert.deepEqual(orderOf('<@U0BOT> exporter csv'), { format: 'csv', query: '' });
  for (const text of ['exportation de légumes', 'je voudrais exporter', '', `/exporter ${'x'.repeat(5_000)}`]) {
    assert.equal(orderOf(text), undefined, text.slice(0, 30));
  }
});

// What comes beside words, and whether people can be reached: files and their copies, blocked chats, calls in groups, places
// that move, updates that fail for ever.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { manualClock } from '../src/clock.ts';
import { conversationId } from '../src/identity.ts';
import { createIntake } from '../src/intake.ts';
import type { Address, FileRef, Inbound, Practice } from '../src/model.ts';
import { ChannelError, type Post } from '../src/ports.ts';
import { STEADY } from './support/outages.ts';
import { START, type World, world } from './support/world.ts';

/** The first bytes of a PNG picture. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');

async function* bytes(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const photo = (id: string): FileRef => ({ channel: 'terminal', id, ref: `ref-${id}`, name: `${id}.jpg` });
const textOf = (post: Post | undefined): string => JSON.stringify(post?.message.blocks ?? []);
const all = (posts: Post[]): string => posts.map(textOf).join('\n');

/** Tells a whole case of the jardins flow, a photo with the second answer. */
async function tell({ say, send, pass }: World): Promise<void> {
  for (const text of ['bonjour', '1', 'Le jardin des Lilas, à Valbrume']) {
    await say(text);
    await pass(1_000);
  }
  await send({ text: 'Une terre argileuse et lourde', files: [photo('p1')] });
  await pass(1_000);
  await say('1');
  await pass(1_000);
}

/** Says something and lets the bot answer, without waiting for what takes long. */
async function saying(w: World, more: Partial<Inbound>): Promise<void> {
  await w.send(more);
  for (let i = 0; i < 20; i++) await new Promise<void>((resolve) => setImmediate(resolve));
}

async function practicesOf({ store }: World): Promise<Practice[]> {
  const found: Practice[] = [];
  for await (const one of store.practices()) found.push(one);
  return found;
}

const filesOf = (practice: Practice | undefined): FileRef[] =>
  Object.values(practice?.answers ?? {}).flatMap((answer) => answer.parts.flatMap((part) => part.files ?? []));

async function contentOf({ store }: World, file: FileRef | undefined): Promise<string | undefined> {
  const kept = file?.copy && 'kept' in file.copy ? file.copy.kept : '';
  const content = await store.files.open(kept);
  const chunks: Uint8Array[] = [];
  for await (const chunk of content ?? []) chunks.push(chunk);
  return content ? Buffer.concat(chunks).toString('hex') : undefined;
}

test('a content that ends before its announced size is fetched again', async () => {
  let tries = 0;
  const w = await world({
    fetch: async () => {
      tries += 1;
      return tries === 1 ? bytes() : bytes(PNG);
    },
  });
  await tell({
    ...w,
    send: (more) => w.send({ ...more, files: (more.files ?? []).map((file) => ({ ...file, size: PNG.length })) }),
  });
  await w.pass(60_000);
  const [practice] = await practicesOf(w);
  const [file] = filesOf(practice);
  assert.equal(file?.size, PNG.length);
  assert.equal(await contentOf(w, file), PNG.toString('hex'));
});

test('a file is copied right after the turn, its size, type and hash read from its content', async () => {
  const w = await world({ fetch: async () => bytes(PNG.subarray(0, 10), PNG.subarray(10)) });
  await tell(w);
  const [practice] = await practicesOf(w);
  const [file] = filesOf(practice);
  assert.equal(file?.size, PNG.length);
  assert.equal(file?.type, 'image/png');
  assert.ok(file?.copy && 'kept' in file.copy);
  assert.match(file.copy.sha256, /^[0-9a-f]{64}$/);
  assert.equal(await contentOf(w, file), PNG.toString('hex'));
});

test('a copy that ends after the case was sent reaches the case', async () => {
  const door = Promise.withResolvers<void>();
  const w = await world({
    fetch: async () => {
      await door.promise;
      return bytes(PNG);
    },
  });
  for (const text of ['bonjour', '1', 'Le jardin des Lilas, à Valbrume']) await saying(w, { text });
  await saying(w, { text: 'Une terre argileuse et lourde', files: [photo('p1')] });
  await saying(w, { text: '1' });
  assert.equal(filesOf((await practicesOf(w))[0])[0]?.copy, undefined);
  door.resolve();
  await w.pass(2_000);
  const [file] = filesOf((await practicesOf(w))[0]);
  assert.equal(await contentOf(w, file), PNG.toString('hex'));
});

for (const why of ['tooBig', 'gone'] as const) {
  test(`a file that cannot be had (${why}): the person is told, the case shows it`, async () => {
    const w = await world({
      fetch: () => Promise.reject(new ChannelError('permanent', 'no', { missing: why })),
    });
    await tell(w);
    const [file] = filesOf((await practicesOf(w))[0]);
    assert.deepEqual(file?.copy, { missing: why });
    assert.match(all(w.posts), why === 'tooBig' ? /trop lourd/ : /plus disponible/);
    assert.match(all(w.posts), /p1\.jpg/);
  });
}

test('a file over our own limit is not kept, even when the platform says nothing of its size', async () => {
  const big = Buffer.alloc(26 * 1024 * 1024);
  const w = await world({ fetch: async () => bytes(big, big) });
  await tell(w);
  assert.deepEqual(filesOf((await practicesOf(w))[0])[0]?.copy, { missing: 'tooBig' });
});

test('a copy that fails is tried again, and given up after some hours', async () => {
  let tries = 0;
  const w = await world({
    fetch: () => {
      tries += 1;
      return Promise.reject(new ChannelError('retry', 'down'));
    },
  });
  await tell(w);
  assert.equal((await w.conversation()).cases.length, 1);
  for (let i = 0; i < 40; i++) await w.pass(1_800_000);
  assert.equal(tries, 13);
  assert.deepEqual(filesOf((await practicesOf(w))[0])[0]?.copy, { missing: 'unreachable' });
  assert.match(all(w.posts), /réussi à copier/);
});

test('a slow copy keeps no answer waiting', async () => {
  const w = await world({ fetch: () => new Promise(() => {}) });
  await saying(w, { text: 'bonjour' });
  await saying(w, { text: '1' });
  await saying(w, { text: 'Le jardin des Lilas', files: [photo('p1')] });
  assert.match(textOf(w.posts.at(-1)), /2\//);
});

test('a refusal erases the copy too, and a deleted message its own', async () => {
  const w = await world({ fetch: async () => bytes(PNG) });
  await w.send({ text: 'bonjour à toutes et à tous', files: [photo('p1')] });
  await w.pass(1_000);
  const [file] = (await w.conversation()).held.flatMap((part) => part.files ?? []);
  assert.equal(await contentOf(w, file), PNG.toString('hex'));
  await w.say('2');
  await w.pass(1_000);
  assert.equal(await contentOf(w, file), undefined);

  for (const choice of ['1', '1']) {
    await w.say(choice);
    await w.pass(1_000);
  }
  const sent = await w.send({ text: 'Le jardin des Lilas', files: [photo('p2')] });
  await w.pass(1_000);
  const [second] = Object.values((await w.conversation()).drafts).flatMap((draft) =>
    Object.values(draft.answers).flatMap((answer) => answer.parts.flatMap((part) => part.files ?? [])),
  );
  assert.ok(await contentOf(w, second));
  await w.send({ id: `d:${sent.order}`, kind: 'delete' });
  await w.pass(1_000);
  assert.equal(await contentOf(w, second), undefined);
});

test('a blocked chat: what is to be said waits, the case shows it, and both resume', async () => {
  const w = await world({ pause: 2_000 });
  await w.say('bonjour');
  await w.pass(3_000);
  const before = w.posts.length;
  await w.say('1');
  await w.send({ kind: 'presence', presence: 'gone', id: 's:1' });
  await w.pass(86_400_000);
  const isSaid = () => w.posts.slice(before).some((post) => /Question 1/.test(textOf(post)));
  const early = w.posts.length;
  assert.equal((await w.conversation()).unreachable, 'blocked');
  await w.send({ kind: 'presence', presence: 'back', id: 's:2' });
  await w.pass(1_000);
  assert.equal((await w.conversation()).unreachable, undefined);
  assert.ok(isSaid());
  assert.ok(early <= w.posts.length);
});

test('a chat that turns out to be closed keeps its message for the day it opens', async () => {
  let open = false;
  const w = await world({
    onPost: () => {
      if (!open) throw new ChannelError('permanent', 'blocked');
    },
  });
  await w.say('bonjour');
  await w.pass(1_000);
  assert.equal((await w.conversation()).unreachable, 'blocked');
  assert.equal(w.posts.length, 0);
  open = true;
  await w.pass(86_400_000);
  assert.equal(w.posts.length, 0);
  await w.send({ kind: 'presence', presence: 'back', id: 's:1' });
  await w.pass(1_000);
  assert.match(all(w.posts), /Acceptez-vous/);
});

test('what waits for somebody whose chat is closed goes where they write next', async () => {
  let closed = true;
  const w = await world({
    onPost: ({ to }) => {
      if (closed && to.thread === undefined) throw new ChannelError('permanent', 'blocked');
    },
  });
  await w.say('bonjour');
  await w.pass(1_000);
  assert.equal((await w.conversation()).unreachable, 'blocked');
  await w.send({ text: '/start', from: { channel: 'terminal', chat: 'moi', thread: '7' } });
  await w.pass(1_000);
  closed = false;
  assert.equal((await w.conversation()).unreachable, undefined);
  assert.match(all(w.posts), /Acceptez-vous/);
  assert.ok(w.posts.every(({ to }) => to.thread === '7'));
});

test('the cases of somebody who left show it, and no more when they are back', async () => {
  const w = await world({ fetch: async () => bytes(PNG) });
  await tell(w);
  await w.send({ kind: 'presence', presence: 'gone', id: 's:1' });
  await w.pass(1_000);
  assert.equal((await practicesOf(w))[0]?.unreachable, 'blocked');
  await w.say('bonjour');
  await w.pass(1_000);
  assert.equal((await practicesOf(w))[0]?.unreachable, undefined);
});

test('a message that the platform refuses for our fault closes nothing and stops nothing', async () => {
  const w = await world({
    onPost: (_, n) => {
      if (n === 1) throw new ChannelError('refused', 'ill-made');
    },
  });
  await w.say('bonjour');
  await w.pass(1_000);
  assert.equal((await w.conversation()).unreachable, undefined);
  await w.say('1');
  await w.pass(1_000);
  assert.equal(w.posts.length, 1);
});

test('a place that moved is followed and the message sent there', async () => {
  const staff: Address = { channel: 'terminal', chat: 'staff' };
  const moved: Address = { channel: 'terminal', chat: 'staff-2' };
  const w = await world({
    staff: [{ address: staff, language: 'fr' }],
    fetch: async () => bytes(PNG),
    onPost: (post) => {
      if (post.to.chat === 'staff') throw new ChannelError('moved', 'moved', { to: moved });
    },
  });
  await tell(w);
  const cards = w.posts.filter((post) => post.to.chat === 'staff-2');
  assert.equal(cards.length, 1);
});

const group: Address = { channel: 'terminal', chat: '-100', thread: '7' };
const call = (text: string, id: string): Partial<Inbound> => ({ text, id, place: 'other', from: group });

test('words left in a group wait for their author in private, and for nobody else', async () => {
  const w = await world();
  await w.send(call('@recueil chez nous la mairie prête une salle', 'm:900'));
  await w.send(call('@recueil chez nous la mairie prête une salle', 'm:900'));
  await w.pass(1_000);
  assert.equal(w.posts.length, 1);
  const payload = w.posts[0]?.message.door?.payload ?? '';
  assert.match(payload, /^h_[A-Za-z0-9_-]{22}$/);
  assert.deepEqual(w.posts[0]?.to, group);
  const intruder = { from: { channel: 'terminal', chat: 'autre' }, person: { id: 'autre', name: 'autre' } };
  await w.send({ text: '/start', payload, ...intruder });
  await w.pass(3_000);
  assert.doesNotMatch(all(w.posts), /de côté/);
  await w.send({ text: '/start', payload, id: 'm:950' });
  await w.send({ text: '/start', payload, id: 'm:950' });
  await w.pass(5_000);
  const mine = w.posts.filter((post) => post.to.chat === 'moi');
  assert.match(textOf(mine.at(-1)), /de côté/);
  await w.say('1');
  await w.pass(1_000);
  const key = await w.store.secret('');
  const c = await w.store.load('conversation', conversationId(key, { channel: 'terminal', chat: 'moi' }));
  const [draft] = Object.values(c?.drafts ?? {});
  assert.deepEqual(
    draft?.story.map((part) => part.text),
    ['@recueil chez nous la mairie prête une salle'],
  );
});

test('/adresse prints the address of any place', async () => {
  const w = await world();
  await w.send(call('/adresse@recueil_bot', 'm:900'));
  await w.say('/adresse');
  // A place that moved is known by its old address, which is of no use to whoever writes it down.
  await w.send({ ...call('/adresse@recueil_bot', 'm:901'), moved: { channel: 'terminal', chat: '-200' } });
  await w.pass(1_000);
  assert.match(all(w.posts), /terminal:-200/);
  assert.match(all(w.posts), /terminal:-100\/7/);
  assert.match(all(w.posts), /terminal:moi/);
});

test('a campaign in the link is kept with the case', async () => {
  const w = await world({ fetch: async () => bytes(PNG) });
  await w.send({ text: '/start', payload: 'c_printemps-2026' });
  await tell(w);
  assert.equal((await practicesOf(w))[0]?.campaign, 'printemps-2026');
});

test('something unreadable gets a kind sentence and the question again', async () => {
  const w = await world();
  await w.say('bonjour');
  await w.say('1');
  await w.send({ unreadable: true });
  await w.pass(1_000);
  assert.match(textOf(w.posts.at(-1)), /ce genre de message.*Question 1/);
});

test('an update that fails five times is set aside as it came; while the store is away it is not', async () => {
  const clock = manualClock(START);
  const store = openMemory();
  let [tries, told] = [0, 0];
  const work = async () => {
    tries += 1;
    throw new Error('poison');
  };
  const parked = () => {
    told += 1;
  };
  const heard = async () => undefined;
  const intake = createIntake({ receive: work, heard, outage: STEADY, store, clock, channel: 'telegram', parked });
  const rest = () => new Promise<void>((resolve) => setImmediate(resolve));
  const done = intake.attempt('7', { update_id: 7 }, work);
  for (let i = 0; i < 8; i++) {
    await rest();
    await clock.pass(1_000, rest);
  }
  await done;
  assert.deepEqual([tries, told, (await store.pulse()).parked], [5, 1, 1]);

  const away = { ...store, park: () => Promise.reject(new Error('away')) };
  const refused = createIntake({
    receive: work,
    heard,
    outage: STEADY,
    store: away,
    clock,
    channel: 'telegram',
    parked,
  }).attempt('8', {}, work);
  const outcome = assert.rejects(refused);
  for (let i = 0; i < 8; i++) {
    await rest();
    await clock.pass(1_000, rest);
  }
  await outcome;
  assert.equal(told, 1);
});

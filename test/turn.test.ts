// Turns and what is due, with a fake clock, a slow store and channels that fail.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { manualClock } from '../src/clock.ts';
import { dispatch } from '../src/delivery.ts';
import { tell } from '../src/digest/step.ts';
import type { Inbound } from '../src/model.ts';
import { backoff, later } from '../src/outgoing.ts';
import { ChannelError, type Library, type Post, type Store } from '../src/ports.ts';
import { review } from '../src/practice.ts';
import { advance } from '../src/talk/advance.ts';
import { createTurns } from '../src/turn.ts';
import { STEADY } from './support/outages.ts';
import { flow, message, START, type World, world } from './support/world.ts';

const wordsOf = (post: Post | undefined): string => JSON.stringify(post?.message.blocks ?? []);

test('an ordinary message costs one read at most and one write, the news of what was sent riding on it', async () => {
  let [reads, writes] = [0, 0];
  const store = openMemory();
  const counted: Store & Library = {
    ...store,
    load: (kind, id) => {
      reads += 1;
      return store.load(kind, id);
    },
    commit: (kind, before, after) => {
      writes += 1;
      return store.commit(kind, before, after);
    },
  };
  const { say, house } = await world({ store: counted });
  for (const text of ['bonjour', '1']) {
    await say(text);
    await house.settled();
  }
  [reads, writes] = [0, 0];
  await say('Rue des Lilas, derrière l’école');
  await house.settled();
  assert.deepEqual([reads, writes], [0, 1]);
});

test('a whole case, from the first word to its card, costs so many reads and writes and no more', async () => {
  const costs: Record<string, number> = {};
  const tally = (what: string, kind: string) => {
    costs[`${what} ${kind}`] = (costs[`${what} ${kind}`] ?? 0) + 1;
  };
  const store = openMemory();
  const counted: Store & Library = {
    ...store,
    load: (kind, id) => {
      tally('read', kind);
      return store.load(kind, id);
    },
    commit: (kind, before, after) => {
      tally('write', kind);
      return store.commit(kind, before, after);
    },
  };
  const staff = [{ address: { channel: 'terminal', chat: 'staff' }, language: 'fr' as const }];
  const { say, house } = await world({ store: counted, staff });
  const told = [
    'bonjour',
    '1',
    ...flow.fields.map(() => 'Une parcelle derrière l’école, deux cents mètres carrés'),
    '1',
  ];
  for (const text of told) {
    await say(text);
    await house.settled();
  }
  await house.turns.flush();
  assert.deepEqual(costs, {
    // Somebody new is looked for once; the last reply's arrival has no message to ride on.
    'read conversation': 1,
    'write conversation': told.length + 1,
    // Made; then its card has left and nothing is like it, in one.
    'write practice': 2,
    // Looked for, made, and known by the id of the message that stands in the place.
    'read delivery': 1,
    'write delivery': 2,
  });
});

test('only so many documents are kept in memory, those written last', async () => {
  const loaded: string[] = [];
  const store = openMemory();
  const load: Store['load'] = (kind, id) => {
    loaded.push(id);
    return store.load(kind, id);
  };
  const turns = createTurns({
    ...{ store: { ...store, load }, clock: manualClock(START) },
    ...{ given: () => ({ flow, staff: [], language: 'fr', pauses: {} }), fresh: () => 'K000000001', copies: 2 },
    steps: { conversation: advance, practice: review, delivery: dispatch, digest: tell },
    outage: STEADY,
    failed: (error) => assert.fail(String(error)),
  });
  let order = 0;
  const write = (id: string) => {
    order += 1;
    const inbound = message(String(order).padStart(6, '0'), 'bonjour', id, START);
    return turns.take({ kind: 'conversation', id }, { kind: 'inbound', inbound });
  };
  for (const id of ['a', 'b', 'c', 'c', 'b', 'a']) await write(id);
  assert.deepEqual(loaded, ['a', 'b', 'c', 'a'], 'the first of three was let go when the third came');
});

test('a conversation remembers the last thing heard in it, by the order of the platform and not of arrival', async () => {
  const { house, say, store, clock } = await world();
  const moi = { channel: 'terminal', chat: 'moi' };
  assert.equal(await house.heard(moi), undefined);
  await say('bonjour');
  assert.equal(await house.heard(moi), '000001');
  await house.receive(message('000900', 'plus tard', 'moi', clock.now()));
  await house.receive(message('000500', 'plus tôt', 'moi', clock.now()));
  await house.receive({ ...message('000999', '', 'moi', clock.now()), kind: 'choice', choice: 'p9.x' });
  assert.equal(await house.heard(moi), '000900');
  assert.deepEqual(await store.recent('terminal', 9), [{ address: moi, heard: '000900' }]);
});

test('what waits for the same document is folded into one commit, in order', async () => {
  let writes = 0;
  const store = openMemory();
  const counted: Store & Library = {
    ...store,
    async commit(kind, before, after) {
      writes += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return store.commit(kind, before, after);
    },
  };
  const { say, house, conversation } = await world({ store: counted, pause: 2_000 });
  await say('bonjour');
  await say('1');
  await house.settled();
  await house.turns.flush();
  writes = 0;
  const texts = Array.from({ length: 100 }, (_, i) => `ligne ${i} du jardin`);
  await Promise.all(texts.map((text) => say(text)));
  assert.ok(writes <= 3, `${writes} writes`);
  const [draft] = Object.values((await conversation()).drafts);
  assert.deepEqual(
    draft?.answers['plot']?.parts.map((part) => part.text),
    texts,
  );
});

test('two processes on one store: stale copies are found, nothing is lost', async () => {
  const store = openMemory();
  const shared = { ...store, exclusive: false };
  const clock = manualClock(START);
  const one = await world({ store: shared, clock, pause: 2_000 });
  const two = await world({ store: shared, clock, pause: 2_000 });
  await one.say('bonjour');
  await one.say('1');
  const texts = Array.from({ length: 40 }, (_, i) => `ligne ${i} du jardin`);
  const from = (w: World, i: number) =>
    w.house.receive(message(`9${String(i).padStart(5, '0')}`, texts[i] ?? '', 'moi', clock.now()));
  // Each message comes to both.
  await Promise.all(texts.flatMap((_, i) => [from(one, i), from(two, i)]));
  const [draft] = Object.values((await one.conversation()).drafts);
  assert.deepEqual(
    draft?.answers['plot']?.parts.map((part) => part.text),
    texts,
  );
});

test('the reply to several messages in a row goes out once, after the pause', async () => {
  const { say, posts, pass } = await world({ pause: 2_000 });
  await say('bonjour');
  await say('1');
  await pass(0);
  const before = posts.length;
  await say('Rue des Lilas');
  await pass(1_000);
  await say('derrière l’école');
  await pass(1_500);
  assert.equal(posts.length, before, 'still waiting: the second message moved the reply');
  await pass(600);
  assert.equal(posts.length, before + 1);
  assert.match(wordsOf(posts.at(-1)), /Terre/);
});

test('a click or a command is answered at once', async () => {
  const { say, posts, pass } = await world({ pause: 2_000 });
  await say('bonjour');
  await say('1');
  await say('/aide');
  await pass(0);
  assert.match(wordsOf(posts.at(-1)), /Ce que vous pouvez me dire/);
});

test('a failed message is tried again with backoff, and nothing to that person overtakes it', async () => {
  let down = true;
  const { say, posts, pass } = await world({
    onPost: () => {
      if (down) throw new ChannelError('retry', 'down');
    },
  });
  await say('bonjour');
  await pass(0);
  await say('1');
  await pass(60_000);
  assert.equal(posts.length, 0);
  down = false;
  await pass(600_000);
  assert.match(wordsOf(posts.at(-1)), /Parcelle/);
});

test('a 429 waits for as long as the platform says', async () => {
  const clock = manualClock(START);
  const retryAt = later(START, 90_000);
  const { say, posts, pass } = await world({
    clock,
    onPost: (_, n) => {
      if (n === 1) throw new ChannelError('retry', 'slow down', { retryAt });
    },
  });
  await say('bonjour');
  await pass(89_000);
  assert.equal(posts.length, 0);
  await pass(2_000);
  assert.equal(posts.length, 1);
});

test('a closed chat marks the person unreachable; their next words open it again', async () => {
  const { say, conversation, pass } = await world({
    onPost: (_, n) => {
      if (n === 1) throw new ChannelError('permanent', 'blocked');
    },
  });
  await say('bonjour');
  await pass(2_000);
  assert.equal((await conversation()).unreachable, 'blocked');
  await say('bonjour');
  await pass(2_000);
  assert.equal((await conversation()).unreachable, undefined);
});

test('a message in several pieces goes on where it stopped', async () => {
  const clock = manualClock(START);
  const { say, posts, pass } = await world({
    clock,
    onPost: async (post, n) => {
      if (n > 1) return;
      await post.piece('piece-1');
      throw new ChannelError('retry', 'reset');
    },
  });
  await say('bonjour');
  await pass(1);
  await pass(10_000);
  assert.equal(posts.length, 1);
  assert.deepEqual(posts[0]?.out, ['piece-1']);
});

test('a step that throws refuses its own event only, and says where', async () => {
  const { say, house, failures, conversation } = await world();
  await say('bonjour');
  const broken = { ...message('000900', 'x', 'moi', START), files: null } as unknown as Inbound;
  const [bad, good] = await Promise.allSettled([house.receive(broken), say('1')]);
  assert.deepEqual([bad.status, good.status], ['rejected', 'fulfilled']);
  assert.equal(failures.length, 1);
  assert.ok((await conversation()).consent);
});

test('a store that fails leaves the event unacknowledged, and the same event succeeds later', async () => {
  const store = openMemory();
  let away = false;
  const flaky: Store & Library = {
    ...store,
    async commit(kind, before, after) {
      if (away) throw new Error('away');
      return store.commit(kind, before, after);
    },
  };
  const { say, house, conversation, clock } = await world({ store: flaky });
  await say('bonjour');
  await say('1');
  away = true;
  const one = message('000500', 'Rue des Lilas, derrière l’école', 'moi', clock.now());
  await assert.rejects(house.receive(one), /away/);
  away = false;
  await house.receive(one);
  const [draft] = Object.values((await conversation()).drafts);
  assert.equal(draft?.answers['plot']?.parts.length, 1);
});

const fails = (): never => {
  throw new ChannelError('retry', 'dying');
};

test('work whose process died is taken up by another once its lease has run out', async () => {
  const store = openMemory();
  const shared = { ...store, exclusive: false };
  const clock = manualClock(START);
  const dead = await world({ store: shared, clock, pause: 5_000, onPost: fails });
  await dead.say('bonjour');
  dead.house.due.stop();
  const alive = await world({ store: shared, clock });
  await alive.pass(30_000);
  assert.equal(alive.posts.length, 0, 'the lease still holds');
  await alive.pass(40_000);
  assert.equal(alive.posts.length, 1);
});

test('after a crash that hides whether a question was shown, it may be said again: what is written then is its answer', async () => {
  const store = openMemory();
  const clock = manualClock(START);
  const dead = await world({ store, clock });
  for (const text of ['bonjour', '1']) {
    await dead.say(text);
    await dead.pass(2_000);
  }
  const told = await dead.send({ text: 'Rue des Lilas, derrière l’école' });
  // The next question goes out, and the process dies before it could note so.
  await dead.house.settled();
  dead.house.due.stop();
  const alive = await world({ store, clock });
  const at = later(clock.now(), 60_000);
  const edit = { ...told, id: `e:${told.id.slice(2)}:2`, kind: 'edit' as const, text: 'Rue des Lilas, au fond' };
  await alive.house.receive(edit);
  await alive.house.receive({ ...told, id: 'm:900', order: '000900', at, text: 'Argileuse et lourde' });
  const [draft] = Object.values((await alive.conversation()).drafts);
  assert.equal(draft?.answers['plot']?.parts[0]?.text, 'Rue des Lilas, au fond');
  assert.equal(draft?.answers['soil']?.parts[0]?.text, 'Argileuse et lourde');
});

test('after a crash that hides whether a question was shown, the rest of an answer in two messages is still its answer', async () => {
  const store = openMemory();
  const clock = manualClock(START);
  const dead = await world({ store, clock, pause: 2_000 });
  for (const text of ['bonjour', '1']) {
    await dead.say(text);
    await dead.pass(2_000);
  }
  const first = await dead.send({ text: 'Rue des Lilas, à Valbrume,' });
  await clock.pass(2_000, dead.house.settled);
  dead.house.due.stop();
  const alive = await world({ store, clock, pause: 2_000 });
  // It was written at once after the first, and is brought only now.
  const second = { id: 'm:900', order: '000900', text: 'derrière l’école' };
  await alive.house.receive({ ...first, ...second, at: later(first.at, 1_000) });
  const third = { id: 'm:901', order: '000901', text: 'Argileuse et lourde' };
  await alive.house.receive({ ...first, ...third, at: later(first.at, 5_000) });
  const [draft] = Object.values((await alive.conversation()).drafts);
  assert.deepEqual(
    ['plot', 'soil'].map((key) => draft?.answers[key]?.parts.map(({ text }) => text)),
    [['Rue des Lilas, à Valbrume,', 'derrière l’école'], ['Argileuse et lourde']],
  );
});

test('the backoff grows to an hour and no further', () => {
  assert.deepEqual(
    [0, 1, 2, 3].map((n) => Math.round(backoff(n) / 1_000)),
    [1, 3, 7, 20],
  );
  assert.equal(backoff(10), 3_600_000);
  assert.equal(backoff(1_000), 3_600_000);
});

test('an event that comes while a turn is ending is taken too, at whatever moment', async () => {
  for (let moments = 0; moments < 20; moments++) {
    const { say } = await world();
    await say('bonjour');
    for (let i = 0; i < moments; i++) await Promise.resolve();
    const taken = say('1').then(() => 'taken');
    const later = new Promise((resolve) => setTimeout(() => resolve('forgotten'), 500).unref());
    assert.equal(await Promise.race([taken, later]), 'taken', `after ${moments} moments`);
  }
});

test('an edit of the flow that moves a reminder does not keep the conversation due for ever', async () => {
  const { say, pass, conversation, clock, posts } = await world();
  await say('bonjour');
  await say('1');
  await pass(1_000);
  const before = posts.length;
  flow.reminders.days = [20];
  await pass(2 * 86_400_000);
  flow.reminders.days = [1, 3, 10];
  assert.equal(posts.length, before);
  assert.ok(((await conversation()).wakeAt ?? '') > clock.now());
});

test('at the end of its announced retention a case leaves its author and the store, for ever', async () => {
  const { say, pass, conversation, store } = await world();
  for (const text of ['bonjour', '1', 'Rue des Lilas, derrière l’école', 'Argileuse', '1']) {
    await say(text);
    await pass(2_000);
  }
  const [own] = (await conversation()).cases;
  assert.ok(own && (await store.load('practice', own.id)));
  await pass((flow.retention.practice - 1) * 86_400_000);
  assert.ok(await store.load('practice', own.id));
  await pass(86_400_000);
  assert.equal(await store.load('practice', own.id), null);
  assert.deepEqual((await conversation()).cases, []);
  assert.doesNotMatch(JSON.stringify(await conversation()), /Lilas|Argileuse/);
});

test('a correction that leaves the words as they are is known and not spoken of', async () => {
  const { say, send, pass, conversation, house } = await world();
  for (const text of ['bonjour', '1']) {
    await say(text);
    await pass(2_000);
  }
  const told = await send({ text: 'Rue des Lilas, derrière l’école' });
  await pass(2_000);
  const { count } = await conversation();
  const edit = (n: number, text: string) =>
    house.receive({ ...told, id: `e:${told.id.slice(2)}:${n}`, kind: 'edit' as const, text });
  await edit(2, told.text);
  await edit(1, 'Rue des Lilas');
  const [draft] = Object.values((await conversation()).drafts);
  assert.equal(draft?.answers['plot']?.parts[0]?.text, told.text);
  assert.equal((await conversation()).count, count);
});

test('a message edited or deleted after the case was sent revises the case, and staff can see it', async () => {
  const { say, pass, conversation, store, house, clock } = await world();
  for (const text of ['bonjour', '1', 'Rue des Lilas, derrière l’école', 'Argileuse et lourde', '1']) {
    await say(text);
    await pass(2_000);
  }
  const [own] = (await conversation()).cases;
  const practice = async () => {
    const found = await store.load('practice', own?.id ?? '');
    assert.ok(found);
    return found;
  };
  const part = (await practice()).answers['soil']?.parts[0]?.id.slice(2) ?? '';
  const change = (kind: 'edit' | 'delete', id: string, text: string) =>
    house.receive({ ...message('009000', text, 'moi', clock.now()), id, kind });
  await change('edit', `e:${part}:2`, 'Argileuse, lourde et fertile');
  await pass(2_000);
  await change('edit', `e:${part}:1`, 'une correction plus ancienne, arrivée après');
  await pass(2_000);
  const { count } = await conversation();
  await change('edit', `e:${part}:2`, 'Argileuse, lourde et fertile');
  assert.equal((await conversation()).count, count, 'the same correction again says nothing again');
  const edited = await practice();
  assert.equal(edited.answers['soil']?.text, 'Argileuse, lourde et fertile');
  assert.deepEqual(edited.history.at(-1)?.before, 'Argileuse et lourde');
  await change('delete', `d:${part}`, '');
  await pass(2_000);
  const deleted = await practice();
  assert.equal(deleted.answers['soil']?.text, '');
  assert.equal(deleted.history.at(-1)?.what, 'deleted');
  assert.doesNotMatch(JSON.stringify(deleted), /lourde/);
});

test('what a dead process was to try again later is tried again then, not a minute after', async () => {
  const store = { ...openMemory(), exclusive: true };
  const clock = manualClock(START);
  const dead = await world({
    store,
    clock,
    onPost: () => {
      throw new ChannelError('retry', 'too fast', { retryAt: later(START, 20_000) });
    },
  });
  await dead.say('bonjour');
  await dead.house.settled();
  await dead.house.turns.flush();
  dead.house.due.stop();
  const alive = await world({ store, clock });
  await alive.pass(15_000);
  assert.equal(alive.posts.length, 0);
  await clock.pass(10_000, alive.house.settled);
  assert.equal(alive.posts.length, 1);
});

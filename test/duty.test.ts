// Processes that share a store: what only one may do has one holder, who is followed at once when it goes, and soon when
// it dies; what a dead process had in hand is taken up.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { openMongo } from '../adapters/stores/mongo/index.ts';
import { manualClock, realClock } from '../src/clock.ts';
import { createDuty } from '../src/duty.ts';
import { openHouse } from '../src/house.ts';
import type { Given } from '../src/model.ts';
import type { Channel, Crew } from '../src/ports.ts';
import { openEngine } from './support/engine.ts';
import { flow, message } from './support/world.ts';

const GIVEN: Given = { flow, staff: [], language: 'fr', pauses: { terminal: { text: 0, long: 0 } } };

const engine = await openEngine();
after(() => engine.close());

/** The same by the clock of the test. */
function crewAt(now: () => number): Crew & { away: boolean } {
  const until = new Map<string, number>();
  const duties = new Map<string, string>();
  const crew = {
    away: false,
    async lives(process: string, _at: string, ms: number) {
      if (crew.away) throw new Error('away');
      until.set(process, now() + ms);
    },
    leaves: async (process: string) => void until.delete(process),
    living: async () => [...until].flatMap(([name, end]) => (end > now() ? { name, at: '' } : [])),
    holder: async (duty: string) => duties.get(duty),
    async take(duty: string, from: string | undefined, by: string) {
      if (duties.get(duty) !== from) return false;
      duties.set(duty, by);
      return true;
    },
  };
  return crew;
}

function stage() {
  const clock = manualClock('2026-03-02T09:00:00.000Z');
  const crew = crewAt(() => Date.parse(clock.now()));
  const told: string[] = [];
  const act = (name: string) => async (turn: AbortSignal) => {
    told.push(`${name} begins`);
    turn.addEventListener('abort', () => told.push(`${name} ends`));
  };
  const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 2));
  return { clock, crew, told, act, pass: (ms: number) => clock.pass(ms, rest) };
}

test('one polls, the other stands by and follows when it stops', async () => {
  const { clock, crew, told, act, pass } = stage();
  const [one, two] = [await createDuty(crew, clock, 'one'), await createDuty(crew, clock, 'two')];
  assert.equal(await one.hold('telegram', act('one')), true);
  assert.equal(await two.hold('telegram', act('two')), false);
  assert.deepEqual(await one.living(), ['two', 'one']);
  await pass(60_000);
  assert.deepEqual(told, ['one begins']);
  await one.stop();
  await pass(2_000);
  assert.deepEqual(told, ['one begins', 'one ends', 'two begins']);
  assert.deepEqual(await two.living(), ['two']);
  await two.stop();
});

test('of several that see a holder dead, one follows; who comes back from the dead lets go', async () => {
  const { clock, crew, told, act, pass } = stage();
  const first = await createDuty(crew, clock, 'first');
  await first.hold('discord', act('first'));
  // As if it had been kept from running: it says nothing for a while, though it lives.
  const said = crew.lives;
  crew.lives = (process, at, ms) => (process === 'first' ? Promise.resolve() : said(process, at, ms));
  const others = await Promise.all(['a', 'b', 'c'].map((name) => createDuty(crew, clock, name)));
  await Promise.all(others.map((duty, i) => duty.hold('discord', act(`other ${i}`))));
  await pass(20_000);
  assert.equal(told.filter((line) => line.endsWith('begins')).length, 2, told.join());
  assert.ok(told.includes('first ends'));
  for (const duty of [first, ...others]) await duty.stop();
});

test('while the store is away nobody lets go', async () => {
  const { clock, crew, told, act, pass } = stage();
  const one = await createDuty(crew, clock, 'one');
  await one.hold('telegram', act('one'));
  crew.away = true;
  await pass(60_000);
  crew.away = false;
  await pass(2_000);
  assert.deepEqual(told, ['one begins']);
  await one.stop();
});

test('what cannot begin is told to who asked first, and tried again later', async () => {
  const { clock, crew, pass } = stage();
  const one = await createDuty(crew, clock, 'one');
  let tries = 0;
  const failing = async () => {
    tries += 1;
    throw new Error('refused');
  };
  await assert.rejects(one.hold('telegram', failing), /refused/);
  await pass(10_000);
  assert.equal(tries, 1);
  let later = 0;
  const two = await createDuty(crew, clock, 'two');
  const counting = async () => {
    later += 1;
  };
  assert.equal(await two.hold('telegram', counting), false);
  await one.stop();
  await pass(4_000);
  assert.equal(later, 1);
  await two.stop();
});

test('MongoDB keeps who lives by its own clock, and lets one of many take a duty', async () => {
  const store = await openMongo(engine.uri);
  const { crew } = store;
  assert.ok(crew);
  assert.deepEqual(await crew.living(), []);
  await Promise.all([crew.lives('a', 'x', 60_000), crew.lives('b', 'x', 60_000), crew.lives('gone', 'x', -1)]);
  const names = async () => (await crew.living()).map(({ name }) => name).sort();
  assert.deepEqual(await names(), ['a', 'b']);
  assert.equal(await crew.holder('telegram'), undefined);
  const taken = await Promise.all(['a', 'b', 'c'].map((by) => crew.take('telegram', undefined, by)));
  assert.equal(taken.filter((one) => one).length, 1);
  const holder = (await crew.holder('telegram')) ?? '';
  assert.equal(await crew.take('telegram', 'nobody', 'z'), false);
  assert.equal(await crew.take('telegram', holder, 'z'), true);
  assert.equal(await crew.holder('telegram'), 'z');
  await crew.leaves('a');
  assert.deepEqual(await names(), ['b']);
  await store.close();
});

test('a process of this machine that died is known at once; one elsewhere when its time is over', async () => {
  const store = await openMongo(engine.uri);
  const { crew } = store;
  assert.ok(crew);
  await crew.leaves('b');
  const one = await createDuty(crew, realClock, 'one');
  const [{ at } = { at: '' }] = await crew.living();
  // No process has this number: it is above what Linux gives.
  await crew.lives('dead', at.replace(/\d+$/, '9999999'), 60_000);
  assert.deepEqual(await one.living(), ['one']);
  await crew.lives('far', `elsewhere ${at}`, 60_000);
  assert.deepEqual(await one.living(), ['far', 'one']);
  await one.stop();
  await store.close();
});

test('what a dead process had in hand is sent by the one that is left, and what a living one has is not', async () => {
  const clock = manualClock('2026-03-02T09:00:00.000Z');
  const crew = crewAt(() => Date.parse(clock.now()));
  const store = { ...openMemory(), exclusive: false, crew };
  const sent: string[] = [];
  const channelOf = (name: string, deliver: Channel['deliver']): Channel => ({
    ...{ name: 'terminal', deliver, check: async () => [] },
    async start() {},
    async stop() {
      sent.push(`${name} stops`);
    },
  });
  const open = (channel: Channel) =>
    openHouse({ store, clock, given: () => GIVEN, channels: [channel], failed: assert.ifError });
  const hanging = await open(channelOf('hanging', () => new Promise(() => undefined)));
  const other = await open(
    channelOf('other', async () => {
      sent.push('other');
      return { messages: [String(sent.length)], order: String(sent.length).padStart(6, '0') };
    }),
  );
  other.due.start();
  await hanging.receive(message('000001', 'bonjour', 'moi', clock.now()));
  const rest = async () => {
    await new Promise<void>((resolve) => setTimeout(resolve, 2));
    await other.settled();
  };
  await clock.pass(40_000, rest);
  assert.deepEqual(sent, []);
  await hanging.duty.stop();
  await clock.pass(15_000, rest);
  assert.deepEqual(sent, ['other']);
});

test('what a dead process was to say before is said first, and soon, by the one that is to say what follows', async () => {
  const clock = manualClock('2026-03-02T09:00:00.000Z');
  const crew = crewAt(() => Date.parse(clock.now()));
  const store = { ...openMemory(), exclusive: false, crew };
  const said: string[] = [];
  const channelOf = (deliver: Channel['deliver']): Channel => ({
    ...{ name: 'terminal', deliver, check: async () => [] },
    async start() {},
    async stop() {},
  });
  const open = (deliver: Channel['deliver']) =>
    openHouse({ store, clock, given: () => GIVEN, channels: [channelOf(deliver)], failed: assert.ifError });
  let [order, hangs] = [100, false];
  const sent = () => {
    order += 2;
    return { messages: [String(order)], order: String(order) };
  };
  const first = await open(() => (hangs ? new Promise(() => undefined) : Promise.resolve(sent())));
  const other = await open(async ({ message: { blocks } }) => {
    said.push(JSON.stringify(blocks));
    return sent();
  });
  other.due.start();
  const say = (text: string, to = first) => {
    order += 2;
    return to.receive(message(String(order), text, 'moi', clock.now()));
  };
  const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 2));
  for (const text of ['bonjour', '1', 'Rue des Lilas, derrière l’école', 'Argileuse et lourde']) {
    await say(text);
    await clock.pass(3_000, rest);
  }
  hangs = true;
  await say('1');
  await first.duty.stop();
  await say('/aide', other);
  await clock.pass(15_000, rest);
  assert.equal(said.length, 2);
  assert.match(said[0] ?? '', /Son numéro est/);
  assert.match(said[1] ?? '', /Ce que vous pouvez me dire/);
});

// What a digest says and to whom, how its document behaves when events come late or twice, and its picture.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openMemory, render } from '../adapters/index.ts';
import { fingerprint } from '../src/address.ts';
import { manualClock } from '../src/clock.ts';
import { readAtlas } from '../src/digest/atlas.ts';
import { createGather } from '../src/digest/gather.ts';
import { mapOf } from '../src/digest/map.ts';
import { marked, told } from '../src/digest/marks.ts';
import { createDraw } from '../src/digest/picture.ts';
import { scheduleOf } from '../src/digest/schedule.ts';
import { tell } from '../src/digest/step.ts';
import { readFlow } from '../src/flow.ts';
import { openHouse } from '../src/house.ts';
import type { Digest, Event, Given, Language, Outbound, Place, Practice } from '../src/model.ts';
import { type Channel, ChannelError, type Post } from '../src/ports.ts';
import { conversation, digest, practice } from './support/documents.ts';
import { writing } from './support/world.ts';

const reading = readFlow(join(import.meta.dirname, '../flows/territorial-governance/flow.yaml'), 'en');
assert.ok('flow' in reading);
const { flow } = reading;
const atlas = readAtlas();
const NOW = '2026-03-30T07:00:00.000Z';
const PLACES: Place[] = [
  { address: { channel: 'terminal', chat: 'staff' }, language: 'fr' },
  { address: { channel: 'terminal', chat: 'forum' }, language: 'en' },
];
const schedule = scheduleOf('0 9 * * 1', 'Europe/Paris');
assert.ok(schedule);
const given: Given = {
  flow,
  staff: PLACES.slice(0, 1),
  digest: { places: PLACES, schedule: schedule.name, next: schedule.next },
  language: 'fr',
  pauses: {},
};

// ------------------------------------------------------------------------------------------------------- the cases

const commune = (name: string, code: string, departement: string, region: string) =>
  ({ level: 'commune', name, code, departement, region }) as const;

/** An invented case, with the marks that its own step would give it. */
function caseOf(id: string, more: Partial<Practice>, texts: Record<string, string>): Practice {
  const answers = Object.fromEntries(
    flow.fields.map(({ key, label }) => [key, { text: texts[key] ?? 'Rien de plus', parts: [], label: label.fr }]),
  );
  const order = flow.fields.map(({ key }) => key);
  const made = practice(id, { ...more, order, answers, headline: texts['territory'] ?? '', messages: [] });
  return marked(given, null, made);
}

const staffPlace = fingerprint(PLACES[0]?.address ?? { channel: '', chat: '' });
const forumPlace = fingerprint(PLACES[1]?.address ?? { channel: '', chat: '' });
const known = (moves: number) => ({ window: '2026-03-23T08:00:00.000Z', moves });
const consent = (scope: Practice['consent']['scope']) => ({ version: '1', at: NOW, scope });
const act = (what: string) => ({ at: '2026-03-25T10:00:00.000Z', by: 'Camille', what });

const CASES = [
  caseOf(
    '7K3QM0XTD2',
    {
      consent: consent('public'),
      submittedAt: '2026-03-26T10:00:00.000Z',
      places: [commune('Valbrume', '15999', '15', '84')],
    },
    {
      territory: 'Valbrume, centre-bourg',
      actors: 'La mairie et une association',
      interactions:
        'Un atelier chaque jeudi, inscription auprès de jeanne@exemple.invalid ou au 06 12 34 56 78, dans la salle que la mairie prête et que des bénévoles tiennent à tour de rôle',
    },
  ),
  caseOf(
    '2B4CD5EFG6',
    { consent: consent('report'), submittedAt: '2026-03-27T10:00:00.000Z' },
    { territory: 'Le plateau des Sources', actors: 'Des bénévoles', interactions: 'Un bus {/aide} <b>équipé</b>' },
  ),
  caseOf(
    '8M9NP0QRS1',
    {
      consent: consent('named'),
      submittedAt: '2026-02-02T10:00:00.000Z',
      state: 'used',
      places: [{ level: 'departement', name: 'Mayotte', code: '976', region: '06' }],
      history: [act('submitted'), act('accepted'), act('used')],
      uses: [
        { id: 'u1', at: NOW, by: 'Camille', kind: 'planned', report: 'Brouillon' },
        { id: 'u2', at: NOW, by: 'Camille', kind: 'used', report: 'Rapport d’étape', section: 'partie 2' },
      ],
      digests: { [staffPlace]: known(1), [forumPlace]: known(0) },
    },
    { territory: 'Mayotte', actors: 'Le Département' },
  ),
  caseOf(
    '3T4VW5XYZ6',
    {
      consent: consent('public'),
      submittedAt: '2026-02-10T10:00:00.000Z',
      state: 'waiting',
      digests: { [staffPlace]: known(0), [forumPlace]: known(0) },
    },
    { territory: 'Bourg-sous-Vent', actors: 'Une association' },
  ),
  caseOf('9A8B7C6D5E', { consent: consent('public'), state: 'withdrawn' }, { territory: 'Secret' }),
];

async function library() {
  const store = openMemory();
  for (const one of CASES) await store.commit('practice', null, one);
  const trail = { begun: 7, sent: 4, at: { actors: 1 }, left: { actors: 1, recap: 1 } };
  await store.commit('conversation', null, conversation('C1', { trail }));
  for (const { address, language } of PLACES) {
    await store.commit('digest', null, digest(fingerprint(address), { to: address, language }));
  }
  return store;
}

async function gathered(place: string, asked = false, store = library()) {
  const draw = async (tally: Record<string, number>, language: Language) => createDraw(atlas)(tally, language);
  const tools = { store: await store, given: () => given, clock: manualClock(NOW), zone: 'Europe/Paris', atlas, draw };
  const event = await createGather(tools)(place, NOW, asked);
  assert.ok(event.kind === 'gathered');
  return { ...event, store: tools.store };
}

/** Compared with what a facilitator can read and review; `UPDATE=1` writes it anew. */
function golden(name: string, message: Outbound | null): void {
  assert.ok(message);
  const file = join(import.meta.dirname, 'digests', `${name}.txt`);
  const text = render(message);
  if (process.env['UPDATE']) writeFileSync(file, text);
  assert.equal(text, readFileSync(file, 'utf8'));
}

// ------------------------------------------------------------------------------------------------------------ text

test('the digest of a staff place, in French', async () => golden('staff.fr', (await gathered(staffPlace)).message));

test('the digest of a place read by everybody, in English', async () => {
  golden('forum.en', (await gathered(forumPlace)).message);
});

test('a place reads only what consent opens to it, and no way to reach anybody', async () => {
  const forum = JSON.stringify((await gathered(forumPlace)).message);
  for (const hidden of ['plateau des Sources', '2B4CD', 'Secret', 'jeanne@', '06 12', 'Camille']) {
    assert.ok(!forum.includes(hidden), hidden);
  }
  const staff = JSON.stringify((await gathered(staffPlace)).message);
  assert.ok(staff.includes('plateau des Sources'));
  for (const hidden of ['Secret', 'jeanne@', '06 12', 'Camille']) assert.ok(!staff.includes(hidden), hidden);
  // What people type stays text: it becomes no command.
  assert.ok(staff.includes('Un bus {/aide} <b>équipé</b>'));
});

test('nothing new: nothing is said, unless asked for', async () => {
  const store = await library();
  const first = await gathered(forumPlace, false, Promise.resolve(store));
  for (const { id, moves } of first.cases) {
    const before = await store.load('practice', id);
    assert.ok(before);
    const after = marked(given, before, told(before, { kind: 'told', place: forumPlace, window: NOW, moves }));
    await store.commit('practice', before, { ...after, version: before.version + 1 });
  }
  const again = await gathered(forumPlace, false, Promise.resolve(store));
  assert.deepEqual([again.message, again.cases], [null, []]);
  const asked = await gathered(forumPlace, true, Promise.resolve(store));
  assert.match(render(asked.message as Outbound), /Nothing new since the last digest/);
});

test('more cases than one digest tells: the rest waits for the next, and is said to', async () => {
  const store = openMemory();
  await store.commit('digest', null, digest(staffPlace, { to: PLACES[0]?.address ?? { channel: '', chat: '' } }));
  for (let i = 0; i < 130; i++) {
    await store.commit('practice', null, caseOf(`K${String(i).padStart(9, '0')}`, {}, { territory: `Lieu ${i}` }));
  }
  const { cases, message } = await gathered(staffPlace, false, Promise.resolve(store));
  assert.equal(cases.length, 100);
  assert.match(render(message as Outbound), /prochain bilan/);
});

// ------------------------------------------------------------------------------------------------------------ step

const step = (before: Digest | null, event: Event, at = NOW): Digest => {
  const after = tell(given, before, staffPlace, { event, at, fresh: 'x' });
  assert.ok(after);
  return JSON.parse(JSON.stringify(after)) as Digest;
};
const said: Outbound = { language: 'fr', blocks: [], choices: [], closed: false };
const place = PLACES[0] as Place;
const gathering = ({ outgoing }: Digest) => outgoing.flatMap((one) => (one.kind === 'gather' ? [one.window] : []));

test('a window begins when it opens, and what was missed is one', () => {
  const born = step(null, { kind: 'expected', place }, '2026-03-24T10:00:00.000Z');
  assert.equal(born.wakeAt, NOW);
  assert.deepEqual(gathering(step(born, { kind: 'woke' }, '2026-03-30T06:59:59.000Z')), []);
  assert.deepEqual(gathering(step(born, { kind: 'woke' })), [NOW]);
  // Three weeks later: one digest, for the first that was missed; then the next Monday.
  const late = step(born, { kind: 'expected', place }, '2026-04-18T10:00:00.000Z');
  assert.deepEqual([gathering(late), late.next], [[NOW], '2026-04-20T07:00:00.000Z']);
});

test('the next window waits until every case of the last one is marked', () => {
  const born = step(null, { kind: 'expected', place }, '2026-03-24T10:00:00.000Z');
  const made = step(step(born, { kind: 'woke' }), {
    ...{ kind: 'gathered', window: NOW, message: said },
    cases: [{ id: 'A', moves: 0 }],
  });
  const week = '2026-04-06T07:00:00.000Z';
  assert.deepEqual(gathering(step(made, { kind: 'woke' }, week)), []);
  const posted = step(made, { kind: 'done', key: `post:${NOW}` }, week);
  assert.deepEqual(gathering(posted), []);
  assert.deepEqual(gathering(step(posted, { kind: 'done', key: 'told:A' }, week)), [week]);
});

test('whoever gathers a window too late, or twice, changes nothing', () => {
  const born = step(null, { kind: 'expected', place }, '2026-03-24T10:00:00.000Z');
  const first: Event = { kind: 'gathered', window: NOW, message: said, cases: [{ id: 'A', moves: 0 }] };
  const made = step(step(born, { kind: 'woke' }), first);
  assert.deepEqual(step(made, { ...first, cases: [{ id: 'B', moves: 0 }] }), made);
  const closed = ['told:A', `post:${NOW}`].reduce((d, key) => step(d, { kind: 'done', key }), made);
  const next = step(closed, { kind: 'woke' }, '2026-04-06T07:00:00.000Z');
  assert.deepEqual(step(next, { ...first, cases: [{ id: 'B', moves: 0 }] }, '2026-04-06T07:00:01.000Z'), next);
});

test('asked for by hand twice with one click: one digest; also where no calendar is set', () => {
  const asked = step(null, { kind: 'wanted', id: 'c:1', place });
  assert.deepEqual(gathering(asked), ['c:1']);
  assert.deepEqual(step(asked, { kind: 'wanted', id: 'c:1', place }), asked);
  const closed = step(asked, { kind: 'gathered', window: 'c:1', message: null, cases: [] });
  assert.deepEqual(step(closed, { kind: 'wanted', id: 'c:1', place }), closed);
  assert.deepEqual(gathering(step(closed, { kind: 'wanted', id: 'c:2', place })), ['c:2']);
});

test('a case keeps the digest that told of it first, and is told again only when it moves', () => {
  const one = marked(given, null, practice('K1'));
  const first = marked(given, one, told(one, { kind: 'told', place: 'p', window: 'w1', moves: 0 }));
  assert.deepEqual([first.digests, first.told], [{ p: { window: 'w1', moves: 0 } }, 'p']);
  assert.equal(told(first, { kind: 'told', place: 'p', window: 'w2', moves: 0 }), first);
  const moved = marked(given, first, { ...first, state: 'accepted', history: [...first.history, act('accepted')] });
  assert.equal(moved.told, '');
  const again = marked(given, moved, told(moved, { kind: 'told', place: 'p', window: 'w3', moves: 1 }));
  assert.deepEqual([again.digests, again.told], [{ p: { window: 'w1', moves: 1 } }, 'p']);
});

// ----------------------------------------------------------------------------------------------------- a place gone

test('a place that is gone: the team is told once, nothing more is tried until the next start', async () => {
  const store = await library();
  const clock = manualClock('2026-03-29T07:00:00.000Z');
  const posts: Post[] = [];
  let tries = 0;
  const channel: Channel = {
    name: 'terminal',
    async start() {},
    async deliver(post) {
      if (post.to.chat === 'forum') {
        tries += 1;
        throw new ChannelError('permanent', 'no such place');
      }
      posts.push(post);
      return { messages: [String(posts.length)] };
    },
    check: async () => [],
    async stop() {},
  };
  const draw = async () => null;
  const tools = { store, given: () => given, clock, zone: 'Europe/Paris', atlas, draw };
  const parts = { store, clock, given: () => given, channels: [channel], gather: createGather(tools) };
  const failed = (error: unknown): never => {
    throw error;
  };
  const house = await openHouse({ ...parts, failed });
  const weeks = async (n: number) => {
    for (let i = 0; i < n * 7; i++) {
      await clock.pass(86_400_000, house.settled);
      await house.due.poll();
      await house.settled();
      await house.turns.flush();
    }
  };
  await weeks(3);
  assert.equal(tries, 1);
  const told = posts.map(({ message }) => render(message)).filter((text) => text.includes('DIGEST_TO'));
  assert.equal(told.length, 1);
  assert.match(told[0] ?? '', /terminal:forum/);
  assert.equal((await store.load('digest', forumPlace))?.gone, 'no such place');
  await house.stop();
  const again = await openHouse({ ...parts, failed });
  assert.equal((await store.load('digest', forumPlace))?.gone, undefined);
  await again.stop();
});

// ----------------------------------------------------------------------------------------------------- asked for

test('somebody of the team types /bilan in a staff place: one digest there, and nothing for a passer-by', async () => {
  const store = await library();
  const posts: Post[] = [];
  const channel = writing(posts);
  const clock = manualClock('2026-03-24T10:00:00.000Z');
  const tools = { store, given: () => ({ ...given, digest: undefined }) as unknown as Given, clock };
  const gather = createGather({ ...tools, zone: 'Europe/Paris', atlas, draw: async () => null });
  const failed = (error: unknown): never => {
    throw error;
  };
  const house = await openHouse({ ...tools, channels: [channel], gather, failed });
  const type = async (chat: string, id: string, text = '/bilan@recueil_bot') => {
    await house.receive({
      ...{ id, order: id, place: 'staff', from: { channel: 'terminal', chat }, person: { id: 'p', name: 'P' } },
      ...{ at: clock.now(), kind: 'message', text, files: [] },
    });
    await house.settled();
    await house.turns.flush();
    await house.settled();
  };
  await type('staff', 'm:1');
  await type('staff', 'm:1');
  const texts = () => posts.map(({ message }) => render(message)).filter((text) => /Bilan du/.test(text));
  assert.equal(texts().length, 1);
  assert.match(texts()[0] ?? '', /2 nouveaux récits/);
  await type('staff', 'm:2');
  assert.match(texts()[1] ?? '', /Rien de nouveau/);
  await type('elsewhere', 'm:3');
  assert.equal(texts().length, 2);
  await type('staff', 'm:4', '<@U0RECUEIL> bilan');
  assert.equal(texts().length, 3);
  await house.stop();
});

// --------------------------------------------------------------------------------------------------------- schedule

test('a pattern or a zone that cannot be is refused; one that can says the next three, over a clock change', () => {
  for (const pattern of ['', 'lundi 9h', '61 9 * * 1', '0 0 30 2 *', '0 9 * * 1 *', '* * * *']) {
    assert.equal(scheduleOf(pattern, 'Europe/Paris'), undefined, pattern);
  }
  assert.deepEqual(schedule.three('2026-03-20T00:00:00.000Z'), [
    '2026-03-23T08:00:00.000Z',
    '2026-03-30T07:00:00.000Z',
    '2026-04-06T07:00:00.000Z',
  ]);
});

// ---------------------------------------------------------------------------------------------------------- picture

test('the map is a PNG, the same for the same counts, with every count in its text', () => {
  const tally = { 'departement:15': 3, 'departement:976': 12, 'departement:93': 1 };
  const draw = createDraw(atlas);
  const picture = draw(tally, 'fr');
  assert.ok(picture);
  const png = Buffer.from(picture.png);
  assert.equal(png.subarray(0, 8).toString('latin1'), '\u0089PNG\r\n\u001a\n');
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1226, 1560]);
  assert.ok(png.equals(Buffer.from(createDraw(atlas)(tally, 'fr')?.png ?? [])));
  assert.ok(!png.equals(Buffer.from(draw({ ...tally, 'departement:15': 2 }, 'fr')?.png ?? [])));
  assert.match(picture.alt, /Mayotte 12, Cantal 3 et Seine-Saint-Denis 1\. 98 sans récit\./);
  assert.equal(draw({ all: 3 }, 'fr'), null);
});

test('every département is on the map, in an outline or a box, and every count is printed', () => {
  const codes = atlas.departements.map(({ code }) => code);
  const shapes = codes.filter((code) => !/^97/.test(code)).map((code) => ({ code, path: 'm 1,1 9,0 0,9 z' }));
  const names = new Map(atlas.departements.map(({ code, name }) => [code, name]));
  const words = { title: 't', paris: 'p', overseas: 'o', credit: '<&>' };
  const svg = mapOf(shapes, names, (code) => 1_000 + codes.indexOf(code), words);
  for (const code of codes) assert.ok(svg.includes(`>${1_000 + codes.indexOf(code)}<`), code);
  assert.ok(svg.includes('&lt;&amp;&gt;'));
  // Each shade is darker than the one before, so that the order is seen without colour.
  const shades = [
    ...new Set(
      [...mapOf(shapes, names, (code) => codes.indexOf(code), words).matchAll(/fill="(#[0-9a-f]{6})"\/>/g)].map(
        ([, fill]) => fill ?? '',
      ),
    ),
  ];
  const lightness = (fill: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((i) => Number.parseInt(fill.slice(i, i + 2), 16));
    return 0.21 * red + 0.72 * green + 0.07 * blue;
  };
  const light = shades.map(lightness).sort((a, b) => b - a);
  assert.equal(light.length, 5);
  for (const [i, one] of light.slice(1).entries()) assert.ok((light[i] ?? 0) - one > 20, light.join(' '));
});

// The laws of the conversation's step, over random scripts: total, pure, idempotent, lossless, indifferent to the order in
// which the platform's news arrive, and unharmed by an edit of the flow.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { textOf } from '../src/fields.ts';
import { readFlow } from '../src/flow.ts';
import type { Conversation, Event, Flow, Given, Inbound, Instant, Outgoing, Part, Submission } from '../src/model.ts';
import { isSpoken, later } from '../src/outgoing.ts';
import { advance } from '../src/talk/advance.ts';
import { commands } from '../src/words/commands.ts';
import { someTowns } from './support/towns.ts';

const reading = readFlow(join(import.meta.dirname, '../flows/territorial-governance/flow.yaml'), 'en');
assert.ok('flow' in reading);
const FLOW = reading.flow;
const START: Instant = '2026-03-02T09:00:00.000Z';
const given = (flow: Flow = FLOW, pause = 2_000): Given => ({
  flow,
  staff: [{ address: { channel: 'terminal', chat: 'staff' }, language: 'fr' }],
  language: 'fr',
  forms: ['terminal'],
  pauses: { terminal: { text: pause, long: pause } },
  gazetteer: someTowns,
});

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}

// ------------------------------------------------------------------------------------------------- random scripts

const HOSTILE = [
  '__proto__',
  'constructor',
  '\u0000',
  '\u202e abc',
  '\ud800',
  '$where',
  '{/aide}',
  '<!channel>',
  '/',
  '1',
];
const WORDS = [
  'Valbrume',
  'la mairie prête une salle',
  'Saint-Denis et Rezé',
  'douze bénévoles',
  'oui',
  'non',
  '👍',
  'https://exemple.invalid',
];
const said = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 2, arbitrary: fc.constantFrom('1', '2', '3', '4', '7', '99') },
  { weight: 3, arbitrary: fc.constantFrom(...Object.values(commands).map((words) => `/${words.fr[0]}`)) },
  { weight: 1, arbitrary: fc.constantFrom('/modifier 2', '/ajouter 1', 'modifier 9', '/inconnu', 'bonjour') },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 601, maxLength: 700 }) },
);

type Act =
  | { do: 'say'; text: string; file: boolean }
  | { do: 'press'; option: string; old: boolean }
  | { do: 'edit' | 'delete'; back: number; text: string }
  | { do: 'open' }
  | { do: 'home' }
  | { do: 'form'; field: string; text: string }
  | { do: 'take'; as: 'story' | 'suggestion'; text: string }
  | { do: 'wait'; hours: number }
  | { do: 'again' };

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.record({ do: fc.constant('say' as const), text: said, file: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('press' as const),
        option: fc.constantFrom(
          'w-actors',
          'accept',
          'refuse',
          'send',
          'which',
          'all',
          'note',
          'why',
          'f-actors',
          '__proto__',
          '',
        ),
        old: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom('edit' as const, 'delete' as const), back: fc.nat(5), text: said }),
    },
    { weight: 1, arbitrary: fc.constantFrom({ do: 'open' as const }, { do: 'home' as const }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('form' as const),
        field: fc.constantFrom(...FLOW.fields.map(({ key }) => key), '', '__proto__'),
        text: said,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('take' as const),
        as: fc.constantFrom('story' as const, 'suggestion' as const),
        text: said,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 6_000 }) }),
    },
    { weight: 2, arbitrary: fc.constant({ do: 'again' as const }) },
  ),
  { maxLength: 40 },
);

/** A person who first accepts, so that most of the script is spent in the interview. */
const accepted = acts.map((list): Act[] => [
  { do: 'say', text: 'bonjour', file: false },
  { do: 'say', text: '1', file: false },
  ...list,
]);

// ------------------------------------------------------------------------------------------------------ the player

interface World {
  c: Conversation | null;
  at: Instant;
  order: number;
  fresh: number;
  last: Inbound | undefined;
  messages: string[];
  submitted: Submission[];
}

const newWorld = (): World => ({
  c: null,
  at: START,
  order: 0,
  fresh: 0,
  last: undefined,
  messages: [],
  submitted: [],
});

function apply(world: World, event: Event, setting: Given): void {
  world.fresh += 1;
  const stamped = { event, at: world.at, fresh: String(world.fresh).padStart(10, '0') };
  world.c = json(advance(setting, freeze(world.c), 'someone', freeze(stamped)));
}

const tick = (world: World): string => {
  world.order += 1;
  return String(world.order).padStart(6, '0');
};

function inbound(world: World, kind: Inbound['kind'], id: string, text: string, more: Partial<Inbound> = {}): Inbound {
  return {
    id,
    order: tick(world),
    place: 'private',
    from: { channel: 'terminal', chat: 'moi' },
    person: { id: 'moi', name: 'moi' },
    at: world.at,
    kind,
    text,
    files: [],
    ...more,
  };
}

function hear(world: World, act: Act): Inbound | undefined {
  switch (act.do) {
    case 'say': {
      const id = `m:${tick(world)}`;
      world.messages.push(id);
      return inbound(
        world,
        'message',
        id,
        act.text,
        act.file ? { files: [{ channel: 'terminal', id: 'f', ref: 'f', name: 'plan.jpg' }] } : {},
      );
    }
    case 'press': {
      const prompt = act.old ? 'p1' : (world.c?.prompt?.id ?? 'p1');
      return inbound(world, 'choice', `c:${tick(world)}`, '', { choice: `${prompt}.${act.option}` });
    }
    case 'edit':
    case 'delete': {
      const message = world.messages.at(-1 - act.back)?.slice(2) ?? 'none';
      const id = act.do === 'edit' ? `e:${message}:${tick(world)}` : `d:${message}`;
      return inbound(world, act.do, id, act.text);
    }
    case 'open':
      return inbound(world, 'presence', `p:${tick(world)}`, '');
    case 'home':
      return inbound(world, 'presence', `p:${tick(world)}`, '', { presence: 'home' });
    case 'form': {
      const choice = `${world.c?.prompt?.id ?? 'p1'}.w-${act.field}`;
      return inbound(world, 'choice', `c:${tick(world)}`, '', { choice, form: { 1: act.text } });
    }
    case 'take':
      return inbound(world, 'message', `m:C1-${tick(world)}`, act.text, { as: act.as });
    case 'again':
      return world.last;
    default:
      return undefined;
  }
}

/** Does what is due: messages are shown, events reach the practices. */
function deliver(world: World, setting: Given, all = true): void {
  for (let work = due(world, all); work; work = due(world, all)) {
    if (isSpoken(work)) {
      apply(world, { kind: 'sent', key: work.key, messages: ['x'], order: tick(world) }, setting);
    } else {
      if (work.kind === 'event' && work.event.kind === 'submitted') world.submitted.push(json(work.event.practice));
      apply(world, { kind: 'done', key: work.key }, setting);
    }
  }
}

const due = (world: World, all: boolean): Outgoing | undefined =>
  world.c?.outgoing.find((work) => all || work.dueAt <= world.at);

function play(list: Act[], setting = given()): World {
  const world = newWorld();
  for (const act of list) {
    const one = hear(world, act);
    if (act.do === 'wait') {
      world.at = later(world.at, act.hours * 3_600_000);
      apply(world, { kind: 'woke' }, setting);
    }
    if (one) {
      apply(world, { kind: 'inbound', inbound: one }, setting);
      world.last = one;
    }
    world.at = later(world.at, 10_000);
    deliver(world, setting);
  }
  return world;
}

const partsIn = (world: World): Part[] => [
  ...(world.c?.held ?? []),
  ...(world.c?.reply?.parts ?? []),
  ...Object.values(world.c?.drafts ?? {}).flatMap((draft) => [
    ...draft.story,
    ...Object.values(draft.answers).flatMap((answer) => answer.parts),
  ]),
  ...world.submitted.flatMap((practice) => [
    ...(practice.story?.parts ?? []),
    ...Object.values({ ...practice.answers, ...practice.former }).flatMap((answer) => answer.parts),
  ]),
];

// -------------------------------------------------------------------------------------------------------- the laws

test('total and pure: no event makes it throw or touch what it was given, and the state survives JSON', () => {
  fc.assert(
    fc.property(fc.oneof(acts, accepted), (list) => void play(list)),
    { numRuns: 300 },
  );
});

test('one event, one effect: whatever comes a second time changes nothing', () => {
  fc.assert(
    fc.property(accepted, (list) => {
      const world = play(list);
      const { last } = world;
      if (!last || !world.c) return;
      // Of an answer whose case has left or whose draft was erased, the ring remembers.
      const before = json(world.c);
      apply(world, { kind: 'inbound', inbound: last }, given());
      assert.deepEqual(world.c, before);
    }),
    { numRuns: 500 },
  );
});

/** Plain sentences that are no command, choice or thin answer, one for each message. */
const sentences = fc.array(fc.constantFrom(' prête une salle', ' anime', ' décide', ' 👍', '\nfin '), {
  minLength: 1,
  maxLength: 12,
});

test('nothing is lost: every sentence is in the draft or the case, once, byte for byte', () => {
  fc.assert(
    fc.property(sentences, fc.array(said.filter((text) => text.startsWith('/'))), (list, noise) => {
      const GOING = ['/annuler', '/recommencer', '/retablir', '/consentement', '/modifier 2', '/retour', '/modifier'];
      const calm = noise.filter((text) => !GOING.includes(text));
      const mixed = list.flatMap((text, i): Act[] => [
        { do: 'say', text: `message ${i} la mairie${text}`, file: false },
        ...(calm[i] === undefined ? [] : [{ do: 'say' as const, text: calm[i], file: false }]),
      ]);
      const world = play([
        { do: 'say', text: 'bonjour', file: false },
        { do: 'say', text: '1', file: false },
        ...mixed,
      ]);
      const kept = partsIn(world).map((part) => part.text);
      for (const [i, text] of list.entries()) {
        const mine = kept.filter((one) => one === `message ${i} la mairie${text}`);
        assert.equal(mine.length, 1, `message ${i}`);
      }
    }),
    { numRuns: 300 },
  );
});

test('crossing: the answers do not depend on when the news of a sent question arrives', () => {
  const script = fc.array(fc.record({ early: fc.boolean(), late: fc.boolean() }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(script, (steps) => {
      const told = steps.map(({ early }) => ({ early, late: false }));
      assert.deepEqual(contentOf(interview(steps)), contentOf(interview(told)));
    }),
    { numRuns: 500 },
  );
});

/**
 * A person who writes a sentence (`early`: before the open question was shown, though it arrives after), is asked the
 * next question, and writes again; the news that the question was shown comes before that, or (`late`) after.
 */
function interview(steps: { early: boolean; late: boolean }[]): World {
  const setting = given(FLOW, 0);
  const world = play([
    { do: 'say', text: 'bonjour', file: false },
    { do: 'say', text: '1', file: false },
  ]);
  const at = (order: number): string => String(order).padStart(6, '0');
  const write = (id: string, order: number): Event => {
    const one = inbound(world, 'message', `m:${id}`, `phrase ${id} de la mairie`);
    return { kind: 'inbound', inbound: { ...one, order: at(order) } };
  };
  for (const [i, { early, late }] of steps.entries()) {
    const base = (i + 1) * 1_000;
    apply(world, write(`a${i}`, early ? base - 600 : base + 100), setting);
    const key = world.c?.outgoing.find(isSpoken)?.key ?? '';
    const shown: Event = { kind: 'sent', key, messages: ['x'], order: at(base + 200) };
    const next = write(`b${i}`, base + 300);
    for (const event of late ? [next, shown] : [shown, next]) apply(world, event, setting);
    world.order = base + 500;
    deliver(world, setting);
    world.at = later(world.at, 10_000);
  }
  return world;
}

function contentOf(world: World): unknown {
  const draft = Object.values(world.c?.drafts ?? {})[0];
  return {
    prompt: [world.c?.prompt?.kind, world.c?.prompt?.field],
    story: draft && textOf(draft.story),
    held: world.c && textOf(world.c.held),
    answers: Object.fromEntries(
      Object.entries(draft?.answers ?? {}).map(([key, answer]) => [key, [textOf(answer.parts), answer.thin]]),
    ),
  };
}

test('a flow edited at any moment breaks no draft and loses no word', () => {
  const keys = FLOW.fields.map((field) => field.key);
  fc.assert(
    fc.property(sentences, fc.shuffledSubarray(keys, { minLength: 1 }), fc.nat(12), (list, left, when) => {
      const byKey = new Map(FLOW.fields.map((field) => [field.key, field]));
      const fields = left.flatMap((key) => byKey.get(key) ?? []);
      const edited = { ...FLOW, fields: fields.map((field, i) => ({ ...field, headline: i === 0 })) };
      const world = newWorld();
      const texts = ['bonjour', '1', ...list.map((text, i) => `message ${i} la mairie${text}`)];
      for (const [i, text] of texts.entries()) {
        const setting = given(i > when ? edited : FLOW);
        const one = hear(world, { do: 'say', text, file: false });
        if (one) apply(world, { kind: 'inbound', inbound: one }, setting);
        world.at = later(world.at, 10_000);
        deliver(world, setting);
      }
      const kept = partsIn(world).map((part) => part.text);
      for (const text of texts.slice(2)) assert.equal(kept.filter((one) => one === text).length, 1, text);
    }),
    { numRuns: 200 },
  );
});

test('a person cannot fill the document: what does not fit is refused, and what came before stays', () => {
  const act = (text: string): Act => ({ do: 'say', text, file: false });
  const big = (i: number) => `note ${i} ${'x'.repeat(900_000)}`;
  const notes = [1, 2, 3, 4].flatMap((i) => [act('/mes-recits'), act(big(i)), act('/note')]);
  const world = play([act('bonjour'), act('1'), ...notes]);
  const kept = partsIn(world).map((part) => part.text.slice(0, 6));
  assert.ok(JSON.stringify(world.c).length < 9_000_000);
  // Each note has left for its own document by the time the next one comes.
  assert.deepEqual(kept, ['note 1', 'note 2', 'note 3', 'note 4']);
  const held = play([act('bonjour'), act('1'), act('/mes-recits'), ...[1, 2, 3, 4].map((i) => act(big(i)))]);
  assert.ok(JSON.stringify(held.c).length < 9_000_000);
});

test('limits: an answer of 100,000 characters is kept whole, one more is refused and nothing before it is lost', () => {
  const long = 'é'.repeat(100_000);
  const world = play([
    { do: 'say', text: 'bonjour', file: false },
    { do: 'say', text: '1', file: false },
    { do: 'say', text: 'Valbrume', file: false },
    { do: 'say', text: long, file: false },
    { do: 'say', text: '/ajouter', file: false },
    { do: 'say', text: 'x', file: false },
  ]);
  const draft = Object.values(world.c?.drafts ?? {})[0];
  assert.equal(draft && textOf(draft.answers['actors']?.parts ?? []), long);
  const emoji = play([
    { do: 'say', text: 'bonjour', file: false },
    { do: 'say', text: '1', file: false },
    { do: 'say', text: 'Valbrume', file: false },
    { do: 'say', text: `mairie ${'🌱'.repeat(99_000)}`, file: false },
  ]);
  const kept = Object.values(emoji.c?.drafts ?? {})[0]?.answers['actors']?.parts ?? [];
  assert.equal([...textOf(kept)].length, 99_007);
});

test('a refusal erases every word written before it, in the same step', () => {
  fc.assert(
    fc.property(sentences, (list) => {
      const world = play([
        { do: 'say', text: 'bonjour', file: false },
        { do: 'say', text: '1', file: false },
        ...list.map((text, i): Act => ({ do: 'say', text: `secret ${i}${text}`, file: false })),
        { do: 'say', text: '/consentement', file: false },
        { do: 'press', option: 'refuse', old: false },
      ]);
      if (world.submitted.length === 0) assert.doesNotMatch(JSON.stringify(world.c), /secret/);
    }),
    { numRuns: 100 },
  );
});

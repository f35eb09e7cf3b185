// A number in place of a button, everywhere: each choice of each closed prompt is taken by its number, to the same end; in a
// place of the team, by the words that stand beside it. And nothing is lost on a slow writer: a choice, an answer or a form
// is as good weeks later.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { textOf } from '../src/fields.ts';
import { readFlow } from '../src/flow.ts';
import type { Conversation, Event, Inbound, Instant, Language, Outbound } from '../src/model.ts';
import { isSpoken, later } from '../src/outgoing.ts';
import { howTo, resultsView } from '../src/search/results.ts';
import { pressedDeed, typedDeed } from '../src/staff.ts';
import { advance } from '../src/talk/advance.ts';
import { promptView } from '../src/talk/prompts.ts';
import { partsOf } from '../src/talk/scene.ts';
import { commandOf } from '../src/words/commands.ts';
import { cards, givenOf, prompts } from './support/prompts.ts';

const reading = readFlow(join(import.meta.dirname, '../flows/territorial-governance/flow.yaml'), 'en');
assert.ok('flow' in reading);
const { flow } = reading;
const GIVEN = givenOf(flow);
const START: Instant = '2026-03-02T09:00:00.000Z';
const WEEK = 7 * 86_400_000;

interface Walk {
  c: Conversation | null;
  at: Instant;
  n: number;
}

function inbound(walk: Walk, more: Partial<Inbound>): Inbound {
  const order = String(walk.n).padStart(6, '0');
  return {
    ...{ id: `m:${order}`, order, place: 'private', from: { channel: 'terminal', chat: 'moi' }, at: walk.at },
    ...{ person: { id: 'moi', name: 'moi' }, kind: 'message', text: '', files: [] },
    ...more,
  };
}

/** The next step; whatever it leaves to say is said at once. */
function step(walk: Walk, event: Event): Walk {
  const n = walk.n + 1;
  const take = (c: Conversation | null, one: Event) =>
    advance(GIVEN, c, 'someone', { event: one, at: walk.at, fresh: `F${String(n).padStart(9, '0')}` });
  let c = take(walk.c, event);
  for (let work = c?.outgoing[0]; work; work = c?.outgoing[0]) {
    const order = String(n).padStart(6, '0');
    c = take(
      c,
      isSpoken(work) ? { kind: 'sent', key: work.key, messages: ['x'], order } : { kind: 'done', key: work.key },
    );
  }
  return { c, at: later(walk.at, 10_000), n };
}

const says = (walk: Walk, text: string): Walk => {
  const next = { ...walk, n: walk.n + 1 };
  return step(next, { kind: 'inbound', inbound: inbound(next, { text }) });
};
const presses = (walk: Walk, choice: string): Walk => {
  const next = { ...walk, n: walk.n + 1 };
  return step(next, { kind: 'inbound', inbound: inbound(next, { id: `c:${next.n}`, kind: 'choice', choice }) });
};

const viewOf = (walk: Walk): Outbound | undefined =>
  walk.c?.prompt && promptView({ given: GIVEN, at: walk.at, fresh: 'F000000000' }, walk.c, walk.c.prompt);

/** What somebody may say on the way, so that every closed prompt is come by. */
const LINES = [
  ...['1', '1', '2', '3', '4', '5', 'La mairie de Saint-Denis', 'Un comité se réunit chaque mois', 'Douze bénévoles'],
  ...['récap', 'mes récits', 'retour', 'annuler', 'pause', 'nouveau', 'note', 'modifier 2', 'bonjour', 'sans objet'],
];
const WALKS = fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 25 });
/** To the recap, where most choices are. */
const TOLD = [
  'bonjour',
  '1',
  'Saint-Denis et Rezé',
  ...Array<string>(4).fill('La mairie et douze bénévoles du quartier'),
];
const start = (): Walk => ({ c: null, at: START, n: 0 });
const walked = (lines: string[], from = start()): Walk => lines.reduce(says, from);

/** All of a conversation but the names of what was heard, and what is only said of an attempt. */
function ends({ c }: Walk): unknown {
  if (!c) return null;
  const { seen: _, heard: __, version: ___, ...rest } = c;
  return JSON.parse(JSON.stringify(rest));
}

function sameByNumber(walk: Walk): number {
  const view = viewOf(walk);
  if (!view?.closed) return 0;
  for (const [i, { id, label }] of view.choices.entries()) {
    const [pressed, numbered] = [presses(walk, id), says(walk, String(i + 1))];
    assert.deepEqual(ends(numbered), ends(pressed), `${walk.c?.prompt?.kind}: ${i + 1}. ${label}`);
    assert.deepEqual(ends(says(walk, label)), ends(pressed), `${walk.c?.prompt?.kind}: “${label}”`);
  }
  return view.choices.length;
}

test('each choice of a closed prompt is taken by its number, and by its words, to the same end as by its button', () => {
  const met = new Set<string>();
  let taken = 0;
  const look = (lines: string[]) => {
    let walk = walked(TOLD);
    taken += sameByNumber(walk);
    for (const line of lines) {
      walk = says(walk, line);
      if (viewOf(walk)?.closed) met.add(walk.c?.prompt?.kind ?? '');
      taken += sameByNumber(walk);
    }
  };
  look(['1', 'mes récits', '1', '8', 'une idée au passage', '2', 'récap']);
  fc.assert(fc.property(WALKS, look), { numRuns: 40 });
  assert.ok(taken > 200, String(taken));
  for (const kind of ['recap', 'cases', 'aside']) assert.ok(met.has(kind), `${kind} was never met: ${[...met]}`);
});

test('a number beyond the list says how far it goes; under an open question a number is an answer', () => {
  const recap = walked(TOLD);
  const beyond = says(recap, '99');
  assert.equal(beyond.c?.prompt?.kind, 'recap');
  const open = walked(['bonjour', '1']);
  const answered = says(open, '2');
  const [field] = flow.fields;
  assert.equal(textOf(Object.values(answered.c?.drafts ?? {})[0]?.answers[field?.key ?? '']?.parts ?? []), '2');
});

test('every prompt that is closed has choices, and one that is open has words for each of its buttons', () => {
  for (const language of ['fr', 'en'] as Language[]) {
    for (const { what, message } of prompts(flow, language)) {
      if (message.closed) assert.ok(message.choices.length > 0, what);
      // The form is another way to write, not another thing to say.
      for (const { label, command, form } of message.closed ? [] : message.choices) {
        if (form === 'answer') continue;
        assert.ok(command !== undefined, `${what}: ${label}`);
        assert.ok(commandOf(`/${command}`)?.name !== 'unknown' && commandOf(`/${command}`), `${what}: /${command}`);
        assert.deepEqual(commandOf(label)?.name, commandOf(`/${command}`)?.name, `${what}: “${label}” typed`);
      }
    }
  }
});

test('in a place of the team every button has words that do the same when typed', () => {
  let seen = 0;
  for (const language of ['fr', 'en'] as Language[]) {
    for (const { what, message } of cards(language)) {
      for (const { id, command = '' } of message.choices) {
        const [typed, pressed] = [typedDeed(`/${command}`), pressedDeed(id)];
        assert.ok(pressed, `${what}: ${id}`);
        assert.deepEqual([typed?.practice, typed?.verb], [pressed.practice, pressed.verb], `${what}: /${command}`);
        seen += 1;
      }
    }
    const question = { language, label: 'n1', reader: { team: true, id: 'x' } };
    const practices = cards(language)
      .slice(0, 1)
      .map(({ practice }) => practice);
    const results = { practices, total: 9, more: false, page: 1, pages: 2, partly: false, unknown: [], instead: [] };
    const query = { words: [], states: [], unused: false, mine: false, page: 1 };
    const found = resultsView(results, { question, text: 'mairie', query, timeZone: 'Europe/Paris', perPage: 5 });
    for (const { command = '' } of found.choices) assert.ok(commandOf(`/${command}`), command);
    assert.equal(howTo(language).choices.length, 0);
  }
  assert.ok(seen > 100, String(seen));
});

/** Weeks pass; reminders are said meanwhile. */
function wait(walk: Walk, weeks: number): Walk {
  let next = walk;
  for (let i = 0; i < weeks; i++) next = step({ ...next, at: later(next.at, WEEK) }, { kind: 'woke' });
  return next;
}

const WEEKS = fc.integer({ min: 1, max: Math.floor(flow.retention.draft / 7) - 1 });

test('a choice made weeks later is made', () => {
  fc.assert(
    fc.property(WEEKS, (weeks) => {
      const consented = says(wait(walked(['bonjour']), weeks), '1');
      assert.ok(consented.c?.consent, `consent after ${weeks} weeks`);
      const sent = says(wait(walked(TOLD), weeks), '1');
      assert.equal(sent.c?.cases.length, 1, `sent after ${weeks} weeks`);
      const view = viewOf(wait(walked(TOLD), weeks));
      const pressed = presses(wait(walked(TOLD), weeks), view?.choices[0]?.id ?? '');
      assert.equal(pressed.c?.cases.length, 1, `pressed after ${weeks} weeks`);
    }),
    { numRuns: 12 },
  );
});

test('an answer written weeks later is kept, and becomes the answer at a word', () => {
  fc.assert(
    fc.property(WEEKS, fc.integer({ min: 0, max: 4 }), (weeks, answered) => {
      const lines = TOLD.slice(0, 2 + answered);
      const back = says(wait(walked(lines), weeks), 'Trois mots tardifs et sincères');
      const held = [...(back.c?.held ?? []), ...Object.values(back.c?.drafts ?? {}).flatMap(partsOf)];
      assert.ok(
        held.some(({ text }) => text === 'Trois mots tardifs et sincères'),
        `lost after ${weeks} weeks`,
      );
      const kept = says(back, 'garder');
      const texts = Object.values(kept.c?.drafts ?? {}).flatMap((draft) =>
        Object.values(draft.answers).map(({ parts }) => textOf(parts)),
      );
      assert.ok(
        texts.some((text) => text.includes('Trois mots tardifs et sincères')),
        `no answer after ${weeks} weeks`,
      );
    }),
    { numRuns: 25 },
  );
});

test('a form opened weeks ago and sent now is the answer to its question', () => {
  fc.assert(
    fc.property(WEEKS, (weeks) => {
      const asked = walked(['bonjour', '1']);
      const choice = viewOf(asked)?.choices.find(({ form }) => form === 'answer')?.id ?? '';
      const later = wait(asked, weeks);
      const next = { ...later, n: later.n + 1 };
      const form = { id: `c:${next.n}`, kind: 'choice' as const, choice, form: { '1': 'Le bourg, enfin' } };
      const sent = step(next, { kind: 'inbound', inbound: inbound(next, form) });
      const parts = Object.values(sent.c?.drafts ?? {}).flatMap(partsOf);
      assert.ok(
        parts.some(({ text }) => text === 'Le bourg, enfin'),
        `lost after ${weeks} weeks`,
      );
    }),
    { numRuns: 12 },
  );
});

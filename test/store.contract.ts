// What every store must do: one suite, run on all of them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Conversation, Delivery, Part, Practice, Scope } from '../src/model.ts';
import type { Documents, Library, Store } from '../src/ports.ts';
import { conversation, delivery, digest, part, practice } from './support/documents.ts';

export type OpenStore = Store & Library;

export interface Opened {
  store: OpenStore;
  /** Closes it and opens it again on the same data. */
  reopen(): Promise<OpenStore>;
  close(): Promise<void>;
}

const HOSTILE = [
  '__proto__',
  'constructor.prototype',
  'avec un NUL \u0000 au milieu',
  '\u202egauche à droite\u202c',
  '🌱👩‍👩‍👧\u2028\u2029',
  '{"$where":"1"}',
  '$set',
  'a.b.c',
  "'); DROP TABLE practices; --",
  ' \n\t espaces \r\n ',
  'x'.repeat(100_000),
  '🌱'.repeat(50_000),
];

let drawn = 0;
const fresh = (): string => {
  drawn += 1;
  return `K${String(drawn).padStart(9, '0')}`;
};

const next = <D extends { version: number }>(document: D, more: Partial<D>): D => ({
  ...document,
  ...more,
  version: document.version + 1,
});

export function storeContract(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    let opened: Opened;
    let store: OpenStore;
    before(async () => {
      opened = await open();
      store = opened.store;
    });
    after(() => opened.close());
    const collect = async (since?: string): Promise<Practice[]> => {
      const found: Practice[] = [];
      for await (const one of store.practices(since)) found.push(one);
      return found;
    };

    test('what was never saved is null', async () => {
      for (const kind of ['conversation', 'practice', 'delivery', 'digest'] as const) {
        assert.equal(await store.load(kind, 'nothing'), null);
      }
    });

    test('what is saved is loaded as it was, of every kind', async () => {
      const documents: Documents = {
        conversation: conversation(fresh(), { open: 'x', wakeAt: '2030-01-01T00:00:00.000Z' }),
        practice: practice(fresh(), { former: { old: { text: 'ancien', parts: [], label: 'Ancien' } } }),
        delivery: delivery(fresh()),
        digest: digest(fresh()),
      };
      for (const kind of ['conversation', 'practice', 'delivery', 'digest'] as const) {
        const document = documents[kind];
        assert.equal(await store.commit(kind, null, document as never), 'saved');
        assert.deepEqual(await store.load(kind, document.id), document);
      }
    });

    test('a second insert and a wrong version are stale, and change nothing', async () => {
      const one = conversation(fresh());
      await store.commit('conversation', null, one);
      assert.equal(await store.commit('conversation', null, conversation(one.id, { language: 'en' })), 'stale');
      const two = next(one, { language: 'en' });
      assert.equal(await store.commit('conversation', one, two), 'saved');
      assert.equal(await store.commit('conversation', one, next(one, { count: 9 })), 'stale');
      assert.deepEqual(await store.load('conversation', one.id), two);
    });

    test('of twenty commits from the same version exactly one is saved', async () => {
      const one = conversation(fresh());
      await store.commit('conversation', null, one);
      const tries = Array.from({ length: 20 }, (_, i) => store.commit('conversation', one, next(one, { count: i })));
      const outcomes = await Promise.all(tries);
      assert.equal(outcomes.filter((outcome) => outcome === 'saved').length, 1);
      const inserts = Array.from({ length: 20 }, () => store.commit('conversation', null, conversation('same')));
      assert.equal((await Promise.all(inserts)).filter((outcome) => outcome === 'saved').length, 1);
    });

    test('commits of one moment each hear what became of their own', async () => {
      const known = Array.from({ length: 6 }, () => conversation(fresh()));
      for (const one of known) await store.commit('conversation', null, one);
      const [a, b, c, d, e, f] = known;
      assert.ok(a && b && c && d && e && f);
      await store.commit('conversation', b, next(b, { language: 'en' }));
      await store.forget('conversation', d.id);
      const whole: Record<string, unknown> = {};
      whole['self'] = whole;
      const fresher = conversation(fresh());
      const put = (before: Conversation | null, after: Conversation) => store.commit('conversation', before, after);
      const gone = conversation('vanished');
      const moment: [Promise<string>, string][] = [
        [put(a, next(a, { count: 1 })), 'saved'],
        [put(b, next(b, { count: 2 })), 'stale'],
        [put(c, next(c, { count: 3 })), 'saved'],
        [put(null, conversation(c.id)), 'stale'],
        [put(d, next(d, {})).then((outcome) => outcome.replace('forgotten', 'stale')), 'stale'],
        [put(null, conversation(d.id)), 'forgotten'],
        [put(null, fresher), 'saved'],
        [put(e, next(e, { trail: whole as never })), 'an error'],
        [put(f, next(f, { count: 4 })), 'saved'],
        // What one moment brings for one document is done one after the other.
        [put(next(a, {}), next(next(a, {}), { count: 9 })), 'saved'],
        [put(gone, next(gone, {})), 'stale'],
      ];
      const heard = await Promise.all(moment.map(([outcome]) => outcome.catch(() => 'an error')));
      assert.deepEqual(
        heard,
        moment.map(([, expected]) => expected),
      );
      const counts = await Promise.all(
        [a, b, c, e, f].map(async ({ id }) => (await store.load('conversation', id))?.count),
      );
      assert.deepEqual(counts, [9, b.count, 3, e.count, 4]);
      assert.deepEqual(await store.load('conversation', fresher.id), fresher);
      assert.equal(await store.load('conversation', 'vanished'), null, 'a change makes no document');
    });

    test('every word is kept byte for byte', async () => {
      const id = fresh();
      const parts = HOSTILE.map((text, i) => part(String(i), text));
      const answers = { territory: { text: HOSTILE.join('\n'), parts, label: 'Parcelle' } };
      const one = practice(id, { answers, story: { text: HOSTILE.join('\n'), parts }, headline: '__proto__' });
      await store.commit('practice', null, one);
      assert.deepEqual(await store.load('practice', id), one);
    });

    test('any sequence of changes is loaded as it was left', async () => {
      await fc.assert(
        fc.asyncProperty(changes, async (list) => {
          let document = conversation(fresh());
          await store.commit('conversation', null, document);
          for (const change of list) {
            const after = next(change(document), {});
            assert.equal(await store.commit('conversation', document, after), 'saved');
            document = after;
            assert.deepEqual(await store.load('conversation', document.id), document);
          }
        }),
        { numRuns: 40 },
      );
    });

    test('a revised practice is loaded as it was left', async () => {
      const one = practice(fresh());
      await store.commit('practice', null, one);
      const told = one.answers['soil'];
      assert.ok(told);
      const parts = [...told.parts, part('3', 'et lourde')];
      const two = next(one, {
        answers: { ...one.answers, soil: { ...told, parts, text: 'Argileuse\net lourde', thin: 'short' } },
        history: [...one.history, { at: one.submittedAt, by: 'x', what: 'edited', field: 'soil', before: 'Argileuse' }],
        messages: [...one.messages, `${one.id}/m:3`],
      });
      assert.equal(await store.commit('practice', one, two), 'saved');
      assert.deepEqual(await store.load('practice', one.id), two);
      assert.deepEqual(await store.owner(`${one.id}/m:3`), { kind: 'practice', id: one.id });
    });

    test('what is due comes longest due first, of every kind, no more than asked', async () => {
      const at = (day: number): string => `2001-01-0${day}T00:00:00.000Z`;
      const [a, b, c, d] = [fresh(), fresh(), fresh(), fresh()];
      await store.commit('delivery', null, delivery(b, { wakeAt: at(2) }));
      await store.commit('conversation', null, conversation(c, { wakeAt: at(3) }));
      await store.commit('practice', null, practice(a, { wakeAt: at(1) }));
      await store.commit('practice', null, practice(d, { wakeAt: at(5) }));
      const all = [
        { kind: 'practice', id: a },
        { kind: 'delivery', id: b },
        { kind: 'conversation', id: c },
      ];
      assert.deepEqual(await store.due(at(4), 10), all);
      assert.deepEqual(await store.due(at(4), 2), all.slice(0, 2));
      assert.deepEqual(await store.due('2000-01-01T00:00:00.000Z', 10), []);
    });

    test('a message finds the practice that holds it', async () => {
      const one = practice(fresh());
      await store.commit('practice', null, one);
      assert.deepEqual(await store.owner(`${one.id}/m:2`), { kind: 'practice', id: one.id });
      assert.equal(await store.owner('nobody/m:2'), null);
    });

    test('practices come in the order they were sent, from a moment on', async () => {
      const [late, early] = [fresh(), fresh()];
      await store.commit('practice', null, practice(late, { submittedAt: '2040-01-02T00:00:00.000Z' }));
      await store.commit('practice', null, practice(early, { submittedAt: '2040-01-01T00:00:00.000Z' }));
      const ids = async (since: string) => (await collect(since)).map(({ id }) => id);
      assert.deepEqual(await ids('2040-01-01T00:00:00.000Z'), [early, late]);
      assert.deepEqual(await ids('2040-01-01T12:00:00.000Z'), [late]);
    });

    test('the conversations of a channel come last active first, with how far they were heard, no more than asked', async () => {
      const at = (chat: string, day: number, more: Partial<Conversation> = {}) =>
        conversation(fresh(), {
          address: { channel: 'discord', chat, thread: 't' },
          activeAt: `2050-01-0${day}T00:00:00.000Z`,
          heard: `00${day}`,
          ...more,
        });
      const silent = conversation(fresh(), { address: { channel: 'discord', chat: 'silent' } });
      const [first, ...others] = [at('a', 1), at('c', 3), at('b', 2), silent];
      const elsewhere = at('d', 4, { address: { channel: 'slack', chat: 'd' } });
      for (const one of [first, ...others, elsewhere]) await store.commit('conversation', null, one);
      const gone = at('e', 5);
      await store.commit('conversation', null, gone);
      await store.forget('conversation', gone.id);
      const heard = (chat: string, order: string) => ({
        address: { channel: 'discord', chat, thread: 't' },
        heard: order,
      });
      assert.deepEqual(await store.recent('discord', 9), [heard('c', '003'), heard('b', '002'), heard('a', '001')]);
      assert.deepEqual(await store.recent('discord', 1), [heard('c', '003')]);
      await store.commit('conversation', first, next(first, { activeAt: '2050-01-09T00:00:00.000Z', heard: '009' }));
      assert.deepEqual(await store.recent('discord', 2), [heard('a', '009'), heard('c', '003')]);
    });

    test('a place is told of what is new to it and of what moved, the oldest first, no more than asked', async () => {
      const [a, b, c, hidden, none] = [fresh(), fresh(), fresh(), fresh(), fresh()];
      const on = (day: number) => `2030-01-0${day}T00:00:00.000Z`;
      const all: [string, number, Partial<Practice>][] = [
        [b, 2, { told: 'p1', consent: { version: '1', at: on(1), scope: 'public' } }],
        [c, 3, { told: 'p1,p2', consent: { version: '1', at: on(1), scope: 'named' } }],
        [a, 1, { told: '', consent: { version: '1', at: on(1), scope: 'public' } }],
        [hidden, 4, { told: '', consent: { version: '1', at: on(1), scope: 'report' } }],
        [none, 5, { consent: { version: '1', at: on(1), scope: 'named' } }],
      ];
      const made = all.map(([id, day, more]) => practice(id, { ...more, submittedAt: on(day) }));
      for (const one of made) await store.commit('practice', null, one);
      const untold = async (place: string, limit = 1_000) => {
        const found = await store.untold(place, ['public', 'named'], limit);
        return found.map(({ id }) => id).filter((id) => made.some((one) => one.id === id));
      };
      assert.deepEqual(await untold('p1'), [a, none]);
      assert.deepEqual(await untold('p2'), [a, b, none]);
      assert.deepEqual(await untold('p'), [a, b, c, none]);
      assert.equal((await store.untold('p', ['public', 'named'], 2)).length, 2);
      assert.deepEqual(
        (await store.untold('p1', ['report'], 1_000)).find(({ id }) => id === hidden),
        made[3],
      );
      const two = next(made[0] as Practice, { told: 'p1,p3' });
      await store.commit('practice', made[0] as Practice, two);
      assert.deepEqual(await untold('p3'), [a, c, none]);
      await store.forget('practice', a);
      assert.deepEqual(await untold('p1'), [none]);
    });

    test('cases in a state come oldest first, and cases are counted by facet for those who may see them', async () => {
      const [a, b, c] = [fresh(), fresh(), fresh()];
      const before = [await store.tally(['public']), await store.tally(['public', 'report'])];
      const made = [
        practice(a, { state: 'waiting', submittedAt: '2031-01-02T00:00:00.000Z', facets: 'all departement:92' }),
        practice(b, { state: 'waiting', submittedAt: '2031-01-01T00:00:00.000Z', facets: 'all departement:92 x:1' }),
        practice(c, { state: 'waiting', submittedAt: '2031-01-03T00:00:00.000Z', facets: '' }),
      ];
      const [one, ...others] = made;
      assert.ok(one);
      const open = { ...one, consent: { ...one.consent, scope: 'public' as const } };
      const note = practice(fresh(), {
        state: 'waiting',
        submittedAt: '2030-12-31T00:00:00.000Z',
        note: true,
        facets: '',
      });
      for (const each of [open, ...others, note]) await store.commit('practice', null, each);
      const waiting = async (scopes: Scope[], limit: number) =>
        (await store.standing('waiting', scopes, limit)).map(({ id }) => id);
      assert.deepEqual(await waiting(['public', 'report'], 9), [b, a, c]);
      assert.deepEqual(await waiting(['public', 'report'], 1), [b]);
      assert.deepEqual(await waiting(['public'], 9), [a]);
      assert.deepEqual(await store.tally(['public']), { ...before[0], all: 1, 'departement:92': 1 });
      assert.deepEqual(await store.tally(['public', 'report']), {
        ...before[1],
        all: 2,
        'departement:92': 2,
        'x:1': 1,
      });
      await store.forget('practice', b);
      assert.deepEqual((await store.tally(['report']))['x:1'], undefined);
    });

    test('the trails of all conversations are summed', async () => {
      const trail = (begun: number, at: Record<string, number>) => ({ begun, sent: 1, at, left: { soil: 2 } });
      const before = await store.trail();
      for (const one of [trail(2, { soil: 1 }), trail(2, { soil: 1 }), trail(4, { recap: 1 })]) {
        await store.commit('conversation', null, conversation(fresh(), { trail: one }));
      }
      const { begun, sent, at, left } = await store.trail();
      assert.deepEqual([begun, sent], [before.begun + 8, before.sent + 3]);
      assert.deepEqual([at, left], [{ soil: 2, recap: 1 }, { soil: 6 }]);
    });

    test('cases are found by every one of their terms, newest first, within the dates, no more than asked', async () => {
      const [a, b, c, d] = [fresh(), fresh(), fresh(), fresh()];
      const sent = (id: string, day: number, terms: string[]) =>
        store.commit('practice', null, practice(id, { submittedAt: `2032-01-0${day}T00:00:00.000Z`, terms }));
      await sent(a, 1, ['kiosque', 'lampe', '#new']);
      await sent(c, 2, ['kiosque', '#new']);
      await sent(b, 2, ['kiosque', 'lampe', '#new']);
      await sent(d, 4, ['kiosque', 'lampion', '#used', '$x.y', '__proto__']);
      const find = async (terms: string[], more: object = {}, limit = 10) =>
        (await store.find({ terms, look: 10, ...more }, limit)).map(({ id }) => id);
      assert.deepEqual(await find(['kiosque']), [d, c, b, a]);
      assert.deepEqual(await find(['lampe', 'kiosque', '#new']), [b, a]);
      assert.deepEqual(await find(['kiosque', 'nothing']), []);
      assert.deepEqual(await find(['kiosque', '$x.y', '__proto__']), [d]);
      assert.deepEqual(await find(['kiosque'], {}, 1), [d]);
      assert.deepEqual(await find(['kiosque', 'lampe'], { look: 2 }), [], 'only the newest two are looked at');
      const within = { since: '2032-01-02T00:00:00.000Z', until: '2032-01-04T00:00:00.000Z' };
      assert.deepEqual((await find(['kiosque'], within)).toSorted(), [c, b].toSorted());
      assert.deepEqual(await store.find({ terms: ['#used', 'kiosque'], look: 1 }, 1), [
        { id: d, at: '2032-01-04T00:00:00.000Z' },
      ]);
      assert.deepEqual(await store.counts(['kiosque', 'lampe', 'nothing'], 3), [3, 2, 0]);
      assert.deepEqual(await store.words('lamp', 9), ['lampe', 'lampion']);
      assert.deepEqual(await store.words('lamp', 1), ['lampe']);
    });

    test('a revised case is found by what it says now, a forgotten one by nothing', async () => {
      const one = practice(fresh(), { terms: ['girouette', 'moulin', '#new'] });
      await store.commit('practice', null, one);
      const two = next(one, { terms: ['girouette', 'meunier', '#used'] });
      await store.commit('practice', one, two);
      const found = async (...terms: string[]) => (await store.find({ terms, look: 9 }, 9)).map(({ id }) => id);
      assert.deepEqual(await found('girouette', 'meunier', '#used'), [one.id]);
      assert.deepEqual([await found('moulin'), await found('girouette', '#new')], [[], []]);
      assert.deepEqual([await store.words('moulin', 9), await store.words('meun', 9)], [[], ['meunier']]);
      assert.deepEqual(await store.load('practice', one.id), two);
      await store.forget('practice', one.id);
      assert.deepEqual(await found('girouette'), []);
      assert.deepEqual(await store.counts(['girouette', '#used'], 9), [0, (await found('#used')).length]);
      assert.deepEqual(await store.words('girou', 9), []);
    });

    test('the secret is drawn once, whoever asks first', async () => {
      const drawnTogether = await Promise.all(['a', 'b', 'c'].map((one) => store.secret(one)));
      assert.equal(new Set(drawnTogether).size, 1);
      assert.equal(await store.secret('later'), drawnTogether[0]);
    });

    test('a file is kept whole under its name, written again whole, or not at all', async () => {
      const name = `${fresh()}.a_B-1`;
      const read = async () => {
        const content = await store.files.open(name);
        const chunks: Uint8Array[] = [];
        for await (const chunk of content ?? []) chunks.push(chunk);
        return content && Buffer.concat(chunks).toString('latin1');
      };
      assert.equal(await read(), null);
      await store.files.put(name, chunked('\u0000\u00ff premier', 'x'.repeat(600_000)));
      assert.equal(await read(), `\u0000\u00ff premier${'x'.repeat(600_000)}`);
      await store.files.put(name, chunked('second'));
      assert.equal(await read(), 'second');
      await assert.rejects(store.files.put(name, broken('half')), /cut off/);
      assert.equal(await read(), 'second');
      await store.files.put(name, chunked());
      assert.equal(await read(), '');
      await store.files.remove(name);
      await store.files.remove(name);
      assert.equal(await read(), null);
    });

    test('the pulse tells what has waited longest, and how many are telling a case', async () => {
      const before = await store.pulse();
      const long = '1999-01-01T00:00:00.000Z';
      const waiting = delivery(fresh(), { wakeAt: long });
      await store.commit('delivery', null, waiting);
      await store.commit('practice', null, practice(fresh(), { wakeAt: '1999-01-02T00:00:00.000Z' }));
      const telling = conversation(fresh(), { open: 'K1' });
      await store.commit('conversation', null, telling);
      await store.commit('conversation', null, conversation(fresh()));
      assert.deepEqual(await store.pulse(), { ...before, due: long, drafts: before.drafts + 1 });
      await store.commit('delivery', waiting, next(waiting, { wakeAt: null }));
      const { open: _, ...told } = telling;
      await store.commit('conversation', telling, next(told, {}));
      assert.deepEqual(await store.pulse(), { ...before, due: '1999-01-02T00:00:00.000Z' });
    });

    test('an update that was set aside is kept once', async () => {
      const before = (await store.pulse()).parked;
      for (let i = 0; i < 2; i++)
        await store.park({ id: 'telegram:7', at: '2026-03-02', channel: 'telegram', raw: '{}' });
      assert.equal((await store.pulse()).parked, before + 1);
    });

    test('a document is found by its traces, as long as it carries them', async () => {
      const [a, b, gone] = [
        delivery(fresh(), { traces: ['A', 'B'] }),
        conversation(fresh(), { traces: ['B'] }),
        fresh(),
      ];
      await store.commit('delivery', null, a);
      await store.commit('conversation', null, b);
      await store.commit('practice', null, practice(gone, { traces: ['B'] }));
      await store.forget('practice', gone);
      const found = async (trace: string) => (await store.traced(trace)).map(({ kind, id }) => `${kind} ${id}`).sort();
      assert.deepEqual(await found('A'), [`delivery ${a.id}`]);
      assert.deepEqual(await found('B'), [`conversation ${b.id}`, `delivery ${a.id}`]);
      const { traces: _, ...without } = next(a, {});
      await store.commit('delivery', a, next<Delivery>(without, { version: 1, traces: ['C'] }));
      assert.deepEqual([await found('A'), await found('C')], [[], [`delivery ${a.id}`]]);
      await store.commit('conversation', b, next(b, { traces: [] }));
      assert.deepEqual(await found('B'), []);
    });

    test('parked updates of somebody are erased, those of others stay', async () => {
      const before = (await store.pulse()).parked;
      const park = (id: string, channel: string, raw: unknown) =>
        store.park({ id, at: '2030-01-01T00:00:00.000Z', channel, raw: JSON.stringify(raw) });
      await park('one', 'telegram', { message: { chat: { id: 4501 }, text: 'bonjour' } });
      await park('two', 'telegram', { message: { chat: { id: 14501 }, text: 'a 45012' } });
      await park('three', 'slack', { user: '4501' });
      await store.unpark('telegram', ['4501', '', '.*']);
      assert.equal((await store.pulse()).parked, before + 2);
    });

    test('what is forgotten is gone and never comes back, even after the store was closed', async () => {
      const one = practice(fresh(), { submittedAt: '2041-01-01T00:00:00.000Z', wakeAt: '2001-01-01T00:00:00.000Z' });
      const secret = await store.secret('x');
      await store.commit('practice', null, one);
      await store.forget('practice', one.id);
      const gone = async () => {
        assert.equal(await store.load('practice', one.id), null);
        assert.equal(await store.owner(`${one.id}/m:1`), null);
        assert.equal(await store.commit('practice', null, one), 'forgotten');
        assert.notEqual(await store.commit('practice', one, next(one, {})), 'saved');
        assert.deepEqual(await collect('2041-01-01T00:00:00.000Z'), []);
        assert.ok(!(await store.due('2001-01-02T00:00:00.000Z', 99)).some(({ id }) => id === one.id));
      };
      await gone();
      store = await opened.reopen();
      await gone();
      assert.equal(await store.secret('y'), secret);
    });
  });
}

// ---------------------------------------------------------------------------------- random changes of a conversation

type Change = (c: Conversation) => Conversation;

const key = fc.constantFrom('territory', 'soil', 'actors');
const draftId = fc.constantFrom('D1', 'D2');
const words = fc.array(fc.constantFrom('oui', 'la mairie', '$x.y', '__proto__', ''), { maxLength: 3 });
const partsOf = (texts: string[]): Part[] => texts.map((text, i) => part(String(i), text));

function inDraft(
  id: string,
  change: (draft: Conversation['drafts'][string]) => Conversation['drafts'][string],
): Change {
  return (c) => {
    const at = c.activeAt;
    const draft = c.drafts[id] ?? { id, flow: 'jardins', begun: at, touched: at, story: [], answers: {} };
    return { ...c, drafts: { ...c.drafts, [id]: change(draft) } };
  };
}

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.oneof(
    fc.tuple(draftId, key, words).map(
      ([id, field, texts]): Change =>
        inDraft(id, (draft) => ({
          ...draft,
          answers: { ...draft.answers, [field]: { parts: partsOf(texts), label: field, thin: 'short' } },
        })),
    ),
    fc.tuple(draftId, key, fc.constantFrom('x', 'la salle')).map(
      ([id, field, text]): Change =>
        inDraft(id, (draft) => {
          const before = draft.answers[field] ?? { parts: [], label: field };
          const { thin: _, ...rest } = before;
          const parts = [...before.parts, part(String(before.parts.length), text)];
          return { ...draft, answers: { ...draft.answers, [field]: { ...rest, parts } } };
        }),
    ),
    fc.tuple(draftId, key).map(
      ([id, field]): Change =>
        inDraft(id, (draft) => {
          const { [field]: _, ...answers } = draft.answers;
          return { ...draft, answers };
        }),
    ),
    fc.tuple(draftId, words).map(([id, texts]) => inDraft(id, (draft) => ({ ...draft, story: partsOf(texts) }))),
    draftId.map(
      (id): Change =>
        ({ drafts, ...c }) => {
          const { [id]: gone, ...rest } = drafts;
          return gone ? { ...c, drafts: rest, undo: { kind: 'draft', draft: gone } } : { ...c, drafts };
        },
    ),
    words.map(
      (texts): Change =>
        (c) => ({ ...c, held: partsOf(texts), seen: [...c.seen, ...texts].slice(-5) }),
    ),
    fc.constant<Change>(({ undo: _, prompt: __, ...c }) => ({ ...c, last: { to: 'held' } })),
    key.map(
      (field): Change =>
        ({ last: _, ...c }) => ({
          ...c,
          prompt: { id: 'p1', kind: 'question', field, at: c.activeAt },
          wakeAt: '2099-01-01T00:00:00.000Z',
        }),
    ),
    fc.constant<Change>((c) => ({ ...c, wakeAt: null, cases: [] })),
  ),
  { minLength: 1, maxLength: 10 },
);

async function* chunked(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text, 'latin1');
}

async function* broken(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
  throw new Error('cut off');
}

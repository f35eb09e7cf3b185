// Finding cases: one table of searches, the same results in the same order on every store; who sees what; what is alike.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openMemory } from '../adapters/stores/memory/index.ts';
import { openMongo } from '../adapters/stores/mongo/index.ts';
import { openSqlite } from '../adapters/stores/sqlite/index.ts';
import { MOST, search, similarTo } from '../src/finding.ts';
import type { Practice, Scope, State } from '../src/model.ts';
import type { Library, Store } from '../src/ports.ts';
import { indexed } from '../src/search/kept.ts';
import { readQuery } from '../src/search/query.ts';
import { practice } from './support/documents.ts';
import { openEngine } from './support/engine.ts';
import { flow } from './support/world.ts';

type OpenStore = Store & Library;

const [place, soil] = flow.fields.map(({ key }) => key);

interface Sketch {
  at: string;
  headline: string;
  text: string;
  author?: string;
  scope?: Scope;
  state?: State;
  more?: Partial<Practice>;
}

function made(
  id: string,
  { at, headline, text, author = 'somebody', scope = 'report', state = 'new', more }: Sketch,
): Practice {
  const answers = {
    [place ?? '']: { text: headline, parts: [], label: 'Parcelle' },
    [soil ?? '']: { text, parts: [], label: 'Terre' },
  };
  const submittedAt = `${at}T09:00:00.000Z`;
  const consent = { version: '1', at: submittedAt, scope };
  const order = Object.keys(answers);
  const document = practice(id, {
    answers,
    order,
    headline,
    submittedAt,
    author,
    consent,
    state,
    messages: [],
    ...more,
  });
  return indexed(document, null, { flow });
}

const CASES: Record<string, Sketch> = {
  PHARE: {
    at: '2026-01-10',
    headline: 'Jardin du Phare, à Port-Ébène',
    text: 'Des bénévoles arrosent le soir avec l’école.',
  },
  DUNE: { at: '2026-02-10', headline: 'Dune de Port-Ébène', text: 'La mairie prête une serre.', state: 'accepted' },
  QUAI: {
    at: '2026-03-10',
    headline: 'Quai des Tonneliers',
    text: 'Une association de Port-Ébène tient une serre.',
    state: 'used',
  },
  MOULIN: {
    at: '2026-04-10',
    headline: 'Le Moulin',
    text: 'Les bénévoles et la mairie creusent un puits.',
    author: 'ana',
    scope: 'public',
  },
  VERGER: { at: '2026-05-10', headline: 'Verger des Ormes', text: 'Une bénévole taille les pommiers.', author: 'ana' },
  RETIRE: {
    at: '2026-06-10',
    headline: 'Serre retirée du Phare',
    text: 'Des bénévoles.',
    author: 'ana',
    state: 'withdrawn',
  },
  LAVOIR: {
    at: '2026-10-31',
    headline: 'Lavoir',
    text: 'Un puits et des pommiers nouveaux.',
    scope: 'named',
    state: 'accepted',
  },
  CANAL: {
    at: '2026-11-02',
    headline: 'Le long du canal',
    text: 'Sableuse, retournée chaque printemps.',
    state: 'inHand',
    more: {
      holder: { id: 'slack:U1', name: 'Lou' },
      places: [{ level: 'commune', code: '99123', name: 'Valbrume', departement: '99' }],
    },
  },
};

const TEAM = { team: true, id: 'slack:U1' };
const ANA = { team: false, id: 'ana' };
const NOBODY = { team: false, id: 'nobody' };

/** As the team asks: what is found, in order. */
const SEARCHES: [text: string, found: string[]][] = [
  ['bénévoles', ['VERGER', 'MOULIN', 'PHARE']],
  ['BENEVOLE', ['VERGER', 'MOULIN', 'PHARE']],
  ['les bénévoles de la mairie', ['MOULIN']],
  ['port-ébène', ['DUNE', 'PHARE', 'QUAI']],
  ['port ebene serre', ['DUNE', 'QUAI']],
  ['serre', ['QUAI', 'DUNE']],
  ['mairie', ['MOULIN', 'DUNE']],
  ['mairies', ['MOULIN', 'DUNE']],
  ['benvoles', ['VERGER', 'MOULIN', 'PHARE']],
  ['bénéviles', ['VERGER', 'MOULIN', 'PHARE']],
  ['ponmier', ['LAVOIR', 'VERGER']],
  ['tonnel', ['QUAI']],
  ['pomiers puits', ['LAVOIR']],
  ['valbrume', ['CANAL']],
  ['99', ['CANAL']],
  ['acceptés', ['LAVOIR', 'DUNE']],
  ['accepted', ['LAVOIR', 'DUNE']],
  ['utilisés', ['QUAI']],
  ['pas utilisés serre', ['DUNE']],
  ['en main', ['CANAL']],
  ['les miens', ['CANAL']],
  ['retirés', []],
  ['nouveaux acceptés puits', ['LAVOIR', 'MOULIN']],
  ['"nouveaux"', ['LAVOIR']],
  ['depuis 2026-11', ['CANAL']],
  ['2026-10', ['LAVOIR']],
  ['avant février 2026', ['PHARE']],
  ['bénévoles depuis avril 2026', ['VERGER', 'MOULIN']],
  ['puits lavoir pommiers mairie', ['LAVOIR', 'MOULIN', 'VERGER', 'DUNE']],
  ['phare xylophone', ['PHARE']],
  ['xylophone', []],
  ['.*', ['CANAL', 'LAVOIR', 'VERGER', 'MOULIN', 'QUAI']],
];

function onStore(name: string, open: () => Promise<{ store: OpenStore; close: () => Promise<void> }>): void {
  describe(name, () => {
    let store: OpenStore;
    let close: () => Promise<void>;
    before(async () => {
      ({ store, close } = await open());
      for (const [id, sketch] of Object.entries(CASES)) await store.commit('practice', null, made(id, sketch));
    });
    after(() => close());
    const ask = (text: string, reader = TEAM) =>
      search(store, reader, readQuery(text, '2026-11-25T10:00:00.000Z', 'Europe/Paris'));
    const found = async (text: string, reader = TEAM) => (await ask(text, reader)).practices.map(({ id }) => id);

    test('every search finds the same cases in the same order', async () => {
      for (const [text, expected] of SEARCHES) assert.deepEqual(await found(text), expected, text);
    });

    test('a contributor finds their own cases and those that consent makes public, and no word of any other', async () => {
      assert.deepEqual(await found('bénévoles', ANA), ['RETIRE', 'VERGER', 'MOULIN']);
      assert.deepEqual(await found('les miens', ANA), ['RETIRE', 'VERGER', 'MOULIN']);
      assert.deepEqual(await found('bénévoles', NOBODY), ['MOULIN']);
      assert.deepEqual(await found('les miens', NOBODY), []);
      assert.deepEqual(await found('pommiers', NOBODY), ['LAVOIR']);
      const typo = await ask('tonnelires', NOBODY);
      assert.deepEqual([typo.practices, typo.instead, typo.unknown], [[], [], ['tonnelires']]);
    });

    test('what was looked for in place of a misspelt word is said as people write it', async () => {
      assert.deepEqual((await ask('bénéviles')).instead, [{ typed: 'bénéviles', used: 'bénévole' }]);
      assert.deepEqual((await ask('Tonnel')).instead, [{ typed: 'Tonnel', used: 'tonneliers' }]);
      const some = await ask('phare xylophone');
      assert.equal((await ask('puits lavoir mairie')).partly, true);
      assert.deepEqual([some.instead, some.unknown, some.partly], [[], ['xylophone'], false]);
    });

    test('pages hold five cases each, every case on one of them, and the last page is not passed', async () => {
      const many = Array.from({ length: 12 }, (_, i) =>
        made(`PAGE${i}`, { at: `2025-01-${10 + i}`, headline: `Parcelle ${i}`, text: 'Une citerne.' }),
      );
      for (const one of many) await store.commit('practice', null, one);
      const pages = await Promise.all([1, 2, 3, 4].map((page) => ask(`citerne page ${page}`)));
      const seen = pages.slice(0, 3).flatMap(({ practices }) => practices.map(({ id }) => id));
      assert.deepEqual(seen, many.map(({ id }) => id).toReversed());
      assert.deepEqual(
        pages.map(({ page, pages, total }) => [page, pages, total]),
        [1, 2, 3, 3].map((page) => [page, 3, 12]),
      );
      for (const one of many) await store.forget('practice', one.id);
      assert.deepEqual(await found('citerne'), []);
    });

    test('of very many cases the newest are ordered, and it is said that there are more', async () => {
      for (let i = 0; i < MOST + 3; i++) {
        const at = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
        await store.commit('practice', null, made(`MANY${i}`, { at, headline: 'Serre', text: 'Une ruche.' }));
      }
      const { total, more, practices } = await ask('ruche');
      assert.deepEqual([total, more, practices[0]?.id], [MOST, true, `MANY${MOST + 2}`]);
      assert.equal((await ask('bénévoles')).more, false);
    });

    test('a case that its author withdraws or opens to everybody is found accordingly at once', async () => {
      const one = made('OUVERT', { at: '2026-07-01', headline: 'Potager ouvert', text: 'Un épouvantail.' });
      await store.commit('practice', null, one);
      assert.deepEqual(await found('épouvantail', NOBODY), []);
      const opened = indexed({ ...one, version: 2, consent: { ...one.consent, scope: 'public' } }, one, { flow });
      await store.commit('practice', one, opened);
      assert.deepEqual(await found('épouvantail', NOBODY), ['OUVERT']);
      const gone = indexed({ ...opened, version: 3, state: 'withdrawn' }, opened, { flow });
      await store.commit('practice', opened, gone);
      assert.deepEqual([await found('épouvantail', NOBODY), await found('épouvantail')], [[], []]);
    });

    test('the nearest cases are those of the same place and words, and an odd one has none', async () => {
      const twin = made('JUMEAU', {
        at: '2026-08-01',
        headline: 'Jardin du Phare',
        text: 'Le soir, des bénévoles arrosent avec l’école de Port-Ébène.',
      });
      await store.commit('practice', null, twin);
      const near = await similarTo(store, twin);
      assert.equal(near[0]?.id, 'PHARE');
      assert.equal(near[0]?.headline, CASES['PHARE']?.headline);
      assert.ok(near.length <= 3 && near.every(({ id, likeness }) => id !== 'JUMEAU' && likeness > 0 && likeness <= 1));
      assert.ok(near.every(({ id }) => id !== 'RETIRE'));
      const odd = made('SEUL', { at: '2026-08-02', headline: 'Zinc', text: 'Quatre tubas vernis klaxonnent.' });
      await store.commit('practice', null, odd);
      assert.deepEqual(await similarTo(store, odd), []);
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), 'recueil-finding-'));
after(() => rmSync(folder, { recursive: true }));

onStore('memory', async () => ({ store: openMemory(), close: async () => {} }));
onStore('SQLite', async () => {
  const store = openSqlite(folder);
  return { store, close: () => store.close() };
});
onStore('MongoDB', async () => {
  const engine = await openEngine();
  const store = await openMongo(engine.uri);
  const close = async () => {
    await store.close();
    await engine.close();
  };
  return { store, close };
});

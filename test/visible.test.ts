// Who may see what of a case: the whole table, and that every view of a case keeps to it. Then an author who changes who may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMemory } from '../adapters/index.ts';
import { readAtlas } from '../src/digest/atlas.ts';
import { compose, scopesOf } from '../src/digest/compose.ts';
import { pageOf } from '../src/export/page.ts';
import { rowOf } from '../src/export/row.ts';
import { readOne, search } from '../src/finding.ts';
import type { Outbound, Practice, Scope, State } from '../src/model.ts';
import { card } from '../src/review/card.ts';
import { linesOf } from '../src/review/ledger.ts';
import { indexed } from '../src/search/kept.ts';
import { readQuery } from '../src/search/query.ts';
import { readView } from '../src/search/results.ts';
import { type Viewer, visible, type Where } from '../src/visible.ts';
import { practice } from './support/documents.ts';
import { cases, flow, STAFF, says, TOLD } from './support/governance.ts';
import { world } from './support/world.ts';

const NOW = '2026-03-30T07:00:00.000Z';
const NAME = 'Capucine Aubrac';
const WORD = 'glycine';

const VIEWERS: Viewer[] = ['author', 'staff', 'public'];
const SCOPES: Scope[] = ['report', 'public', 'named'];
const PLACES: Where[] = ['chat', 'digest', 'file'];
const OPEN: State[] = ['new', 'inHand', 'waiting', 'accepted', 'used'];
const STATES: State[] = [...OPEN, 'setAside', 'withdrawn'];

/**
 * What is seen in a chat, a digest and a file: `-` nothing, `c` the content, `n` the content and the name. One line for
 * each viewer and consent; columns are open cases, those set aside, those withdrawn, and notes.
 */
const TABLE = `
  author report  n n n   n - n   n - n   n - n
  author public  n n n   n - n   n - n   n - n
  author named   n n n   n - n   n - n   n - n
  staff  report  c c c   c - c   - - -   c - c
  staff  public  c c c   c - c   - - -   c - c
  staff  named   n n n   n - n   - - -   n - n
  public report  - - -   - - -   - - -   - - -
  public public  c c c   - - -   - - -   - - -
  public named   n n n   - - -   - - -   - - -`;

/** What may be personal data: none, still to be read again by the team, read again, or only in what was answered to it. */
type Words = 'none' | 'open' | 'checked' | 'reply';
const WORDS: Words[] = ['none', 'open', 'checked', 'reply'];

type Mark = '-' | 'c' | 'n';

function expected(viewer: Viewer, scope: Scope, state: State, note: boolean, where: Where, words: Words): Mark {
  if (viewer === 'public' && words === 'open') return '-';
  const lines = TABLE.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const marks = lines.find(([who, what]) => who === viewer && what === scope)?.slice(2) as Mark[];
  // What is withdrawn is withdrawn, be it a note.
  const column = state === 'withdrawn' ? 2 : note ? 3 : state === 'setAside' ? 1 : 0;
  const mark = marks[column * 3 + PLACES.indexOf(where)];
  assert.ok(mark, 'the table is whole');
  return mark;
}

const every = function* () {
  for (const viewer of VIEWERS)
    for (const scope of SCOPES)
      for (const state of STATES)
        for (const note of [false, true]) for (const words of WORDS) yield { viewer, scope, state, note, words };
};

const FLAGS: Record<Words, Pick<Practice, 'personal'>> = {
  none: {},
  open: { personal: [{ where: 'story', kinds: ['person'] }] },
  checked: { personal: [{ where: 'story', kinds: ['person'], checked: true }] },
  reply: { personal: [{ where: 'reply', kinds: ['phone'] }] },
};

const caseOf = (scope: Scope, state: State, note: boolean, words: Words = 'none'): Practice => {
  const answers = Object.fromEntries(
    flow.fields.map(({ key, label }) => [key, { text: `Une ${WORD} plantée`, parts: [], label: label.fr }]),
  );
  const consent = { version: '1', at: NOW, scope, ...(scope === 'named' ? { name: NAME } : {}) };
  const order = flow.fields.map(({ key }) => key);
  const uses = [{ id: 'u', at: NOW, by: 'Alix', kind: 'used' as const, report: 'Rapport' }];
  const made = practice('K000000001', {
    ...{
      author: 'me',
      story: { text: `Une ${WORD}`, parts: [] },
      headline: `Une ${WORD}`,
      answers,
      order,
      consent,
      state,
      uses,
      messages: [],
    },
    ...(note ? { note } : {}),
    ...FLAGS[words],
  });
  return indexed(made, null, { flow });
};

test('the table of who, consent, state and place is whole, and the function keeps to it', () => {
  let looked = 0;
  for (const { viewer, scope, state, note, words } of every()) {
    for (const where of PLACES) {
      const { content, author } = visible(caseOf(scope, state, note, words), viewer, where);
      const mark = author ? 'n' : content ? 'c' : '-';
      // An author reads their own under the name they gave, if any.
      assert.equal(
        mark,
        expected(viewer, scope, state, note, where, words),
        `${viewer} ${scope} ${state} ${note} ${where}`,
      );
      looked += 1;
    }
  }
  assert.equal(looked, 3 * 3 * 7 * 2 * 3 * 4);
});

const shown = (value: unknown): Mark => {
  const text = JSON.stringify(value) ?? '';
  return text.includes(NAME) ? 'n' : text.includes(WORD) ? 'c' : '-';
};

/** The name shows only where there is one. */
const seen = (mark: Mark, scope: Scope): Mark => (mark === 'n' && scope !== 'named' ? 'c' : mark);

test('card, ledger, search, case in full, digest, row and sheet show what the function says, and nothing else', async () => {
  for (const { viewer, scope, state, note, words } of every()) {
    const one = caseOf(scope, state, note, words);
    const says = (where: Where) => seen(expected(viewer, scope, state, note, where, words), scope);
    const what = `${viewer} ${scope} ${state} ${note ? 'note' : 'case'}`;
    const store = openMemory();
    await store.commit('practice', null, one);
    const reader = { team: viewer === 'staff', id: viewer === 'author' ? 'me' : 'somebody else' };
    const read = await readOne(store, reader, one.id);
    const whole: Outbound | null =
      read && readView(read, { kind: 'read', id: one.id, reader, language: 'fr', label: '' });
    if (viewer !== 'author') assert.equal(shown(whole), says('chat'), `read: ${what}`);
    else assert.notEqual(shown(whole), '-', `read: ${what}`);
    const found = await search(store, reader, readQuery(WORD, NOW, 'Europe/Paris'));
    // What is no case is in no list.
    const listed = says('chat') !== '-' && !note;
    if (!note) assert.equal(found.practices.length > 0, listed, `found: ${what}`);
    if (viewer === 'author') continue;
    assert.equal(shown(rowOf(one, flow, viewer)), says('file'), `row: ${what}`);
    assert.equal(shown(pageOf(one, { flow, language: 'fr', viewer })), says('file'), `sheet: ${what}`);
    const digest = compose(
      ...([flow, readAtlas()] as const),
      { place: 'p', language: 'fr', viewer, zone: 'Europe/Paris' },
      { cases: [one], more: false, tally: {}, waiting: { new: [one], waiting: [one], accepted: [one] } },
      NOW,
      true,
    );
    assert.equal(shown(digest), says('digest'), `digest: ${what}`);
    if (viewer !== 'staff') continue;
    assert.equal(shown(card(one, 'fr')) === '-', says('chat') === '-', `card: ${what}`);
    assert.equal(linesOf(one).length > 0, says('chat') !== '-', `ledger: ${what}`);
  }
});

test('the scopes a digest asks the store for are those that open a case to its reader', () => {
  assert.deepEqual(scopesOf('staff'), ['report', 'public', 'named']);
  assert.deepEqual(scopesOf('public'), ['public', 'named']);
});

async function told() {
  const w = await world({ flow, staff: STAFF });
  await says(w, 'bonjour', '1', ...TOLD, '1');
  const one = async (): Promise<Practice> => {
    const [found] = await cases(w);
    assert.ok(found);
    return found;
  };
  const said = (chat: string) =>
    JSON.stringify(w.posts.filter(({ to }) => to.chat === chat).map(({ message }) => message));
  return { ...w, one, said };
}

/** From anywhere: the list, the case, who may read it. */
const CHOOSE = ['/mes-recits', '1', '6'];

test('an author widens who may read one case, gives a name, then narrows it again; the team sees each change', async () => {
  const w = await told();
  const { id } = await w.one();
  const others = { team: false, id: 'somebody else' };
  assert.equal(await readOne(w.store, others, id), null);
  await says(w, ...CHOOSE, '2');
  assert.equal((await w.one()).consent.scope, 'public');
  assert.ok(await readOne(w.store, others, id));
  await says(w, ...CHOOSE, '3', '  Capucine\nAubrac ');
  const named = await w.one();
  assert.deepEqual([named.consent.scope, named.consent.name], ['named', NAME]);
  assert.match(w.said('staff'), /Nom choisi par l’auteur\s: Capucine Aubrac/u);
  await says(w, ...CHOOSE);
  assert.match(w.said('moi'), /Pour l’instant\s: tout le monde, avec le nom que vous donnez/u);
  await says(w, '1');
  const { consent, history, headline } = await w.one();
  assert.deepEqual([consent.scope, consent.name], ['report', undefined]);
  assert.equal(await readOne(w.store, others, id), null);
  const changes = history.filter(({ what }) => what === 'consented').map(({ before, text }) => [before, text]);
  assert.deepEqual(changes, [
    ['report', 'public'],
    ['public', 'named'],
    ['named', 'report'],
  ]);
  assert.equal(headline, TOLD[0]);
  assert.equal(w.said('staff').match(/L’auteur a changé qui peut lire ce récit/g)?.length, 3);
  assert.deepEqual(w.failures, []);
});

test('a name that is too long is asked for again, and asking changes nothing', async () => {
  const w = await told();
  await says(w, ...CHOOSE, '3', 'A'.repeat(101));
  assert.match(w.said('moi'), /trop long/);
  assert.equal((await w.one()).consent.scope, 'report');
  await says(w, '/mes-recits', '1', '6', '4');
  assert.equal((await w.one()).consent.scope, 'report');
});

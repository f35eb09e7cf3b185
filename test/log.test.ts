// The log never holds a word, a token or a name, also inside errors; and who may see what of a practice, as one table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conversationId, freshId } from '../src/identity.ts';
import { describe as described, scrub } from '../src/log.ts';
import type { Scope } from '../src/model.ts';
import { type Viewer, visible } from '../src/visible.ts';

/** Invented, and of the platforms' shapes. */
const TOKENS = [
  '123456789:AAabcdefghijklmnopqrstuvwxyz0123456',
  'xoxb-1234-abcd',
  'xapp-1-A1-2-ffff',
  'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0',
];

test('tokens and passwords are scrubbed wherever they stand', () => {
  for (const token of TOKENS) {
    const url = `request to https://api.invalid/bot${token}/sendMessage failed`;
    assert.ok(!scrub(url).includes(token.slice(4)), token);
  }
  assert.equal(scrub('mongodb://marie:secret@db.invalid/x'), 'mongodb://<secret>@db.invalid/x');
});

test('of an error only its kind and place are told: no message, no cause, no payload', () => {
  const error = Object.assign(new Error('Marie a dit : mon récit'), {
    cause: new Error(TOKENS[0]),
    payload: { text: 'mon récit' },
    code: 'ECONNRESET',
  });
  const told = JSON.stringify(described(error));
  assert.match(told, /"type":"Error","code":"ECONNRESET"/);
  assert.doesNotMatch(told, /Marie|récit|AAabc/);
  assert.deepEqual(described('mon récit'), { type: 'string' });
});

test('a conversation is known by a keyed hash: stable, and saying nothing without the key', () => {
  const address = { channel: 'telegram', chat: '42' };
  assert.equal(conversationId('key', address), conversationId('key', { ...address, thread: '7' }));
  assert.notEqual(conversationId('key', address), conversationId('other key', address));
  assert.notEqual(conversationId('key', address), conversationId('key', { channel: 'slack', chat: '42' }));
});

test('an id has ten letters that cannot be confused, and is not drawn twice', () => {
  const ids = Array.from({ length: 2_000 }, freshId);
  for (const id of ids) assert.match(id, /^[0-9A-HJKMNP-TV-Z]{10}$/);
  assert.equal(new Set(ids).size, ids.length);
});

const SIGHT: [scope: Scope, viewer: Viewer, content: boolean, author: boolean][] = [
  ['report', 'author', true, true],
  ['report', 'staff', true, false],
  ['report', 'public', false, false],
  ['public', 'author', true, true],
  ['public', 'staff', true, false],
  ['public', 'public', true, false],
  ['named', 'author', true, true],
  ['named', 'staff', true, true],
  ['named', 'public', true, true],
];

for (const [scope, viewer, content, author] of SIGHT) {
  test(`consent ${scope}, seen by ${viewer}`, () => {
    const consent = { version: '1', at: '2026-03-02T09:00:00.000Z', scope };
    assert.deepEqual(visible({ consent, state: 'new' }, viewer), { content, author });
    const own = viewer === 'author';
    assert.deepEqual(visible({ consent, state: 'withdrawn' }, viewer), { content: own, author: own });
  });
}

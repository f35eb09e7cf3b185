// What the Slack adapter sends, with the real WebClient: messages changed where they stand, under others, with documents,
// and what each of Slack's failures comes to.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Outbound } from '../src/model.ts';
import type { ChannelError } from '../src/ports.ts';
import { freePort } from './support/bot.ts';
import { post, STAFF, type World, words, world } from './support/slack-channel.ts';
import { personIn } from './support/slack-people.ts';

async function* bytes(...chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

const long = (pieces: number): Outbound => words('Chaque mardi on accueille. '.repeat(pieces * 110).trim());
const faultOf = async (w: World, chat = STAFF.chat): Promise<ChannelError> =>
  w.channel.deliver(post(chat, words('Bonjour'))).then(
    () => assert.fail('it was delivered'),
    (error: ChannelError) => error,
  );

describe('a message', () => {
  test('to a person opens the private conversation once, and says where the last piece stands', async () => {
    const w = await world();
    const person = personIn(w.slack);
    const out: string[] = [];
    const piece = async (id: string) => void out.push(id);
    const sent = await w.channel.deliver(post(`T0TEAM.${person.id}`, long(2), { piece }));
    await w.channel.deliver(post(`T0TEAM.${person.id}`, words('et puis')));
    assert.equal(w.slack.calls.filter(({ method }) => method === 'conversations.open').length, 1);
    const [first, second] = w.slack.said.map(({ ts }) => ts);
    assert.deepEqual([out, sent], [[first], { messages: [second], order: second }]);
    assert.ok(w.slack.said.every(({ channel }) => channel === person.dm));
  });

  test('goes on where it stopped', async () => {
    const w = await world();
    await w.channel.deliver(post(STAFF.chat, long(3), { out: ['1', '2'] }));
    assert.equal(w.slack.said.length, 1);
  });

  test('stands under another, or in its place: pieces are changed, added, taken away', async () => {
    const w = await world();
    const { messages } = await w.channel.deliver(post(STAFF.chat, words('Un récit')));
    const [card = ''] = messages;
    await w.channel.deliver(post(STAFF.chat, words('Tout le texte'), { under: card }));
    assert.equal(w.slack.said[1]?.thread, card);
    const longer = await w.channel.deliver(post(STAFF.chat, long(2), { edits: messages }));
    assert.equal(longer.messages.length, 2);
    assert.equal(longer.messages[0], card);
    assert.equal(w.slack.said[0]?.changed, 1);
    const shorter = await w.channel.deliver(post(STAFF.chat, words('Court'), { edits: longer.messages }));
    assert.deepEqual(shorter.messages, [card]);
    assert.deepEqual(
      w.slack.said.map(({ text }) => text),
      ['Court', 'Tout le texte'],
    );
  });

  test('in a thread that is the place stands in that thread, and under nothing else', async () => {
    const w = await world();
    const to = { ...STAFF, thread: '1700000000.000001' };
    await w.channel.deliver(post('', words('Tout le texte'), { to, under: '1700000000.000002' }));
    assert.equal(w.slack.said[0]?.thread, to.thread);
  });

  test('that asks for words in reply says how they come in Slack', async () => {
    const w = await world();
    await w.channel.deliver(post(STAFF.chat, { ...words('Répondez à ce message'), wants: 'reply' }));
    assert.match(w.slack.said[0]?.text ?? '', /Répondez à ce message[\s\S]*bouton du récit/);
  });

  test('whose thread is gone stands for itself', async () => {
    const w = await world();
    w.slack.fail('chat.postMessage', { error: 'thread_not_found' });
    await w.channel.deliver(post(STAFF.chat, words('Tout le texte'), { under: '1700000000.000001' }));
    assert.deepEqual(
      w.slack.said.map(({ thread }) => thread),
      [undefined],
    );
  });

  test('whose former one is gone is said anew', async () => {
    const w = await world();
    const { messages } = await w.channel.deliver(
      post(STAFF.chat, words('Encore là'), { edits: ['1700000000.000001'] }),
    );
    assert.deepEqual(messages, [w.slack.said[0]?.ts]);
  });

  test('brings a document as its bytes, never as a path, under the same message', async () => {
    const w = await world();
    const attachment = { kept: 'k', name: '/etc/hostname', type: 'text/plain', alt: 'Une carte' };
    await w.channel.deliver(
      post(STAFF.chat, { ...words('La carte'), attachment }, { content: async () => bytes('une ', 'carte') }),
    );
    const [upload] = w.slack.uploads;
    assert.deepEqual(
      [upload?.name, String(upload?.content), upload?.channel],
      ['/etc/hostname', 'une carte', STAFF.chat],
    );
    await w.channel.deliver(post(STAFF.chat, { ...words('Plus là'), attachment }, { content: async () => null }));
    assert.equal(w.slack.uploads.length, 1);
  });

  test('for one’s own page is published there, and one that cannot be closes no conversation', async () => {
    const w = await world();
    const person = personIn(w.slack);
    const to = { channel: 'slack', chat: `T0TEAM.${person.id}`, thread: 'home' };
    assert.deepEqual(await w.channel.deliver({ ...post('', words('Vos récits')), to }), { messages: [] });
    assert.equal(w.slack.homes.get(person.id)?.['type'], 'home');
    w.slack.fail('views.publish', { error: 'not_enabled' });
    await assert.rejects(w.channel.deliver({ ...post('', words('Vos récits')), to }), { kind: 'refused' });
    w.slack.fail('views.publish', { error: 'user_not_found' });
    await assert.rejects(w.channel.deliver({ ...post('', words('Vos récits')), to }), { kind: 'refused' });
  });
});

describe('a failure', () => {
  const ofStaff: [string, ChannelError['kind'], RegExp | undefined][] = [
    ['invalid_auth', 'retry', /refuses the bot token/],
    ['token_revoked', 'retry', /refuses the bot token/],
    ['account_inactive', 'retry', /refuses the bot token/],
    ['missing_scope', 'retry', /misses a scope/],
    ['not_in_channel', 'retry', /cannot write in a staff channel.*invite/],
    ['channel_not_found', 'retry', /cannot write in a staff channel/],
    ['is_archived', 'retry', /cannot write in a staff channel/],
    ['msg_too_long', 'refused', /ill-made/],
    ['invalid_blocks', 'refused', /ill-made/],
    ['fatal_error', 'unknown-outcome', undefined],
    ['ratelimited', 'retry', undefined],
  ];
  for (const [error, kind, line] of ofStaff) {
    test(`${error} in a staff channel: ${kind}, and ${line ? 'a line that says what to do, once' : 'no word'}`, async () => {
      const w = await world();
      w.slack.fail('chat.postMessage', { error }, { error });
      const fault = await faultOf(w);
      await faultOf(w);
      assert.equal(fault.kind, kind);
      assert.equal(w.lines.length, line ? 1 : 0);
      if (line) assert.match(w.lines[0] ?? '', line);
      assert.doesNotMatch(w.lines.join(), /C0STAFF|xox|Bonjour/);
    });
  }

  test('of the place, with a person: the chat is closed', async () => {
    const w = await world();
    const person = personIn(w.slack);
    for (const error of ['channel_not_found', 'cannot_dm_bot', 'user_disabled']) {
      w.slack.fail('chat.postMessage', { error });
      assert.equal((await faultOf(w, `T0TEAM.${person.id}`)).kind, 'permanent', error);
    }
    assert.equal((await faultOf(w, 'T0TEAM.U0NOBODY')).kind, 'permanent');
  });

  test('of the connection: not sent when it was never made, else unknown; never tried again by the library', async () => {
    const w = await world();
    w.slack.fail('chat.postMessage', { cut: 'after' }, { status: 500 });
    assert.equal((await faultOf(w)).kind, 'unknown-outcome');
    assert.equal(w.slack.said.length, 1);
    assert.equal((await faultOf(w)).kind, 'unknown-outcome');
    assert.equal(w.slack.calls.filter(({ method }) => method === 'chat.postMessage').length, 2);
    const nowhere = await world({ apiUrl: `http://127.0.0.1:${await freePort()}/api/` });
    assert.equal((await faultOf(nowhere)).kind, 'retry');
  });

  test('of too many in one channel names the moment, and keeps no other channel waiting', async () => {
    const w = await world();
    w.slack.channels.set('C0AUTRE', {});
    w.slack.fail('chat.postMessage', { status: 429, retryAfter: 30 });
    const at = Date.now();
    const fault = await faultOf(w);
    await w.channel.deliver(post('C0AUTRE', words('Bonjour')));
    assert.ok(Date.now() - at < 2_000);
    const wait = Date.parse(fault.retryAt ?? '') - at;
    assert.ok(fault.kind === 'retry' && wait >= 29_000 && wait <= 32_000, String(wait));
  });
});

describe('a file', () => {
  const file = { channel: 'slack', id: 'F1', ref: 'F1', name: 'plan.png' };
  const fetched = async (w: World): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await w.channel.fetch?.(file)) ?? []) chunks.push(chunk);
    return String(Buffer.concat(chunks));
  };

  test('is fetched with the token from Slack’s own hosts only', async () => {
    const w = await world();
    w.slack.files.set('F1', { content: Buffer.from('un plan'), name: 'plan.png', mimetype: 'image/png' });
    assert.equal(await fetched(w), 'un plan');
    const astray = await world();
    astray.slack.elsewhere = 'https://files.slack.com.evil.invalid/F1';
    astray.slack.files.set('F1', { content: Buffer.from('un plan'), name: 'plan.png', mimetype: 'image/png' });
    await assert.rejects(fetched(astray), { kind: 'permanent', missing: 'gone' });
  });

  test('that is gone is missing; a page to sign in, or no scope, is a matter of time', async () => {
    const w = await world();
    await assert.rejects(fetched(w), { kind: 'permanent', missing: 'gone' });
    w.slack.files.set('F1', { content: 'gone', name: 'plan.png', mimetype: 'image/png' });
    await assert.rejects(fetched(w), { kind: 'permanent', missing: 'gone' });
    w.slack.files.set('F1', { content: 'page', name: 'plan.png', mimetype: 'image/png' });
    await assert.rejects(fetched(w), { kind: 'retry' });
    w.slack.scopes.delete('files:read');
    await assert.rejects(fetched(w), { kind: 'retry' });
    assert.equal(w.lines.length, 1);
  });
});

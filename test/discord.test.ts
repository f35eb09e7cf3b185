// Discord's failures and what they mean, sessions that follow each other too fast, and the promises of its documentation.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { Call } from '../adapters/channels/discord/call.ts';
import { commandsOf } from '../adapters/channels/discord/commands.ts';
import { faultOf } from '../adapters/channels/discord/faults.ts';
import { createThrottle } from '../adapters/channels/discord/gateway.ts';
import { pressedId, readPressed } from '../adapters/channels/discord/ids.ts';
import { createPlaces } from '../adapters/channels/discord/places.ts';
import { inviteLink, PERMISSIONS } from '../adapters/channels/discord/rights.ts';
import { createSend, nameOf, nonceOf } from '../adapters/channels/discord/send.ts';
import { readFlow } from '../src/flow.ts';
import { menuOf } from '../src/menu.ts';

const NOW = Date.parse('2026-03-02T09:00:00.000Z');
const URL_OF_NOBODY = 'https://discord.com/api/v10/webhooks/1/a-token-of-nobody/messages/@original';
const api = (code: number, status: number) =>
  new DiscordAPIError({ code, message: 'x' }, code, status, 'POST', URL_OF_NOBODY, {
    files: undefined,
    body: { content: 'mots' },
  });
const cause = (code: string) => Object.assign(new Error('mots'), { code });

const FAULTS: [what: string, error: unknown, kind: string][] = [
  ['direct messages closed', api(50_007, 403), 'permanent'],
  ['no server in common', api(50_278, 403), 'permanent'],
  ['no access', api(50_001, 403), 'permanent'],
  ['permissions missing', api(50_013, 403), 'permanent'],
  ['a channel that is gone', api(10_003, 404), 'permanent'],
  ['a locked thread', api(50_083, 400), 'permanent'],
  ['an ill-made message', api(50_035, 400), 'refused'],
  ['too many edits of an old message', api(30_046, 429), 'retry'],
  ['direct messages opened too fast', api(40_003, 429), 'retry'],
  ['a refused token', api(0, 401), 'retry'],
  [
    'a server in trouble',
    new HTTPError(502, 'Bad Gateway', 'POST', URL_OF_NOBODY, { files: undefined, body: {} }),
    'unknown-outcome',
  ],
  ['a connection never made', cause('ECONNREFUSED'), 'retry'],
  ['a connection that broke', cause('UND_ERR_SOCKET'), 'unknown-outcome'],
  ['a call that took too long', new DOMException('mots', 'AbortError'), 'unknown-outcome'],
];

for (const [what, error, kind] of FAULTS) {
  test(`${what}: ${kind}, and nothing of the error is passed on`, () => {
    const fault = faultOf(error, NOW);
    assert.equal(fault.kind, kind);
    assert.doesNotMatch(
      `${fault.message} ${fault.stack} ${JSON.stringify(fault)}`,
      /mots|token-of-nobody|discord\.com/,
    );
  });
}

test('a rate limit waits for as long as Discord says', () => {
  const limited = new RateLimitError({
    timeToReset: 90_000,
    limit: 5,
    method: 'POST',
    hash: 'h',
    url: URL_OF_NOBODY,
    route: 'r',
    majorParameter: '1',
    global: false,
    retryAfter: 90_000,
    sublimitTimeout: 0,
    scope: 'user',
  });
  assert.equal(faultOf(limited, NOW).retryAt, '2026-03-02T09:01:30.000Z');
});

test('sessions that do not hold follow each other ever more slowly, far under a thousand a day', async () => {
  let now = 0;
  const waits: number[] = [];
  const throttle = createThrottle(() => now, (async (ms: number) => {
    waits.push(ms);
    now += ms;
  }) as never);
  const { signal } = new AbortController();
  let begun = 0;
  for (; now < 86_400_000; begun++) {
    now += 500;
    await throttle.waitForIdentify(0, signal);
  }
  assert.deepEqual(
    waits.slice(0, 4).map((ms) => Math.round(ms / 1_000)),
    [5, 10, 20, 40],
  );
  assert.ok(begun < 400, String(begun));
  now += 3_600_000;
  const before = waits.length;
  await throttle.waitForIdentify(0, signal);
  assert.equal(waits.length, before, 'a session that held is followed at once');
});

test('what a button carries comes back whole, in at most 100 characters', () => {
  const pressed = {
    choice: `p${'z'.repeat(39)}`,
    form: { name: 'unused', language: 'fr' },
    owner: '9'.repeat(19),
  } as const;
  assert.ok(pressedId(pressed).length <= 100);
  assert.deepEqual(readPressed(pressedId(pressed)), pressed);
  assert.deepEqual(readPressed('p1.accept'), { choice: 'p1.accept' });
  assert.deepEqual(readPressed('\u0000~@~'), { choice: '' });
});

test('the same try has the same nonce; other words, another piece or another message have another', () => {
  const payload = {
    content: 'a',
    components: [],
    flags: 4,
    allowed_mentions: { parse: [] as [], replied_user: false as const },
  };
  const nonce = nonceOf('k', 0, payload);
  assert.ok(nonce.length <= 25);
  assert.equal(nonceOf('k', 0, { ...payload }), nonce);
  for (const other of [
    nonceOf('k', 1, payload),
    nonceOf('l', 0, payload),
    nonceOf('k', 0, { ...payload, content: 'b' }),
  ]) {
    assert.notEqual(other, nonce);
  }
});

test('a channel nothing is known of yet is told from a person, and written to as one', async () => {
  const calls: [method: string, route: string, body: unknown][] = [];
  const call: Call = async (method, route, { body } = {}) => {
    calls.push([method, route, body]);
    if (route === '/users/@me/channels') throw api(50_033, 400);
    return route === '/channels/71' ? { id: '71', type: 0 } : { id: '72' };
  };
  const send = createSend({ call, places: createPlaces(call, []), language: 'fr' });
  const message = {
    language: 'fr' as const,
    blocks: [{ as: 'text' as const, spans: ['Bonjour'] }],
    choices: [],
    closed: false,
  };
  const sent = await send({
    to: { channel: 'discord', chat: '71' },
    message,
    key: 'k',
    out: [],
    piece: async () => {},
  });
  assert.deepEqual(sent.messages, ['71-72']);
  const [, , body] = calls.at(-1) ?? [];
  assert.equal((body as { flags?: number } | undefined)?.flags, 1 << 15);
});

const words = (text: string, times = 1) => ({
  language: 'fr' as const,
  blocks: Array.from({ length: times }, () => ({ as: 'text' as const, spans: [text] })),
  choices: [],
  closed: false,
});

/** A forum whose answers get lost on the way, as often as it is told. */
function forumOf(lost: number) {
  const posts: Record<string, unknown>[] = [];
  const pieces: string[] = [];
  const gone = new Set<string>();
  const call: Call = async (method, route, { body } = {}) => {
    if (route === '/channels/71') return { id: '71', type: 15 };
    if (gone.has(route)) throw api(10_003, 404);
    if (method === 'get') return posts.find(({ id }) => route === `/channels/${id}/messages/${id}`)?.['message'];
    if (route !== '/channels/71/threads') return { id: String(900 + pieces.push(route)) };
    const made = { ...(body as object), id: String(80 + posts.length), type: 11, parent_id: '71' };
    posts.push(made);
    places.learn({ t: 'THREAD_CREATE', d: made });
    if (posts.length <= lost) throw cause('UND_ERR_SOCKET');
    return made;
  };
  const places = createPlaces(call, [{ channel: 'discord', chat: '71' }]);
  return { posts, pieces, gone, send: createSend({ call, places, language: 'fr' }) };
}

const toForum = { to: { channel: 'discord', chat: '71' }, out: [], piece: async () => {} };

test('a post of a forum whose answer was lost is found again, not made twice; one of the same name is another', async () => {
  const { posts, gone, send } = forumOf(1);
  const post = { ...toForum, message: words('Nouveau récit'), key: 'k' };
  await assert.rejects(send(post));
  assert.deepEqual((await send(post)).messages, ['80-80']);
  assert.equal(posts.length, 1);
  assert.deepEqual((await send({ ...post, key: 'l' })).messages, ['81-81']);
  gone.add('/channels/81/messages/81');
  assert.deepEqual(
    (await send({ ...post, key: 'm' })).messages,
    ['82-82'],
    'one that was taken away is in nobody’s way',
  );
});

test('a long post of a forum that was broken off goes on in the same post', async () => {
  const { posts, pieces, send } = forumOf(0);
  const message = words('Une phrase qui se répète. '.repeat(100), 3);
  const { messages } = await send({ ...toForum, message, key: 'k', out: ['80-80'] });
  assert.equal(posts.length, 0);
  assert.ok(pieces.length > 0 && pieces.every((route) => route === '/channels/80/messages'));
  assert.match(messages[0] ?? '', /^80-/);
});

test('after a start, whose a private thread is stands on its buttons; a thread or buttons of others say nothing', async () => {
  const [me, thread, foreign] = ['9', '81', '82'];
  const asked: string[] = [];
  const buttons = (owner: string) => [
    { type: 1, components: [{ type: 2, custom_id: pressedId({ choice: 'p1.pause', owner }) }] },
  ];
  const call: Call = async (_method, route) => {
    asked.push(route);
    return [
      { author: { id: '5' }, components: buttons('5') },
      { author: { id: me }, components: [] },
      { author: { id: me }, components: buttons('3') },
    ];
  };
  const places = createPlaces(call, []);
  const threads = [
    { id: thread, type: 12, parent_id: '80', owner_id: me },
    { id: foreign, type: 12, parent_id: '80', owner_id: '5' },
  ];
  places.learn({ t: 'GUILD_CREATE', d: { threads } });
  const message = (channel_id: string) => ({ t: 'MESSAGE_CREATE', d: { channel_id, guild_id: '7' } });
  for (const one of [thread, thread, foreign]) await places.look(message(one), me);
  assert.equal(places.channel(thread)?.person, '3');
  assert.equal(places.channel(foreign)?.person, undefined);
  assert.deepEqual(asked, [`/channels/${thread}/messages`]);
});

test('a thread is named by the first line of what it is about, without its marks', () => {
  assert.equal(
    nameOf('### Nouveau récit 7K3QM-0XTD2 – Valbrume \\*et\\* \\@everyone\n**Acteurs** : x', 'fr'),
    'Nouveau récit 7K3QM-0XTD2 – Valbrume *et* @everyone',
  );
  assert.equal(nameOf('', 'en'), 'Exchanges on this case');
  assert.equal(nameOf('é'.repeat(300), 'fr').length, 100);
});

test('the documentation gives the permissions that the link asks for', () => {
  const text = readFileSync(join(import.meta.dirname, '../docs/discord.md'), 'utf8');
  assert.match(inviteLink('1'), new RegExp(`permissions=${PERMISSIONS}$`));
  assert.ok(text.includes(String(PERMISSIONS)));
});

test('every command of the help is registered, in both languages, within the limits', () => {
  const reading = readFlow(join(import.meta.dirname, '../flows/territorial-governance/flow.yaml'), 'fr');
  assert.ok('flow' in reading);
  const menu = menuOf(reading.flow);
  const commands = commandsOf(menu, [0, 1]) as {
    name: string;
    name_localizations: Record<string, string>;
    options?: unknown[];
  }[];
  assert.equal(commands.length, menu.fr.commands.length + 1);
  assert.ok(commands.length <= 100);
  assert.equal(new Set(commands.map(({ name }) => name)).size, commands.length);
  assert.deepEqual(
    commands.slice(0, -1).map((one) => one.name_localizations['fr']),
    menu.fr.commands.map(({ name }) => name),
  );
  const taking = commands.filter(({ options }) => options?.length === 1).map(({ name }) => name);
  assert.deepEqual(
    ['change', 'search'].filter((name) => !taking.includes(name)),
    [],
  );
  assert.ok(!taking.includes('start') && !taking.includes('pause'));
});

// What goes out to Telegram, with the real grammY, when all is well and when it fails in every way it can.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import nock from 'nock';
import type { Outbound } from '../src/model.ts';
import { ChannelError, type Post } from '../src/ports.ts';
import { type Telegram, TOKEN } from './support/telegram.ts';
import { STAFF, world } from './support/telegram-channel.ts';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

const words = (text: string, more: Partial<Outbound> = {}): Outbound => ({
  language: 'fr',
  blocks: [{ as: 'text', spans: [text] }],
  choices: [],
  closed: false,
  ...more,
});

function post(message: Outbound, more: Partial<Post> = {}): Post {
  return { to: STAFF, message, key: 'd:post', out: [], piece: async () => undefined, ...more };
}

/** What stands in the chat, in order. */
const standing = ({ said }: Telegram): string[] => said.filter(({ deleted }) => !deleted).map(({ text }) => text);

const LONG = 'Les bénévoles accueillent les habitants chaque mardi. '.repeat(160).trim();

async function failing(deliver: Promise<unknown>): Promise<ChannelError> {
  const error = await deliver.then(
    () => assert.fail('it went out'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ChannelError);
  assert.doesNotMatch(`${error.message} ${error.stack} ${JSON.stringify(error)}`, /AAtest|bénévoles|777/);
  assert.equal(error.cause, undefined);
  return error;
}

describe('a message of the team', () => {
  test('is changed where it stands, and changing it again is no failure', async () => {
    const { telegram, channel } = await world();
    const choices = [{ id: '7K3QM0XTD2.take', label: 'Je prends' }];
    const { messages } = await channel.deliver(post(words('Nouveau récit', { choices })));
    const change = post(words('Récit pris par Sacha'), { edits: messages });
    assert.deepEqual(await channel.deliver(change), { messages });
    assert.deepEqual(await channel.deliver(change), { messages });
    assert.deepEqual(standing(telegram), ['Récit pris par Sacha']);
    assert.equal(telegram.said[0]?.payload['reply_markup'], undefined);
  });

  test('grows by pieces, and loses those it no longer needs', async () => {
    const { telegram, channel } = await world();
    const { messages } = await channel.deliver(post(words('Bref')));
    const grown = await channel.deliver(post(words(LONG), { edits: messages }));
    assert.equal(grown.messages.length, Math.ceil(LONG.length / 4_096));
    assert.equal(grown.messages[0], messages[0]);
    assert.equal(standing(telegram).join(' '), LONG);
    const shrunk = await channel.deliver(post(words('Bref de nouveau'), { edits: grown.messages }));
    assert.deepEqual(shrunk.messages, messages);
    assert.deepEqual(standing(telegram), ['Bref de nouveau']);
  });

  test('that cannot be deleted any more says that it no longer counts', async () => {
    const { telegram, channel } = await world();
    await channel.deliver(post(words(LONG)));
    telegram.old = true;
    const ids = telegram.said.map(({ id }) => String(id));
    await channel.deliver(post(words('Bref'), { edits: ids }));
    assert.deepEqual(standing(telegram), ['Bref', ...ids.slice(1).map(() => '(Cette suite n’a plus lieu d’être.)')]);
  });

  test('that is gone is said anew', async () => {
    const { telegram, channel } = await world();
    const sent = await channel.deliver(post(words('Encore là'), { edits: ['4242'] }));
    assert.deepEqual(standing(telegram), ['Encore là']);
    assert.deepEqual(sent.messages, [String(telegram.said[0]?.id)]);
  });

  test('broken off while it grows goes on where it was', async () => {
    const { telegram, channel } = await world();
    const { messages } = await channel.deliver(post(words('Bref')));
    const out: string[] = [];
    const piece = async (id: string) => void out.push(id);
    telegram.fail('sendMessage', { pause: 0 }, { status: 500 });
    const longer = words(`${LONG} ${LONG}`);
    await failing(channel.deliver(post(longer, { edits: messages, piece })));
    assert.equal(out.length, 1);
    const { messages: all } = await channel.deliver(
      post(longer, { edits: messages, out, piece: async () => undefined }),
    );
    assert.deepEqual(all.slice(0, 2), [...messages, ...out]);
    assert.equal(standing(telegram).join(' '), `${LONG} ${LONG}`);
  });

  test('stands under another, in its topic, and asks for a reply', async () => {
    const { telegram, channel } = await world();
    const to = { ...STAFF, thread: '12' };
    await channel.deliver(post(words('Répondez à ce message.', { wants: 'reply' }), { to, under: '7' }));
    const { payload } = telegram.said[0] ?? assert.fail();
    assert.equal(payload['message_thread_id'], 12);
    assert.deepEqual(payload['reply_parameters'], { message_id: 7, allow_sending_without_reply: true });
    assert.deepEqual(payload['reply_markup'], { force_reply: true, selective: true });
    assert.deepEqual(payload['link_preview_options'], { is_disabled: true });
  });
});

describe('a staff group that becomes a supergroup', () => {
  test('is followed at once; what was said before can be neither changed nor answered there, what comes after can', async () => {
    const { telegram, channel, lines } = await world();
    const { messages: before } = await channel.deliver(post(words('Avant')));
    telegram.moved.set(STAFF.chat, -100_778);
    // Numbers begin again in the new group: this one is another message altogether.
    const [number = ''] = before;
    telegram.said.push({ id: Number(number), chat: '-100778', text: 'Un autre', payload: {} });
    const change = await channel.deliver(post(words('Avant, changé'), { edits: before, under: number }));
    const there = () => telegram.said.filter(({ chat }) => chat === '-100778');
    assert.deepEqual(
      there().map(({ text, payload }) => [text, payload['reply_parameters']]),
      [
        ['Un autre', undefined],
        ['Avant, changé', undefined],
      ],
    );
    assert.deepEqual(lines, [
      'warn a staff group of Telegram has a new address: recueil check tells it; put it in STAFF_TO',
    ]);
    const { messages: after } = await channel.deliver(post(words('Après'), { under: change.messages.at(-1) ?? '' }));
    assert.deepEqual(there().at(-1)?.payload['reply_parameters'], {
      message_id: there().at(-2)?.id,
      allow_sending_without_reply: true,
    });
    assert.deepEqual(await channel.deliver(post(words('Après, changé'), { edits: after })), { messages: after });
    assert.equal(there().at(-1)?.text, 'Après, changé');
  });
});

describe('a picture', () => {
  const carte = { kept: 'k', name: 'carte.png', type: 'image/png', alt: 'Carte : trois récits dans le Nord.' };
  async function* content(bytes: Buffer) {
    yield bytes.subarray(0, 4);
    yield bytes.subarray(4);
  }
  const withPicture = (bytes: Buffer | null, attachment = carte) =>
    post(words('Cette semaine', { attachment }), { content: async () => (bytes ? content(bytes) : null) });

  test('goes with its words and what it shows', async () => {
    const { telegram, channel } = await world();
    await channel.deliver(withPicture(PNG));
    const [one] = telegram.said;
    assert.deepEqual(one?.file, { name: 'carte.png', content: PNG });
    assert.equal(one?.text, `Cette semaine\n\n${carte.alt}`);
    assert.equal(telegram.calls.at(-1)?.method, 'sendPhoto');
  });

  test('that Telegram takes for none goes as a document: too heavy, too long, or of another type', async () => {
    const { telegram, channel } = await world();
    const methods = () => telegram.calls.splice(0).map(({ method }) => method);
    await channel.deliver(withPicture(Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024)])));
    assert.deepEqual(methods(), ['sendDocument']);
    await channel.deliver(withPicture(Buffer.concat([PNG, Buffer.from('too long a picture')])));
    assert.deepEqual(methods(), ['sendPhoto', 'sendDocument']);
    await channel.deliver(withPicture(PNG, { ...carte, name: 'mes "récits" ; 2.csv', type: 'text/csv' }));
    assert.deepEqual(methods(), ['sendDocument']);
    assert.equal(telegram.said.at(-1)?.file?.name, 'mes _récits_ ; 2.csv');
  });

  test('whose content is gone is told in words', async () => {
    const { telegram, channel } = await world();
    await channel.deliver(withPicture(null));
    assert.deepEqual(standing(telegram), [`Cette semaine\n\n${carte.alt}`]);
  });
});

describe('sending that fails', () => {
  test('is told as what it is: wait so long, perhaps out, closed for good, moved, ill-made', async () => {
    const { telegram, channel } = await world();
    const person = telegram.person();
    await person.says('/start');
    const to = { channel: 'telegram', chat: String(person.id) };
    const send = () => failing(channel.deliver(post(words('Bonjour'), { to })));
    const before = Date.now();
    telegram.fail('sendMessage', { status: 429, body: { parameters: { retry_after: 7 } } });
    const slow = await send();
    assert.equal(slow.kind, 'retry');
    assert.ok(Math.abs(Date.parse(slow.retryAt ?? '') - before - 7_000) < 2_000);
    for (const fault of [{ status: 502 }, { cut: 'before' }, { cut: 'after' }] as const) {
      telegram.fail('sendMessage', fault);
      assert.equal((await send()).kind, 'unknown-outcome', JSON.stringify(fault));
    }
    telegram.fail('sendMessage', { status: 401 });
    assert.equal((await send()).kind, 'retry');
    telegram.fail('sendMessage', { status: 403, body: { description: 'Forbidden: user is deactivated' } });
    assert.deepEqual([(await send()).message], ['deactivated']);
    await person.blocks();
    assert.deepEqual([(await send()).kind], ['permanent']);
    const empty = await failing(channel.deliver(post(words(''))));
    assert.equal(empty.kind, 'refused');
    telegram.moved.set('-100900', -100_778);
    const group = { channel: 'telegram', chat: '-100900' };
    const moved = await failing(channel.deliver(post(words('Parlons-en en privé.'), { to: group })));
    assert.deepEqual(moved.to, { channel: 'telegram', chat: '-100778' });
  });

  test('a message that may be out is sent again only once the chat answers', async () => {
    const { telegram, channel } = await world();
    telegram.fail('sendMessage', { cut: 'after' });
    await failing(channel.deliver(post(words('Nouveau récit'))));
    telegram.fail('sendChatAction', { status: 502 }, { cut: 'before' });
    await failing(channel.deliver(post(words('Nouveau récit'))));
    await failing(channel.deliver(post(words('Nouveau récit'))));
    assert.equal(standing(telegram).length, 1);
    await channel.deliver(post(words('Nouveau récit')));
    assert.equal(standing(telegram).length, 2);
  });

  test('a connection that cannot be made has sent nothing', async () => {
    const { channel, telegram } = await world();
    await telegram.stop();
    telegram.stop = async () => undefined;
    assert.equal((await failing(channel.deliver(post(words('Nouveau récit'))))).kind, 'retry');
  });

  test('is told once in the log, in words to act on, and once when it is over', async () => {
    const { telegram, channel, lines } = await world();
    const outage = [502, 502, 502, 429, 401].map((status) => ({ status }));
    telegram.fail('sendMessage', ...outage);
    for (const _ of outage)
      await failing(channel.deliver({ ...post(words('Nouveau récit')), key: `d:${lines.length}` }));
    await channel.deliver(post(words('Nouveau récit'), { key: 'd:last' }));
    assert.deepEqual(lines, [
      'warn Telegram has trouble answering; trying again',
      'warn Telegram asks to slow down; waiting as long as it says',
      'error Telegram refuses the token: ask BotFather for a new one (/token), put it in TELEGRAM_BOT_TOKEN and start again',
      'info Telegram answers again',
    ]);
  });

  test('the public address is Telegram’s own, and a refusal keeps what was said to itself', async () => {
    nock.disableNetConnect();
    nock.enableNetConnect('127.0.0.1');
    const refusal = { ok: false, error_code: 403, description: 'Forbidden: bot was kicked from the supergroup chat' };
    const scope = nock('https://api.telegram.org')
      .replyContentLength()
      .post(`/bot${TOKEN}/sendMessage`)
      .reply(403, refusal, { 'content-type': 'application/json' });
    const { channel, lines } = await world({ apiRoot: undefined });
    const error = await failing(channel.deliver(post(words('Nouveau récit'))));
    assert.equal(error.kind, 'permanent');
    assert.match(lines.join(), /^error the bot cannot write in a staff place/);
    scope.done();
    nock.restore();
  });
});

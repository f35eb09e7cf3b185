// The Telegram adapter with the real grammY, against a Telegram of our own that fails in every way it can: what is sent,
// what is confirmed, and what is said about it.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import nock from 'nock';
import { createTelegram, type TelegramOptions } from '../adapters/channels/telegram/index.ts';
import { realClock } from '../src/clock.ts';
import { createIntake } from '../src/intake.ts';
import type { Inbound, Outbound } from '../src/model.ts';
import { type Channel, ChannelError, type Menu, type Parked, type Post } from '../src/ports.ts';
import { openTelegram, type Telegram, TOKEN } from './support/telegram.ts';

const MENU: Menu = {
  fr: {
    title: 'Des récits',
    about: 'Je recueille des récits.',
    commands: [{ name: 'mes-recits', says: 'vos récits' }],
  },
  en: { title: 'Stories', about: 'I collect stories.', commands: [{ name: 'my-stories', says: 'your stories' }] },
};
const STAFF = { channel: 'telegram', chat: '-100777' };
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

interface World {
  telegram: Telegram;
  channel: Channel;
  lines: string[];
  /** Texts, in the order they were taken. */
  taken: Inbound[];
  parked: Parked[];
  /** What taking an update comes to. */
  onReceive: (inbound: Inbound) => Promise<void>;
  start(): Promise<void>;
}

let open: World[] = [];

async function world(more: Partial<TelegramOptions> = {}): Promise<World> {
  const telegram = await openTelegram();
  const lines: string[] = [];
  const say = (level: string, line: string) => void lines.push(`${level} ${line}`);
  const common = { staff: [STAFF], menu: MENU, language: 'fr' as const, clock: realClock, say };
  const channel = createTelegram({ token: TOKEN, apiRoot: telegram.root, ...common, ...more });
  const w: World = {
    telegram,
    channel,
    lines,
    taken: [],
    parked: [],
    onReceive: async () => undefined,
    start: () => channel.start(intakeOf(w)),
  };
  open.push(w);
  return w;
}

function intakeOf(w: World) {
  return createIntake({
    channel: 'telegram',
    clock: realClock,
    heard: async () => undefined,
    parked: () => w.lines.push('parked'),
    store: {
      park: async (update) => void w.parked.push(update),
      recent: async () => [],
    },
    async receive(inbound) {
      await w.onReceive(inbound);
      w.taken.push(inbound);
    },
  });
}

afterEach(async () => {
  for (const { channel, telegram } of open) {
    await channel.stop();
    await telegram.stop();
  }
  open = [];
});

async function until(good: () => boolean, what = 'that'): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!good()) {
    assert.ok(Date.now() < deadline, `never came: ${what}`);
    await sleep(10);
  }
}

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
    telegram.moved.set(STAFF.chat, -100_778);
    const moved = await failing(channel.deliver(post(words('Nouveau récit'))));
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

const text = (update_id: number, id: number, said: string, message_id = update_id) => ({
  update_id,
  message: {
    message_id,
    date: 1_772_442_000,
    chat: { id, type: 'private' },
    from: { id, is_bot: false, first_name: 'Camille' },
    text: said,
  },
});

/** The greatest offset asked for: everything below it is confirmed. */
const confirmed = ({ calls }: Telegram): number =>
  Math.max(
    0,
    ...calls.flatMap(({ method, payload }) => (method === 'getUpdates' ? Number(payload['offset'] ?? 0) : [])),
  );

describe('fetching messages', () => {
  const FAULTS: [string, Parameters<Telegram['fail']>[1], RegExp][] = [
    ['another program fetches', { status: 409 }, /^error another program receives this bot’s messages/],
    ['a token is revoked', { status: 401 }, /^error Telegram refuses the token/],
    ['Telegram is down', { status: 502 }, /^warn Telegram has trouble answering/],
    [
      'there is too much',
      { status: 429, body: { parameters: { retry_after: 1 } } },
      /^warn Telegram asks to slow down/,
    ],
    ['the network is lost', { cut: 'before' }, /^warn Telegram cannot be reached/],
  ];
  for (const [what, fault, line] of FAULTS) {
    test(`goes on when ${what}, with one clear line`, { timeout: 90_000 }, async (t) => {
      const w = await world();
      w.telegram.fail('getUpdates', fault);
      await w.start();
      await until(() => w.lines.length > 0, 'a line');
      assert.match(w.lines[0] ?? '', line);
      assert.doesNotMatch(w.lines.join(), /AAtest/);
      // Those that only people can mend are asked again after a quarter of a minute or a whole one: too long for a test.
      if (['status' in fault && fault.status].some((status) => status === 401 || status === 409)) return;
      await w.telegram.deliver(text(1, 4_001, 'bonjour'));
      await until(() => w.taken.length === 1, 'the message');
      await until(() => w.lines.length === 2, 'the end of it');
      assert.equal(w.lines[1], 'info Telegram answers again');
      t.diagnostic(w.lines.join(' | '));
    });
  }

  test('waits as long as Telegram says', async () => {
    const w = await world();
    w.telegram.fail('getUpdates', { status: 429, body: { parameters: { retry_after: 2 } } });
    const begun = Date.now();
    await w.start();
    await w.telegram.deliver(text(1, 4_001, 'bonjour'));
    await until(() => w.taken.length === 1);
    assert.ok(Date.now() - begun >= 1_900);
  });

  test('confirms a batch in milliseconds, and only what is saved', async () => {
    const w = await world();
    const saved = Promise.withResolvers<void>();
    w.onReceive = ({ person }) => (person.id === '4001' ? saved.promise : Promise.resolve());
    await w.start();
    await w.telegram.deliver(text(1, 4_002, 'un'));
    await w.telegram.deliver(text(2, 4_001, 'lent'));
    for (let id = 3; id <= 40; id++) await w.telegram.deliver(text(id, 4_000 + id, 'vite'));
    // One slow person blocks nobody, and nothing of theirs is confirmed.
    await until(() => w.taken.length === 39, 'everybody else');
    await until(() => confirmed(w.telegram) === 2, 'what is saved');
    saved.resolve();
    await until(() => w.taken.length === 40 && confirmed(w.telegram) === 41, 'the slow one');
    assert.equal(new Set(w.taken.map(({ id }) => id)).size, 40);
  });

  test('a store that is away leaves the update to come again, and it does', async () => {
    const w = await world();
    let away = 10;
    const intake = intakeOf(w);
    // Neither the turn nor the parking can be written.
    const attempt: typeof intake.attempt = async (_id, _raw, work) => {
      if (away-- > 0) throw new Error('away');
      await work();
    };
    await w.channel.start({ ...intake, attempt });
    await w.telegram.deliver(text(1, 4_001, 'bonjour'));
    await until(() => away < 9, 'a second try');
    assert.equal(confirmed(w.telegram) < 2, true);
    away = 0;
    await until(() => w.taken.length === 1 && confirmed(w.telegram) === 2);
  });

  test('an update that fails five times is kept as it came, reported, and confirmed', async () => {
    const w = await world();
    let tries = 0;
    w.onReceive = async ({ text: said }) => {
      if (said !== 'poison') return;
      tries += 1;
      throw new Error('our fault');
    };
    await w.start();
    await w.telegram.deliver(text(1, 4_001, 'poison'));
    await w.telegram.deliver(text(2, 4_001, 'suite'));
    await until(() => confirmed(w.telegram) === 3, 'both confirmed');
    assert.equal(tries, 5);
    assert.deepEqual(
      w.taken.map(({ text: said }) => said),
      ['suite'],
    );
    assert.deepEqual(w.lines, ['parked']);
    assert.deepEqual(JSON.parse(w.parked[0]?.raw ?? ''), text(1, 4_001, 'poison'));
  });

  test('updates out of order, twice, malformed and unknown are all confirmed; what is readable is taken', async () => {
    const w = await world();
    w.telegram.twice = true;
    await w.start();
    await w.telegram.deliver(text(7, 4_001, 'second', 20));
    await w.telegram.deliver(text(6, 4_001, 'premier', 19));
    await w.telegram.deliver({ update_id: 8, message: { chat: 'nulle part' } });
    await w.telegram.deliver({ update_id: 9, business_message: {} });
    await until(() => confirmed(w.telegram) === 10);
    await until(() => w.taken.length >= 2);
    const orders = w.taken.map(({ order, text: said }) => [order, said].join(' ')).sort();
    assert.deepEqual([...new Set(orders)], ['000000000019 premier', '000000000020 second']);
    assert.deepEqual(w.parked, []);
  });

  test('asks for the kinds of update it reads, by name', async () => {
    const w = await world();
    await w.start();
    await until(() => w.telegram.calls.some(({ method }) => method === 'getUpdates'));
    const { payload } = w.telegram.calls.find(({ method }) => method === 'getUpdates') ?? assert.fail();
    assert.deepEqual(payload['allowed_updates'], ['message', 'edited_message', 'callback_query', 'my_chat_member']);
    assert.ok(
      !w.telegram.calls.some(({ method, payload: p }) => method === 'deleteWebhook' && p['drop_pending_updates']),
    );
  });
});

describe('what Telegram is told of the bot', () => {
  test('commands for private chats and for groups, in each language and for those of another; descriptions', async () => {
    const w = await world();
    await w.start();
    const of = (method: string) =>
      w.telegram.calls.filter((call) => call.method === method).map(({ payload }) => payload);
    await until(() => of('setMyShortDescription').length === 3, 'descriptions');
    const commands = of('setMyCommands').map(({ scope, language_code, commands: list }) => [
      (scope as { type: string }).type,
      language_code,
      (list as { command: string }[]).map(({ command }) => command).join(' '),
    ]);
    assert.deepEqual(commands, [
      ['all_private_chats', undefined, 'mes_recits'],
      ['all_group_chats', undefined, 'commencer adresse'],
      ['all_private_chats', 'fr', 'mes_recits'],
      ['all_group_chats', 'fr', 'commencer adresse'],
      ['all_private_chats', 'en', 'my_stories'],
      ['all_group_chats', 'en', 'start address'],
    ]);
    const about = of('setMyDescription').map(({ description, language_code }) => [language_code, description]);
    assert.deepEqual(about.at(-1), ['en', 'I collect stories.']);
    assert.deepEqual(of('setMyShortDescription')[0], { short_description: 'Des récits' });
  });

  test('what cannot be set now keeps nobody waiting, and is said', async () => {
    const w = await world();
    w.telegram.fail('setMyCommands', { status: 500 });
    await w.start();
    await w.telegram.deliver(text(1, 4_001, 'bonjour'));
    await until(() => w.taken.length === 1);
    assert.match(w.lines.join(), /could not be set on Telegram/);
  });
});

describe('beginning to listen', () => {
  test('waits for Telegram to answer', async () => {
    const w = await world();
    w.telegram.fail('getMe', { status: 502 });
    w.telegram.fail('deleteWebhook', { cut: 'before' });
    await w.start();
    await w.telegram.deliver(text(1, 4_001, 'bonjour'));
    await until(() => w.taken.length === 1);
    assert.equal(w.lines.filter((line) => line.startsWith('warn')).length, 2);
  });

  test('a token that is refused, or an address, ends it at once with what to do', async () => {
    const revoked = await world();
    revoked.telegram.fail('getMe', { status: 401 });
    await assert.rejects(revoked.start(), { kind: 'permanent', message: 'token' });
    const astray = await world({ webhook: { url: 'ftp://nulle.part/telegram', secret: 'x'.repeat(16) } });
    await assert.rejects(astray.start(), { kind: 'permanent', message: 'refused' });
    assert.match(astray.lines.join(), /^error Telegram refuses to begin: .*HTTPS URL must be provided/);
  });

  test('a staff group that moved while nobody listened is followed, and so is one that moves now', async () => {
    const w = await world();
    w.telegram.moved.set(STAFF.chat, -100_778);
    await w.start();
    assert.match(w.lines.join(), /^warn a staff group of Telegram has a new address/);
    const click = (chat: number) => ({
      callback_query: {
        id: String(chat),
        from: { id: 4_002, is_bot: false, first_name: 'Sacha' },
        message: { message_id: 9, date: 1, chat: { id: chat, type: 'supergroup' } },
        data: '7K3QM0XTD2.take',
      },
    });
    const places = () => w.taken.map(({ place, from }) => `${place} ${from.chat}`);
    await w.telegram.deliver(click(-100_778));
    await until(() => w.taken.length === 1);
    const leaving = { message_id: 8, date: 1, chat: { id: -100_778, type: 'group' }, migrate_to_chat_id: -100_779 };
    await w.telegram.deliver({ message: leaving });
    await w.telegram.deliver(click(-100_779));
    await until(() => w.taken.length === 2);
    assert.deepEqual(places(), ['staff -100778', 'staff -100779']);
  });
});

describe('clicks', () => {
  test('stop their spinner before any work; a prompt loses its buttons, a card keeps them', async () => {
    const w = await world();
    const calls = () => w.telegram.calls.map(({ method }) => method);
    w.onReceive = async () => until(() => calls().includes('answerCallbackQuery'), 'the spinner stopped');
    await w.start();
    const person = w.telegram.person();
    await person.pressesData('p1.accept');
    await until(() => calls().includes('editMessageReplyMarkup'), 'the buttons gone');
    const from = { id: 4_002, is_bot: false, first_name: 'Sacha' };
    const message = { message_id: 9, date: 1, chat: { id: Number(STAFF.chat), type: 'supergroup' } };
    await w.telegram.deliver({ callback_query: { id: 's', from, message, data: '7K3QM0XTD2.take' } });
    await until(() => w.taken.length === 2 && confirmed(w.telegram) === 3);
    assert.deepEqual(
      w.taken.map(({ place, choice }) => `${place} ${choice}`),
      ['private p1.accept', 'staff 7K3QM0XTD2.take'],
    );
    assert.equal(calls().filter((method) => method === 'editMessageReplyMarkup').length, 1);
  });
});

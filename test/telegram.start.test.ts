// How the Telegram adapter begins, what it tells Telegram of the bot, and what `recueil check` finds.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openHttp } from '../src/http.ts';
import { STAFF, text, until, type World, world } from './support/telegram-channel.ts';

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
    // To the house it is the place that STAFF_TO names.
    assert.deepEqual(places(), ['staff -100777', 'staff -100777']);
    assert.deepEqual(w.taken[1]?.moved, { channel: 'telegram', chat: '-100779' });
    const { messages } = await w.channel.deliver({
      to: STAFF,
      message: { language: 'fr', blocks: [{ as: 'text', spans: ['Demandé'] }], choices: [], closed: false },
      key: 'd:1',
      out: [],
      piece: async () => undefined,
    });
    const [asked] = w.telegram.said;
    assert.equal(asked?.chat, '-100779');
    await w.telegram.deliver({
      message: {
        message_id: 11,
        date: 1,
        chat: { id: -100_779, type: 'supergroup' },
        from: { id: 4_002, is_bot: false, first_name: 'Sacha' },
        text: 'Combien de bénévoles ?',
        reply_to_message: { message_id: asked?.id, from: { id: 999, is_bot: true, first_name: 'Recueil' } },
      },
    });
    await until(() => w.taken.length === 3);
    assert.equal(w.taken[2]?.replyTo, `m:${messages[0]}`);
  });
});

describe('what Telegram is told of the bot', () => {
  test('commands for private chats and for groups, in each language and for those of another; descriptions', async () => {
    const w = await world();
    await w.start();
    const of = (method: string) =>
      w.telegram.calls.filter((call) => call.method === method).map(({ payload }) => payload);
    await until(() => of('setMyCommands').length === 9, 'commands');
    assert.equal(of('setMyShortDescription').length, 3);
    const commands = of('setMyCommands').map(({ scope, language_code, commands: list }) => [
      Object.values(scope as { type: string; chat_id?: string }).join(' '),
      language_code,
      (list as { command: string }[]).map(({ command }) => command).join(' '),
    ]);
    assert.deepEqual(commands, [
      ['all_private_chats', undefined, 'mes_recits'],
      ['all_private_chats', 'fr', 'mes_recits'],
      ['all_private_chats', 'en', 'my_stories'],
      ['all_group_chats', undefined, 'commencer adresse'],
      ['all_group_chats', 'fr', 'commencer adresse'],
      ['all_group_chats', 'en', 'start address'],
      ['chat -100777', undefined, 'chercher lire exporter bilan saisir adresse'],
      ['chat -100777', 'fr', 'chercher lire exporter bilan saisir adresse'],
      ['chat -100777', 'en', 'search read export digest type_in address'],
    ]);
    const about = of('setMyDescription').map(({ description, language_code }) => [language_code, description]);
    assert.deepEqual(about.at(-1), ['en', 'I collect stories.']);
    assert.deepEqual(of('setMyShortDescription')[0], { short_description: 'Des récits' });
  });

  test('a staff place where the bot is not, or which is a private chat, is given no commands', async () => {
    const w = await world({
      staff: [{ channel: 'telegram', chat: '4999' }, { channel: 'telegram', chat: '-100778' }, STAFF],
    });
    w.telegram.moved.set('-100778', -100_779);
    w.telegram.closed.add('-100779');
    await w.start();
    const places = () =>
      w.telegram.calls.flatMap(({ payload: { scope } }) => (scope as { chat_id?: string })?.chat_id ?? []);
    await until(() => places().length === 4, 'commands');
    assert.deepEqual(places(), ['-100779', STAFF.chat, STAFF.chat, STAFF.chat]);
    assert.doesNotMatch(w.lines.join(), /could not be set/);
  });

  test('what cannot be set now keeps nobody waiting, and is said', async () => {
    const w = await world();
    w.telegram.fail('setMyCommands', { status: 500 });
    await w.start();
    await w.telegram.deliver(text(1, 4_001, 'bonjour'));
    await until(() => w.taken.length === 1);
    await until(() => w.lines.length > 0, 'a line');
    assert.match(w.lines.join(), /could not be set on Telegram/);
  });
});

describe('recueil check', () => {
  const secret = 'a-secret-of-nobody-0123456789';
  const todo = async ({ channel }: World) =>
    (await channel.check()).filter(({ ok }) => !ok).map(({ text: said }) => said);

  test('finds nothing to do when all is well', async () => {
    const w = await world();
    const findings = await w.channel.check();
    assert.deepEqual(
      findings.map(({ ok }) => ok),
      findings.map(() => true),
    );
    assert.match(findings[0]?.text ?? '', /@recueil_test_bot/);
  });

  test('a wrong token, no answer, privacy off, a staff place that is closed or moved', async () => {
    const wrong = await world();
    wrong.telegram.fail('getMe', { status: 401 });
    assert.match((await todo(wrong)).join(), /refuse TELEGRAM_BOT_TOKEN.*BotFather/);
    const away = await world();
    away.telegram.fail('getMe', { cut: 'before' });
    assert.match((await todo(away)).join(), /ne répond pas.*TELEGRAM_API_ROOT/);
    const curious = await world();
    curious.telegram.readsAll = true;
    assert.match((await todo(curious)).join(), /BotFather, \/setprivacy, Enable/);
    const closed = await world({ staff: [{ channel: 'telegram', chat: '4999' }] });
    assert.match((await todo(closed)).join(), /ne peut pas écrire dans telegram:4999.*\/adresse.*STAFF_TO/);
    const moved = await world();
    moved.telegram.moved.set(STAFF.chat, -100_778);
    assert.match((await todo(moved)).join(), /Remplacez-la dans STAFF_TO par telegram:-100778/);
  });

  test('a webhook not registered, that answers something else, that Telegram cannot reach, or left from another program', async () => {
    const other = await world({ webhook: { url: 'http://127.0.0.1:1/telegram', secret } });
    assert.match((await todo(other)).join(), /n’est pas TELEGRAM_WEBHOOK_URL/);
    await other.start();
    assert.match((await todo(other)).join(), /127\.0\.0\.1:1\/telegram ne répond pas comme Recueil/);
    other.telegram.webhook().error = 'Connection refused';
    assert.match((await todo(other)).join(), /n’arrive pas à joindre l’adresse webhook : Connection refused.*https/);
    const left = await world();
    left.telegram.webhook().url = 'https://ailleurs.invalid/';
    // Nothing to do: it goes at the start. But whoever shares this bot with another program should know.
    const said = (await left.channel.check()).map(({ text: line }) => line);
    assert.match(said.join(), /adresse webhook est encore enregistrée.*donnez à Recueil un bot à lui/);
  });

  test('a webhook that answers as Recueil is well', async () => {
    const w = await world({ webhook: { url: 'http://127.0.0.1:1/telegram', secret } });
    const http = await openHttp({
      port: 0,
      host: '127.0.0.1',
      routes: [...(w.channel.routes ?? [])],
      failed: (error) => assert.fail(String(error)),
    });
    const url = `http://127.0.0.1:${http.port}/telegram`;
    const sure = await world({ webhook: { url, secret } });
    await sure.start();
    assert.deepEqual(await todo(sure), []);
    await http.stop();
  });
});

// How the Slack adapter listens, with the real Bolt: what is acknowledged, when, and what of a connection that goes wrong.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from './support/slack.ts';
import { post, STAFF, until, type World, words, world } from './support/slack-channel.ts';
import { personIn } from './support/slack-people.ts';

const eventually = async (w: World) => {
  await until(() => w.slack.modals.length === 1, 'the form');
  return w.slack.modals;
};
const textsOf = ({ taken }: World): string[] => taken.map(({ text }) => text);
/** The same, each message once, as the house takes it. */
const heardOf = ({ taken }: World): string[] => [...new Map(taken.map(({ id, text }) => [id, text])).values()];

for (const mode of ['socket', 'http'] as const) {
  describe(`events by ${mode}`, () => {
    test('are acknowledged once they are saved, and not before', async () => {
      const w = await world({}, mode);
      const door = Promise.withResolvers<void>();
      w.onReceive = () => door.promise;
      await w.start();
      let acknowledged = false;
      const said = personIn(w.slack)
        .says('bonjour')
        .then(() => {
          acknowledged = true;
        });
      await sleep(300);
      assert.equal(acknowledged, false);
      door.resolve();
      await said;
      assert.deepEqual(textsOf(w), ['bonjour']);
    });

    test('that cannot be saved five times are set aside as they came, without the token, and acknowledged', async () => {
      const w = await world({}, mode);
      w.onReceive = async ({ text }) => {
        if (text === 'mauvais') throw new Error('no');
      };
      await w.start();
      const person = personIn(w.slack);
      await person.says('mauvais');
      await person.says('bon');
      assert.deepEqual(textsOf(w), ['bon']);
      assert.equal(w.parked.length, 1);
      assert.match(w.parked[0]?.raw ?? '', /"text":"mauvais"/);
      assert.doesNotMatch(w.parked[0]?.raw ?? '', /verification-of-nobody/);
    });

    test('of nothing for us, and of what cannot be read, are acknowledged too', async () => {
      const w = await world({}, mode);
      await w.start();
      assert.equal(await w.slack.deliver({ type: 'reaction_added', user: 'U0P1', item: { channel: 'D1' } }), true);
      assert.equal(await w.slack.deliver({ type: 'message', ts: 'not a ts', channel: 'D0' }), true);
      assert.equal(w.taken.length, 0);
    });

    test('a click is answered first, whatever its work takes; a form opens at once and comes back as words', async () => {
      const w = await world({}, mode);
      const door = Promise.withResolvers<void>();
      w.onReceive = () => door.promise;
      await w.start();
      const person = personIn(w.slack);
      const choices = [
        { id: 'p1.accept', label: 'J’accepte' },
        { id: 'p1.w-actors', label: 'Répondre dans un formulaire', form: 'answer' as const },
      ];
      await w.channel.deliver({
        ...{ to: { channel: 'slack', chat: `T0TEAM.${person.id}` }, message: { ...words('Alors ?'), choices } },
        ...{ key: 'k', out: [], piece: async () => undefined },
      });
      await person.presses('J’accepte');
      await person.presses('Répondre');
      await until(() => w.slack.modals.length === 1, 'the form');
      await person.submits({ 1: 'Une première partie', 2: 'et la suite' });
      assert.equal(w.taken.length, 0);
      door.resolve();
      await until(() => w.taken.length === 2);
      assert.deepEqual(
        w.taken.map(({ choice, form }) => [choice, form?.['1'], form?.['2']]),
        [
          ['p1.accept', undefined, undefined],
          ['p1.w-actors', 'Une première partie', 'et la suite'],
        ],
      );
    });

    test('a form that cannot open leaves the click to the house', async () => {
      const w = await world({}, mode);
      await w.start();
      const person = personIn(w.slack);
      w.slack.fail('views.open', { error: 'expired_trigger_id' });
      await person.pressesValue('p1.w-actors', {
        actions: [{ action_id: 'form.fr.1.answer', value: 'p1.w-actors', action_ts: w.slack.nextTs() }],
      });
      await until(() => w.taken.length === 1);
      assert.deepEqual([w.taken[0]?.choice, w.taken[0]?.form], ['p1.w-actors', undefined]);
    });

    test('a form whose words cannot be saved keeps them, and says so; pressed again once they can, it closes', async () => {
      const w = await world({}, mode);
      await w.start();
      const person = personIn(w.slack);
      const choices = [{ id: 'p1.w-actors', label: 'Répondre dans un formulaire', form: 'answer' as const }];
      const to = { channel: 'slack', chat: `T0TEAM.${person.id}` };
      await w.channel.deliver(post('', { ...words('Alors ?'), choices }, { to }));
      await person.presses('Répondre');
      const [form] = await eventually(w);
      w.onReceive = () => Promise.reject(new Error('away'));
      w.parked.push = () => {
        throw new Error('away');
      };
      await person.submits({ 1: 'Une première partie' });
      assert.match(JSON.stringify(w.slack.answers), /"response_action":"errors"[\s\S]*Vos mots restent ici/);
      w.slack.answers.length = 0;
      w.onReceive = async () => undefined;
      await person.submits({ 1: 'Une première partie' }, form);
      assert.deepEqual(w.slack.answers, []);
      assert.deepEqual(
        w.taken.map(({ form: filled }) => filled?.['1']),
        ['Une première partie'],
      );
    });

    test('a click or a command that cannot be saved is told to who did it', async () => {
      const w = await world({}, mode);
      await w.start();
      w.onReceive = () => Promise.reject(new Error('away'));
      w.parked.push = () => {
        throw new Error('away');
      };
      const person = personIn(w.slack);
      await person.pressesValue('p1.accept');
      await person.commands('aide');
      await until(() => w.slack.answers.length === 2, 'a word to the person');
      for (const answer of w.slack.answers) assert.match(String(answer['text']), /Je n’ai pas pu le garder/);
    });

    test('the end waits for what is in hand', async () => {
      const w = await world({}, mode);
      const door = Promise.withResolvers<void>();
      w.onReceive = () => door.promise;
      await w.start();
      const said = personIn(w.slack).says('bonjour');
      await sleep(200);
      let ended = false;
      const end = w.channel.stop().then(() => {
        ended = true;
      });
      await sleep(200);
      assert.equal(ended, false);
      door.resolve();
      await end;
      await said;
      assert.deepEqual(textsOf(w), ['bonjour']);
    });

    test('the name and language of the person come from their profile, and a profile that cannot be had stops nobody', async () => {
      const w = await world({}, mode);
      await w.start();
      await personIn(w.slack, 'Robin', 'en-GB').says('hello');
      w.slack.fail('users.info', { error: 'user_not_found' });
      await personIn(w.slack).says('bonjour');
      assert.deepEqual(
        w.taken.map(({ person: { name, locale } }) => [name, locale]),
        [
          ['Robin', 'en-GB'],
          ['', undefined],
        ],
      );
    });
  });
}

describe('requests over HTTP', () => {
  const body = JSON.stringify({ type: 'url_verification', challenge: 'abc', token: 't' });
  const now = () => Math.floor(Date.now() / 1_000);

  async function ask(w: World, headers: Record<string, string>, text = body): Promise<[number, string]> {
    const answer = await fetch(w.slack.target ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: text,
    });
    return [answer.status, await answer.text()];
  }
  const signed = (at: number, text = body, secret?: string) => ({
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': sign(text, at, secret),
  });

  test('are believed with a good signature only, neither old nor from the future, before any work', async () => {
    const w = await world({}, 'http');
    await w.start();
    assert.deepEqual(await ask(w, signed(now())), [200, '{"challenge":"abc"}']);
    for (const headers of [
      {},
      signed(now(), body, 'another-secret'),
      signed(now(), `${body} `),
      signed(now() - 400),
      signed(now() + 400),
      { ...signed(now()), 'x-slack-signature': 'v0=' },
      { ...signed(now()), 'x-slack-signature': 'v1=abc' },
      { ...signed(now()), 'x-slack-request-timestamp': 'NaN' },
    ]) {
      assert.deepEqual(await ask(w, headers), [401, ''], JSON.stringify(headers));
    }
    assert.equal(w.taken.length, 0);
  });

  test('that are signed and make no sense are refused, and the next is heard', async () => {
    const w = await world({}, 'http');
    await w.start();
    for (const text of ['{', 'null', '[]', '']) assert.equal((await ask(w, signed(now(), text), text))[0], 400, text);
    const nothing = '{"hello":"world"}';
    assert.equal((await ask(w, signed(now(), nothing), nothing))[0], 200);
    await personIn(w.slack).says('bonjour');
    assert.deepEqual(textsOf(w), ['bonjour']);
  });

  test('are answered with an error while the store is away, so that Slack sends them again', async () => {
    const w = await world({}, 'http');
    await w.start();
    let tries = 0;
    w.slack.tries = 2;
    const person = personIn(w.slack);
    w.onReceive = async () => {
      tries += 1;
      if (tries <= 5) throw new Error('away');
    };
    w.parked.push = () => {
      throw new Error('away');
    };
    await person.says('bonjour');
    assert.deepEqual(textsOf(w), ['bonjour']);
  });
});

describe('a connection of Socket Mode', () => {
  test('is renewed before the former one goes: no moment without', async () => {
    const w = await world();
    await w.start();
    w.slack.frame({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'x' } });
    await until(() => w.slack.links.open === 2, 'a second connection beside the first');
    await personIn(w.slack).says('bonjour');
    await until(() => w.slack.links.open === 1, 'the first is let go');
    await personIn(w.slack).says('rebonjour');
    assert.deepEqual(textsOf(w), ['bonjour', 'rebonjour']);
  });

  test('that is cut comes back at once', async () => {
    const w = await world();
    await w.start();
    const at = Date.now();
    w.slack.cut();
    await until(() => w.slack.links.made === 2, 'a new connection');
    assert.ok(Date.now() - at < 3_000);
    await personIn(w.slack).says('bonjour');
    assert.deepEqual(textsOf(w), ['bonjour']);
  });

  test('survives word that events are held back, frames that are none, and envelopes without a body', async () => {
    const w = await world();
    await w.start();
    const held = {
      type: 'app_rate_limited',
      team_id: 'T0TEAM',
      minute_rate_limited: 1_772_442_000,
      api_app_id: 'A0APP',
    };
    w.slack.frame({ type: 'events_api', envelope_id: 'e1', payload: held });
    for (const frame of [
      {},
      { type: 'events_api', envelope_id: 'e2' },
      { type: 'events_api', envelope_id: 'e3', payload: null },
    ]) {
      w.slack.frame(frame);
    }
    await until(() => w.lines.some((line) => /holds events back/.test(line)));
    await personIn(w.slack).says('bonjour');
    assert.deepEqual(textsOf(w), ['bonjour']);
  });

  test('whose token is refused while it comes back says what to do, and does not end the program', async () => {
    const w = await world();
    await w.start();
    w.slack.fail('apps.connections.open', { error: 'invalid_auth' });
    w.slack.cut();
    await until(() => w.lines.some((line) => /^error Slack refuses SLACK_APP_TOKEN/.test(line)));
    await sleep(50);
  });

  test('is waited for while Slack is away, at the start and later', async () => {
    const w = await world();
    w.slack.fail('auth.test', { status: 503 });
    w.slack.fail('apps.connections.open', { status: 503 }, { cut: 'before' });
    await w.start();
    w.slack.fail('apps.connections.open', { status: 500 }, { error: 'internal_error' });
    w.slack.cut();
    await until(() => w.slack.links.open === 1 && w.slack.links.made === 2);
    await personIn(w.slack).says('bonjour');
    assert.deepEqual(textsOf(w), ['bonjour']);
    assert.ok(
      w.lines.every((line) => /^warn Slack cannot be reached|^info Slack answers again/.test(line)),
      w.lines.join(),
    );
  });

  test('a token refused at the start ends it at once', async () => {
    const bot = await world({ token: 'xoxb-other' });
    await assert.rejects(bot.start(), { kind: 'permanent', message: 'token' });
    const app = await world({ appToken: 'xapp-other' });
    await assert.rejects(app.start(), { kind: 'permanent', message: 'app token' });
  });

  test('ends in a moment, also while it is being renewed', async () => {
    const w = await world();
    await w.start();
    w.slack.fail('apps.connections.open', { status: 500 }, { status: 500 }, { status: 500 });
    w.slack.cut();
    await sleep(100);
    const at = Date.now();
    await w.channel.stop();
    assert.ok(Date.now() - at < 1_000);
  });
});

describe('what was written while nobody listened', () => {
  test('is read in the conversation from where it was left, in order, page after page, and nothing of the bot’s', async () => {
    const w = await world();
    const person = personIn(w.slack);
    const heard = await person.saysUnheard('déjà entendu');
    const later = ['un', 'deux &amp; demi', 'trois', 'quatre', 'cinq'];
    for (const text of later) await person.saysUnheard(text);
    w.slack.keep(person.dm, {
      type: 'message',
      user: 'U0BOT',
      bot_id: 'B0BOT',
      text: 'Question',
      ts: w.slack.nextTs(),
    });
    w.recent = [
      { address: { channel: 'slack', chat: `T0TEAM.${person.id}` }, heard },
      { address: { channel: 'slack', chat: 'T0TEAM.U0GONE' }, heard },
      { address: { channel: 'slack', chat: 'T0TEAM.U0HOME' }, heard: '' },
    ];
    w.slack.fail('conversations.history', { status: 429, retryAfter: 1 });
    await w.start();
    await until(() => w.taken.length === later.length);
    assert.deepEqual(textsOf(w), later);
    assert.deepEqual(new Set(w.taken.map(({ from }) => from.chat)), new Set([`T0TEAM.${person.id}`]));
  });

  test('is read whole or not at all: a page or a store that fails is tried again, and nothing new passes before it', async () => {
    const w = await world();
    const person = personIn(w.slack);
    const heard = await person.saysUnheard('déjà entendu');
    for (const text of ['un', 'deux', 'trois', 'quatre']) await person.saysUnheard(text);
    w.recent = [{ address: { channel: 'slack', chat: `T0TEAM.${person.id}` }, heard }];
    w.slack.fail('conversations.history', { status: 500 }, { error: 'internal_error' });
    const door = Promise.withResolvers<void>();
    w.onReceive = () => door.promise;
    await w.start();
    const said = person.says('cinq');
    await sleep(300);
    door.resolve();
    await said;
    assert.deepEqual(heardOf(w), ['un', 'deux', 'trois', 'quatre', 'cinq']);
    assert.ok(w.lines.some((line) => /cannot be read yet; trying again/.test(line)));
  });

  test('by somebody not among the last is read before what they write next', async () => {
    const w = await world();
    const person = personIn(w.slack);
    w.heard = await person.saysUnheard('déjà entendu');
    await person.saysUnheard('un');
    await w.start();
    await person.says('deux');
    assert.deepEqual(heardOf(w), ['un', 'deux']);
  });

  test('is read when a machine that slept finds its connection dead', async (t) => {
    const w = await world();
    await w.start();
    const person = personIn(w.slack);
    const heard = await person.saysUnheard('déjà entendu');
    await person.saysUnheard('un');
    w.recent = [{ address: { channel: 'slack', chat: `T0TEAM.${person.id}` }, heard }];
    const { now } = Date;
    t.mock.method(Date, 'now', () => now() + 600_000);
    w.slack.cut();
    await until(() => w.taken.length === 1, 'what was written');
    assert.deepEqual(textsOf(w), ['un']);
  });

  test('takes in the corrections of what had been heard', async () => {
    const w = await world();
    const person = personIn(w.slack);
    const heard = await person.saysUnheard('six bénévoles');
    Object.assign(w.slack.history.get(person.dm)?.[0] ?? {}, {
      text: 'sept bénévoles',
      edited: { user: person.id, ts: w.slack.nextTs() },
    });
    w.recent = [{ address: { channel: 'slack', chat: `T0TEAM.${person.id}` }, heard }];
    await w.start();
    await until(() => w.taken.length === 1);
    assert.match(w.taken[0]?.id ?? '', new RegExp(`^e:${heard}:`));
    assert.deepEqual([w.taken[0]?.kind, w.taken[0]?.text], ['edit', 'sept bénévoles']);
  });
});

describe('in staff places', () => {
  test('a form that cannot open is to be called again: no words of the thread are taken for it', async () => {
    const w = await world();
    await w.start();
    const person = personIn(w.slack);
    const choices = [{ id: '7K3QM0XTD2.ask', label: 'Poser une question', form: 'ask' as const }];
    await w.channel.deliver(post(STAFF.chat, { ...words('Un récit'), choices }));
    w.slack.fail('views.open', { error: 'expired_trigger_id' });
    await person.presses('Poser une question', STAFF.chat);
    await until(() => w.slack.answers.length === 1, 'a word to the person');
    assert.match(String(w.slack.answers[0]?.['text']), /Appuyez de nouveau/);
    assert.equal(w.taken.length, 0);
  });

  test('a click comes with who did it, and an answer under a card with the card it is under', async () => {
    const w = await world();
    await w.start();
    const person = personIn(w.slack);
    const { messages } = await w.channel.deliver({
      ...{ to: STAFF, message: { ...words('Un récit'), choices: [{ id: '7K3QM0XTD2.take', label: 'Je le prends' }] } },
      ...{ key: 'k', out: [], piece: async () => undefined },
    });
    const [card] = w.slack.said;
    const [button] = (card?.blocks.at(-1)?.['elements'] ?? []) as Record<string, unknown>[];
    const where = { channel: { id: STAFF.chat }, message: { ts: card?.ts, blocks: card?.blocks } };
    await person.pressesValue('', { ...where, actions: [{ ...button, action_ts: w.slack.nextTs() }] });
    const answer = {
      type: 'message',
      user: person.id,
      text: 'Je l’appelle',
      ts: w.slack.nextTs(),
      thread_ts: messages[0],
    };
    await w.slack.deliver({ ...answer, channel: STAFF.chat, channel_type: 'channel' });
    await until(() => w.taken.length === 2);
    assert.deepEqual(
      w.taken.map(({ place, from, person: { id, name }, choice, replyTo }) => [
        place,
        from.chat,
        id,
        name,
        choice ?? replyTo,
      ]),
      [
        ['staff', STAFF.chat, `T0TEAM.${person.id}`, 'Camille', '7K3QM0XTD2.take'],
        ['staff', STAFF.chat, `T0TEAM.${person.id}`, 'Camille', `m:${messages[0]}`],
      ],
    );
    assert.equal(card?.changed, 0);
  });
});

// Whole cases over a Telegram of our own, with the real command, by polling and by webhook: killed in the middle, every
// update delivered twice, and nothing lost, doubled or printed that should not be.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { FileRef, Practice } from '../src/model.ts';
import { type Bot, botOf, freePort } from './support/bot.ts';
import { run } from './support/run.ts';
import { groupOf, openTelegram, type Person, type Telegram, TOKEN } from './support/telegram.ts';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex');
const SENTENCE =
  'Chaque mardi, six bénévoles accueillent les habitants à la maison de quartier ; on y vient sans rendez-vous. ';
/** Three messages long, as a phone cuts it. */
const LONG = SENTENCE.repeat(80).trim();

interface World {
  telegram: Telegram;
  bot: Bot;
  data: string;
  environment: Record<string, string>;
  close(): Promise<void>;
}

async function world(more: Record<string, string> = {}): Promise<World> {
  const telegram = await openTelegram();
  const data = mkdtempSync(join(tmpdir(), 'recueil-telegram-'));
  // Whatever the hour of the test, nobody sleeps.
  const flow = join(data, 'flow.yaml');
  const own = readFileSync(join(import.meta.dirname, '../flows/territorial-governance/flow.yaml'), 'utf8');
  writeFileSync(flow, own.replace(/quiet: .*/, 'quiet: { from: 0, until: 0 }'));
  const common = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: telegram.root, DATA_DIR: data, FLOW_FILE: flow };
  const environment = { ...common, ...more };
  const made: World = {
    telegram,
    bot: botOf(environment),
    data,
    environment,
    async close() {
      await made.bot.kill('SIGKILL');
      await telegram.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
  return made;
}

async function practicesOf({ environment }: World): Promise<Practice[]> {
  const { out, code, err } = await run(['practices', '--json'], environment);
  assert.equal(code, 0, err);
  return JSON.parse(out) as Practice[];
}

/** Until what a killed process had in hand is done, the case may lack a copy. */
async function eventually<T>(read: () => Promise<T>, good: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = await read();
    if (good(value) || Date.now() > deadline) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** A person takes longer than this to reply to a message: it is saved what stands there as soon as Telegram has said so. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 100));

const photo = (id: string) => [
  { file_id: `${id}-small`, file_unique_id: `${id}-s`, width: 90, height: 60, file_size: 9 },
  { file_id: id, file_unique_id: `${id}-u`, width: 1280, height: 853, file_size: JPEG.length },
];

async function begin(person: Person): Promise<void> {
  await person.says('/start c_automne');
  await person.hears(/Acceptez-vous/);
  await person.presses('J’accepte');
  await person.hears(/Question 1\/5/);
}

/** A whole case, in a few words. */
async function tellBriefly(person: Person): Promise<void> {
  await begin(person);
  for (const [i, text] of [
    'Valbrume, dans le 92',
    'La mairie et deux associations',
    'Elles se réunissent chaque mois',
  ].entries()) {
    await person.says(text);
    await person.hears(new RegExp(`Question ${i + 2}/5`));
  }
  await person.says('Une centaine de personnes aidées');
  await person.hears(/Question 5\/5/);
  await person.says('Une personne payée pour coordonner');
  await person.hears(/Tout est juste/);
  await person.says('1');
  await person.hears(/Son numéro est/);
}

const filesOf = (practice: Practice | undefined): FileRef[] =>
  Object.values(practice?.answers ?? {}).flatMap(({ parts }) => parts.flatMap((part) => part.files ?? []));

/** What the person tells: a split paste, an edit, an album, two kills; the answers as sent. */
async function tellAll({ telegram, bot }: World, person: Person): Promise<Record<string, string>> {
  await begin(person);
  const [territory] = await person.says('Le quartier des Tilleuls, à Valbrume');
  await person.hears(/Question 2\/5/);
  await person.presses('Pourquoi');
  await person.hears(/Pourquoi cette question/);
  await person.says(LONG);
  await person.hears(/Question 3\/5/);
  await bot.kill('SIGKILL');
  await person.edits(territory ?? 0, { text: 'Le quartier des Tilleuls, à Valbrume (92) 🌱' });
  await bot.start();
  await person.hears(/correction/);
  for (const id of ['p1', 'p2', 'p3']) telegram.files.set(id, JPEG);
  const caption = 'Le tableau des permanences, tenu par la mairie et les deux associations';
  for (const [i, id] of ['p1', 'p2', 'p3'].entries()) {
    await person.sends({ media_group_id: '77', photo: photo(id), ...(i === 0 ? { caption } : {}) });
  }
  await person.hears(/Question 4\/5/);
  await bot.kill('SIGKILL');
  await person.says('Environ 120 personnes par an, dont la moitié revient aider');
  await bot.start();
  await person.hears(/Question 5\/5/);
  await person.says('Une salle ouverte, et une personne payée pour coordonner');
  await person.hears(/Tout est juste/);
  await person.presses(/^Envoyer/);
  await person.hears(/Son numéro est/);
  return {
    territory: 'Le quartier des Tilleuls, à Valbrume (92) 🌱',
    interactions: caption,
    evidence: 'Environ 120 personnes par an, dont la moitié revient aider',
    successFactors: 'Une salle ouverte, et une personne payée pour coordonner',
  };
}

async function modes(): Promise<[string, Record<string, string>][]> {
  const port = String(await freePort());
  const secret = 'a-secret-of-nobody-0123456789';
  const url = `http://127.0.0.1:${port}/telegram`;
  return [
    ['polling', {}],
    ['webhook', { TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: secret, PORT: port, HOST: '127.0.0.1' }],
  ];
}

for (const [mode, more] of await modes()) {
  describe(`a case told over Telegram by ${mode}`, () => {
    let w: World;
    after(() => w.close());

    test('is in the store exactly as sent, once, and announced', async () => {
      w = await world(more);
      w.telegram.twice = true;
      // Whatever fails on the way must not show in what is printed either.
      w.telegram.fail('getUpdates', { status: 502 }, { cut: 'before' });
      w.telegram.fail('sendMessage', { status: 429, body: { parameters: { retry_after: 1 } } });
      w.telegram.fail('getFile', { cut: 'before' }, { status: 500 });
      await w.bot.start();
      const told = await tellAll(w, w.telegram.person());
      const [practice, ...others] = await eventually(
        () => practicesOf(w),
        ([one]) => filesOf(one).every((file) => file.copy),
      );
      assert.equal(others.length, 0);
      for (const [field, text] of Object.entries(told)) assert.equal(practice?.answers[field]?.text, text, field);
      const pieces = practice?.answers['actors']?.parts ?? [];
      assert.equal(pieces.length, Math.ceil(LONG.length / 4_096));
      assert.equal(pieces.map(({ text }) => text).join(''), LONG);
      assert.equal(practice?.campaign, 'automne');
      const files = filesOf(practice);
      assert.deepEqual(
        files.map(({ id, type, size }) => [id, type, size]),
        ['p1', 'p2', 'p3'].map((id) => [`${id}-u`, 'image/jpeg', JPEG.length]),
      );
      for (const { copy } of files) {
        assert.ok(copy && 'kept' in copy);
        assert.deepEqual(readFileSync(join(w.data, 'files', copy.kept)), JPEG);
      }
      await eventually(
        async () => w.bot.printed(),
        (printed) => printed.includes('équipe | Nouveau récit'),
      );
      assert.equal(w.bot.printed().match(/équipe \| Nouveau récit/g)?.length, 1);
      assert.ok(
        w.telegram.calls.some(({ method }) => method === 'sendChatAction'),
        'nobody saw that an answer was coming',
      );
    });

    test('leaves no token, word or name in anything printed for the log', () => {
      const log = w.bot.printed().replace(/^équipe \|.*$/gm, '');
      for (const secret of [TOKEN, TOKEN.slice(10), 'Camille', 'Tilleuls', 'bénévoles', 'a-secret-of-nobody', '4001']) {
        assert.ok(!log.includes(secret), secret);
      }
    });

    test('stops cleanly', async () => assert.equal(await w.bot.kill('SIGTERM'), 0));
  });
}

describe('people come and go', () => {
  let w: World;
  after(() => w.close());

  test('somebody who blocks the bot is written to again when they come back', async () => {
    w = await world({ STAFF_TO: 'telegram:-100500?lang=fr' });
    await w.bot.start();
    const person = w.telegram.person();
    await begin(person);
    await person.blocks();
    await person.unblocks();
    await person.says('Le quartier des Tilleuls, à Valbrume');
    await person.hears(/Question 2\/5/);
  });

  test('a stranger’s button, an old one and a made-up one are answered with where things stand', async () => {
    const person = w.telegram.person('Dominique', 'en');
    await person.says('/start');
    await person.hears(/Do you accept/);
    await person.pressesData('p99.send');
    await person.hears(/no longer in use[\s\S]*Do you accept/);
    await person.pressesData('__proto__.constructor');
    await person.hears(/Do you accept/);
    const stranger = w.telegram.person('Inconnu', 'fr');
    await stranger.pressesData('p1.accept');
  });

  test('what is called out in a group waits in private', async () => {
    const person = w.telegram.person();
    const chat = { id: -100_600, type: 'supergroup', title: 'Le quartier' };
    const from = { id: person.id, is_bot: false, first_name: 'Camille', language_code: 'fr' };
    const text = '@recueil_test_bot chez nous la mairie prête une salle le jeudi';
    const entities = [{ type: 'mention', offset: 0, length: 17 }];
    await w.telegram.deliver({ message: { message_id: 90_001, date: 1_772_442_000, chat, from, text, entities } });
    const door = await eventually(
      async () => w.telegram.said.find((one) => one.chat === '-100600'),
      (one) => one !== undefined,
    );
    const url = JSON.stringify(door?.payload).match(/start=(h_[\w-]+)/)?.[1] ?? '';
    await person.says(`/start ${url}`);
    await person.hears(/de côté[\s\S]*Acceptez-vous/);
    await person.presses('J’accepte');
    await person.hears(/gardé en entier avec votre récit/);
  });

  test('a sticker, 4,096 emoji and hostile words do no harm; a place can be shared; a file too big is told', async () => {
    const person = w.telegram.person('<b>*_`$where');
    await begin(person);
    await person.sends({ sticker: { file_id: 's', file_unique_id: 's' } });
    await person.hears(/ce genre de message/);
    await person.sends({ location: { latitude: 48.8, longitude: 2.3 } });
    await person.hears(/Question 2\/5/);
    await person.says('🌱'.repeat(2_048));
    await person.hears(/symbole seul/);
    await person.says('@admin <b>gras</b> [lien](https://faux.invalid) {"$gt":""} /etc/passwd');
    await person.hears(/Question 3\/5/);
    w.telegram.files.set('big', 'tooBig');
    await person.sends({
      document: { file_id: 'big', file_unique_id: 'big', file_name: 'film.mov' },
      caption: 'Le film de la journée portes ouvertes',
    });
    await person.hears(/trop lourd[\s\S]*film\.mov/);
  });

  test('the team works from its group: it takes a case, asks its author, reads the answer; nobody else can', async () => {
    const person = w.telegram.person();
    await tellBriefly(person);
    const group = groupOf(w.telegram, -100_500, 'Sacha');
    const card = await group.hears(/Nouveau récit[\s\S]*Valbrume, dans le 92/);
    await group.presses(card, 'Prendre en charge');
    await group.hears(/Sacha suit ce récit/);
    await eventually(
      async () => card.text,
      (now) => /suivi par Sacha/.test(now),
    );
    assert.match(card.text, /suivi par Sacha/);
    assert.equal(card.edited, true);
    await group.presses(card, 'Poser une question');
    const prompt = await group.hears(/Répondez à ce message avec votre question/);
    assert.deepEqual(prompt.payload['reply_markup'], { force_reply: true, selective: true });
    await group.says('Bonne question, on en parle à midi');
    await aMoment();
    await group.says('Combien de bénévoles chaque mardi ?', prompt);
    await person.hears(/Une question des animateurs[\s\S]*Combien de bénévoles chaque mardi/);
    await person.says('Six, dont deux formés par la mairie');
    await person.hears(/transmise à l’équipe/);
    await group.hears(/Réponse de l’auteur[\s\S]*Six, dont deux formés par la mairie/);
    assert.doesNotMatch(w.telegram.said.map(({ text }) => text).join(), /on en parle à midi/);
    const others = groupOf(w.telegram, -100_600, 'Inconnu');
    await others.presses(card, 'Mettre de côté');
    await others.hears(/réservée à l’équipe/);
    assert.doesNotMatch(card.text, /Mis de côté/);
    await person.blocks();
    await eventually(
      async () => card.text,
      (now) => /plus joignable/.test(now),
    );
    assert.match(card.text, /plus joignable/);
  });

  test('a facilitator alone, in private, has the cards and their buttons', async () => {
    const alone = await world();
    try {
      const organiser = alone.telegram.person('Noé');
      Object.assign(alone.environment, { STAFF_TO: `telegram:${organiser.id}` });
      alone.bot = botOf(alone.environment);
      await alone.bot.start();
      await organiser.says('/adresse');
      await organiser.hears(new RegExp(`telegram:${organiser.id}`));
      await tellBriefly(alone.telegram.person());
      await organiser.hears(/Nouveau récit/);
      await organiser.presses('Prendre');
      await organiser.hears(/Noé suit ce récit/);
      await organiser.presses('Poser une question');
      await organiser.hears(/Répondez à ce message/);
      await aMoment();
      const prompt = alone.telegram.said.findLast(({ chat }) => chat === String(organiser.id));
      await organiser.sends({
        text: 'Combien de bénévoles ?',
        reply_to_message: { message_id: prompt?.id, from: { id: 999, is_bot: true, first_name: 'Recueil' } },
      });
      await organiser.hears(/Question posée par Noé/);
    } finally {
      await alone.close();
    }
  });

  test('the card goes to the staff group, and follows it when it moves', async () => {
    w.telegram.moved.set('-100500', -100_501);
    await tellBriefly(w.telegram.person());
    const card = await eventually(
      async () => w.telegram.said.find((one) => one.chat === '-100501'),
      (one) => one !== undefined,
    );
    assert.match(card?.text ?? '', /Nouveau récit[\s\S]*Valbrume, dans le 92/);
    assert.match(w.bot.printed(), /new address/);
    assert.doesNotMatch(w.bot.printed(), /-10050/);
  });
});

// Whole cases over a Discord of our own, with the real command and the real discord.js: killed in the middle, cut off from
// the gateway, written to while it was away, and nothing lost, doubled or printed that should not be.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { FileRef, Practice } from '../src/model.ts';
import { type Bot, botOf } from './support/bot.ts';
import { type Discord, openDiscord, type Person, TOKEN } from './support/discord.ts';
import { run } from './support/run.ts';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex');
const SENTENCE =
  'Chaque mardi, six bénévoles accueillent les habitants à la maison de quartier ; on y vient sans rendez-vous. ';
const HOSTILE =
  '# pas un titre\n- ni une liste\n> ni une citation ||ni caché|| **gras** [lien](https://faux.invalid) @everyone <@1> {"$gt":""}\n1. 👩‍👩‍👧 \u202efin';

interface World {
  discord: Discord;
  bot: Bot;
  data: string;
  staff: string;
  environment: Record<string, string>;
  close(): Promise<void>;
}

async function world(type = 0, more: Record<string, string> = {}): Promise<World> {
  const discord = await openDiscord();
  const data = mkdtempSync(join(tmpdir(), 'recueil-discord-'));
  const staff = discord.channel(type);
  const environment = {
    ...{ DISCORD_BOT_TOKEN: TOKEN, DISCORD_API_URL: discord.api, DATA_DIR: data, STAFF_TO: `discord:${staff}?lang=fr` },
    ...more,
  };
  const bot = botOf(environment);
  return {
    ...{ discord, bot, data, staff, environment },
    async close() {
      await bot.kill('SIGKILL');
      await discord.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function practicesOf({ environment }: World): Promise<Practice[]> {
  const { out, code, err } = await run(['practices', '--json'], environment);
  assert.equal(code, 0, err);
  return JSON.parse(out) as Practice[];
}

/** Until what a killed process had in hand is done. */
async function eventually<T>(read: () => T | Promise<T>, good: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await read();
    if (good(value) || Date.now() > deadline) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const filesOf = (practice: Practice | undefined): FileRef[] =>
  Object.values(practice?.answers ?? {}).flatMap(({ parts }) => parts.flatMap((part) => part.files ?? []));

async function begin(person: Person, where?: string): Promise<void> {
  await person.hears(/Acceptez-vous/, where);
  await person.presses('J’accepte', where);
  await person.hears(/Question 1\/5/, where);
}

describe('a case told over Discord', () => {
  let w: World;
  after(() => w.close());
  const told: Record<string, string> = {};

  test('goes on through a kill, a broken connection and a lost session', async () => {
    w = await world();
    const { discord, bot } = w;
    await bot.start();
    const person = discord.person();
    await person.says('bonjour');
    await begin(person);
    const first = await person.says('Le quartier des Tilleuls, à Valbrume');
    await person.hears(/Question 2\/5/);

    // A long answer, by the form that the button opens.
    const form = await person.presses(/formulaire/);
    assert.equal(form.type, 9);
    const halves = [SENTENCE.repeat(27).trim(), SENTENCE.repeat(20).trim()] as const;
    await person.fills(form, { 1: halves[0], 2: '', 3: halves[1] });
    await person.hears(/Question 3\/5/);
    told['actors'] = halves.join('\n');

    // Away: an edit, words in two messages, the second with a file.
    await bot.kill('SIGKILL');
    await person.edits(first, 'Le quartier des Tilleuls, à Valbrume (92) 🌱');
    told['territory'] = 'Le quartier des Tilleuls, à Valbrume (92) 🌱';
    await person.says(HOSTILE);
    await person.says('Le tableau des permanences', {
      attachments: [discord.attachment('été.jpg', 'image/jpeg', JPEG)],
    });
    told['interactions'] = `${HOSTILE}\nLe tableau des permanences`;
    await bot.start();
    await person.hears(/Question 4\/5/);

    // The connection breaks: what is said meanwhile is told again by the gateway.
    discord.drop('resume');
    await person.says('Environ 120 personnes par an, dont la moitié revient aider');
    told['evidence'] = 'Environ 120 personnes par an, dont la moitié revient aider';
    await person.hears(/Question 5\/5/);
    assert.ok(discord.resumed >= 1);

    // The session is lost: what is said meanwhile is told by nobody.
    discord.drop('invalid');
    await eventually(
      () => discord.identified.length,
      (count) => count === 2,
    );
    await person.says('Une salle ouverte, et une personne payée pour coordonner');
    told['successFactors'] = 'Une salle ouverte, et une personne payée pour coordonner';
    await person.hears(/Tout est juste/);
    await person.presses(/^Envoyer/);
    await person.hears(/Son numéro est/);
  });

  test('is in the store exactly as sent, once, with its file', async () => {
    const [practice, ...others] = await eventually(
      () => practicesOf(w),
      ([one]) => filesOf(one).length > 0 && filesOf(one).every((file) => file.copy),
    );
    assert.equal(others.length, 0);
    for (const [field, text] of Object.entries(told)) assert.equal(practice?.answers[field]?.text, text, field);
    const [file, ...more] = filesOf(practice);
    assert.equal(more.length, 0);
    assert.deepEqual([file?.name, file?.type, file?.size], ['été.jpg', 'image/jpeg', JPEG.length]);
    assert.ok(file?.copy && 'kept' in file.copy);
    assert.deepEqual(readFileSync(join(w.data, 'files', file.copy.kept)), JPEG);
  });

  test('is announced once to the staff channel, whole, and marks nobody', async () => {
    const cards = await eventually(
      () => w.discord.said.filter(({ channel }) => channel === w.staff),
      (found) => found.length > 0,
    );
    assert.equal(cards.length, 1);
    assert.match(cards[0]?.text ?? '', /Nouveau récit[\s\S]*Valbrume \(92\)/);
    assert.match(JSON.stringify(cards[0]?.payload), /\\\\# pas un titre|pas un titre/);
    for (const { payload } of w.discord.said) {
      assert.deepEqual((payload['allowed_mentions'] as { parse: unknown }).parse, []);
    }
  });

  test('used no intent it has no need for, and no token or word is in the log', () => {
    assert.deepEqual([...new Set(w.discord.identified)], [(1 << 0) | (1 << 9) | (1 << 12)]);
    assert.ok(w.discord.heartbeats > 0);
    const log = w.bot.printed().replace(/^équipe \|.*$/gm, '');
    for (const secret of [TOKEN, TOKEN.slice(30), 'Camille', 'Tilleuls', 'bénévoles', '3000000000', w.staff]) {
      assert.ok(!log.includes(secret), secret);
    }
  });

  test('stops cleanly', async () => assert.equal(await w.bot.kill('SIGTERM'), 0));
});

describe('people come and go', () => {
  let w: World;
  after(() => w.close());

  test('commands are registered in French and English, for servers and private messages', async () => {
    w = await world(15);
    await w.bot.start();
    const commands = await eventually(
      () => w.discord.commands,
      (found) => found.length > 0,
    );
    const start = commands.find(({ name }) => name === 'start');
    assert.equal((start?.['name_localizations'] as { fr?: string } | undefined)?.fr, 'commencer');
    assert.deepEqual(start?.['contexts'], [0, 1]);
    for (const { name, description } of commands) {
      assert.match(String(name), /^[-_\p{Ll}\p{N}]{1,32}$/u);
      assert.ok(String(description).length >= 1 && String(description).length <= 100);
    }
  });

  test('called in a server, the bot comes to private messages and says so to that person only', async () => {
    const hall = w.discord.channel(0);
    const person = w.discord.person('Sacha');
    const answer = await person.commands('start', hall);
    assert.deepEqual([answer.type, answer.data['flags']], [5, 64]);
    await begin(person);
    assert.match(JSON.stringify(answer.now()), /message privé.*channels\/@me/);
    assert.equal(w.discord.said.filter(({ channel }) => channel === hall).length, 0);
    const quiet = await person.commands('why');
    await person.hears(/Pourquoi cette question/);
    await eventually(
      () => quiet.now(),
      (now) => now === 'deleted',
    );
    assert.equal(quiet.now(), 'deleted');
  });

  test('where private messages are closed, the whole conversation is held by buttons and forms in a private thread', async () => {
    const hall = w.discord.channel(0);
    const person = w.discord.person('Dominique');
    person.closes();
    const answer = await person.commands('start', hall);
    await eventually(
      () => JSON.stringify(answer.now()),
      (now) => /fermés/.test(now),
    );
    assert.match(JSON.stringify(answer.now()), /fil privé/);
    await person.pressesId('!thread.', hall);
    const opened = await eventually(
      () =>
        w.discord.calls.find(({ method, path }) => method === 'PUT' && path.endsWith(`/thread-members/${person.id}`)),
      (found) => found !== undefined,
    );
    const thread = opened?.path.split('/')[2] ?? '';
    await begin(person, thread);
    await person.saysIn(thread, 'ces mots ne nous parviennent pas');
    await person.hears(/je ne peux pas lire ce que vous écrivez/, thread);
    for (const [i, text] of [
      'Valbrume, dans le 92',
      'La mairie et deux associations',
      'Elles se réunissent chaque mois',
      'Une centaine de personnes aidées',
      'Une personne payée pour coordonner',
    ].entries()) {
      await person.fills(await person.presses(/formulaire/, thread), { 1: text });
      await person.hears(i < 4 ? new RegExp(`Question ${i + 2}/5`) : /Tout est juste/, thread);
    }
    const other = w.discord.person('Inconnu');
    const refused = await other.presses(/^Envoyer/, thread);
    assert.match(String(refused.data['content']), /quelqu’un d’autre/);
    await person.presses(/^Envoyer/, thread);
    await person.hears(/Son numéro est/, thread);
  });

  test('a forum gets one post per case, named by it', async () => {
    const post = await eventually(
      () => w.discord.calls.find(({ method, path }) => method === 'POST' && path === `/channels/${w.staff}/threads`),
      (found) => found !== undefined,
    );
    assert.match(String(post?.payload['name']), /^Nouveau récit .*Valbrume, dans le 92/);
  });

  test('a lost answer is tried again and makes no double', async () => {
    const person = w.discord.person('Alix');
    w.discord.fail('POST', /\/channels\/4\d+\/messages$/, { cut: 'after' });
    await person.says('bonjour');
    await person.hears(/Acceptez-vous/);
    const [first] = w.discord.said.slice(-1);
    const tries = () =>
      w.discord.calls.filter(
        ({ method, path }) => method === 'POST' && path === `/channels/${first?.channel}/messages`,
      );
    assert.equal((await eventually(tries, ({ length }) => length === 2)).length, 2);
    assert.equal(w.discord.said.filter(({ channel }) => channel === first?.channel).length, 1);
  });

  test('a slow-down is waited out, and a first answer that is refused stops nothing', async () => {
    const person = w.discord.person('Lou');
    await person.says('bonjour');
    await person.hears(/Acceptez-vous/);
    w.discord.fail('POST', /\/callback$/, { status: 400, code: 40_060 });
    w.discord.fail('POST', /\/channels\/4\d+\/messages$/, { status: 429, body: { retry_after: 0.2, global: false } });
    await person.presses('J’accepte').catch(() => undefined);
    await person.hears(/Question 1\/5/);
    assert.match(w.bot.printed(), /another program answers/);
  });

  test('what is called out in a server waits in private', async () => {
    const hall = w.discord.channel(0);
    const person = w.discord.person('Claude');
    await person.saysIn(hall, '<@999000000000000001> chez nous la mairie prête une salle le jeudi', {
      mentions: [{ id: '999000000000000001' }],
    });
    await person.hears(/en privé/, hall);
    await person.presses('Ouvrir notre conversation', hall);
    await person.hears(/de côté[\s\S]*Acceptez-vous/);
    await person.presses('J’accepte');
    await person.hears(/gardé en entier avec votre récit/);
  });

  test('a deleted message leaves the answer; old and made-up buttons are answered with where things stand', async () => {
    const person = w.discord.person('Noa');
    await person.says('bonjour');
    await begin(person);
    const first = await person.says('Rue des Lilas, à Valbrume');
    await person.hears(/Question 2\/5/);
    await person.deletes(first);
    await person.hears(/effac|supprim/i);
    await person.pressesId('p1.accept');
    await person.hears(/ne sert plus/);
    await person.pressesId('__proto__.constructor');
    await person.hears(/ne sert plus/);
  });
});

describe('Discord goes away, or changes its mind', () => {
  let w: World;
  after(() => w.close());

  test('free words in a server are read where Message Content Intent is switched on, and only then', async () => {
    w = await world();
    w.discord.content = true;
    await w.bot.start();
    assert.deepEqual(w.discord.identified, [(1 << 0) | (1 << 9) | (1 << 12) | (1 << 15)]);
    w.discord.content = false;
    w.discord.drop(4_014);
    await eventually(
      () => w.discord.identified.length,
      (count) => count === 2,
    );
    assert.equal((w.discord.identified[1] ?? 0) & (1 << 15), 0);
    assert.match(w.bot.printed(), /Message Content Intent was switched off/);
    const person = w.discord.person();
    await person.says('bonjour');
    await person.hears(/Acceptez-vous/);
  });

  test('while the gateway refuses every connection it is left in peace, and people are answered as soon as it is back', async () => {
    w.discord.refuses = true;
    w.discord.drop('resume');
    const tries = w.discord.connections;
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    const made = w.discord.connections - tries;
    assert.ok(made >= 2 && made <= 6, `${made} connections in eight seconds`);
    const person = w.discord.person('Sacha');
    await person.says('bonjour');
    w.discord.refuses = false;
    await person.hears(/Acceptez-vous/);
    assert.ok((w.bot.printed().match(/connection to Discord broke/g)?.length ?? 0) <= 5);
  });

  test('it stops while there is no connection', async () => {
    w.discord.refuses = true;
    w.discord.drop('resume');
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(await w.bot.kill('SIGTERM'), 0);
  });
});

test('a refused token and refused intents are told in words to act on', async () => {
  const w = await world();
  try {
    const wrong = { ...w.environment, DISCORD_BOT_TOKEN: `${TOKEN}x` };
    const { code, err } = await run([], wrong);
    assert.equal(code, 2);
    assert.match(err, /discord/i);
    const checked = await run(['check'], wrong);
    assert.match(checked.out, /Discord refuse DISCORD_BOT_TOKEN/);
    const fine = await run(['check'], w.environment);
    assert.match(fine.out, /permissions=\d+/);
    assert.match(fine.out, /peut écrire dans le lieu d’équipe/);
    assert.match(fine.out, /Message Content Intent/);
    const lost = await run(['check'], { ...w.environment, STAFF_TO: 'discord:1' });
    assert.match(lost.out, /ne voit pas discord:1/);
    assert.equal(lost.code, 2);
  } finally {
    await w.close();
  }
});

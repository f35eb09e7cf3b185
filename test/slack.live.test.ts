// Whole cases over a Slack of our own, with the real command and the real Bolt, by Socket Mode and over HTTP: killed in the
// middle, every event delivered three times, and nothing lost, doubled or printed that should not be.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { FileRef, Practice } from '../src/model.ts';
import { type Bot, botOf, freePort } from './support/bot.ts';
import { run } from './support/run.ts';
import { APP_TOKEN, BOT_TOKEN, openSlack, SECRET, type Slack, TEAM } from './support/slack.ts';
import { type Person, personIn } from './support/slack-people.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
const STAFF = 'C0STAFF';
const SENTENCE = 'Chaque mardi, six bénévoles accueillent les habitants à la maison de quartier, sans rendez-vous. ';
/** Longer than a message of ours may be. */
const LONG = SENTENCE.repeat(110).trim();
const HOSTILE =
  '<!channel> @here <@U0P1> <http://faux.invalid|la mairie> &amp; &lt;b&gt; *gras* _mot_ `code` {"$gt":""} =1+1 🌱';

interface World {
  slack: Slack;
  bot: Bot;
  data: string;
  environment: Record<string, string>;
  close(): Promise<void>;
}

type Mode = 'socket' | 'http';

async function world(mode: Mode, more: Record<string, string> = {}): Promise<World> {
  const slack = await openSlack();
  const data = mkdtempSync(join(tmpdir(), 'recueil-slack-'));
  const port = String(await freePort());
  if (mode === 'http') slack.target = `http://127.0.0.1:${port}/slack/events`;
  slack.channels.set(STAFF, {});
  const way: Record<string, string> =
    mode === 'socket'
      ? { SLACK_APP_TOKEN: APP_TOKEN }
      : { SLACK_SIGNING_SECRET: SECRET, PORT: port, HOST: '127.0.0.1' };
  const environment = {
    ...{ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_API_URL: slack.api, DATA_DIR: data, STAFF_TO: `slack:${STAFF}?lang=fr` },
    ...way,
    ...more,
  };
  const bot = botOf(environment);
  return {
    slack,
    bot,
    data,
    environment,
    async close() {
      await bot.kill('SIGKILL');
      await slack.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function practicesOf({ environment }: World): Promise<Practice[]> {
  const { out, code, err } = await run(['practices', '--json'], environment);
  assert.equal(code, 0, err);
  return JSON.parse(out) as Practice[];
}

async function eventually<T>(read: () => T | Promise<T>, good: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = await read();
    if (good(value) || Date.now() > deadline) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function begin(person: Person): Promise<void> {
  await person.says('bonjour');
  await person.hears(/Acceptez-vous/);
  await person.presses('J’accepte');
  await person.hears(/Question 1\/5/);
}

const filesOf = (practice: Practice | undefined): FileRef[] =>
  Object.values(practice?.answers ?? {}).flatMap(({ parts }) => parts.flatMap((part) => part.files ?? []));

/** What the person tells: an edit, a form, a file, a hostile text, two kills; the answers as sent. */
async function tellAll({ slack, bot }: World, person: Person): Promise<Record<string, string>> {
  await begin(person);
  const territory = await person.says('Le quartier des Tilleuls, à Valbrume');
  await person.hears(/Question 2\/5/);
  await person.presses('Pourquoi');
  await person.hears(/Pourquoi cette question/);
  await person.presses('Répondre dans un formulaire');
  await person.submits({ 1: LONG.slice(0, 3_000), 2: LONG.slice(3_000, 6_000) });
  await person.hears(/Question 3\/5/);
  await bot.kill('SIGKILL');
  await person.saysUnheard('Elles se réunissent chaque mois, et la mairie prête une salle');
  await bot.start();
  await person.hears(/Question 4\/5/);
  await person.edits(territory, 'Le quartier des Tilleuls, à Valbrume (92) 🌱');
  await person.hears(/correction/);
  slack.files.set('F1', { content: PNG, name: 'tableau.png', mimetype: 'image/png' });
  const files = [{ id: 'F1', name: 'tableau.png', mimetype: 'image/png', size: PNG.length, mode: 'hosted' }];
  await person.says('Environ 120 personnes par an, voir le tableau', { files });
  await person.hears(/Question 5\/5/);
  await bot.kill('SIGKILL');
  await bot.start();
  await person.says(HOSTILE);
  await person.hears(/Tout est juste/);
  await person.presses('Tout afficher');
  await person.hears(/gras[\s\S]*Tout est juste/);
  await person.presses(/^Envoyer/);
  await person.hears(/Son numéro est/);
  return {
    territory: 'Le quartier des Tilleuls, à Valbrume (92) 🌱',
    actors: `${LONG.slice(0, 3_000)}\n${LONG.slice(3_000, 6_000)}`,
    interactions: 'Elles se réunissent chaque mois, et la mairie prête une salle',
    evidence: 'Environ 120 personnes par an, voir le tableau',
    successFactors: HOSTILE,
  };
}

const MODES: Mode[] = ['socket', 'http'];

for (const mode of MODES) {
  describe(`a case told in a Slack DM by ${mode}`, () => {
    let w: World;
    after(() => w.close());

    test('is in the store exactly as sent, once, and announced within the limits', async () => {
      w = await world(mode);
      w.slack.times = 3;
      await w.bot.start();
      const told = await tellAll(w, personIn(w.slack));
      const [practice, ...others] = await eventually(
        () => practicesOf(w),
        ([one]) => filesOf(one).every((file) => file.copy),
      );
      assert.equal(others.length, 0);
      for (const [field, text] of Object.entries(told)) assert.equal(practice?.answers[field]?.text, text, field);
      const [file, ...more] = filesOf(practice);
      assert.equal(more.length, 0);
      assert.ok(file?.copy && 'kept' in file.copy);
      assert.deepEqual([file.id, file.type, file.size], ['F1', 'image/png', PNG.length]);
      assert.deepEqual(readFileSync(join(w.data, 'files', file.copy.kept)), PNG);
      const cards = await eventually(
        () => w.slack.said.filter(({ channel }) => channel === STAFF),
        (list) => list.length > 0,
      );
      assert.equal(cards.length, 1);
      assert.match(cards[0]?.text ?? '', /Nouveau récit[\s\S]*caractères en tout[\s\S]*&lt;!channel&gt;/);
    });

    test('leaves no token, word or name in anything printed', () => {
      for (const secret of [BOT_TOKEN, APP_TOKEN, SECRET, 'Camille', 'Tilleuls', 'bénévoles', 'U0P1', STAFF, 'verif']) {
        assert.ok(!w.bot.printed().includes(secret), secret);
      }
    });

    test('refuses nothing that it sent itself', () => {
      assert.doesNotMatch(w.bot.printed(), /ill-made|"level":50/);
    });

    test('stops cleanly', async () => assert.equal(await w.bot.kill('SIGTERM'), 0));
  });
}

describe('people in Slack', () => {
  let w: World;
  after(() => w.close());

  test('one’s own page: a way to begin, then one’s draft and where it stands', async () => {
    w = await world('socket');
    await w.bot.start();
    const person = personIn(w.slack);
    await person.opensHome();
    await eventually(() => w.slack.homes.get(person.id), Boolean);
    await person.pressesAtHome('Raconter une pratique');
    await person.hears(/Acceptez-vous/);
    await person.presses('J’accepte');
    await person.hears(/Question 1\/5/);
    await person.says('Le quartier des Tilleuls, à Valbrume');
    await person.hears(/Question 2\/5/);
    const home = await eventually(
      () => JSON.stringify(w.slack.homes.get(person.id)),
      (text) => text.includes('1 réponse sur 5'),
    );
    assert.match(home, /Le quartier des Tilleuls[\s\S]*Reprendre/);
  });

  test('a button that was pressed leaves its message, and the choice is said', async () => {
    const person = personIn(w.slack);
    await begin(person);
    const asked = w.slack.said.filter(({ channel }) => channel === person.dm)[0];
    await eventually(
      () => asked?.changed,
      (changed) => changed === 1,
    );
    assert.match(JSON.stringify(asked?.blocks), /Votre choix : J’accepte/);
    assert.doesNotMatch(JSON.stringify(asked?.blocks), /"actions"/);
  });

  test('a slash command says the same as the typed word, in the language of the profile; elsewhere it answers in private', async () => {
    const person = personIn(w.slack, 'Robin', 'en-US');
    const answered = (sign: RegExp) =>
      eventually(() => w.slack.answers.some(({ text }) => sign.test(String(text))), Boolean);
    await person.commands('', 'C0OTHER');
    await person.hears(/Do you accept/);
    assert.ok(await answered(/answer you in our private messages/));
    await person.commands('help');
    await person.hears(/What you can say to me/);
    await person.commands('search garden');
    await person.hears(/Do you accept|story|stories/);
    await person.commands('read 7K3QM-0XTD2');
    await person.hears(/7K3QM-0XTD2|Do you accept/);
    await person.commands('adresse', 'C0OTHER');
    assert.ok(await answered(/slack:C0OTHER[\s\S]*STAFF_TO/));
  });

  test('a message shortcut: one’s own becomes a draft, somebody else’s is proposed to its author', async () => {
    const author = personIn(w.slack);
    const other = personIn(w.slack);
    const message = { type: 'message', user: author.id, team: TEAM, ts: w.slack.nextTs() };
    const text = 'Chez nous, la mairie prête une salle le jeudi &amp; les voisins apportent le café';
    await other.takesUp({ ...message, text }, 'C0OTHER');
    await author.hears(/vous le propose[\s\S]*prête une salle le jeudi & les voisins[\s\S]*Acceptez-vous/);
    await eventually(
      () => w.slack.answers,
      (answers) => JSON.stringify(answers).includes('propose d’abord'),
    );
    assert.equal(w.slack.said.filter(({ channel }) => channel === other.dm).length, 0);
    await author.presses('J’accepte');
    await author.hears(/gardé en entier[\s\S]*Question 1\/5/);
    await author.takesUp({ ...message, text, ts: w.slack.nextTs() }, 'C0OTHER');
    await author.hears(/autre brouillon/);
    await other.takesUp({ ...message, user: 'U0BOT', bot_id: 'B1', text }, 'C0OTHER');
    await eventually(
      () => w.slack.answers,
      (answers) => JSON.stringify(answers).includes('pas été écrit par une personne'),
    );
  });

  test('a thread is answered in the thread', async () => {
    const person = personIn(w.slack);
    await person.says('bonjour', { thread_ts: '1700000000.000001' });
    await person.hears(/Acceptez-vous/);
    assert.equal(w.slack.said.findLast(({ channel }) => channel === person.dm)?.thread, '1700000000.000001');
  });

  test('an edit that only unfolds a link, the bot’s own changes and other bots change nothing; a deletion is noted', async () => {
    const person = personIn(w.slack);
    await begin(person);
    const ts = await person.says('Le quartier des Tilleuls, à Valbrume');
    await person.hears(/Question 2\/5/);
    const said = w.slack.said.length;
    const at = w.slack.nextTs();
    const before = { type: 'message', user: person.id, text: 'Le quartier des Tilleuls, à Valbrume', ts };
    const change = { type: 'message', subtype: 'message_changed', channel: person.dm, channel_type: 'im', ts: at };
    const after = { ...before, text: 'autre chose', attachments: [{ title: 'Un lien' }] };
    await w.slack.deliver({ ...change, message: after, previous_message: before });
    const robot = { type: 'message', bot_id: 'B1', user: 'U0ROBOT', text: 'bip', ts: w.slack.nextTs() };
    await w.slack.deliver({ ...robot, channel: person.dm, channel_type: 'im' });
    assert.equal(w.slack.said.length, said);
    await person.deletes(ts);
    await person.hears(/supprimé un message/);
  });

  test('a file that Slack hides behind a page to sign in is not kept as that page', async () => {
    const person = personIn(w.slack);
    await begin(person);
    w.slack.files.set('F7', { content: 'page', name: 'plan.png', mimetype: 'image/png' });
    await person.says('Le plan du quartier des Tilleuls', { files: [{ id: 'F7', name: 'plan.png', mode: 'hosted' }] });
    await person.hears(/Question 2\/5/);
    await eventually(
      () => w.bot.printed(),
      (printed) => printed.includes('misses a scope'),
    );
    assert.match(w.bot.printed(), /misses a scope/);
  });

  test('words called out in a channel wait in private behind a button', async () => {
    const person = personIn(w.slack);
    w.slack.channels.set('C0CALL', {});
    const ts = w.slack.nextTs();
    const text = '<@U0BOT> chez nous la mairie prête une salle le jeudi';
    const call = { type: 'message', user: person.id, text, ts, channel: 'C0CALL', channel_type: 'channel' };
    await w.slack.deliver({ ...call, event_ts: ts });
    const door = await eventually(() => w.slack.said.find(({ channel }) => channel === 'C0CALL'), Boolean);
    const [button] = (door?.blocks.at(-1)?.['elements'] ?? []) as { value: string; action_id: string }[];
    await person.pressesValue('', { channel: { id: 'C0CALL' }, actions: [{ ...button, action_ts: w.slack.nextTs() }] });
    await person.hears(/de côté[\s\S]*Acceptez-vous/);
  });
});

/** The flow without its quiet hours, so that a question reaches its author whenever the tests run. */
function wakeful(folder: string): string {
  const source = readFileSync(join(import.meta.dirname, '../flows/territorial-governance/flow.yaml'), 'utf8');
  const file = join(folder, 'flow.yaml');
  writeFileSync(file, source.replace(/quiet:.*/, 'quiet: { from: 0, until: 0 }'));
  return file;
}

describe('the team in Slack', () => {
  let w: World;
  const folder = mkdtempSync(join(tmpdir(), 'recueil-flow-'));
  after(async () => {
    await w.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const card = () => w.slack.said.find(({ channel, thread }) => channel === STAFF && thread === undefined);
  const shows = (sign: RegExp) =>
    eventually(
      () => card()?.text ?? '',
      (text) => sign.test(text),
    );

  test('takes a case, asks its author in a form, hears the answer and accepts, on one card', async () => {
    w = await world('socket', { FLOW_FILE: wakeful(folder) });
    await w.bot.start();
    const author = personIn(w.slack);
    const facilitator = personIn(w.slack, 'Noor');
    await begin(author);
    for (const [i, text] of [
      'Le quartier des Tilleuls, à Valbrume',
      'La mairie et deux associations de quartier',
      'Elles se réunissent chaque mois autour du planning',
      'Une centaine de personnes aidées chaque année',
    ].entries()) {
      await author.says(text);
      await author.hears(new RegExp(`Question ${i + 2}/5`));
    }
    await author.says('Une salle ouverte et une personne payée');
    await author.hears(/Tout est juste/);
    await author.presses(/^Envoyer/);
    await author.hears(/Son numéro est/);
    assert.match(await shows(/Nouveau récit/), /personne ne l’a encore pris/);
    await facilitator.presses('Prendre', STAFF);
    assert.match(await shows(/suivi par/), /suivi par Noor/);
    await facilitator.presses('Poser une question', STAFF);
    await facilitator.submits({ text: 'Combien de <bénévoles> & salariés ?' });
    await author.hears(/Combien de <bénévoles> & salariés/);
    await author.says('Six bénévoles et une salariée');
    const answer = await eventually(
      () => w.slack.said.find(({ thread, text }) => thread === card()?.ts && /Six bénévoles/.test(text)),
      Boolean,
    );
    assert.ok(answer, 'the answer stands under the card');
    await facilitator.answers(card()?.ts ?? '', 'Merci, je garde ce point pour la réunion', STAFF);
    await facilitator.presses('Accepter', STAFF);
    assert.match(await shows(/Accepté/), /Accepté, suivi par Noor/);
    await facilitator.presses('Utilisé dans un rapport', STAFF);
    await facilitator.submits({ report: 'Rapport de printemps' });
    assert.match(await shows(/Utilisé dans/), /Utilisé dans\s: Rapport de printemps/);
    assert.equal(w.slack.said.filter(({ channel, thread }) => channel === STAFF && thread === undefined).length, 1);
    assert.doesNotMatch(w.bot.printed(), /"level":50|Noor|Tilleuls/);
  });
});

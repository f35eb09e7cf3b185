// The team at work on Discord, with the real command: a card that changes where it stands, what is said in its thread,
// questions by form and by reply, a file.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Bot, botOf } from './support/bot.ts';
import { BOT, type Discord, openDiscord, type Person, type Said, TOKEN } from './support/discord.ts';

let discord: Discord;
let bot: Bot;
let staff: string;
let card: Said;
let [author, alix]: Person[] = [];
const data = mkdtempSync(join(tmpdir(), 'recueil-discord-staff-'));
/** The same questions, with no quiet hours: what the author is told does not wait for the morning. */
const FLOW = join(import.meta.dirname, '../flows/territorial-governance/flow.yaml');
const flow = join(data, 'flow.yaml');
writeFileSync(flow, readFileSync(FLOW, 'utf8').replace(/quiet: .*/, 'quiet: { from: 0, until: 0 }'));

after(async () => {
  await bot.kill('SIGKILL');
  await discord.stop();
  rmSync(data, { recursive: true, force: true });
});

async function eventually<T>(read: () => T, good: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 30_000;
  while (!good(read()) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  return read();
}

const people = (): { author: Person; alix: Person } => {
  assert.ok(author && alix);
  return { author, alix };
};

test('a case comes to the staff channel as one card with its buttons', async () => {
  discord = await openDiscord();
  staff = discord.channel(0);
  const environment = { DISCORD_BOT_TOKEN: TOKEN, DISCORD_API_URL: discord.api, DATA_DIR: data, FLOW_FILE: flow };
  bot = botOf({ ...environment, STAFF_TO: `discord:${staff}?lang=fr` });
  await bot.start();
  [author, alix] = [discord.person('Camille'), discord.person('Alix')];
  const told = [
    ['bonjour', /Acceptez-vous/],
    ['1', /Question 1\/5/],
    ['Le quartier des Tilleuls, à Valbrume', /Question 2\/5/],
    ['La mairie prête une salle, une association anime', /Question 3\/5/],
    ['Un comité se réunit chaque trimestre', /Question 4\/5/],
    ['Environ 120 personnes par an', /Question 5\/5/],
    ['Une personne payée pour coordonner', /Tout est juste/],
    ['1', /Son numéro est/],
  ] as const;
  for (const [text, sign] of told) {
    await author.says(text);
    await author.hears(sign);
  }
  const [found, ...others] = await eventually(
    () => discord.said.filter(({ channel }) => channel === staff),
    (cards) => cards.length > 0,
  );
  assert.ok(found);
  assert.equal(others.length, 0);
  card = found;
  assert.match(card.text, /Nouveau récit[\s\S]*Tilleuls/);
});

test('a click is answered at once; the card changes where it stands, and says in its thread who did what', async () => {
  const { alix } = people();
  const answer = await alix.presses('Prendre', staff);
  assert.equal(answer.type, 6);
  await alix.hears(/Alix suit ce récit/, card.id);
  const now = await eventually(
    () => card,
    ({ text }) => /suivi par Alix/.test(text),
  );
  assert.match(now.text, /En cours, suivi par Alix/);
  assert.equal(discord.said.filter(({ channel }) => channel === staff).length, 1);
  const named = discord.calls.find(({ path }) => path === `/channels/${staff}/messages/${card.id}/threads`);
  assert.match(String(named?.payload['name']), /^Récit .*Tilleuls|^Nouveau récit .*Tilleuls/);
});

test('a question is written in a form, goes to the author, and its answer comes to the thread', async () => {
  const { author, alix } = people();
  const form = await alix.presses('Poser une question', staff);
  assert.equal(form.type, 9);
  const sent = await alix.fills(form, { text: 'Qui paie la personne qui coordonne ?', more: '' });
  assert.equal(sent.type, 6);
  await author.hears(/Une question des animateurs[\s\S]*Qui paie la personne/);
  await alix.hears(/Question posée par Alix[\s\S]*Qui paie/, card.id);
  await author.says('La mairie, depuis deux ans');
  await author.hears(/transmise/);
  await alix.hears(/Réponse de l’auteur[\s\S]*La mairie, depuis deux ans/, card.id);
});

test('where no form could open, a reply that keeps the mention is read; other talk in the thread stays there', async () => {
  const { author, alix } = people();
  const { custom_id: id } = (await alix.presses('Poser une question', staff)).data;
  await alix.pressesId(String(id).split('~')[0] ?? '', staff);
  await alix.hears(/Répondez à ce message/i, card.id);
  const prompt = discord.said.filter(({ channel }) => channel === card.id).at(-1);
  // Nobody writes a question within the second that what was sent may take to be noted.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await alix.saysIn(card.id, 'On en parle entre nous');
  await alix.saysIn(card.id, 'Depuis quand la salle est-elle prêtée ?', {
    type: 19,
    message_reference: { type: 0, channel_id: card.id, message_id: prompt?.id },
    mentions: [BOT],
  });
  const heard = await author.hears(/Depuis quand la salle/);
  assert.doesNotMatch(heard, /entre nous/);
});

test('a file asked for by mention comes under the message that announced it', async () => {
  const { alix } = people();
  await alix.saysIn(staff, `<@${BOT.id}> exporter csv`, { mentions: [BOT] });
  const upload = await eventually(
    () => discord.calls.find(({ payload }) => payload['sent'] !== undefined),
    (found) => found !== undefined,
  );
  const [file] = (upload?.payload['sent'] ?? []) as { name: string; size: number }[];
  assert.match(file?.name ?? '', /\.csv$/);
  assert.ok((file?.size ?? 0) > 100);
});

test('the team searches by mention', async () => {
  const { alix } = people();
  await alix.saysIn(staff, `<@${BOT.id}> chercher Tilleuls`, { mentions: [BOT] });
  const found = await eventually(
    () => discord.said.filter(({ channel, text, id }) => channel === staff && id !== card.id && /Tilleuls/.test(text)),
    (some) => some.length > 0,
  );
  assert.equal(found.length, 1);
});

test('a person who is not of the team can do nothing with a card', async () => {
  const { author } = people();
  const { custom_id: id } = (await people().alix.presses('Poser une question', staff)).data;
  await author.pressesId(String(id).split('~')[0] ?? '');
  await author.hears(/./);
  assert.doesNotMatch(card.text, /suivi par Camille/);
});

test('the log holds no word, name or id', () => {
  for (const secret of [TOKEN, 'Tilleuls', 'Camille', 'Alix', card.id, staff])
    assert.ok(!bot.printed().includes(secret), secret);
});

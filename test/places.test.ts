// The places of an answer in a conversation and its case: offered with the recap, chosen, set aside, corrected.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Field, Outbound, Practice } from '../src/model.ts';
import { labelOf, shortLabelOf } from '../src/places/labels.ts';
import { wording } from '../src/words.ts';
import { someTowns } from './support/towns.ts';
import { flow, type World, world } from './support/world.ts';

const fields = flow.fields.map((field, i): Field => (i === 0 ? { ...field, kind: 'place', minimum: 1 } : field));
const placed = { flow: { ...flow, fields }, gazetteer: someTowns };
const SOIL = 'Une terre légère et sombre';

/** Says each line once the one before is answered. */
async function saying(w: World, ...lines: string[]): Promise<void> {
  for (const line of lines) {
    await w.say(line);
    await w.pass(10);
  }
}

async function told(where: string, setting: Parameters<typeof world>[0] = {}): Promise<World> {
  const w = await world({ ...placed, ...setting });
  await saying(w, 'bonjour', '1', where, SOIL);
  return w;
}

const recapOf = ({ posts }: World): Outbound => {
  const message = posts.at(-1)?.message;
  assert.ok(message);
  return message;
};
const textOf = ({ blocks }: Outbound): string => blocks.map(({ spans }) => spans.join('')).join('\n');
const labelsOf = ({ choices }: Outbound): string[] => choices.map(({ label }) => label);
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

async function casesOf({ store }: World): Promise<Practice[]> {
  const found: Practice[] = [];
  for await (const practice of store.practices()) found.push(practice);
  return found;
}

async function sent(w: World): Promise<Practice> {
  await saying(w, '1');
  const [practice] = await casesOf(w);
  assert.ok(practice);
  return practice;
}

const codes = ({ places = [] }: Practice): string[] => places.map(({ code }) => code);

test('a place with one bearer is shown with the recap, and goes with the case', async () => {
  const w = await told('au bout du chemin, à Rezé');
  assert.match(plain(textOf(recapOf(w))), /Reconnu : Rezé, Loire-Atlantique\.\nTout est juste \?$/);
  assert.deepEqual(labelsOf(recapOf(w)).slice(4), ['Ce n’est pas le bon lieu']);
  const practice = await sent(w);
  assert.deepEqual(practice.places, [
    { level: 'commune', code: '44143', name: 'Rezé', departement: '44', region: '52' },
  ]);
});

test('nothing is asked between two questions', async () => {
  const w = await world(placed);
  await saying(w, 'bonjour', '1', 'Saint-Denis');
  assert.doesNotMatch(textOf(recapOf(w)), /Quel|Reconnu/);
  assert.match(plain(textOf(recapOf(w))), /Comment est la terre \?/);
});

test('homonyms come after the ordinary choices; one is chosen by number, the words stay', async () => {
  const w = await told('Saint-Denis');
  assert.match(plain(textOf(recapOf(w))), /Quel Saint-Denis \?/);
  assert.deepEqual(labelsOf(recapOf(w)), [
    'Envoyer aux animateurs',
    'Modifier une réponse',
    'Tout afficher en entier',
    'Continuer plus tard',
    'Saint-Denis, La Réunion',
    'Saint-Denis, Seine-Saint-Denis',
    'Un autre lieu',
  ]);
  await saying(w, '6');
  assert.match(plain(textOf(recapOf(w))), /Reconnu : Saint-Denis, Seine-Saint-Denis\./);
  const practice = await sent(w);
  assert.deepEqual([codes(practice), practice.headline], [['93066'], 'Saint-Denis']);
});

test('a homonym is chosen by a button, or by the words that only its label has', async () => {
  const w = await told('Saint-Denis');
  const [, , , , first] = recapOf(w).choices;
  await w.send({ id: 'c:1', kind: 'choice', choice: first?.id ?? '' });
  await w.pass(10);
  assert.match(plain(textOf(recapOf(w))), /Reconnu : Saint-Denis, La Réunion\./);
  await saying(w, 'Ce n’est pas le bon lieu');
  await saying(w, 'Saint-Denis');
  // Two labels begin so: it is no choice, and is asked about as any other words are.
  assert.doesNotMatch(textOf(recapOf(w)), /Reconnu/);
  const other = await told('Saint-Denis');
  await saying(other, 'seine saint denis');
  assert.deepEqual(codes(await sent(other)), ['93066']);
});

test('sent as it is, a name that may be several is in no place, and the team reads that it is unsure', async () => {
  const staff = [{ address: { channel: 'terminal', chat: 'staff' }, language: 'fr' as const }];
  const w = await told('à Rezé et à Saint-Denis', { staff });
  const practice = await sent(w);
  assert.deepEqual(codes(practice), ['44143']);
  const card = w.posts.find(({ to }) => to.chat === 'staff');
  assert.ok(card);
  assert.match(plain(textOf(card.message)), /Reconnu : Rezé \(44\)\.\nLieu à préciser, .+ : Saint-Denis\./);
});

test('a place that is not the right one is left out; one of several is left out alone', async () => {
  const w = await told('à Rezé');
  await saying(w, '5');
  assert.match(plain(textOf(recapOf(w))), /je ne retiens pas ce lieu/);
  assert.equal(recapOf(w).choices.length, 4);
  assert.equal((await sent(w)).places, undefined);
  const two = await told('à Rezé et à Stains');
  assert.deepEqual(labelsOf(recapOf(two)).slice(4), ['Retirer Rezé', 'Retirer Stains']);
  await saying(two, 'retirer Rezé');
  assert.deepEqual(codes(await sent(two)), ['93072']);
});

test('a place taken for the better known of two is asked once it is said to be wrong', async () => {
  const w = await told('Valence');
  assert.match(plain(textOf(recapOf(w))), /Reconnu : Valence, 26\./);
  await saying(w, '5');
  assert.deepEqual(labelsOf(recapOf(w)).slice(4), ['Valence, 26', 'Valence, 82', 'Un autre lieu']);
  await saying(w, '6');
  assert.deepEqual(codes(await sent(w)), ['82186']);
});

test('what was chosen stays when the answer grows, and goes when it is replaced', async () => {
  const w = await told('Saint-Denis');
  await saying(w, '5');
  await saying(w, '/ajouter 1', 'depuis trois ans');
  assert.match(plain(textOf(recapOf(w))), /Reconnu : Saint-Denis, La Réunion\./);
  await saying(w, '/modifier 1', 'Saint-Denis (93)');
  assert.deepEqual(codes(await sent(w)), ['93066']);
});

test('a message edited after the case was sent is read again', async () => {
  const w = await world(placed);
  await saying(w, 'bonjour', '1');
  const { id } = await w.send({ text: 'à Rezé' });
  await w.pass(10);
  await saying(w, SOIL);
  assert.deepEqual(codes(await sent(w)), ['44143']);
  await w.send({ id: `e:${id.slice(2)}:2`, kind: 'edit', text: 'à Stains' });
  await w.pass(10);
  const [practice] = await casesOf(w);
  assert.deepEqual(practice && codes(practice), ['93072']);
});

test('a shared point is kept as it is: the code has no coordinates', async () => {
  const w = await world(placed);
  await saying(w, 'bonjour', '1');
  await w.send({ location: { latitude: 47.2, longitude: -1.55 } });
  await w.pass(10);
  await saying(w, SOIL);
  assert.match(textOf(recapOf(w)), /La position que vous avez partagée est gardée telle quelle\./);
  const practice = await sent(w);
  assert.deepEqual([practice.places, practice.answers['plot']?.parts[0]?.location?.latitude], [undefined, 47.2]);
});

test('a field that is no place is not read, and neither is anything without the code', async () => {
  const w = await told('à Rezé', { flow });
  assert.doesNotMatch(textOf(recapOf(w)), /Reconnu/);
  const bare = await world({ flow: placed.flow });
  await saying(bare, 'bonjour', '1', 'à Rezé', SOIL);
  assert.doesNotMatch(textOf(recapOf(bare)), /Reconnu/);
});

test('places as people read them', () => {
  const [fr, en] = [wording('fr'), wording('en')];
  const at = { region: '76', departement: '31' };
  const sicoval = { level: 'epci' as const, code: '243100633', name: 'CA du Sicoval', ...at };
  const caledonia = { level: 'departement' as const, code: '988', name: 'Nouvelle-Calédonie' };
  const essonne = { level: 'departement' as const, code: '91', name: 'Essonne' };
  assert.equal(labelOf(sicoval, fr), 'communauté d’agglomération du Sicoval, 31');
  assert.equal(labelOf(caledonia, fr), 'Nouvelle-Calédonie (collectivité d’outre-mer)');
  assert.equal(labelOf(essonne, en), 'Essonne (département)');
  assert.equal(shortLabelOf(sicoval), 'communauté d’agglomération du Sicoval (31)');
  assert.equal(fr.whichPlace('Sainte-Marie'), 'Quelle Sainte-Marie ?');
});

// What happens in the story, and which moments of it are drawn.
import { formOf } from '../../src/forms.ts';
import { discord, discordMessages } from './discord.ts';
import type { Screen } from './page.ts';
import { slack, slackForm, slackMessages } from './slack.ts';
import { openStory, type Said, type Story } from './story.ts';
import { telegram, telegramMessages } from './telegram.ts';

export interface Scene {
  /** Of the picture's file. */
  name: string;
  screen: Screen;
}

/** Two Mondays, nine o’clock in Paris: the hour of digests. */
const MONDAYS = ['2026-03-09T08:00:00.000Z', '2026-03-16T08:00:00.000Z'] as const;

const onTelegram = (title: string, said: Said[]): Screen => ({
  ...{ style: telegram, title: `Telegram (dessin) · ${title}` },
  messages: said.flatMap(telegramMessages),
});
const onSlack = (title: string, said: Said[]): Screen => ({
  ...{ style: slack, title: `Slack (dessin) · ${title}` },
  messages: said.flatMap(slackMessages),
});
const onDiscord = (title: string, said: Said[]): Screen => ({
  ...{ style: discord, title: `Discord (dessin) · ${title}` },
  messages: said.flatMap(discordMessages),
});

type Answers = [string, string, string, string, string];

const CAMILLE: Answers = [
  'Le quartier des Tilleuls, à Rezé (44)',
  'La mairie prête la salle et paie une animatrice, l’association Le Fil accueille, et la médiathèque prête les ordinateurs.',
  'Un comité se réunit chaque mois. La mairie décide du budget avec l’association, et chacun tient une permanence.',
  'Beaucoup de monde vient chaque année, et revient aider.',
  'Une personne payée pour coordonner, et une salle ouverte toute l’année.',
];
const NOUR: Answers = [
  'Quimper, dans le Finistère',
  'Le conseil départemental, deux centres sociaux et une entreprise de reconditionnement.',
  'Les centres sociaux se prêtent un camion équipé, avec un planning commun tenu par le département.',
  'Douze communes visitées cet hiver, environ trois cents personnes.',
  'Un seul planning, que tout le monde peut lire.',
];
/** Others, of whom only where and how they work together changes: those of the first week, then those of the second. */
const EARLY: [string, string][] = [
  ['Saint-Denis, à La Réunion (974)', 'Trois villes tiennent un guichet commun, chacune une semaine sur trois.'],
  ['Saint-Nazaire (44)', 'Le port et la ville paient à deux une personne qui fait le lien.'],
  ['Clisson (44)', 'Les anciens élèves forment les nouveaux, et la mairie prête la salle.'],
  ['Bobigny (93)', 'Quatre associations se partagent les jours de la semaine.'],
  ['Pantin (93)', 'La médiathèque oriente, la maison de quartier accompagne.'],
  ['Stains (93)', 'Un tableau partagé dit qui a vu qui, sans aucun nom.'],
  ['Bondy (93)', 'Chaque partenaire accueille la réunion à son tour.'],
  ['Drancy (93)', 'Le collège ouvre ses salles le samedi, les parents tiennent l’accueil.'],
  ['Montreuil (93)', 'Les habitants votent une fois par an sur ce qui continue.'],
];
const LATE: [string, string][] = [
  ['Aurillac (15)', 'Les secrétaires de mairie se retrouvent chaque trimestre autour d’un cas difficile.'],
  ['Guéret, dans la Creuse', 'Le bailleur et la bibliothèque partagent un carnet d’adresses tenu à deux.'],
  ['Bastia, en Haute-Corse', 'Les facteurs signalent, l’association rappelle dans la semaine.'],
  ['Épinal, dans les Vosges', 'Un contrat simple dit qui prête quoi, et se relit chaque année.'],
  ['Le département de la Nièvre', 'Chaque canton nomme une personne qui répond pour tous les autres.'],
];

async function tells(story: Story, name: string, answers: readonly string[]): Promise<string> {
  await story.says(name, 'bonjour');
  await story.presses(name, 'J’accepte');
  for (const text of answers) await story.says(name, text);
  await story.presses(name, 'Envoyer aux animateurs');
  return story.newest();
}

const tellsToo = (story: Story, [place, how]: [string, string]) =>
  tells(story, place, [place, NOUR[1], how, NOUR[3], NOUR[4]]);

const QUESTION = 'Combien de personnes viennent, à peu près, et depuis quand ?';
const USE = {
  report: 'Rapport d’étape',
  section: 'Partie 2, coopérer',
  quotation: 'Un comité se réunit chaque mois.',
  link: 'https://rapport.example/etape',
};

/** Plays the story once; the scenes in the order of the page. */
export async function scenes(): Promise<Scene[]> {
  const story = await openStory();
  const first = await tells(story, 'Camille', CAMILLE);
  const receipt = story.chat('Camille').length;
  await story.acts('Alix', 'slack', `${first}.take`);
  await story.acts('Alix', 'slack', `${first}.field`);
  await story.acts('Alix', 'slack', `${first}.ask-evidence`, { text: QUESTION });
  await story.says('Camille', 'Environ cent vingt personnes depuis 2019');
  await story.presses('Camille', 'Ajouter ces mots à ma réponse');
  const inHand = story.chat('slack');
  const before = story.chat('telegram').length;
  const second = await tells(story, 'Nour', NOUR);
  await story.acts('Sacha', 'telegram', `${second}.ask`);
  const fresh = story.chat('telegram').slice(before);
  await story.acts('Sacha', 'telegram', `${second}.take`);
  for (const other of EARLY) await tellsToo(story, other);
  await story.until(MONDAYS[0]);
  await story.acts('Alix', 'slack', `${first}.accept`);
  await story.acts('Rosa', 'discord', `${first}.use`, USE);
  const used = threadIn(story.chat('discord'));
  const author = story.chat('Camille').slice(receipt);
  for (const other of LATE) await tellsToo(story, other);
  await story.says('Zoé', 'bonjour');
  await story.presses('Zoé', 'J’accepte');
  await story.says('Zoé', 'Gap, dans les Hautes-Alpes');
  await story.until(MONDAYS[1]);
  if (story.failures.length > 0) throw story.failures[0];
  const form = slackForm(formOf('ask', 'fr'), 'fr', { text: QUESTION });
  return [
    { name: 'telegram-new', screen: onTelegram('groupe de l’équipe', fresh) },
    { name: 'slack-question', screen: onSlack('#equipe', inHand) },
    { name: 'slack-form', screen: { style: slack, title: 'Slack (dessin) · le formulaire', messages: [form] } },
    { name: 'telegram-author', screen: onTelegram('chez l’auteur', author) },
    { name: 'discord-used', screen: onDiscord('#equipe', used) },
    { name: 'digest-telegram', screen: onTelegram('groupe de l’équipe', digestIn(story.chat('telegram'))) },
    { name: 'digest-slack', screen: onSlack('#equipe', digestIn(story.chat('slack'))) },
    { name: 'digest-discord', screen: onDiscord('#equipe', digestIn(story.chat('discord'))) },
  ];
}

/** The first card of a place, with what stands under it. */
function threadIn(chat: Said[]): Said[] {
  const card = chat.find(({ under }) => under === undefined);
  return chat.filter(({ id, under }) => id === card?.id || under === card?.id);
}

/** The last message of a place that has a picture. */
function digestIn(chat: Said[]): Said[] {
  const digest = chat.findLast((said) => 'message' in said && said.picture !== undefined);
  if (!digest) throw new Error('no digest with a map');
  return [digest];
}

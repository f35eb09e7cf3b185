// What the bot says in French, beside the wording of the flow. `{/word}` is a command; each channel prints it its own way.
// No-break spaces are set by `typographic` in words.ts; type ordinary spaces here.
import type { Missing, Thinness } from '../model.ts';
import { barring } from './barring.fr.ts';
import { digestFr } from './digest.fr.ts';
import { finding } from './finding.fr.ts';
import { personalFr } from './personal.fr.ts';
import { sharing } from './sharing.fr.ts';
import { staffFr } from './staff.fr.ts';

const n = (value: number): string => value.toLocaleString('fr-FR');
const s = (count: number): string => (count > 1 ? 's' : '');

export const fr = {
  staff: staffFr,

  // What cannot be done now, said from memory
  storeAway:
    'Je ne peux rien enregistrer pour le moment. Vous n’avez rien à renvoyer : je garde vos messages et je vous réponds dès que possible.',
  clickAway: 'Je ne peux rien enregistrer pour le moment. Appuyez de nouveau dans quelques minutes.',

  // Consent
  accept: 'J’accepte',
  refuse: 'Je refuse',
  accepts: ['oui', 'ok', 'd’accord', 'accepter', 'j’accepte', 'accepte'],
  refuses: ['non', 'refuser', 'je refuse', 'refuse'],
  consentTitle: 'Avant de commencer',
  consentAsk: 'Acceptez-vous ?',
  consentHeld: 'J’ai bien reçu votre message. Je le garde de côté, personne ne le lit avant votre accord.',
  consentGiven: 'Merci.',
  consentKept: 'Merci, votre accord est noté.',
  heldIsStory: (length: number) =>
    `Ce que vous aviez déjà écrit (${n(length)} caractère${s(length)}) est gardé en entier avec votre récit.`,
  refused: 'C’est noté : vous n’acceptez pas, je ne garde rien.',
  refusedErased: 'C’est noté : vous n’acceptez pas. Ce que vous aviez écrit est effacé.',
  refusedCases: 'Les récits que vous avez déjà envoyés restent chez les animateurs.',
  refusedAgain: 'Sans votre accord, je ne garde rien de ce que vous écrivez.',
  changeMind: 'Je change d’avis',
  changeMindHint: 'Vous pouvez changer d’avis quand vous voulez.',

  // Interview
  questionTitle: (at: number, of: number, label: string) => `Question ${at}/${of} : ${label}`,
  whyTitle: 'Pourquoi cette question',
  exampleTitle: 'Un exemple inventé',
  whyButton: 'Pourquoi cette question ?',
  exampleButton: 'Voir un exemple',
  storyButton: 'La réponse est dans mon récit',
  helpButton: 'Aide',
  formButton: 'Répondre dans un formulaire',
  writeHere: 'Le formulaire ne s’est pas ouvert. Vous pouvez écrire votre réponse ici.',
  noted: 'C’est noté.',
  forExample: 'Par exemple :',
  thin: {
    empty: 'Votre message est vide.',
    emoji: 'Je ne sais pas lire un symbole seul.',
    link: 'Un lien seul peut disparaître un jour. Dites-moi en quelques mots ce qu’on y trouve.',
    filler: 'Pouvez-vous en dire un peu plus ?',
    short: 'Merci. Quelques mots de plus aideraient ceux qui vous liront.',
    file: 'Merci pour le fichier. Dites-moi en une phrase ce qu’il montre.',
  } satisfies Record<Thinness, string>,
  thinAccepted: 'C’est noté. Votre réponse est courte, vous pourrez la compléter plus tard.',
  storyKept: (length: number) =>
    `J’ai gardé votre récit en entier (${n(length)} caractères). Les questions iront plus vite : répondez en quelques mots, ou dites {/recit} quand votre récit contient déjà la réponse.`,
  inStory: 'C’est noté : la réponse est dans votre récit.',
  noStory: 'Vous n’avez pas encore écrit de récit. Répondez ici en quelques mots.',
  answerFull: (limit: number) =>
    `Cette réponse atteint la limite de ${n(limit)} caractères. Je n’ai pas pu garder ce dernier message. Tout ce qui précède est gardé.`,
  draftFull: (limit: number) =>
    `Votre récit atteint la limite de ${n(limit)} caractères. Je n’ai pas pu garder ce dernier message. Tout ce qui précède est gardé.`,
  partsFull: (limit: number) =>
    `Votre récit atteint la limite de ${n(limit)} messages. Je n’ai pas pu garder ce dernier message. Tout ce qui précède est gardé.`,
  changeTitle: (at: number, of: number, label: string) => `Changer la réponse ${at}/${of} : ${label}`,
  currentAnswer: 'Votre réponse actuelle :',
  changeAsk: (at: number) =>
    `Écrivez la nouvelle réponse, elle remplacera celle-ci. Pour compléter sans remplacer : {/ajouter ${at}}. Pour la garder telle quelle : {/reprendre}.`,
  addTitle: (at: number, of: number, label: string) => `Compléter la réponse ${at}/${of} : ${label}`,
  addAsk: 'Écrivez ce que vous voulez ajouter. Je le mettrai à la suite.',
  addStoryTitle: 'Compléter votre récit',
  nothingToAdd: 'Il n’y a pas encore de réponse à compléter.',
  firstQuestion: 'C’est la première question, on ne peut pas revenir plus loin.',
  noSuchAnswer: (of: number) => `Les réponses vont de 1 à ${of}.`,
  changedMessage: (label: string) => `Votre correction est gardée : ${label}.`,
  changedElsewhere: 'Votre correction est gardée.',
  deletedMessage: 'Vous avez supprimé un message. Je l’ai retiré de votre récit.',
  storyLabel: 'Récit',

  // Recap
  recapTitle: 'Récapitulatif',
  recapSoFar: 'Ce que vous avez écrit jusqu’ici',
  recapAsk: 'Tout est juste ?',
  send: 'Envoyer aux animateurs',
  changeOne: 'Modifier une réponse',
  showAll: 'Tout afficher en entier',
  later: 'Continuer plus tard',
  which: 'Quelle réponse voulez-vous changer ?',
  backToRecap: 'Aucune, revenir au récapitulatif',
  recognised: (names: string) => `Reconnu : ${names}.`,
  whichPlace: (name: string) =>
    /^\d/.test(name)
      ? `Quelle commune, pour le code postal ${name} ?`
      : `${/^(?:La|Sainte|Île)\b/.test(name) ? 'Quelle' : 'Quel'} ${name} ?`,
  otherPlace: 'Un autre lieu',
  wrongPlace: 'Ce n’est pas le bon lieu',
  wrongPlaces: 'Ce ne sont pas les bons lieux',
  dropPlace: (name: string) => `Retirer ${name}`,
  placeLeft: (at: number) =>
    `C’est noté, je ne retiens pas ce lieu. Vos mots restent tels quels. Pour préciser le lieu : {/modifier ${at}}.`,
  pointKept: 'La position que vous avez partagée est gardée telle quelle.',
  departement: 'département',
  region: 'région',
  overseas: 'collectivité d’outre-mer',
  opening: (length: number) => `(début ; ${n(length)} caractères en tout)`,
  isThin: '(réponse courte, à compléter si vous pouvez)',
  isInStory: '(dans le récit)',
  notAnswered: 'Pas encore de réponse.',
  files: (count: number) => `(${n(count)} fichier${s(count)} joint${s(count)})`,
  located: '(position partagée)',
  forwarded: '(message transféré)',
  links: (count: number) => `(${n(count)} lien${s(count)})`,
  missing: (count: number, why: Missing) =>
    `(${n(count)} fichier${s(count)} manquant${s(count)} : ${{ tooBig: 'trop lourd', gone: 'plus disponible', unreachable: 'copie impossible' }[why]})`,
  fileMissing: {
    tooBig:
      'Ce fichier est trop lourd, je n’ai pas pu le garder. Vous pouvez en envoyer une version plus légère, ou dire en quelques mots ce qu’il montre.',
    gone: 'Ce fichier n’est plus disponible, je n’ai pas pu le garder. Vous pouvez l’envoyer de nouveau, ou dire en quelques mots ce qu’il montre.',
    unreachable:
      'Je n’ai pas réussi à copier ce fichier. Vous pouvez l’envoyer de nouveau, ou dire en quelques mots ce qu’il montre.',
  } satisfies Record<Missing, string>,
  unreadable:
    'Je ne sais pas lire ce genre de message. Écrivez-moi quelques mots, ou envoyez une photo, un document ou un message vocal.',
  pickOne: (of: number) => `Choisissez un nombre de 1 à ${of}, ou écrivez les mots du choix.`,
  placeTitle: 'J’ai gardé ce que vous venez d’écrire. Où le mettre ?',
  placeField: (label: string) => `Ajouter à « ${label} »`,
  placeStory: 'Ajouter au récit',
  placeNote: 'Laisser en note aux animateurs',
  placed: 'C’est ajouté.',

  // After
  doneTitle: 'Merci ! Votre récit est enregistré et transmis aux animateurs.',
  doneId: (id: string) => `Son numéro est ${id}.`,
  idleHint:
    'Pour raconter une pratique : {/nouveau}. Pour retrouver vos récits : {/mes-recits}. Pour de l’aide : {/aide}.',
  asideTitle: 'Merci pour ce message. Aucun récit n’est en cours, je l’ai gardé de côté.',
  asideHint:
    'Si c’est un avis, une question ou une piste, laissez-le en note : les animateurs la liront. Si c’est une expérience vécue, racontez-la en cinq questions.',
  asideNote: 'Laisser ce texte aux animateurs',
  asideTell: 'Commencer un récit avec ce texte',
  asideDrop: 'Effacer ce texte',
  noteLeft: 'Votre note est transmise aux animateurs. Merci !',
  noteEmpty: 'Écrivez d’abord votre note, puis dites {/note}.',
  dropped: 'C’est effacé.',
  casesTitle: 'Vos récits',
  casesNone: 'Vous n’avez pas encore de récit.',
  caseLine: (date: string, where: string) => `envoyé le ${date} ; ${where}`,
  draftLine: (answered: number, of: number) => `brouillon, ${answered} réponse${s(answered)} sur ${of}.`,
  untitled: 'Sans titre',
  resumeDraft: (label: string) => `Reprendre : ${label}`,
  beginNew: 'Raconter une autre pratique',
  begun: 'Un nouveau récit commence.',
  homeHint: 'Quelques questions, une à la fois. Vous pouvez vous arrêter quand vous voulez et reprendre plus tard.',
  homeTell: 'Raconter une pratique',
  suggested:
    'Quelqu’un pense qu’un de vos messages ferait un bon récit et vous le propose. Personne ne lit ce récit avant que vous l’envoyiez. Voici le début de ce message :',
  suggestedKept: 'Je l’ai mis dans vos brouillons. Pour le continuer, ou pour l’abandonner : {/mes-recits}.',
  otherDraft: 'Votre autre brouillon est gardé : {/mes-recits}.',
  tooManyDrafts: (limit: number) =>
    `Vous avez déjà ${n(limit)} brouillons. Terminez-en un, ou supprimez-le avec {/annuler}, avant d’en commencer un autre.`,
  cancelled: 'Ce brouillon est abandonné. Pour le reprendre : {/retablir}.',
  restarted: 'On repart de zéro. Pour retrouver ce que vous aviez écrit : {/retablir}.',
  undone: 'C’est rétabli.',
  nothingToUndo: 'Il n’y a rien à rétablir.',
  nothingToCancel: 'Aucun brouillon n’est en cours.',
  paused: (date: string) =>
    `C’est gardé. Écrivez-moi quand vous voulez : je vous redirai où vous en étiez. Sans nouvelle de vous, ce brouillon sera effacé le ${date}.`,
  welcomeBack: 'Vous revoilà. Voici où vous en étiez.',
  heldOnReturn: 'J’ai gardé ce que vous venez d’écrire. Si c’était votre réponse, dites {/garder}.',
  keepButton: 'C’était ma réponse',
  nothingHeld: 'Il n’y a rien de côté.',
  oldButton: 'Ce bouton ne sert plus. Voici où vous en êtes.',
  reminder: 'Votre récit n’est pas encore envoyé. Vous pouvez le continuer quand vous voulez.',
  reminderOff: 'Pour ne plus recevoir de rappel : {/sans-rappel}.',
  remindersOff: 'Je ne vous enverrai plus de rappel. Pour les remettre : {/rappels}.',
  remindersOn: 'Je vous enverrai un rappel si votre récit attend.',
  willErase: (date: string) => `Sans nouvelle de vous, ce brouillon sera effacé le ${date}, comme annoncé au début.`,
  erased: 'Votre brouillon est effacé, comme annoncé. Vous pouvez en commencer un autre : {/nouveau}.',
  switched: 'Je vous parle maintenant en français.',
  questionLeft: 'Une question n’est plus posée. Pour continuer, écrivez {/reprendre}.',
  questionGone: 'Cette question n’est plus posée. Ce que vous venez d’écrire est gardé avec votre récit.',
  address: (address: string) =>
    `L’adresse de ce lieu est ${address}. Pour y recevoir les récits, écrivez-la dans le réglage STAFF_TO.`,
  doorHere: 'Pour raconter une pratique, parlons-en tous les deux en privé.',
  doorHeld: 'Merci ! Parlons-en tous les deux en privé : vous y retrouverez ce que vous venez d’écrire.',
  doorButton: 'Ouvrir notre conversation',
  unknownCommand: (word: string) => `Je ne connais pas la commande « ${word} ». Pour la liste : {/aide}.`,
  startSays: 'raconter une pratique, ou reprendre où vous en étiez',
  helpTitle: 'Ce que vous pouvez me dire',
  help: [
    '{/retour} : revenir à la question d’avant',
    '{/recap} : relire ce que vous avez écrit',
    '{/modifier 2} : changer la réponse 2',
    '{/ajouter} : compléter la réponse d’avant',
    '{/pourquoi} : savoir pourquoi je pose la question',
    '{/exemple} : voir un exemple',
    '{/pause} : continuer plus tard',
    '{/recommencer} : repartir de zéro',
    '{/annuler} : abandonner ce brouillon',
    '{/retablir} : défaire le dernier abandon ou remplacement',
    '{/mes-recits} : retrouver vos récits et savoir où ils en sont',
    '{/chercher mairie} : chercher dans vos récits et dans ceux qui sont publics',
    '{/lire 7K3QM-0XTD2} : lire un récit en entier, par son numéro',
    '{/nouveau} : raconter une autre pratique',
    '{/note} : laisser ce que vous venez d’écrire en note aux animateurs',
    '{/sans-rappel} : ne plus recevoir de rappel',
    '{/sans-question} : ne plus recevoir de question de l’équipe sur vos récits',
    '{/consentement} : revoir ou changer votre accord',
    '{/english} : speak English',
    'Quand je propose des choix, vous pouvez aussi écrire les mots d’un bouton, ou son rang : 1 pour le premier.',
  ],

  // Staff
  cardConsent: { report: 'Lecture réservée à l’équipe', public: 'Public, sans nom', named: 'Public, avec nom' },
  cardThin: (labels: string) => `À compléter : ${labels}.`,
  cardPlaces: (names: string) => `Reconnu : ${names}.`,
  cardUnsure: (names: string) => `Lieu à préciser, plusieurs portent ce nom : ${names}.`,
  cardWhole: 'Rien à compléter.',
  cardFormer: 'Réponses à d’anciennes questions :',
  cardUnreachable: 'Son auteur n’est plus joignable pour le moment.',

  digest: digestFr,
  finding,
  personal: personalFr,
  barring,
  sharing,
};

export type Wording = typeof fr;

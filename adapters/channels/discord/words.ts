// What the Discord adapter says by itself: around private messages and threads, and in `recueil check`. Pure.
import type { Language } from '../../../src/model.ts';

const sayFr = {
  menu: 'Choisir une réponse',
  replyHint: 'Pour répondre, répondez à ce message en gardant la mention.',
  greeting: 'Nous y voilà. Tout se passe ici, entre nous.',
  sent: 'Je vous ai écrit en message privé.',
  open: 'Ouvrir notre conversation',
  closed:
    'Je ne peux pas vous écrire en message privé : Discord les tient fermés. Pour les ouvrir : clic droit ou appui long sur le nom de ce serveur, « Paramètres de confidentialité », « Messages privés », puis refaites cette commande. Sinon, nous pouvons tout faire ici, par des boutons, dans un fil privé.',
  thread: 'Continuer dans un fil privé',
  threadName: (title: string) => title,
  threadOpen: (thread: string) =>
    `Votre fil est ouvert : <#${thread}>. Vous seul y êtes invité ; les personnes qui gèrent ce serveur peuvent aussi le lire.`,
  threadImpossible:
    'Je n’ai pas le droit d’ouvrir un fil privé ici. Ouvrez vos messages privés et refaites la commande, ou demandez à qui gère ce serveur de m’accorder « Créer des fils privés ».',
  notKept: 'Je ne peux rien enregistrer pour le moment. Appuyez de nouveau dans quelques minutes.',
  notYours: 'Ce bouton est à quelqu’un d’autre. Pour raconter une pratique : /commencer.',
  withheld:
    'Dans un serveur, je ne peux pas lire ce que vous écrivez. Appuyez sur le bouton « Répondre dans un formulaire », sous la question.',
  address: (address: string) =>
    `L’adresse de ce lieu est ${address}. Pour y recevoir les récits, écrivez-la dans le réglage STAFF_TO.`,
  caseThread: 'Échanges sur ce récit',
  addressSays: 'l’adresse de ce lieu, pour l’équipe',
  option: 'numero',
  optionSays: 'un numéro, ou quelques mots',
};

const sayEn: typeof sayFr = {
  menu: 'Choose an answer',
  replyHint: 'To answer, reply to this message and keep the mention.',
  greeting: 'Here we are. Everything happens here, between the two of us.',
  sent: 'I have written to you in a direct message.',
  open: 'Open our conversation',
  closed:
    'I cannot write to you in a direct message: Discord keeps them closed. To open them: right click or press long on this server’s name, “Privacy Settings”, “Direct Messages”, then give this command again. Otherwise we can do everything here, with buttons, in a private thread.',
  thread: 'Go on in a private thread',
  threadName: (title) => title,
  threadOpen: (thread) =>
    `Your thread is open: <#${thread}>. Only you are invited; the people who run this server can read it too.`,
  threadImpossible:
    'I am not allowed to open a private thread here. Open your direct messages and give the command again, or ask whoever runs this server to grant me “Create Private Threads”.',
  notKept: 'I cannot save anything right now. Press again in a few minutes.',
  notYours: 'This button is somebody else’s. To tell a practice: /start.',
  withheld: 'In a server I cannot read what you write. Press the button “Answer in a form”, under the question.',
  address: (address) =>
    `The address of this place is ${address}. To receive the cases here, write it in the setting STAFF_TO.`,
  caseThread: 'Exchanges on this case',
  addressSays: 'the address of this place, for the team',
  option: 'number',
  optionSays: 'a number, or a few words',
};

export const sayWords: Record<Language, typeof sayFr> = { fr: sayFr, en: sayEn };

const checkFr = {
  token: (name: string) => `Discord : le bot ${name} répond`,
  tokenRefused:
    'Discord refuse DISCORD_BOT_TOKEN. Dans le portail des développeurs : votre application, Bot, « Reset Token », puis copiez la nouvelle clé.',
  unreachable: 'Discord ne répond pas. Vérifiez la connexion de cette machine, et DISCORD_API_URL s’il est réglé.',
  invite: (url: string) =>
    `Discord : pour inviter le bot dans un serveur, avec ce qu’il lui faut et rien de plus : ${url}`,
  contentOn: 'Discord : le bot peut lire ce qui s’écrit dans les fils de l’équipe (Message Content Intent)',
  contentOff:
    'Discord : dans un serveur, le bot lit seulement les boutons, les formulaires, les réponses à ses messages et ce qui le mentionne ; cela suffit. Pour qu’il lise aussi ce qui s’écrit librement dans les fils de l’équipe : portail des développeurs, votre application, Bot, « Message Content Intent », puis redémarrez Recueil.',
  contentUseless:
    'Discord : « Message Content Intent » est accordé, et rien ici n’en a besoin. Vous pouvez le retirer : portail des développeurs, votre application, Bot.',
  sessions: (left: number) => `Discord : encore ${left} connexions possibles aujourd’hui`,
  sessionsFew: (left: number) =>
    `Discord : il ne reste que ${left} connexions aujourd’hui ; à zéro, la clé du bot est remise à neuf. Quelque chose le fait redémarrer sans cesse : arrêtez-le et regardez son journal.`,
  place: (address: string) => `Discord : le bot peut écrire dans le lieu d’équipe ${address}`,
  placeClosed: (address: string) =>
    `Discord : le bot ne voit pas ${address}. Invitez-le dans ce serveur par le lien ci-dessus, et dans ce salon s’il est privé. Puis donnez-y la commande /adresse, et mettez ce qu’elle répond dans STAFF_TO.`,
  placeMissing: (address: string, rights: string) =>
    `Discord : dans ${address}, il manque au bot : ${rights}. Salon, « Modifier le salon », « Permissions », son rôle.`,
  placeNot: (address: string) =>
    `Discord : ${address} n’est pas un salon où l’on écrit. Donnez la commande /adresse dans un salon textuel ou un forum, et mettez ce qu’elle répond dans STAFF_TO.`,
  placeTags: (address: string) =>
    `Discord : le forum ${address} exige une étiquette pour chaque sujet, que le bot ne peut pas choisir. Forum, « Modifier », retirez « Exiger que les membres sélectionnent des étiquettes ».`,
  rights: {
    view: 'Voir le salon',
    send: 'Envoyer des messages',
    inThreads: 'Envoyer des messages dans les fils',
    publicThreads: 'Créer des fils publics',
    privateThreads: 'Créer des fils privés',
    attach: 'Joindre des fichiers',
    history: 'Voir les anciens messages',
  },
};

const checkEn: typeof checkFr = {
  token: (name) => `Discord: the bot ${name} answers`,
  tokenRefused:
    'Discord refuses DISCORD_BOT_TOKEN. In the developer portal: your application, Bot, “Reset Token”, then copy the new token.',
  unreachable: 'Discord does not answer. Check this machine’s connection, and DISCORD_API_URL if it is set.',
  invite: (url) => `Discord: to invite the bot to a server, with what it needs and nothing more: ${url}`,
  contentOn: 'Discord: the bot can read what is written in the team’s threads (Message Content Intent)',
  contentOff:
    'Discord: in a server the bot reads only buttons, forms, replies to its messages and what mentions it; that is enough. For it to read also what is written freely in the team’s threads: developer portal, your application, Bot, “Message Content Intent”, then start Recueil again.',
  contentUseless:
    'Discord: “Message Content Intent” is granted, and nothing here needs it. You can take it back: developer portal, your application, Bot.',
  sessions: (left) => `Discord: ${left} more connections possible today`,
  sessionsFew: (left) =>
    `Discord: only ${left} connections are left today; at zero the bot’s token is reset. Something keeps starting it again: stop it and look at its log.`,
  place: (address) => `Discord: the bot can write in the staff place ${address}`,
  placeClosed: (address) =>
    `Discord: the bot does not see ${address}. Invite it to that server with the link above, and to that channel if it is private. Then give the command /address there, and put what it answers in STAFF_TO.`,
  placeMissing: (address, rights) =>
    `Discord: in ${address}, the bot lacks: ${rights}. Channel, “Edit Channel”, “Permissions”, its role.`,
  placeNot: (address) =>
    `Discord: ${address} is no channel to write in. Give the command /address in a text channel or a forum, and put what it answers in STAFF_TO.`,
  placeTags: (address) =>
    `Discord: the forum ${address} requires a tag on each post, which the bot cannot choose. Forum, “Edit Channel”, turn off “Require people to select tags”.`,
  rights: {
    view: 'View Channel',
    send: 'Send Messages',
    inThreads: 'Send Messages in Threads',
    publicThreads: 'Create Public Threads',
    privateThreads: 'Create Private Threads',
    attach: 'Attach Files',
    history: 'Read Message History',
  },
};

export const checkWords: Record<Language, typeof checkFr> = { fr: checkFr, en: checkEn };

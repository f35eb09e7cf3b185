// What only Slack has to say, in both languages: around its buttons, and what `recueil check` finds. Pure.
import type { Language } from '../../../src/model.ts';

const fr = {
  close: 'Annuler',
  chosen: (label: string) => `Votre choix : ${label}`,
  inPrivate: 'Je vous réponds dans nos messages privés.',
  askedFirst:
    'Merci ! Je propose d’abord à son auteur d’en faire un récit. Personne d’autre ne le verra avant son accord.',
  notAPerson: 'Ce message n’a pas été écrit par une personne, je ne peux pas en faire un récit.',
  addressHere: (address: string) =>
    `L’adresse de ce lieu est ${address}. Pour y recevoir les récits, invitez-moi ici (/invite @Recueil), puis écrivez cette adresse dans le réglage STAFF_TO.`,
  formClosed: 'Le formulaire ne s’est pas ouvert à temps. Appuyez de nouveau sur le bouton.',
  notKept:
    'Je n’ai pas pu le garder, quelque chose ne répond pas. Rien n’est changé : recommencez dans quelques minutes.',
  formKept: 'Pas encore gardé : je ne réponds pas assez vite. Vos mots restent ici, appuyez de nouveau dans un moment.',
  noReply:
    'Dans Slack, une réponse dans ce fil ne m’arrive pas. Appuyez plutôt sur le bouton du récit, ou écrivez vos mots à la suite de la commande et du numéro.',
  morePage: 'La suite est dans nos messages privés :',

  token: (team: string) => `Slack : la clé du bot est acceptée par « ${team} »`,
  tokenRefused:
    'Slack refuse SLACK_BOT_TOKEN. Copiez de nouveau la clé « Bot User OAuth Token » (xoxb-…) de la page « OAuth & Permissions » de votre application.',
  unreachable: 'Slack ne répond pas. Vérifiez la connexion de cette machine, et SLACK_API_URL s’il est réglé.',
  scopes: 'Slack : toutes les autorisations sont là',
  scopeMissing: (scope: string, why: string) =>
    `Slack : il manque l’autorisation ${scope} (${why}). Ajoutez-la à la page « OAuth & Permissions », puis « Reinstall to Workspace ».`,
  eventSilent: (event: string, scope: string) => `Slack : sans ${scope}, l’événement ${event} n’arrivera pas.`,
  eventsUnknown: (events: string) =>
    `Slack : les événements à cocher sont ${events} (page « Event Subscriptions »). Slack ne dit pas lesquels le sont ; pour que cette commande le vérifie, mettez une clé de configuration (https://api.slack.com/apps, « Your App Configuration Tokens ») dans SLACK_CONFIG_TOKEN.`,
  events: 'Slack : tous les événements sont cochés',
  eventMissing: (event: string) =>
    `Slack : l’événement ${event} n’est pas coché. Ajoutez-le à la page « Event Subscriptions », « Subscribe to bot events ».`,
  configRefused: 'Slack refuse SLACK_CONFIG_TOKEN. Ces clés ne durent que 12 heures : faites-en une nouvelle.',
  homeOff:
    'Slack : l’onglet « Messages » de l’application est fermé. Ouvrez-le à la page « App Home », « Messages Tab ».',
  interactivityOff:
    'Slack : les boutons ne marchent pas. Page « Interactivity & Shortcuts », cochez « Interactivity ».',
  socket: 'Slack : le mode Socket répond',
  socketRefused:
    'Slack refuse SLACK_APP_TOKEN. Il faut une clé « App-Level Token » (xapp-…) avec l’autorisation connections:write, et « Socket Mode » coché.',
  http: (path: string) => `Slack : les requêtes sont attendues sur ${path}, avec leur signature`,
  isPlaced: (address: string) => `Slack : le bot est dans le lieu d’équipe ${address}`,
  placeAbsent: (address: string) =>
    `Slack : le bot n’est pas dans ${address}. Dans ce canal, écrivez /invite @Recueil, puis relancez la vérification.`,
  placeArchived: (address: string) =>
    `Slack : le canal ${address} est archivé. Rouvrez-le, ou changez STAFF_TO (DIGEST_TO pour un bilan).`,
  placeOutside: (address: string) =>
    `Slack : le canal ${address} est partagé avec une autre organisation, qui lira les récits. Si ce n’est pas voulu, changez STAFF_TO (DIGEST_TO pour un bilan).`,
  why: {
    'chat:write': 'pour écrire',
    'im:write': 'pour ouvrir une conversation privée',
    'im:history': 'pour lire ce qu’on écrit au bot',
    'users:read': 'pour le nom et la langue des personnes',
    'files:read': 'pour garder les fichiers envoyés',
    'files:write': 'pour envoyer des documents à l’équipe',
    commands: 'pour la commande /recueil et le raccourci',
    'channels:history': 'pour lire les réponses de l’équipe sous un récit',
    'groups:history': 'pour lire les réponses de l’équipe dans un canal privé',
    'channels:read': 'pour vérifier que le bot est dans les canaux de l’équipe',
    'groups:read': 'pour vérifier que le bot est dans les canaux privés de l’équipe',
  } as Record<string, string>,
};

const en: typeof fr = {
  close: 'Cancel',
  chosen: (label) => `Your choice: ${label}`,
  inPrivate: 'I answer you in our private messages.',
  askedFirst: 'Thank you! I first suggest to its author to make it a story. Nobody else will see it before they agree.',
  notAPerson: 'This message was not written by a person, I cannot make it a story.',
  addressHere: (address) =>
    `The address of this place is ${address}. To receive the stories here, invite me (/invite @Recueil), then write this address in the STAFF_TO setting.`,
  formClosed: 'The form did not open in time. Press the button again.',
  notKept: 'I could not keep that, something does not answer. Nothing has changed: try again in a few minutes.',
  formKept: 'Not kept yet: I do not answer fast enough. Your words stay here, press again in a moment.',
  noReply:
    'In Slack, an answer in this thread does not reach me. Press the button of the story instead, or write your words after the command and the number.',
  morePage: 'The rest is in our private messages:',

  token: (team) => `Slack: the bot token is accepted by “${team}”`,
  tokenRefused:
    'Slack refuses SLACK_BOT_TOKEN. Copy again the "Bot User OAuth Token" (xoxb-…) from the "OAuth & Permissions" page of your app.',
  unreachable: 'Slack does not answer. Check this machine’s connection, and SLACK_API_URL if it is set.',
  scopes: 'Slack: all scopes are there',
  scopeMissing: (scope, why) =>
    `Slack: the scope ${scope} is missing (${why}). Add it on the "OAuth & Permissions" page, then "Reinstall to Workspace".`,
  eventSilent: (event, scope) => `Slack: without ${scope}, the event ${event} will not come.`,
  eventsUnknown: (events) =>
    `Slack: the events to subscribe to are ${events} ("Event Subscriptions" page). Slack does not tell which ones are; for this command to look, put a configuration token (https://api.slack.com/apps, "Your App Configuration Tokens") in SLACK_CONFIG_TOKEN.`,
  events: 'Slack: all events are subscribed to',
  eventMissing: (event) =>
    `Slack: the event ${event} is not subscribed to. Add it on the "Event Subscriptions" page, "Subscribe to bot events".`,
  configRefused: 'Slack refuses SLACK_CONFIG_TOKEN. These tokens last 12 hours only: make a new one.',
  homeOff: 'Slack: the "Messages" tab of the app is closed. Open it on the "App Home" page, "Messages Tab".',
  interactivityOff: 'Slack: buttons do not work. On the "Interactivity & Shortcuts" page, switch "Interactivity" on.',
  socket: 'Slack: Socket Mode answers',
  socketRefused:
    'Slack refuses SLACK_APP_TOKEN. It takes an "App-Level Token" (xapp-…) with the scope connections:write, and "Socket Mode" switched on.',
  http: (path) => `Slack: requests are awaited on ${path}, with their signature`,
  isPlaced: (address) => `Slack: the bot is in the staff place ${address}`,
  placeAbsent: (address) =>
    `Slack: the bot is not in ${address}. In that channel, write /invite @Recueil, then check again.`,
  placeArchived: (address) =>
    `Slack: the channel ${address} is archived. Open it again, or change STAFF_TO (DIGEST_TO for a digest).`,
  placeOutside: (address) =>
    `Slack: the channel ${address} is shared with another organisation, which will read the stories. If that is not meant, change STAFF_TO (DIGEST_TO for a digest).`,
  why: {
    'chat:write': 'to write',
    'im:write': 'to open a private conversation',
    'im:history': 'to read what people write to the bot',
    'users:read': 'for people’s names and languages',
    'files:read': 'to keep the files that are sent',
    'files:write': 'to send documents to the team',
    commands: 'for the /recueil command and the shortcut',
    'channels:history': 'to read the team’s answers under a story',
    'groups:history': 'to read the team’s answers in a private channel',
    'channels:read': 'to check that the bot is in the team’s channels',
    'groups:read': 'to check that the bot is in the team’s private channels',
  },
};

export const words: Record<Language, typeof fr> = { fr, en };

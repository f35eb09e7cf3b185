// What the adapter itself says, in both languages: `recueil check`, and little else. Pure.
import type { Language } from '../../../src/model.ts';

const fr = {
  token: (name: string) => `Telegram : le bot @${name} répond`,
  tokenRefused:
    'Telegram refuse TELEGRAM_BOT_TOKEN. Copiez de nouveau la clé que donne BotFather (/mybots, puis API Token).',
  unreachable: 'Telegram ne répond pas. Vérifiez la connexion de cette machine, et TELEGRAM_API_ROOT s’il est réglé.',
  groupsOff:
    'Telegram : le bot ne peut pas entrer dans les groupes. Si l’équipe travaille dans un groupe : BotFather, /setjoingroups, Enable.',
  privacy:
    'Telegram : le mode « privacy » est en place, c’est bien. Dans un groupe le bot ne lit que ce qu’on lui adresse.',
  noPrivacy:
    'Telegram : le mode « privacy » est désactivé, le bot reçoit tout ce qui se dit dans ses groupes. Il n’en a pas besoin : BotFather, /setprivacy, Enable, puis retirez le bot de ses groupes et remettez-le.',
  pollingClear: 'Telegram : le bot va chercher les messages lui-même',
  pollingTaken:
    'Telegram : une adresse webhook est encore enregistrée. Elle sera retirée au démarrage. Si un autre programme s’en sert, donnez à Recueil un bot à lui.',
  webhookFine: 'Telegram : l’adresse webhook répond et refuse ceux qui n’ont pas le secret',
  webhookSilent: (url: string) =>
    `Telegram : ${url} ne répond pas comme Recueil. Démarrez Recueil, vérifiez que cette adresse mène à son port (PORT), puis relancez la vérification.`,
  webhookFailed: (why: string) =>
    `Telegram n’arrive pas à joindre l’adresse webhook : ${why}. Il faut une adresse https publique, sur le port 443, 80, 88 ou 8443, avec un certificat valable.`,
  webhookOther:
    'Telegram : l’adresse webhook enregistrée n’est pas TELEGRAM_WEBHOOK_URL. Démarrez Recueil pour l’enregistrer.',
  place: (address: string) => `Telegram : le bot est dans le lieu d’équipe ${address}`,
  placeClosed: (address: string) =>
    `Telegram : le bot ne peut pas écrire dans ${address}. Ajoutez-le au groupe, puis écrivez-y /adresse et mettez ce qu’il répond dans STAFF_TO.`,
  placeMoved: (address: string, to: string) =>
    `Telegram : le groupe ${address} a une nouvelle adresse. Remplacez-la dans STAFF_TO par ${to}`,
};

const en: typeof fr = {
  token: (name) => `Telegram: the bot @${name} answers`,
  tokenRefused: 'Telegram refuses TELEGRAM_BOT_TOKEN. Copy again the token BotFather gives (/mybots, then API Token).',
  unreachable: 'Telegram does not answer. Check this machine’s connection, and TELEGRAM_API_ROOT if it is set.',
  groupsOff: 'Telegram: the bot cannot join groups. If the team works in a group: BotFather, /setjoingroups, Enable.',
  privacy: 'Telegram: privacy mode is on, as it should be. In a group the bot reads only what is addressed to it.',
  noPrivacy:
    'Telegram: privacy mode is off, the bot receives all that is said in its groups. It does not need that: BotFather, /setprivacy, Enable, then remove the bot from its groups and add it again.',
  pollingClear: 'Telegram: the bot fetches messages by itself',
  pollingTaken:
    'Telegram: a webhook address is still registered. It will be removed at start. If another program uses it, give Recueil a bot of its own.',
  webhookFine: 'Telegram: the webhook address answers and refuses those without the secret',
  webhookSilent: (url) =>
    `Telegram: ${url} does not answer as Recueil would. Start Recueil, check that this address leads to its port (PORT), then check again.`,
  webhookFailed: (why) =>
    `Telegram cannot reach the webhook address: ${why}. It takes a public https address, on port 443, 80, 88 or 8443, with a valid certificate.`,
  webhookOther:
    'Telegram: the webhook address that is registered is not TELEGRAM_WEBHOOK_URL. Start Recueil to register it.',
  place: (address) => `Telegram: the bot is in the staff place ${address}`,
  placeClosed: (address) =>
    `Telegram: the bot cannot write in ${address}. Add it to the group, then write /address there and put what it answers in STAFF_TO.`,
  placeMoved: (address, to) => `Telegram: the group ${address} has a new address. Replace it in STAFF_TO with ${to}`,
};

export const checkWords: Record<Language, typeof fr> = { fr, en };

/** In the place of a piece of a message that was shortened, where it can no longer be deleted. */
export const removedWords: Record<Language, string> = {
  fr: '(Cette suite n’a plus lieu d’être.)',
  en: '(This continuation no longer applies.)',
};

/** On the button itself (at most 200 characters). */
export const notKeptWords: Record<Language, string> = {
  fr: 'Je ne peux rien enregistrer pour le moment. Appuyez de nouveau dans quelques minutes.',
  en: 'I cannot save anything right now. Press again in a few minutes.',
};

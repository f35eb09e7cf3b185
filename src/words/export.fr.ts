// What exports and sheets say in French. No-break spaces are set by `typographic`; type ordinary spaces here.
import type { Scope, State, Use } from '../model.ts';

const n = (value: number): string => value.toLocaleString('fr-FR');
const s = (count: number): string => (count > 1 ? 's' : '');

export const exportFr = {
  title: (flow: string) => `Récits recueillis : ${flow}`,
  count: (cases: number) => `${n(cases)} récit${s(cases)}`,
  untitled: 'Sans titre',
  cases: 'Récits',
  legend: 'Colonnes',
  legendHead: ['Nom stable', 'Colonne', 'Ce qu’elle contient'],
  states: {
    new: 'Nouveau',
    inHand: 'Pris en charge',
    waiting: 'En attente de l’auteur',
    accepted: 'Accepté',
    used: 'Utilisé',
    setAside: 'Mis de côté',
    withdrawn: 'Retiré par son auteur',
  } satisfies Record<State, string>,
  scopes: {
    report: 'Lecture réservée à l’équipe',
    public: 'Public, sans nom',
    named: 'Public, avec nom',
  } satisfies Record<Scope, string>,
  terms: {
    report: 'Réservé à la préparation du rapport, ne pas diffuser',
    public: 'Peut être cité sans nommer son auteur',
    named: 'Peut être cité en nommant son auteur s’il le souhaite',
  } satisfies Record<Scope, string>,
  origins: { chat: 'Raconté au bot', staff: 'Saisi par l’équipe' },
  useKinds: { planned: 'Prévu', used: 'Utilisé', unused: 'Non retenu' } satisfies Record<Use['kind'], string>,
  missing: { tooBig: 'trop lourd', gone: 'plus disponible', unreachable: 'copie impossible' },
  copying: 'copie en cours',
  fileUnnamed: 'fichier sans nom',
  continued: (title: string, part: number) => `${title} (suite ${part})`,
  formerTitle: (label: string, key: string) => `${label} (ancienne question ${key})`,
  story: 'Récit',
  notAnswered: 'Pas de réponse.',
  isInStory: 'La réponse est dans le récit.',
  isThin: 'Réponse courte, à compléter si possible.',
  former: 'Réponses à d’anciennes questions',
  places: 'Territoires',
  files: 'Fichiers',
  uses: 'Utilisations',
  opening: (length: number) => `(début ; ${n(length)} caractères en tout)`,
  whole: (id: string) => `Pour tout lire : recueil practices ${id}`,
  citation: (id: string, title: string, date: string, revision: number) =>
    `Récit ${id}, « ${title} », reçu le ${date}, révision ${revision}.`,
  cited: (scope: string, version: string, terms: string) =>
    `Accord : ${scope.toLowerCase()} (texte ${version}). ${terms}.`,
  columns: {
    number: ['Numéro', 'Numéro du récit, dix lettres et chiffres'],
    title: ['Titre', 'Début de la réponse qui nomme le récit'],
    state: ['État', 'Où en est le récit'],
    submitted: ['Reçu le', 'Date et heure d’envoi par son auteur, en temps universel'],
    communes: ['Communes', 'Communes nommées par l’auteur, une par ligne'],
    communeCodes: ['Codes des communes', 'Leurs codes officiels, dans le même ordre'],
    epcis: ['Intercommunalités', 'Intercommunalités nommées par l’auteur, une par ligne'],
    epciCodes: ['Codes des intercommunalités', 'Leurs codes officiels (SIREN), dans le même ordre'],
    departements: ['Départements', 'Départements nommés, ou de ces communes, un par ligne'],
    departementCodes: ['Codes des départements', 'Leurs codes officiels, dans le même ordre'],
    regions: ['Régions', 'Régions nommées, ou de ces communes, une par ligne'],
    regionCodes: ['Codes des régions', 'Leurs codes officiels, dans le même ordre'],
    latitude: ['Latitude', 'De la position partagée, en degrés (WGS 84)'],
    longitude: ['Longitude', 'De la position partagée, en degrés (WGS 84)'],
    story: ['Récit', 'Ce que l’auteur a raconté d’un bloc, en entier'],
    thin: ['Réponses courtes', 'Clés des réponses à compléter, une par ligne'],
    inStory: ['Réponses dans le récit', 'Clés des réponses que le récit contient déjà, une par ligne'],
    files: ['Fichiers gardés', 'Noms des fichiers copiés, un par ligne'],
    filesMissing: ['Fichiers manquants', 'Noms des fichiers non copiés et pourquoi, un par ligne'],
    useKinds: ['Utilisations', 'Prévu, utilisé ou non retenu, une utilisation par ligne'],
    useReports: ['Rapports', 'Le rapport de chaque utilisation, dans le même ordre'],
    useSections: ['Parties', 'La partie du rapport, dans le même ordre'],
    useQuotations: ['Citations', 'La phrase citée, dans le même ordre'],
    useLinks: ['Liens', 'L’adresse où la lire, dans le même ordre'],
    revision: ['Révision', '1 à l’envoi ; augmente à chaque correction de l’auteur'],
    origin: ['Provenance', 'Raconté au bot, ou saisi par l’équipe'],
    campaign: ['Campagne', 'L’appel ou le lien par lequel l’auteur est venu'],
    language: ['Langue', 'Langue de la conversation'],
    flow: ['Questionnaire', 'Nom du fichier de questions'],
    consentScope: ['Accord', 'Qui peut lire le récit'],
    consentVersion: ['Version de l’accord', 'Version du texte accepté'],
    consentDate: ['Date de l’accord', 'Date et heure, en temps universel'],
  },
  answerMeaning: 'Réponse à la question, telle qu’écrite',
  formerMeaning: 'Réponse à une question qui n’est plus posée',
  tooMany: (format: string, most: number) =>
    `Un fichier ${format} contient au plus ${n(most)} récits. Choisissez moins de récits avec un filtre, ou un autre format : csv, json, geojson ou md n’ont pas de limite.`,
  tooLong: (format: string, most: number) =>
    `Un fichier ${format} contient au plus ${n(most)} caractères. Choisissez moins de récits avec un filtre, ou un autre format : csv, json, geojson ou md n’ont pas de limite.`,
  asked: (format: string) => `Je prépare l’export (${format}). Le fichier arrivera ici.`,
  counting: (format: string, done: number) => `Export (${format}) : ${n(done)} récit${s(done)} jusqu’ici.`,
  writing: (format: string, done: number, of: number) =>
    `Export (${format}) : ${n(done)} récit${s(done)} sur ${n(of)}.`,
  ready: (format: string, count: number) => `Export (${format}) : ${n(count)} récit${s(count)}. Le fichier suit.`,
  file: (format: string, count: number) => `${n(count)} récit${s(count)}, ${format}.`,
  unclear:
    'Je ne comprends pas quels récits exporter. Écrivez quelques mots, 12 au plus, ou rien pour tous les récits.',
  nothing: 'Aucun récit ne correspond : il n’y a rien à exporter.',
  failed: 'L’export n’a pas pu être fait. Rien n’est perdu : demandez-le de nouveau dans un moment.',
  undelivered:
    'Le fichier est prêt, mais il ne peut pas être envoyé ici. Demandez un autre format ou moins de récits, ou lancez « recueil export » sur la machine du bot.',
  changed: 'Les récits ont changé pendant l’export. Rien n’est abîmé : recommencez.',
};

export type ExportWords = typeof exportFr;

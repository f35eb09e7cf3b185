// What a digest says in French: beside the wording of src/words/fr.ts, under the same rules.
const n = (value: number): string => value.toLocaleString('fr-FR');
const s = (count: number): string => (count > 1 ? 's' : '');
const x = (count: number): string => (count > 1 ? 'x' : '');

export const digestFr = {
  title: (date: string) => `Bilan du ${date}`,
  fresh: (count: number) => `${n(count)} nouveau${x(count)} récit${s(count)} depuis le dernier bilan.`,
  nothing: 'Rien de nouveau depuis le dernier bilan.',
  total: (count: number) => `${n(count)} récit${s(count)} en tout.`,
  freshTitle: 'Nouveaux récits',
  later: 'Il en reste à annoncer : ce sera au prochain bilan.',
  movedTitle: 'Ce qui avance',
  accepted: 'accepté par l’équipe',
  usedIn: (report: string) => `utilisé dans « ${report} »`,
  waitsTitle: 'Ce qui attend',
  waits: {
    new: (count: number) => `${n(count)} récit${s(count)} à prendre en charge.`,
    waiting: (count: number) => `${n(count)} récit${s(count)} en attente d’une réponse de l’auteur.`,
    accepted: (count: number) => `${n(count)} récit${s(count)} accepté${s(count)} et pas encore utilisé${s(count)}.`,
  },
  since: (date: string) => `reçu le ${date}`,
  missingTitle: 'Ce qui manque encore',
  regions: (names: string) => `Régions sans récit : ${names}.`,
  departements: (count: number, of: number) =>
    `${n(count)} département${s(count)} sur ${n(of)} n’${count > 1 ? 'ont' : 'a'} pas encore de récit.`,
  departementsNamed: (names: string) => `Départements sans récit : ${names}.`,
  actors: (names: string) => `Acteurs sans récit : ${names}.`,
  actorKinds: { public: 'acteurs publics', private: 'acteurs privés', association: 'associations' },
  funnelTitle: 'Du premier mot à l’envoi',
  funnel: (begun: number, sent: number) =>
    `${n(begun)} récit${s(begun)} commencé${s(begun)}, ${n(sent)} envoyé${s(sent)}.`,
  stops: (list: string) => `Là où les autres se sont arrêtés : ${list}.`,
  stopAt: (at: number, label: string, count: number) => `question ${at} (${label}), ${n(count)}`,
  stopAtRecap: (count: number) => `récapitulatif, ${n(count)}`,
  by: 'raconté par',
  read: 'lire',
  credit: 'Carte : Victor Cazanave, svg-maps, CC BY 4.0.',
  mapTitle: 'Récits par département',
  mapName: 'recits-par-departement.png',
  mapParis: 'Paris et petite couronne',
  mapOverseas: 'Outre-mer',
  mapAlt: (count: number, list: string, empty: number) =>
    `Carte de France, récits par département, outre-mer compris. ${n(count)} département${s(count)} avec des récits : ${list}. ${n(empty)} sans récit.`,
  gone: (address: string) =>
    `Le bilan ne peut plus être envoyé à l’adresse ${address} : ce lieu est fermé, ou le bot n’y est plus. Remettez le bot dans ce lieu, ou corrigez DIGEST_TO, puis relancez Recueil.`,
};

export type DigestWords = typeof digestFr;

// What a digest says in English.
import type { DigestWords } from './digest.fr.ts';

const n = (value: number): string => value.toLocaleString('en-GB');
const ies = (count: number): string => (count === 1 ? 'story' : 'stories');

export const digestEn: DigestWords = {
  title: (date) => `Digest of ${date}`,
  fresh: (count) => `${n(count)} new ${ies(count)} since the last digest.`,
  nothing: 'Nothing new since the last digest.',
  total: (count) => `${n(count)} ${ies(count)} in all.`,
  freshTitle: 'New stories',
  later: 'There are more to tell: they come with the next digest.',
  movedTitle: 'What moved',
  accepted: 'accepted by the team',
  usedIn: (report) => `used in “${report}”`,
  waitsTitle: 'What waits',
  waits: {
    new: (count) => `${n(count)} ${ies(count)} to be taken up.`,
    waiting: (count) => `${n(count)} ${ies(count)} waiting for an answer from the author.`,
    accepted: (count) => `${n(count)} ${ies(count)} accepted and not used yet.`,
  },
  since: (date) => `received on ${date}`,
  missingTitle: 'What is still missing',
  regions: (names) => `Regions without a story: ${names}.`,
  departements: (count, of) => `${n(count)} of ${n(of)} départements ${count === 1 ? 'has' : 'have'} no story yet.`,
  departementsNamed: (names) => `Départements without a story: ${names}.`,
  actors: (names) => `Actors without a story: ${names}.`,
  actorKinds: { public: 'public bodies', private: 'private actors', association: 'associations' },
  funnelTitle: 'From the first word to sending',
  funnel: (begun, sent) => `${n(begun)} ${ies(begun)} begun, ${n(sent)} sent.`,
  stops: (list) => `Where the others stopped: ${list}.`,
  stopAt: (at, label, count) => `question ${at} (${label}), ${n(count)}`,
  stopAtRecap: (count) => `summary, ${n(count)}`,
  by: 'told by',
  read: 'read',
  credit: 'Map: Victor Cazanave, svg-maps, CC BY 4.0.',
  mapTitle: 'Stories by département',
  mapName: 'stories-by-departement.png',
  mapParis: 'Paris and inner suburbs',
  mapOverseas: 'Overseas',
  mapAlt: (count, list, empty) =>
    `Map of France, stories by département, overseas included. ${n(count)} département${count === 1 ? '' : 's'} with stories: ${list}. ${n(empty)} without.`,
  gone: (address) =>
    `The digest can no longer be sent to ${address}: the place is closed, or the bot is no longer in it. Put the bot back there, or correct DIGEST_TO, then start Recueil again.`,
};

// What is said of what may be personal data, to its author and to the team, in French. Ordinary spaces here, as in fr.ts.
import type { PersonalKind } from '../personal/model.ts';

const n = (value: number): string => value.toLocaleString('fr-FR');

export const personalFr = {
  // To the author, with the recap
  title: 'Avant d’envoyer, relisez ces mots : on pourrait reconnaître quelqu’un.',
  answer: (at: number, list: string) =>
    `Votre réponse ${at} contient peut-être ${list}. Pour la changer : {/modifier ${at}}.`,
  story: (list: string) => `Votre récit contient peut-être ${list}. Pour le changer, corrigez votre message.`,
  former: (label: string, list: string) => `Votre réponse « ${label} » contient peut-être ${list}.`,
  reply: (list: string) => `Ces mots contiennent peut-être ${list}.`,
  kind: {
    phone: 'un numéro de téléphone',
    email: 'une adresse électronique',
    address: 'une adresse postale',
    person: 'un nom',
    school: 'l’école d’un enfant',
    health: 'une information de santé',
    identity: 'un numéro personnel',
    bank: 'un compte ou une carte bancaire',
    profile: 'une page personnelle',
  } satisfies Record<PersonalKind, string>,
  example: (kind: string, words: string) => `${kind} (« ${words} »)`,
  more: (count: number) => (count > 1 ? `${n(count)} autres mots` : 'un autre mot'),
  instead: {
    phone: 'Au lieu d’un numéro de téléphone, écrivez par exemple « on nous téléphone ».',
    email: 'Au lieu d’une adresse électronique, écrivez par exemple « on nous écrit ».',
    address: 'Au lieu d’une adresse, écrivez par exemple « chez elle » ou le nom du quartier.',
    person: 'Au lieu d’un nom, écrivez par exemple « une bénévole » ou « un voisin ».',
    school: 'Au lieu du nom de l’école, écrivez par exemple « au collège ».',
    health: 'Au lieu d’une maladie, écrivez par exemple « pour raison de santé ».',
    identity: 'Un numéro personnel ne sert pas au récit : vous pouvez l’enlever.',
    bank: 'Un numéro de compte ou de carte ne sert pas au récit : enlevez-le.',
    profile: 'Au lieu d’une page personnelle, écrivez par exemple « sur les réseaux sociaux ».',
  } satisfies Record<PersonalKind, string>,
  asIs: 'Vous pouvez aussi envoyer tel quel : je ne change rien. L’équipe relira ces mots avant toute publication.',

  // To the team
  toCheck: (list: string) => `À relire avant de diffuser : ${list}.`,
  checkedOf: (list: string) => `Mots relus par l’équipe : ${list}.`,
  where: { story: 'le récit', reply: 'une réponse à l’équipe' },
  within: (where: string, kinds: string) => `${where} (${kinds})`,
  checked: (name: string) => `${name} a relu les mots signalés. Ils ne retiennent plus ce récit.`,
  beforeUse: (list: string) =>
    `Des mots peuvent désigner quelqu’un : ${list}. Relisez-les, puis choisissez « Mots relus ».`,
  waiting: (count: number) =>
    count > 1
      ? `${n(count)} récits ont des mots à relire avant toute publication.`
      : 'Un récit a des mots à relire avant toute publication.',
  mark: 'mots à relire',
};

export type PersonalWording = typeof personalFr;

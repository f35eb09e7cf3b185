// What is said of what may be personal data, to its author and to the team, in English.
import type { PersonalWording } from './personal.fr.ts';

const n = (value: number): string => value.toLocaleString('en-GB');

export const personalEn: PersonalWording = {
  title: 'Before sending, read these words again: somebody could be recognised.',
  answer: (at, list) => `Your answer ${at} may hold ${list}. To change it: {/change ${at}}.`,
  story: (list) => `Your story may hold ${list}. To change it, edit your message.`,
  former: (label, list) => `Your answer “${label}” may hold ${list}.`,
  reply: (list) => `These words may hold ${list}.`,
  kind: {
    phone: 'a telephone number',
    email: 'an email address',
    address: 'a postal address',
    person: 'a name',
    school: 'the school of a child',
    health: 'health information',
    identity: 'a personal number',
    bank: 'a bank account or card',
    profile: 'a personal page',
  },
  example: (kind, words) => `${kind} (“${words}”)`,
  more: (count) => (count > 1 ? `${n(count)} other words` : 'one other word'),
  instead: {
    phone: 'Instead of a telephone number, write for example “people call us”.',
    email: 'Instead of an email address, write for example “people write to us”.',
    address: 'Instead of an address, write for example “at her home”, or the name of the neighbourhood.',
    person: 'Instead of a name, write for example “a volunteer” or “a neighbour”.',
    school: 'Instead of the name of the school, write for example “at school”.',
    health: 'Instead of an illness, write for example “for health reasons”.',
    identity: 'A personal number is of no use to the story: you can take it out.',
    bank: 'The number of an account or a card is of no use to the story: take it out.',
    profile: 'Instead of a personal page, write for example “on social networks”.',
  },
  asIs: 'You can also send it as it is: I change nothing. The team reads these words again before anything is published.',

  toCheck: (list) => `To read again before sharing: ${list}.`,
  checkedOf: (list) => `Words read again by the team: ${list}.`,
  where: { story: 'the story', reply: 'an answer to the team' },
  within: (where, kinds) => `${where} (${kinds})`,
  checked: (name) => `${name} has read the flagged words. They hold this story back no more.`,
  beforeUse: (list) => `Some words may point to somebody: ${list}. Read them again, then choose “Words checked”.`,
  waiting: (count) =>
    count > 1
      ? `${n(count)} stories have words to read again before anything is published.`
      : 'One story has words to read again before anything is published.',
  mark: 'words to check',
};

// What the bot says in English about finding cases.
import type { FindingWords } from './finding.fr.ts';

const n = (value: number): string => value.toLocaleString('en-GB');

export const finding: FindingWords = {
  howTitle: 'Search the stories',
  how: [
    '{/search library workshop}: the stories that hold these words',
    '{/search associations}: by kind of actor (public, private, association)',
    '{/search accepted not used}: by state',
    '{/search since 2026-10}: by date',
    '{/search mine}: only yours',
    'Between quotation marks a word is always looked for as a word: {/search "new"}.',
  ],
  tooLong: (length) =>
    `This search is too long (${n(length)} characters). A few words will do, for instance {/search library workshop}.`,
  tooMany: (most) => `A search holds at most ${n(most)} words. Keep the rarest.`,
  nothingAsked: 'I found no word to look for in your message.',
  title: (total) => `${n(total)} stor${total === 1 ? 'y' : 'ies'}`,
  many: (most) => `More than ${n(most)} stories`,
  manyHint: 'Here are the best matches among the newest. Add a word or a date to be more precise.',
  onPage: (page, pages) => `Page ${n(page)} of ${n(pages)}.`,
  sought: 'Search: ',
  states: {
    new: 'new',
    inHand: 'in hand',
    waiting: 'waiting for an answer',
    accepted: 'accepted',
    used: 'used',
    setAside: 'set aside',
    withdrawn: 'withdrawn',
  },
  unused: 'not used yet',
  mine: 'yours',
  since: (date) => `sent on ${date} or later`,
  until: (date) => `sent up to ${date}`,
  instead: (typed, used) => `No story holds “${typed}”. I looked for “${used}”.`,
  unknown: (typed) => `No story holds “${typed}”.`,
  partly: 'No story holds all these words. Here are some that hold a part of them.',
  none: 'No story matches.',
  noneHint: 'Try fewer words, or another word.',
  among: 'I look among your stories and those their authors have made public.',
  read: (at) => `Read no. ${n(at)}`,
  next: 'Next page',
  readWhich: 'Which story? Write its number, for instance {/read 7K3QM-0XTD2}.',
  noSuch: (id) => `I find no story ${id} that you may read. Check its number, or look for it: {/search}.`,
  expired: 'This search is no longer kept. Write it again: {/search}.',
};

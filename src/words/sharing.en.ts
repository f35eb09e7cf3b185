// What the bot says in English about who may read a case.
import type { SharingWording } from './sharing.fr.ts';

export const sharing: SharingWording = {
  choose: 'Choose who may read this story',
  ask: 'Who may read this story?',
  now: (who) => `For now: ${who}.`,
  who: {
    report: 'the team and the rapporteurs only',
    public: 'everybody, without your name',
    named: 'everybody, with the name you give',
  },
  options: {
    report: 'The team and the rapporteurs only',
    public: 'Everybody, without my name',
    named: 'Everybody, with my name',
  },
  keep: 'Change nothing',
  byline: 'Under which name? Write it as it should be read.',
  forExample: (name) => `For example: ${name}`,
  tooLong: (most) => `This name is too long: ${most} characters at most.`,
  done: (who) => `Noted. This story may be read by: ${who}.`,
  already:
    'The next digests, searches and files will follow this choice. What has already appeared in a report does not change.',
};

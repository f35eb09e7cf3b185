// What the bot says in English to somebody whose words the team takes no more.
import type { BarringWording } from './barring.fr.ts';

export const barring: BarringWording = {
  title: 'The team has blocked your messages',
  reason: (text: string) => `Reason: ${text}`,
  means:
    'What you write here is no longer kept or passed on. Your stories remain yours. You can read them or take them back: {/my-stories}.',
  mayAppeal: 'You do not agree? You may contest this once: {/appeal}.',
  appeal: 'Contest this block',
  appealAsk: 'Write your reasons in one message. The team will read it.',
  appealed: 'Your reasons were passed on. The team may lift the block, and you will be told.',
  lifted: 'The team has lifted the block. You may write again.',
  notBarred: 'Your messages are not blocked.',
  unasked: 'The team can no longer ask you questions. To accept them again: {/questions}.',
  askable: 'The team may ask you questions about your stories.',
};

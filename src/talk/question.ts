// A question of the team, as its author reads it: about which case, who asks, in their own words. Pure.
import { spoken } from '../fold.ts';
import type { Ask, Block, Conversation } from '../model.ts';
import { quotes, says, saysOf } from '../words.ts';
import { w } from './scene.ts';

/** The question, and who asks it. */
export function questionBlocks(c: Conversation, { practice, label, from, text }: Ask): Block[] {
  const { staff } = w(c);
  const isNote = c.notes.some(({ id }) => id === practice);
  const title =
    label === undefined
      ? says((isNote ? staff.askNoteTitle : staff.askTitle)(spoken(practice)), c.language)
      : saysOf(c.language, (on) => staff.askFieldTitle(spoken(practice), on), label);
  return [{ ...title, as: 'heading' }, saysOf(c.language, staff.signed, from), quotes(text)];
}

// Welcome and consent: nothing is asked before it is given, and a refusal erases what was written. Pure.
import type { Block, Conversation } from '../model.ts';
import { says } from '../words.ts';
import { begin, forgetDrafts } from './drafts.ts';
import { goOn } from './interview.ts';
import { ask } from './say.ts';
import { openDraft, type Scene, w } from './scene.ts';

/** The first words the bot says to somebody, and the question of consent. */
export function welcome(c: Conversation, s: Scene, lead: Block[] = []): Conversation {
  const blocks = s.given.flow.welcome[c.language]
    .trim()
    .split(/\n{2,}/)
    .map((text) => says(text, c.language));
  return ask(c, s, { kind: 'consent' }, [...blocks, ...lead]);
}

export function chosenConsent(c: Conversation, s: Scene, option: string): Conversation {
  return option === 'accept' ? accept(c, s) : refuse(c, s);
}

function accept(c: Conversation, s: Scene): Conversation {
  const { version, scope } = s.given.flow.consent;
  const given: Conversation = { ...c, consent: { version, at: s.at, scope } };
  if (openDraft(c)) return goOn(given, s, [says(w(c).consentKept, c.language)]);
  return begin(given, s, [says(w(c).consentGiven, c.language)]);
}

/** Erases the held words and the drafts in the same write; cases already sent stay with the facilitators. */
function refuse(c: Conversation, s: Scene): Conversation {
  const hadWords = c.held.length > 0 || Object.keys(c.drafts).length > 0 || c.undo !== undefined;
  const { consent: _, undo: __, open: ___, last: ____, ...rest } = forgetDrafts(c);
  const said = [
    says(hadWords ? w(c).refusedErased : w(c).refused, c.language),
    ...(c.cases.length > 0 ? [says(w(c).refusedCases, c.language)] : []),
  ];
  return ask({ ...rest, held: [], drafts: {} }, s, { kind: 'refused' }, said);
}

/** A text after a refusal: not kept, and said so. */
export const refusedAgain = (c: Conversation, s: Scene): Conversation =>
  ask(c, s, { kind: 'refused' }, [says(w(c).refusedAgain, c.language)]);

// Somebody comes back after a pause, or weeks: what they write may not be an answer. It is held, and the question is said
// again. Pure.
import type { Conversation, Part } from '../model.ts';
import { DAY } from '../outgoing.ts';
import { says } from '../words.ts';
import { sayAgain } from './interview.ts';
import { pauseAfter } from './say.ts';
import { inOrder, openDraft, type Scene, w, withDraft } from './scene.ts';

/** From then on an open question may be forgotten. */
const LONG_BREAK = 7 * DAY;

export const longAway = (c: Conversation, s: Scene): boolean =>
  c.prompt !== undefined &&
  Date.parse(s.at) - Date.parse(c.prompt.at) > LONG_BREAK &&
  s.inbound?.replyTo === undefined &&
  s.inbound?.form === undefined;

export function comesBack(c: Conversation, s: Scene, part: Part): Conversation {
  const held = inOrder([...c.held, part]);
  const lead = [says(w(c).welcomeBack, c.language), says(w(c).heldOnReturn, c.language)];
  return sayAgain({ ...c, held, last: { to: 'held' } }, s, lead, {
    pause: pauseAfter(c, s),
    joined: c.held.length > 0,
  });
}

/** Words held on return, once the open question gets its answer: they are part of the story. */
export function heldToStory(c: Conversation): Conversation {
  const draft = openDraft(c);
  if (c.held.length === 0 || !draft) return c;
  return withDraft({ ...c, held: [] }, { ...draft, story: inOrder([...draft.story, ...c.held]) });
}

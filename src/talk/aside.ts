// Words that are not an answer: before consent, outside a draft, beside a closed prompt. They are held, shown to nobody,
// until their author says what they are: a story, an addition, a note to the facilitators, or nothing. Pure.
import { textOf } from '../fields.ts';
import type { Conversation, Part, Submission } from '../model.ts';
import { emit } from '../outgoing.ts';
import { opening } from '../views.ts';
import { says } from '../words.ts';
import { begin } from './drafts.ts';
import { append, goOn, sayAgain } from './interview.ts';
import { ask, pauseAfter } from './say.ts';
import { inOrder, isFull, isLong, lengthOf, openDraft, remember, type Scene, w, withDraft } from './scene.ts';

/** Keeps a text with no home yet and asks where it belongs. */
export function hold(c: Conversation, s: Scene, part: Part): Conversation {
  const { limits } = s.given.flow;
  const full = lengthOf(c.held) + part.text.length > limits.draft || isFull(c, s, part);
  if (full || c.held.length >= limits.parts) {
    return sayAgain(remember(c, [part.id]), s, [says(w(c).draftFull(limits.draft), c.language)]);
  }
  const held = inOrder([...c.held, part]);
  const how = { pause: pauseAfter(c, s), joined: c.held.length > 0 };
  const next: Conversation = { ...c, held, last: { to: 'held' } };
  if (!c.consent) return ask(next, s, { kind: 'consent' }, [says(w(c).consentHeld, c.language)], how);
  if (openDraft(c)) return ask(next, s, { kind: 'place' }, [], how);
  return isLong(s, held) ? begin(next, s, [], how) : ask(next, s, { kind: 'aside' }, [], how);
}

/** The choices under "where should it go?". */
export function chosenPlace(c: Conversation, s: Scene, option: string): Conversation {
  const draft = openDraft(c);
  if (!draft || c.held.length === 0) return goOn(c, s);
  if (option === 'note') return leaveNote(c, s);
  const placed = { ...c, held: [] };
  if (option === 'story') {
    const story = inOrder([...draft.story, ...c.held]);
    return goOn(withDraft(placed, { ...draft, story }), s, [says(w(c).placed, c.language)]);
  }
  return intoAnswer(c, s, option.slice(2));
}

/** Moves what is held to the end of an answer. */
export function intoAnswer(c: Conversation, s: Scene, key: string): Conversation {
  const draft = openDraft(c);
  if (!draft) return goOn(c, s);
  const start: Conversation = { ...c, held: [] };
  return c.held.reduce(
    (next, part) => append(next, s, { to: 'answer', draft: draft.id, field: key }, part, true),
    start,
  );
}

/** The choices under a message that is not a case. */
export function chosenAside(c: Conversation, s: Scene, option: string): Conversation {
  if (option === 'note') return leaveNote(c, s);
  if (option === 'tell') return begin(c, s);
  const dropped = remember(
    { ...c, held: [] },
    c.held.map((part) => part.id),
  );
  return ask(dropped, s, { kind: 'done' }, [says(w(c).dropped, c.language)]);
}

/** Sends what is held to the facilitators as a note, and keeps it with its author. */
export function leaveNote(c: Conversation, s: Scene): Conversation {
  if (c.held.length === 0 || !c.consent) return sayAgain(c, s, [says(w(c).noteEmpty, c.language)]);
  const note: Submission = {
    id: s.fresh,
    note: true,
    flow: s.given.flow.name,
    language: c.language,
    author: c.id,
    submittedAt: s.at,
    consent: c.consent,
    order: [],
    headline: opening(textOf(c.held), 60).text,
    answers: {},
    story: { parts: c.held },
  };
  const ids = c.held.map((part) => part.id);
  const kept: Conversation = { ...c, held: [], notes: [...c.notes, { id: note.id, at: s.at }] };
  const sent = emit(kept, s.at, {
    kind: 'event',
    key: `submit:${note.id}`,
    to: { kind: 'practice', id: note.id },
    event: { kind: 'submitted', practice: note },
  });
  return goOn(remember(sent, ids), s, [says(w(c).noteLeft, c.language)]);
}

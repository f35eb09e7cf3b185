// Somebody whose words the team takes no more: they are told so and why, may contest it once, and keep what is theirs: their
// cases can be read and taken back. Pure.
import type { Conversation, Event, Inbound } from '../model.ts';
import { emit } from '../outgoing.ts';
import { says } from '../words.ts';
import { unaskable } from './asked.ts';
import { goOn } from './interview.ts';
import { ask } from './say.ts';
import { partOf, remember, type Scene, w } from './scene.ts';

export function bar(
  c: Conversation,
  s: Scene,
  { practice, reason = '' }: Extract<Event, { kind: 'bar' }>,
): Conversation {
  if (c.barred) return c;
  const { last: _, ...rest } = c;
  const barred: Conversation = { ...rest, barred: { at: s.at, practice, reason } };
  return ask(tellCases(unaskable(barred, s), s, true), s, { kind: 'barred' }, [], { lasting: true });
}

/** The person is back where they stood. */
export function unbar(c: Conversation, s: Scene): Conversation {
  const { barred, ...open } = c;
  if (!barred) return c;
  return goOn(tellCases(open, s, false), s, [says(w(c).barring.lifted, c.language)]);
}

const tellCases = (c: Conversation, s: Scene, barred: boolean): Conversation =>
  [...c.cases, ...c.notes].reduce(
    (next, { id }) =>
      emit(next, s.at, {
        kind: 'event',
        key: `barred:${id}`,
        to: { kind: 'practice', id },
        event: { kind: 'barred', barred },
      }),
    c,
  );

/** Where they stand. */
export const say = (c: Conversation, s: Scene): Conversation => ask(c, s, { kind: 'barred' });

/** They would like to contest it; once is enough for the team to think again. */
export function appeal(c: Conversation, s: Scene): Conversation {
  const { barring } = w(c);
  if (!c.barred) return goOn(c, s, [says(barring.notBarred, c.language)]);
  return c.barred.appealed === undefined ? ask(c, s, { kind: 'appeal' }) : say(c, s);
}

/** Their reasons, on their way to the team. */
export function contested(c: Conversation, s: Scene, inbound: Inbound): Conversation {
  const { barred } = c;
  if (!barred) return c;
  const sent = emit(c, s.at, {
    kind: 'event',
    key: `appeal:${inbound.id}`,
    to: { kind: 'practice', id: barred.practice },
    event: { kind: 'appealed', part: partOf(inbound) },
  });
  return say(remember({ ...sent, barred: { ...barred, appealed: s.at } }, [inbound.id]), s);
}

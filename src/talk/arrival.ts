// How a person or their words come in: by a link that carries something, from a group where they called, by a message that
// somebody takes up as a story. Pure.
import { hasContent, textOf } from '../fields.ts';
import type { Block, Conversation, Inbound, Part } from '../model.ts';
import { emit, later } from '../outgoing.ts';
import { opening } from '../views.ts';
import { quotes, says } from '../words.ts';
import { hold } from './aside.ts';
import { refusedAgain, welcome } from './consent.ts';
import { begin, draftOf } from './drafts.ts';
import { sayAgain } from './interview.ts';
import { ask, tell } from './say.ts';
import { inOrder, isFull, openDraft, partsOf, remember, type Scene, w, withDraft } from './scene.ts';

/** How long the first words wait for those that were left in a group, in milliseconds. */
const HANDING = 1_500;

/** What the link carried: a campaign, kept with the cases to come; or words left in a group, asked for. */
export function carried(c: Conversation, s: Scene, { payload = '', order }: Inbound): Conversation {
  const [, kind, rest = ''] = /^([chs])_([A-Za-z0-9_-]{1,62})$/.exec(payload) ?? [];
  if (kind === 'c') return { ...c, campaign: rest };
  if (kind === undefined) return c;
  return emit(c, s.at, {
    kind: 'event',
    key: `claim:${rest}`,
    to: { kind: 'delivery', id: rest },
    event: { kind: 'claimed', by: c.id, person: c.person.id, order },
  });
}

/** The first answer waits a moment for the words left in a group, so that it speaks of them. */
export function awaited(c: Conversation, { payload = '' }: Inbound): Conversation {
  if (!/^[hs]_/.test(payload)) return c;
  const outgoing = c.outgoing.map((work) =>
    work.key === c.prompt?.id
      ? { ...work, dueAt: later(work.dueAt, HANDING), leasedUntil: later(work.leasedUntil, HANDING) }
      : work,
  );
  return { ...c, outgoing };
}

/** Somebody of the team has come to tell for somebody else: at once, or as soon as they have given their own consent. */
export function forOther(c: Conversation, s: Scene, id: string): Conversation {
  const known = `behalf:${id}`;
  if (c.seen.includes(known)) return c;
  const next: Conversation = { ...remember(c, [known]), behalf: true };
  return c.consent ? begin(next, s) : next;
}

/** Words left in a group have come: they are held until their author says what they are. */
export function handed(c: Conversation, s: Scene, part: Part): Conversation {
  const same = (one: Part) => one.id === part.id;
  const known = c.seen.includes(part.id) || c.held.some(same);
  if (known || Object.values(c.drafts).some((draft) => partsOf(draft).some(same))) return c;
  if (c.prompt?.kind === 'refused') return remember(refusedAgain(c, s), [part.id]);
  return hold(c, s, part);
}

/** A message of one's own, taken up as a story: a new draft begins with it, or with all that waits for consent. */
export function takenUp(c: Conversation, s: Scene, part: Part): Conversation {
  if (!hasContent([part])) return remember(c, [part.id]);
  if (c.prompt?.kind === 'refused') return remember(refusedAgain(c, s), [part.id]);
  if (isFull(c, s, part)) return remember(full(c, s), [part.id]);
  const held: Conversation = { ...c, held: inOrder([...c.held, part]), last: { to: 'held' } };
  if (c.consent) return begin(held, s);
  const lead = [says(w(c).consentHeld, c.language)];
  return c.prompt ? ask(held, s, { kind: 'consent' }, lead) : welcome(held, s, lead);
}

/**
 * A message that somebody else would see as a story. Its author is asked, and nobody else sees it: it waits with their
 * drafts or, before consent, with the words that are held. Who refused is not asked again.
 */
export function suggested(c: Conversation, s: Scene, part: Part): Conversation {
  if (c.prompt?.kind === 'refused' || !hasContent([part]) || isFull(c, s, part)) return remember(c, [part.id]);
  const lead: Block[] = [says(w(c).suggested, c.language), quotes(opening(textOf([part]), 300).text)];
  if (!c.consent) {
    const held: Conversation = { ...c, held: inOrder([...c.held, part]), last: { to: 'held' } };
    return c.prompt ? ask(held, s, { kind: 'consent' }, lead) : welcome(held, s, lead);
  }
  if (Object.keys(c.drafts).length >= s.given.flow.limits.drafts) return remember(c, [part.id]);
  const kept = withDraft(c, draftOf(s, [part]));
  const said = [...lead, says(w(c).suggestedKept, c.language)];
  return openDraft(c) ? tell(kept, s, said) : ask(kept, s, { kind: 'cases' }, said);
}

const full = (c: Conversation, s: Scene): Conversation =>
  sayAgain(c, s, [says(w(c).draftFull(s.given.flow.limits.draft), c.language)]);

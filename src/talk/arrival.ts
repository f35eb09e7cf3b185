// How a person comes in: by a link that carries something, from a group where they called, or back from far. Pure.
import type { Conversation, Inbound, Part } from '../model.ts';
import { emit, later } from '../outgoing.ts';
import { hold } from './aside.ts';
import { refusedAgain } from './consent.ts';
import { partsOf, remember, type Scene } from './scene.ts';

/** How long the first words wait for those that were left in a group, in milliseconds. */
const HANDING = 1_500;

/** What the link carried: a campaign, kept with the cases to come; or words left in a group, asked for. */
export function carried(c: Conversation, s: Scene, { payload = '', order }: Inbound): Conversation {
  const [, kind, rest = ''] = /^([ch])_([A-Za-z0-9_-]{1,62})$/.exec(payload) ?? [];
  if (kind === 'c') return { ...c, campaign: rest };
  if (kind !== 'h') return c;
  return emit(c, s.at, {
    kind: 'event',
    key: `claim:${rest}`,
    to: { kind: 'delivery', id: rest },
    event: { kind: 'claimed', by: c.id, person: c.person.id, order },
  });
}

/** The first answer waits a moment for the words left in a group, so that it speaks of them. */
export function awaited(c: Conversation, { payload = '' }: Inbound): Conversation {
  if (!payload.startsWith('h_')) return c;
  const outgoing = c.outgoing.map((work) =>
    work.key === c.prompt?.id
      ? { ...work, dueAt: later(work.dueAt, HANDING), leasedUntil: later(work.leasedUntil, HANDING) }
      : work,
  );
  return { ...c, outgoing };
}

/** Words left in a group have come: they are held until their author says what they are. */
export function handed(c: Conversation, s: Scene, part: Part): Conversation {
  const same = (one: Part) => one.id === part.id;
  const known = c.seen.includes(part.id) || c.held.some(same);
  if (known || Object.values(c.drafts).some((draft) => partsOf(draft).some(same))) return c;
  if (c.prompt?.kind === 'refused') return remember(refusedAgain(c, s), [part.id]);
  return hold(c, s, part);
}

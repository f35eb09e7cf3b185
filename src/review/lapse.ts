// Cases that wait too long: one that nobody took, or that was accepted and not used, is brought back to the team, once. Pure.
import { spoken } from '../fold.ts';
import type { Given, Instant, Practice } from '../model.ts';
import { DAY, emit, later } from '../outgoing.ts';
import { says, wording } from '../words.ts';
import { card } from './card.ts';
import { lapseId } from './under.ts';

type Lapse = 'untaken' | 'unused';

/** What the case waits for, and since when. */
function waiting({ state, submittedAt, history, uses = [] }: Practice): { lapse: Lapse; since: Instant } | undefined {
  if (state === 'new') return { lapse: 'untaken', since: submittedAt };
  if (state !== 'accepted' || uses.length > 0) return undefined;
  return { lapse: 'unused', since: history.findLast(({ what }) => what === 'accepted')?.at ?? submittedAt };
}

/** When it is to be brought back; null when it is not. */
export function nextLapse(practice: Practice, given: Given): Instant | null {
  const open = practice.note && practice.state !== 'new' ? undefined : waiting(practice);
  if (!open || practice.lapsed?.includes(open.lapse)) return null;
  return later(open.since, given.flow.review[open.lapse] * DAY);
}

export function lapse(practice: Practice, given: Given, at: Instant): Practice {
  const due = nextLapse(practice, given);
  const open = waiting(practice);
  if (due === null || due > at || !open) return practice;
  const days = given.flow.review[open.lapse];
  const marked: Practice = { ...practice, lapsed: [...(practice.lapsed ?? []), open.lapse] };
  return given.staff.reduce((next, { address, language }) => {
    const w = wording(language).staff;
    const said = open.lapse === 'untaken' ? w.untaken : w.unusedYet;
    const message = card(practice, language);
    const id = lapseId(practice.id, address, open.lapse);
    return emit(next, at, {
      kind: 'event',
      key: `lapse:${id}`,
      to: { kind: 'delivery', id },
      event: {
        kind: 'post',
        to: address,
        message: { ...message, blocks: [says(said(spoken(practice.id), days), language), ...message.blocks] },
        about: practice.id,
      },
    });
  }, marked);
}

// What time brings: reminders of an unfinished draft, three at most and never at night, and the announced erasure. Pure.

import type { Conversation, Draft, Flow, Instant } from '../model.ts';
import { DAY, later, sooner } from '../outgoing.ts';
import { says } from '../words.ts';
import { goOn } from './interview.ts';
import { erasureDate } from './prompts.ts';
import { tell } from './say.ts';
import { openDraft, remember, type Scene, w, withDraft, withoutDraft } from './scene.ts';

const HOUR = 3_600_000;
/** How long before its erasure the author of a draft is told. */
const WARNING = 14 * DAY;

/** When the next reminder, warning or erasure is due; null when nothing is. */
export function nextWaking(c: Conversation, flow: Flow): Instant | null {
  const erasures = Object.values(c.drafts).map((draft) => (draft.warned ? erasure(draft, flow) : warning(draft, flow)));
  const heldSince = c.held[0]?.at;
  const heldUntil = heldSince === undefined ? null : later(heldSince, flow.retention.draft * DAY);
  const asks = (c.asks ?? []).filter((one) => one.shown === undefined).map((one) => awake(one.at, flow));
  const undecided = c.reply?.parts.length ? later(c.reply.at, DAY) : null;
  return [reminder(c, flow), heldUntil, undecided, ...asks, ...erasures].reduce(sooner, null);
}

const erasure = (draft: Draft, flow: Flow): Instant => later(draft.touched, flow.retention.draft * DAY);
const warning = (draft: Draft, flow: Flow): Instant =>
  awake(later(draft.touched, flow.retention.draft * DAY - WARNING), flow);

function reminder(c: Conversation, flow: Flow): Instant | null {
  const days = flow.reminders.days[c.reminders.count];
  if (days === undefined || !c.reminders.on || !openDraft(c) || c.barred) return null;
  if (c.unreachable !== undefined) return null;
  const due = later(c.activeAt, days * DAY);
  const rested = c.reminders.lastAt === undefined ? due : later(c.reminders.lastAt, DAY);
  return awake(due > rested ? due : rested, flow);
}

/** The moment itself, or the end of the quiet hours it falls in. */
export function awake(at: Instant, { reminders: { quiet, timeZone } }: Pick<Flow, 'reminders'>): Instant {
  const isQuiet = (hour: number) =>
    quiet.from <= quiet.until ? hour >= quiet.from && hour < quiet.until : hour >= quiet.from || hour < quiet.until;
  let moment = at;
  for (let hours = 0; hours < 24 && isQuiet(hourIn(timeZone, moment)); hours++) moment = later(moment, HOUR);
  return moment;
}

/** One per time zone: making a formatter costs twenty times what using it does, and every turn uses one. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function hourIn(timeZone: string, at: Instant): number {
  const made = formatters.get(timeZone);
  const formatter = made ?? new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone });
  if (!made) formatters.set(timeZone, formatter);
  return Number(formatter.format(Date.parse(at)));
}

/** Does whatever is due now. */
export function wake(c: Conversation, s: Scene): Conversation {
  const { flow } = s.given;
  const swept = Object.values(c.drafts).reduce((next, draft) => sweep(next, s, draft), forgetHeld(c, s));
  const due = reminder(swept, flow);
  if (due === null || due > s.at) return swept;
  const reminders = { ...swept.reminders, count: swept.reminders.count + 1, lastAt: s.at };
  return goOn({ ...swept, reminders }, s, [says(w(c).reminder, c.language), says(w(c).reminderOff, c.language)]);
}

function sweep(c: Conversation, s: Scene, draft: Draft): Conversation {
  const { flow } = s.given;
  if (draft.warned && erasure(draft, flow) <= s.at) {
    return goOn(withoutDraft(c, draft.id), s, [says(w(c).erased, c.language)]);
  }
  if (draft.warned || warning(draft, flow) > s.at) return c;
  const told = tell(c, s, [says(w(c).willErase(erasureDate(s, c, draft)), c.language)]);
  return withDraft(told, { ...draft, warned: true });
}

/** Words that nobody ever said what to do with. */
function forgetHeld(c: Conversation, s: Scene): Conversation {
  const since = c.held[0]?.at;
  const until = since === undefined ? undefined : later(since, s.given.flow.retention.draft * DAY);
  if (until === undefined || until > s.at) return c;
  return remember(
    { ...c, held: [] },
    c.held.map((part) => part.id),
  );
}

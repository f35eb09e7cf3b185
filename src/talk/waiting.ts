// What time brings: reminders of an unfinished draft, three at most and never at night, and the announced erasure. Pure.

import type { Conversation, Draft, Flow, Instant } from '../model.ts';
import { DAY, later } from '../outgoing.ts';
import { says } from '../words.ts';
import { goOn } from './interview.ts';
import { erasureDate } from './prompts.ts';
import { tell } from './say.ts';
import { openDraft, remember, type Scene, w, withDraft, withoutDraft } from './scene.ts';

const HOUR = 3_600_000;
/** How long before its erasure the author of a draft is told. */
const WARNING = 14 * DAY;

/** Something that time brings: so many milliseconds after a moment, and where it would wake somebody, in the morning. */
interface Wait {
  since: Instant;
  ms: number;
  gently?: boolean;
}

/** When the next reminder, warning or erasure is due; null when nothing is, or nothing before `soon`. */
export function nextWaking(c: Conversation, flow: Flow, soon: Instant | null = null): Instant | null {
  const end = soon === null ? Number.POSITIVE_INFINITY : Date.parse(soon);
  let first = end;
  for (const wait of waits(c, flow)) {
    // Quiet hours only put off: what is late without them is not looked at any further.
    const due = Date.parse(wait.since) + wait.ms;
    if (due < first) first = Math.min(first, wait.gently ? awakeAt(due, flow) : due);
  }
  return first < end ? new Date(first).toISOString() : null;
}

function waits(c: Conversation, flow: Flow): Wait[] {
  const [held] = c.held;
  const next = reminder(c, flow);
  return [
    ...(next ? [next] : []),
    ...Object.values(c.drafts).map((draft) => (draft.warned ? erasure(draft, flow) : warning(draft, flow))),
    ...(held ? [{ since: held.at, ms: flow.retention.draft * DAY }] : []),
    ...(c.reply?.parts.length ? [{ since: c.reply.at, ms: DAY }] : []),
    ...(c.asks ?? []).flatMap(({ shown, at }) => (shown === undefined ? [{ since: at, ms: 0, gently: true }] : [])),
  ];
}

const erasure = (draft: Draft, flow: Flow): Wait => ({ since: draft.touched, ms: flow.retention.draft * DAY });
const warning = (draft: Draft, flow: Flow): Wait => ({
  ...{ since: draft.touched, ms: flow.retention.draft * DAY - WARNING, gently: true },
});

function reminder(c: Conversation, flow: Flow): Wait | null {
  const days = flow.reminders.days[c.reminders.count];
  if (days === undefined || !c.reminders.on || !openDraft(c) || c.barred) return null;
  if (c.unreachable !== undefined) return null;
  const { lastAt } = c.reminders;
  const rested = lastAt !== undefined && Date.parse(lastAt) + DAY > Date.parse(c.activeAt) + days * DAY;
  return rested ? { since: lastAt, ms: DAY, gently: true } : { since: c.activeAt, ms: days * DAY, gently: true };
}

/** Whether it is due by now. */
const isDue = ({ since, ms, gently }: Wait, at: Instant, flow: Flow): boolean => {
  const due = Date.parse(since) + ms;
  return (gently ? awakeAt(due, flow) : due) <= Date.parse(at);
};

/** The moment itself, or the end of the quiet hours it falls in. */
export function awake(at: Instant, flow: Pick<Flow, 'reminders'>): Instant {
  const moment = Date.parse(at);
  const then = awakeAt(moment, flow);
  return then === moment ? at : new Date(then).toISOString();
}

function awakeAt(at: number, { reminders: { quiet, timeZone } }: Pick<Flow, 'reminders'>): number {
  const isQuiet = (hour: number) =>
    quiet.from <= quiet.until ? hour >= quiet.from && hour < quiet.until : hour >= quiet.from || hour < quiet.until;
  let moment = at;
  for (let hours = 0; hours < 24 && isQuiet(hourIn(timeZone, moment)); hours++) moment += HOUR;
  return moment;
}

/** Every offset from UTC in use is a whole number of these. */
const QUARTER = HOUR / 4;
/** A week of quarters of an hour in ten time zones. */
const MOST_HOURS = 6_720;

/** One formatter per time zone, and the hours it told: asking it anew costs fifty times what looking it up does. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const hours = new Map<string, Map<number, number>>();

function hourIn(timeZone: string, at: number): number {
  const quarter = Math.floor(at / QUARTER);
  const told = hours.get(timeZone) ?? new Map<number, number>();
  const known = told.get(quarter);
  if (known !== undefined) return known;
  const made = formatters.get(timeZone);
  const formatter = made ?? new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone });
  const hour = Number(formatter.format(at));
  if (!made) formatters.set(timeZone, formatter);
  if (told.size >= MOST_HOURS) told.clear();
  hours.set(timeZone, told.set(quarter, hour));
  return hour;
}

/** Does whatever is due now. */
export function wake(c: Conversation, s: Scene): Conversation {
  const { flow } = s.given;
  const swept = Object.values(c.drafts).reduce((next, draft) => sweep(next, s, draft), forgetHeld(c, s));
  const due = reminder(swept, flow);
  if (!due || !isDue(due, s.at, flow)) return swept;
  const reminders = { ...swept.reminders, count: swept.reminders.count + 1, lastAt: s.at };
  return goOn({ ...swept, reminders }, s, [says(w(c).reminder, c.language), says(w(c).reminderOff, c.language)]);
}

function sweep(c: Conversation, s: Scene, draft: Draft): Conversation {
  const { flow } = s.given;
  if (draft.warned && isDue(erasure(draft, flow), s.at, flow)) {
    return goOn(withoutDraft(c, draft.id), s, [says(w(c).erased, c.language)]);
  }
  if (draft.warned || !isDue(warning(draft, flow), s.at, flow)) return c;
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

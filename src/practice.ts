// The step of a practice: it is made by its submission; its card in staff places, and what its author hears, are its own
// effects. What the team does is in review/. Pure and total.
import { marked, told } from './digest/marks.ts';
import { textOf } from './fields.ts';
import { type Copied, drop, followFiles, keepCopies, keptIn, withCopy } from './files.ts';
import type { Event, FileRef, Given, Instant, Part, Practice, Step, Submission, Told } from './model.ts';
import { DAY, emit, later, lease, nextDue, receive, sooner } from './outgoing.ts';
import { flagged } from './personal/flags.ts';
import { withPlaces } from './places/answers.ts';
import { act } from './review/acts.ts';
import { appealed, heardBarred } from './review/barring.ts';
import { consented } from './review/consent.ts';
import { lapse, nextLapse } from './review/lapse.ts';
import { amended, opened, relayed, replied, reread, showAsk, showReply, tellAuthor } from './review/relay.ts';
import { hasRoom } from './review/room.ts';
import { plain, showCards, under } from './review/under.ts';
import { indexed } from './search/kept.ts';
import { opening } from './views.ts';
import { says, wording } from './words.ts';

export const review: Step<Practice> = (given, before, _id, { event, at, fresh }) => {
  const happening = happened(given, before, event, at, fresh);
  if (happening === null || (happening === before && event.kind !== 'woke')) return before;
  const stepped = flagged(before, happening, event.kind === 'woke');
  const lists = { before: before ? listsOf(before) : [], after: listsOf(stepped) };
  const filed = before ? followFiles(stepped, at, stepped.author, lists) : stepped;
  const shown = showCards(before, filed, given, at);
  const heard = before ? tellAuthor(before, shown, at) : shown;
  const after = indexed(marked(given, before, heard), event.kind === 'woke' ? null : before, given);
  const ending = after.outgoing.some((o) => o.kind === 'forget');
  const wakeAt = sooner(nextDue(after.outgoing), ending ? null : sooner(end(after, given), nextLapse(after, given)));
  return after.wakeAt === wakeAt ? after : { ...after, wakeAt };
};

function happened(given: Given, before: Practice | null, event: Event, at: Instant, fresh: string): Practice | null {
  if (before === null) return event.kind === 'submitted' ? submitted(event.practice, at) : null;
  switch (event.kind) {
    case 'acted':
      return act(before, given, event.action, at, fresh);
    case 'amended':
      return amended(before, given, at, event);
    case 'relayed':
      return relayed(before, given, at, event);
    case 'reply':
      return replied(before, given, at, event);
    case 'open':
      return opened(before, at, event.field);
    case 'withdrawn':
      return withdraw(before, given, at, event.by);
    case 'edited':
      return edited(given, before, event, at);
    case 'copied':
      return copied(before, event);
    case 'told':
      return told(before, event);
    case 'reach':
      return reached(before, given, at, event.unreachable);
    case 'consented':
      return consented(before, given, at, event);
    case 'barred':
      return heardBarred(before, event.barred);
    case 'appealed':
      return appealed(before, given, at, event);
    case 'compared':
      return compared(before, event, at);
    case 'woke':
      return expire(given, lapse(lease(before, at, event.living), given, at), at);
    default:
      return receive(before, event, at);
  }
}

/** When the announced retention ends. */
const end = (practice: Practice, given: Given): Instant =>
  later(practice.submittedAt, given.flow.retention.practice * DAY);

/** At the end of its retention a case leaves its author's list, then the store. */
function expire(given: Given, practice: Practice, at: Instant): Practice {
  if (end(practice, given) > at || practice.outgoing.some((o) => o.kind === 'forget')) return practice;
  const told = emit(practice, at, {
    kind: 'event',
    key: 'expired',
    to: { kind: 'conversation', id: practice.author },
    event: { kind: 'expired', practice: practice.id },
  });
  const kept = listsOf(practice).flatMap(keptIn);
  return emit(
    kept.reduce((next, name) => drop(next, at, name), told),
    at,
    { kind: 'forget', key: 'forget' },
  );
}

/** The cases nearest to it are known. */
function compared(practice: Practice, event: Extract<Event, { kind: 'compared' }>, at: Instant): Practice {
  if (!practice.outgoing.some((o) => o.key === event.key)) return practice;
  const { similar } = event;
  const done = receive(practice, { kind: 'done', key: event.key }, at);
  return similar.length === 0 && !practice.similar ? done : { ...done, similar };
}

/** Whether its author can still be reached, for those who would like to ask them something. */
function reached(before: Practice, given: Given, at: Instant, unreachable: string | undefined): Practice {
  const { unreachable: _, ...practice } = before;
  const next = unreachable === undefined ? practice : { ...practice, unreachable };
  const waiting = next.asks?.filter(({ state }) => state === 'queued') ?? [];
  return waiting.reduce((told, { id }) => showAsk(told, given, at, id), next);
}

/** A file that was still being copied when the case was sent. */
function copied(practice: Practice, event: Copied): Practice {
  const change = <T extends { parts: Part[] }>(told: T): T => {
    const parts = withCopy(told.parts, event);
    return parts === told.parts ? told : { ...told, parts };
  };
  const each = (answers: Record<string, Told>) =>
    Object.fromEntries(Object.entries(answers).map(([key, answer]) => [key, change(answer)]));
  if (listsOf(practice).every((list) => withCopy(list, event) === list)) return practice;
  const { answers, former, story, replies } = practice;
  return {
    ...practice,
    answers: each(answers),
    ...(former ? { former: each(former) } : {}),
    ...(story ? { story: change(story) } : {}),
    ...(replies ? { replies: replies.map(change) } : {}),
  };
}

const withText = <A extends { parts: Part[] }>(answer: A): A & { text: string } => ({
  ...answer,
  text: textOf(answer.parts),
});

const withTexts = (answers: Submission['answers']): Practice['answers'] =>
  Object.fromEntries(Object.entries(answers).map(([key, answer]) => [key, withText(answer)]));

function submitted({ answers, former, story, ...submission }: Submission, at: Instant): Practice {
  const content = {
    answers: withTexts(answers),
    ...(former ? { former: withTexts(former) } : {}),
    ...(story ? { story: withText(story) } : {}),
  };
  const practice: Practice = {
    ...{ ...submission, ...content, version: 0, outgoing: [], wakeAt: null, state: 'new' },
    history: [{ at: submission.submittedAt, by: submission.author, what: 'submitted' }],
    messages: listsOf(content).flatMap((list) => list.map((part) => `${submission.author}/${part.id}`)),
  };
  return practice.note ? practice : emit(practice, at, { kind: 'compare', key: 'compare' });
}

/** Its author takes it back: nobody else sees its content any more. */
function withdraw(practice: Practice, given: Given, at: Instant, by: string): Practice {
  if (practice.state === 'withdrawn') return practice;
  const history = [...practice.history, { at, by, what: 'withdrawn' }];
  return under(
    { ...practice, state: 'withdrawn', history },
    given,
    at,
    { key: 'withdrawn', words: 'gone' },
    (language) => plain(language, [says(wording(language).staff.withdrawn, language)]),
  );
}

/** Every list of parts that a case holds. */
export const listsOf = (p: Pick<Practice, 'answers' | 'story' | 'former' | 'replies'>): Part[][] => [
  ...(p.story ? [p.story.parts] : []),
  ...(p.replies ?? []).map((reply) => reply.parts),
  ...Object.values({ ...p.former, ...p.answers }).map((answer) => answer.parts),
];

type Edited = Extract<Event, { kind: 'edited' }>;

/** The author edited or deleted, on the platform, a message the case is made of: a revision that staff can see. */
function edited(given: Given, before: Practice, event: Edited, at: Instant): Practice {
  const told = Object.entries(before.answers).find(([, answer]) => answer.parts.some((part) => part.id === event.part));
  if (told) {
    const [key, answer] = told;
    const parts = revise(answer.parts, event, at);
    if (parts === answer.parts) return before;
    const answers = { ...before.answers, [key]: reread(given, key, answer, parts) };
    const isHeadline = given.flow.fields.some((field) => field.headline && field.key === key);
    const headline = isHeadline ? opening(textOf(parts), 120).text : before.headline;
    return noted(given, withPlaces({ ...before, answers, headline }), event, at, key, answer.text);
  }
  const reply = before.replies?.find((one) => one.parts.some((part) => part.id === event.part));
  if (reply) return editedReply(given, before, event, at, reply);
  const { story } = before;
  const parts = story && revise(story.parts, event, at);
  if (!story || !parts || parts === story.parts) return before;
  return noted(given, { ...before, story: { parts, text: textOf(parts) } }, event, at, 'story', story.text);
}

/** An answer to the team that was corrected: what stands under the card is corrected too. */
function editedReply(given: Given, before: Practice, event: Edited, at: Instant, reply: PracticeReply): Practice {
  const parts = revise(reply.parts, event, at);
  if (parts === reply.parts) return before;
  const replies = before.replies?.map((one) => (one === reply ? { ...one, parts } : one)) ?? [];
  return showReply(noted(given, { ...before, replies }, event, at, 'reply', textOf(reply.parts)), given, at, reply.ask);
}

type PracticeReply = NonNullable<Practice['replies']>[number];

/** An edit keeps what it replaced, while there is room; a deletion takes the words out of what earlier edits kept, too. */
function noted(given: Given, practice: Practice, event: Edited, at: Instant, field: string, before: string): Practice {
  const entry = { at, by: event.by, field };
  if (!event.deleted) {
    const edited = { ...practice, history: [...practice.history, { ...entry, what: 'edited', before }] };
    return hasRoom(edited, given, [])
      ? edited
      : { ...practice, history: [...practice.history, { ...entry, what: 'edited' }] };
  }
  const history = practice.history.map(({ before: kept, ...rest }) =>
    kept === undefined || rest.field === field ? rest : { ...rest, before: kept },
  );
  return { ...practice, history: [...history, { ...entry, what: 'deleted' }] };
}

function revise(parts: Part[], event: Edited, at: Instant): Part[] {
  const index = parts.findIndex((part) => part.id === event.part);
  const part = parts[index];
  if (!part || part.deleted || (!event.deleted && (part.edited ?? '') >= event.edit)) return parts;
  const { id, order } = part;
  const after: Part = event.deleted
    ? { id, order, at: part.at, text: '', deleted: at }
    : { ...withFiles(part, event.files), text: event.text, edited: event.edit };
  return parts.with(index, after);
}

function withFiles({ files, ...part }: Part, after: FileRef[]): Part {
  return after.length > 0 ? { ...part, files: keepCopies(files, after) } : part;
}

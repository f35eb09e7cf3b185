// The step of a conversation: every event comes in here and is led to the phase that answers it. Pure and total.
import { hasContent } from '../fields.ts';
import { wordsOf } from '../forms.ts';
import type { Conversation, Event, Inbound, Part, Step } from '../model.ts';
import { isSpoken, lease, nextDue, receive } from '../outgoing.ts';
import { commandOf } from '../words/commands.ts';
import { says } from '../words.ts';
import { awaited, carried, forOther, handed, suggested, takenUp } from './arrival.ts';
import { hold } from './aside.ts';
import { asked, defaulted, delivered, joinReply, raise, replies } from './asked.ts';
import { bar, unbar } from './barred.ts';
import { expired, opened as openedCase, seeded, told } from './cases.ts';
import { choose, offers, pressed, typedChoice } from './choices.ts';
import { isMeant, run } from './commands.ts';
import { refusedAgain, welcome } from './consent.ts';
import { crosses } from './crossing.ts';
import { revised } from './edits.ts';
import { copied, filed } from './files.ts';
import { openedHome, published } from './home.ts';
import { answer, append, sayAgain } from './interview.ts';
import { answered } from './looking.ts';
import { begun } from './prompts.ts';
import { closed, movedTo, opened, waiting } from './reach.ts';
import { comesBack, heldToStory, longAway } from './returned.ts';
import { openDraft, partOf, partsOf, remember, type Scene, w, withAnswer, withDraft } from './scene.ts';
import { signed } from './sharing.ts';
import { stopped } from './stopped.ts';
import { followed } from './trail.ts';
import { nextWaking, wake } from './waiting.ts';

export const advance: Step<Conversation> = (given, before, id, { event, at, fresh, by }) => {
  const start = before ?? (event.kind === 'inbound' ? newborn(id, event.inbound, given.language) : null);
  if (start === null) return null;
  const scene: Scene = { given, at, fresh, by, ...(event.kind === 'inbound' ? { inbound: event.inbound } : {}) };
  const then = waiting(published(start, filed(before, happened(start, scene, event), scene), scene), at);
  const after = followed(given.flow, start, then);
  // Waking looks again at when to wake: an edit of the flow may have moved it.
  if (after === before && event.kind !== 'woke') return before;
  const due = nextDue(after.outgoing);
  const wakeAt = nextWaking(after, given.flow, due) ?? due;
  return after.wakeAt === wakeAt ? after : { ...after, wakeAt };
};

function happened(c: Conversation, s: Scene, event: Event): Conversation {
  switch (event.kind) {
    case 'inbound':
      return raise(heard(c, s, event.inbound), s);
    case 'sent':
      return delivered(shown(receive(begun(s.given, c, event), event, s.at), s, event), s, event);
    case 'done':
      return receive(c, event, s.at);
    case 'failed': {
      const isMessage = c.outgoing.some((o) => o.key === event.key && isSpoken(o));
      const forGood = isMessage && event.retryAt === undefined && event.refused !== true;
      return forGood ? closed(c, s, event.reason) : delivered(receive(c, event, s.at), s, event);
    }
    case 'moved':
      return receive({ ...c, address: event.to }, event, s.at);
    case 'copied':
      return copied(c, s, event);
    case 'found':
      return answered(c, s, event);
    case 'handed':
      return handed(c, s, event.part);
    case 'behalf':
      return forOther(c, s, event.id);
    case 'asked':
      return asked(c, s, event.ask);
    case 'opened':
      return openedCase(c, s, event);
    case 'news':
      return told(c, s, event.news);
    case 'seed':
      return seeded(c, s, event);
    case 'expired':
      return expired(c, s, event);
    case 'bar':
      return bar(c, s, event);
    case 'unbar':
      return unbar(c, s);
    case 'woke':
      return raise(defaulted(wake(doubted(c, lease(c, s.at, event.living)), s), s), s);
    default:
      return c;
  }
}

/** Work taken over from a dead process: whether the open prompt was shown will never be known for sure. */
function doubted(before: Conversation, after: Conversation): Conversation {
  const { prompt } = after;
  const work = after.outgoing.find((one) => one.key === prompt?.id);
  if (!prompt || !work || before.outgoing.includes(work)) return after;
  return { ...after, prompt: { ...prompt, doubt: work.dueAt } };
}

function newborn(id: string, inbound: Inbound, fallback: Conversation['language']): Conversation | null {
  if (inbound.presence === 'gone' || inbound.presence === 'back') return null;
  const locale = inbound.person.locale?.slice(0, 2).toLowerCase();
  return {
    id,
    version: 0,
    outgoing: [],
    wakeAt: null,
    address: inbound.from,
    person: { id: inbound.person.id, name: inbound.person.name },
    language: locale === undefined ? fallback : locale === 'fr' ? 'fr' : 'en',
    held: [],
    drafts: {},
    cases: [],
    notes: [],
    seen: [],
    reminders: { on: true, count: 0 },
    count: 0,
    activeAt: inbound.at,
    heard: inbound.order,
  };
}

/** Something from the person, unless it was heard before. */
function heard(before: Conversation, s: Scene, inbound: Inbound): Conversation {
  if (isKnown(before, inbound)) return before;
  const refused = before.barred && stopped(before, s, inbound);
  if (refused) return refused;
  if (inbound.kind === 'edit' || inbound.kind === 'delete') return revised(before, s, inbound);
  if (inbound.presence === 'gone') return remember(closed(before, s, 'blocked'), [inbound.id]);
  if (inbound.presence === 'back') return remember(opened(before, s), [inbound.id]);
  if (inbound.presence === 'home') return remember(openedHome(before, s), [inbound.id]);
  // Its author did nothing yet.
  if (inbound.as === 'suggestion') return suggested(before, s, partOf(inbound));
  const c: Conversation = {
    ...movedTo(opened(before, s), inbound.from),
    person: named(before, inbound.person),
    activeAt: inbound.at > before.activeAt ? inbound.at : before.activeAt,
    ...(inbound.kind === 'message' && inbound.order > (before.heard ?? '') ? { heard: inbound.order } : {}),
    reminders: before.reminders.count === 0 ? before.reminders : { on: before.reminders.on, count: 0 },
  };
  if (inbound.kind === 'presence') return remember(greet(c, s), [inbound.id]);
  if (inbound.as === 'story') return takenUp(c, s, partOf(inbound));
  if (inbound.form) return remember(filled(c, s, inbound, inbound.form), [inbound.id]);
  if (inbound.kind === 'choice') return remember(pressed(c, s, inbound), [inbound.id]);
  return inbound.kind === 'message' ? message(c, s, inbound) : before;
}

const named = ({ person }: Conversation, { id, name }: Inbound['person']): Conversation['person'] =>
  person.id === id && person.name === name ? person : { id, name };

function isKnown(c: Conversation, inbound: Inbound): boolean {
  if (c.seen.includes(inbound.id)) return true;
  if (inbound.kind !== 'message') return false;
  const isIn = (parts: Part[]) => parts.some((part) => part.id === inbound.id);
  return isIn(c.held) || isIn(c.reply?.parts ?? []) || Object.values(c.drafts).some((draft) => isIn(partsOf(draft)));
}

/** The person opened the chat: the welcome, or where they stand. */
function greet(c: Conversation, s: Scene): Conversation {
  if (!c.prompt) return welcome(c, s);
  return sayAgain(c, s, openDraft(c) ? [says(w(c).welcomeBack, c.language)] : []);
}

function message(before: Conversation, s: Scene, inbound: Inbound): Conversation {
  const c = carried(before, s, inbound);
  if (inbound.unreadable) {
    const lead = [says(w(c).unreadable, c.language)];
    return remember(c.prompt ? sayAgain(c, s, lead) : welcome(c, s, lead), [inbound.id]);
  }
  const wordsOnly = inbound.files.length === 0 && !inbound.location;
  const command = wordsOnly ? commandOf(inbound.text) : undefined;
  if (command?.name === 'unknown') {
    const lead = [says(w(c).unknownCommand(command.word), c.language)];
    return remember(c.prompt ? sayAgain(c, s, lead) : welcome(c, s, lead), [inbound.id]);
  }
  if (command && isMeant(c, s, command, inbound.text)) {
    return remember(awaited(run(c, s, command), inbound), [inbound.id]);
  }
  const part = partOf(inbound);
  if (crosses(c, s, part)) return cross(c, s, part);
  const choice = wordsOnly ? typedChoice(c, s, inbound.text) : undefined;
  if (choice && 'option' in choice) return remember(choose(c, s, choice.option), [inbound.id]);
  if (choice) return remember(sayAgain(c, s, [says(w(c).pickOne(choice.of), c.language)]), [inbound.id]);
  return text(c, s, part);
}

/** Words from a form answer the question that opened it; should another stand open by now, they are held like any words. */
function filled(c: Conversation, s: Scene, inbound: Inbound, form: Record<string, string>): Conversation {
  const part = partOf({ ...inbound, text: wordsOf('answer', form) });
  const late = c.consent !== undefined && !offers(c, s, inbound.choice ?? '');
  return late && hasContent([part]) ? hold(c, s, part) : text(c, s, part);
}

/** Free words, by what stands open. */
function text(c: Conversation, s: Scene, part: Part): Conversation {
  if (!hasContent([part])) return remember(c.prompt ? sayAgain(c, s) : welcome(c, s), [part.id]);
  if (!c.prompt) return welcome({ ...c, held: [part], last: { to: 'held' } }, s, [says(w(c).consentHeld, c.language)]);
  if (c.prompt.kind === 'refused') return remember(refusedAgain(c, s), [part.id]);
  if (c.prompt.kind === 'reply' || c.prompt.kind === 'revise') return replies(c, s, part);
  if (c.prompt.kind === 'replyHow') return joinReply(c, s, part);
  if (c.prompt.kind === 'byline') return signed(c, s, part);
  if (!c.consent || !openDraft(c)) return hold(c, s, part);
  switch (c.prompt.kind) {
    case 'question':
    case 'followUp':
    case 'change':
    case 'add':
      return longAway(c, s) ? comesBack(c, s, part) : answer(heldToStory(c), s, part);
    case 'paused':
      return comesBack(c, s, part);
    default:
      return hold(c, s, part);
  }
}

function cross(c: Conversation, s: Scene, part: Part): Conversation {
  if (!hasContent([part])) return remember(c, [part.id]);
  if (c.last?.to === 'reply') return c.reply ? joinReply(c, s, part) : hold(c, s, part);
  if (c.last?.to === 'answer' || c.last?.to === 'story') return append(c, s, c.last, part);
  const open = c.prompt?.field !== undefined;
  return open && c.consent ? comesBack(c, s, part) : hold(c, s, part);
}

/** The prompt's message is out: its order is known, and texts that came after it are answers to it. */
function shown(c: Conversation, s: Scene, { key, order }: Extract<Event, { kind: 'sent' }>): Conversation {
  if ((c.prompt?.id !== key || order === undefined || c.prompt.order) ?? c.prompt.doubt) return c;
  const known: Conversation = { ...c, prompt: { ...c.prompt, order } };
  const { last } = known;
  if (!last || last.to === 'held' || last.to === 'reply') return known;
  const draft = known.drafts[last.draft];
  const parts = (last.to === 'story' ? draft?.story : draft?.answers[last.field]?.parts) ?? [];
  const early = parts.filter((part) => part.order < order);
  if (!draft || early.length === parts.length) return known;
  const trimmed =
    last.to === 'story' ? withDraft(known, { ...draft, story: early }) : withAnswer(s, known, draft, last.field, early);
  return parts.slice(early.length).reduce((next, part) => text(next, s, part), trimmed);
}

// A person's own cases once sent: where they stand, what the team made of them, changing an answer, taking one back. Pure.

import { spoken } from '../fold.ts';
import type { Block, Conversation, Event, News, Prompt } from '../model.ts';
import { emit } from '../outgoing.ts';
import { quotes, says, saysOf } from '../words.ts';
import { isFree } from './asked.ts';
import { begin, draftOf, list } from './drafts.ts';
import { goOn } from './interview.ts';
import { ask, tell } from './say.ts';
import { inOrder, openDraft, remember, type Scene, w, withDraft } from './scene.ts';
import { awake } from './waiting.ts';

/** Asks the case for itself: it answers by `opened`. */
export const look = (c: Conversation, s: Scene, practice: string, field?: string): Conversation =>
  emit(c, s.at, {
    kind: 'event',
    key: `open:${s.fresh}`,
    to: { kind: 'practice', id: practice },
    event: { kind: 'open', ...(field === undefined ? {} : { field }) },
  });

/** The case shows itself: what to do with it, or the answer to change. */
export function opened(c: Conversation, s: Scene, event: Extract<Event, { kind: 'opened' }>): Conversation {
  const { id, practice, blocks, field, label } = event;
  if (c.seen.includes(id)) return c;
  const known = remember(c, [id]);
  if (field === undefined) return ask(known, s, { kind: 'case', practice }, blocks);
  const current = [says(w(c).currentAnswer, c.language), ...blocks];
  const to: Pick<Prompt, 'kind' | 'field' | 'practice' | 'label'> = { kind: 'revise', practice, field };
  return ask(known, s, label === undefined ? to : { ...to, label }, current);
}

export function chosenCaseAct(c: Conversation, s: Scene, option: string): Conversation {
  const practice = c.prompt?.practice;
  if (practice === undefined || option === 'back') return list(c, s);
  return option === 'withdraw' || option === 'scope'
    ? ask(c, s, { kind: option, practice })
    : look(c, s, practice, option.slice('f-'.length));
}

export function chosenWithdraw(c: Conversation, s: Scene, option: string): Conversation {
  const practice = c.prompt?.practice;
  if (practice === undefined || option !== 'yes') return list(c, s);
  const asks = (c.asks ?? []).filter((one) => one.practice !== practice);
  const gone = withState({ ...c, asks }, practice, 'withdrawn');
  const told = emit(gone, s.at, {
    kind: 'event',
    key: `withdraw:${practice}`,
    to: { kind: 'practice', id: practice },
    event: { kind: 'withdrawn', by: c.id },
  });
  return goOn(told, s, [says(w(c).staff.withdrawSaid, c.language)]);
}

const withState = (c: Conversation, practice: string, state: News['state']): Conversation => ({
  ...c,
  cases: c.cases.map((one) => (one.id === practice ? { ...one, state } : one)),
});

/** Where a case stands now; what matters to its author is said, outside the quiet hours. */
export function told(c: Conversation, s: Scene, news: News): Conversation {
  const { id, practice, state } = news;
  const mine = c.cases.some((one) => one.id === practice);
  if (c.seen.includes(`news:${id}`) || !mine) return c;
  const next = remember(withState(c, practice, state), [`news:${id}`]);
  if (news.full !== undefined) return tell(next, s, [says(w(c).draftFull(news.full), c.language)]);
  const blocks = newsBlocks(c, news);
  if (blocks.length === 0) return next;
  return tell(next, s, blocks, { pause: Date.parse(awake(s.at, s.given.flow)) - Date.parse(s.at) });
}

function newsBlocks(c: Conversation, { practice, state, use, reason }: News): Block[] {
  const { staff } = w(c);
  const { language } = c;
  const number = spoken(practice);
  if (use) {
    return [
      says(staff.newsUsed(number), language),
      saysOf(language, staff.newsReport, use.report),
      ...(use.section === undefined ? [] : [saysOf(language, staff.newsSection, use.section)]),
      ...(use.quotation === undefined ? [] : [says(staff.newsQuotation, language), quotes(use.quotation)]),
      ...(use.link === undefined ? [] : [saysOf(language, staff.newsLink, use.link)]),
    ];
  }
  if (state === 'accepted') return [says(staff.newsAccepted(number), language)];
  if (state !== 'setAside') return [];
  const why = reason === undefined ? [] : [saysOf(language, staff.reason, reason)];
  return [says(staff.newsSetAside(number), language), ...why];
}

/** A case is no more: nothing is asked of it, and words on their way to it are held. */
export function expired(c: Conversation, s: Scene, event: Extract<Event, { kind: 'expired' }>): Conversation {
  const left = without(c, event.practice);
  if (!event.asked) return left;
  const said = [says(w(c).staff.gone, c.language)];
  return c.prompt?.kind === 'cases' ? ask(left, s, { kind: 'cases' }, said) : tell(left, s, said);
}

function without(c: Conversation, practice: string): Conversation {
  const cases = c.cases.filter((one) => one.id !== practice);
  const asks = (c.asks ?? []).filter((one) => one.practice !== practice);
  const { reply, ...rest } = { ...c, cases, ...(c.asks ? { asks } : {}) };
  if (!reply) return rest;
  if (reply.practice !== practice) return { ...rest, reply };
  return { ...rest, held: inOrder([...c.held, ...reply.parts]) };
}

/** The team suggests making a story of a note: a draft begins with its words, beside whatever is being told or asked. */
export function seeded(c: Conversation, s: Scene, { id, parts }: Extract<Event, { kind: 'seed' }>): Conversation {
  if (c.seen.includes(`seed:${id}`)) return c;
  const known = remember(c, [`seed:${id}`]);
  const story = parts.map((part) => ({ ...part, id: `${part.id}:${id}` }));
  const said = [says(w(c).staff.seedSaid, c.language)];
  const pause = Date.parse(awake(s.at, s.given.flow)) - Date.parse(s.at);
  if (pause === 0 && !openDraft(c) && isFree(c)) return begin({ ...known, held: story }, s, said);
  const { drafts: most } = s.given.flow.limits;
  if (Object.keys(c.drafts).length >= most) {
    return tell(known, s, [...said, says(w(c).tooManyDrafts(most), c.language)], { pause });
  }
  return tell(withDraft(known, draftOf(s, story)), s, [...said, says(w(c).suggestedKept, c.language)], { pause });
}

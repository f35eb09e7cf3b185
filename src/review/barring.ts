// The team takes no more words of an author, whose case knows them by conversation only; what the author has to say to that
// comes back to the team once. Pure.
import { textOf } from '../fields.ts';
import type { Event, Given, Instant, Practice } from '../model.ts';
import { quotes, says, saysOf, wording } from '../words.ts';
import { choiceOf } from './card.ts';
import { announce, noted, notice, prompted, type Scene, wordsFor } from './doing.ts';
import { toAuthor } from './relay.ts';
import { plain, under } from './under.ts';

const barAuthor = (p: Practice, at: Instant, reason: string): Practice =>
  toAuthor({ ...p, barred: true }, at, `bar:${p.version}`, { kind: 'bar', practice: p.id, reason });

const unbarAuthor = (p: Practice, at: Instant): Practice =>
  toAuthor(unbarred(p), at, `bar:${p.version}`, { kind: 'unbar', practice: p.id });

function unbarred({ barred: _, ...p }: Practice): Practice {
  return p;
}

/** No more words of its author are taken; they are told why, and may contest it. */
export function bar(p: Practice, s: Scene): Practice {
  const reason = wordsFor(s, 'bar');
  if (p.barred) return notice(p, s, (w) => w.alreadyBarred);
  if (reason === undefined) return prompted(p, s, 'bar', `${p.id}.bar`);
  const barred = barAuthor(noted(p, s, 'barred', { text: reason }), s.at, reason);
  return announce(barred, s, (language, w) => plain(language, [saysOf(language, w.barred, s.action.by.name)]));
}

export function unbar(p: Practice, s: Scene): Practice {
  if (!p.barred) return notice(p, s, (w) => w.notBarred);
  const open = unbarAuthor(noted(p, s, 'unbarred'), s.at);
  return announce(open, s, (language, w) => plain(language, [saysOf(language, w.unbarred, s.action.by.name)]));
}

/** What was decided about another case of the same author. */
export const heardBarred = (p: Practice, barred: boolean): Practice =>
  barred === (p.barred ?? false) ? p : barred ? { ...p, barred } : unbarred(p);

/** The author contests it: the team reads why, and may take it back. */
export function appealed(
  p: Practice,
  given: Given,
  at: Instant,
  { part }: Extract<Event, { kind: 'appealed' }>,
): Practice {
  if (p.history.some(({ what, at: when }) => what === 'appealed' && when === part.at)) return p;
  const history = [...p.history, { at: part.at, by: p.author, what: 'appealed', text: textOf([part]) }];
  const next = { ...p, history, unread: (p.unread ?? 0) + 1 };
  return under(next, given, at, { key: `appeal:${history.length}`, words: 'shown' }, (language) => ({
    ...plain(language, [says(wording(language).staff.appealed, language), quotes(textOf([part]))]),
    choices: [choiceOf(p.id, 'unbar', language)],
  }));
}

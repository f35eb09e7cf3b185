// One's own page, where a platform has such a thing: a way to tell a practice, one's drafts and cases and where they stand.
// Published when it is opened, and again when what it shows has changed. Pure.
import type { Conversation, Outbound } from '../model.ts';
import { emit, isSpoken, withdraw } from '../outgoing.ts';
import { ownList } from '../views.ts';
import { heads, says } from '../words.ts';
import { choicesOf } from './prompts.ts';
import { type Scene, w } from './scene.ts';

/** What its address has as thread, and what its choices begin with. */
const HOME = 'home';

/** The page is being looked at: it shows how things stand now. */
export const openedHome = (c: Conversation, s: Scene): Conversation => publish({ ...c, home: true }, s);

/** After any step: the page of somebody who once opened it follows. */
export function published(before: Conversation, after: Conversation, s: Scene): Conversation {
  if (!before.home || !after.home) return after;
  const same = (['drafts', 'cases', 'language', 'consent'] as const).every((key) => before[key] === after[key]);
  if (same) return after;
  const isSame = JSON.stringify(homeView(s, before)) === JSON.stringify(homeView(s, after));
  return isSame ? after : publish(after, s);
}

/** Every version has a key of its own, so that what became of a former one is never taken for this one's. */
function publish(before: Conversation, s: Scene): Conversation {
  const c = withdraw(before, (work) => isSpoken(work) && work.to.thread === HOME);
  const { channel, chat } = c.address;
  return emit({ ...c, count: c.count + 1 }, s.at, {
    kind: 'message',
    key: `${HOME}:${(c.count + 1).toString(36)}`,
    to: { channel, chat, thread: HOME },
    message: homeView(s, c),
    out: [],
  });
}

function homeView(s: Scene, c: Conversation): Outbound {
  const choices = choicesOf(s, c, { id: HOME, kind: 'cases', at: s.at });
  const isNew = Object.keys(c.drafts).length + c.cases.length === 0;
  const hint = says(w(c).homeHint, c.language);
  return {
    language: c.language,
    blocks: [heads(s.given.flow.title[c.language], c.language), hint, ...ownList(s.given, c)],
    choices: choices.map((one) => (isNew && one.id === `${HOME}.new` ? { ...one, label: w(c).homeTell } : one)),
    closed: true,
  };
}

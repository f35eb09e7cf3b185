// Texts that cross a prompt: written before it was shown, come after it was made. Pure.
import type { Conversation, Instant, Part } from '../model.ts';
import { isElsewhere, later } from '../outgoing.ts';
import { isWaiting, pausesOf } from './say.ts';
import type { Scene } from './scene.ts';

/** Telegram counts whole seconds. */
const SECOND = 1_000;

/**
 * A text sent before the open prompt was shown belongs to what came before. While the platform's order of the prompt is
 * not known, it is taken to be so; `shown` puts it right. When a crash hides whether it was shown, or another process has
 * it in hand and may have died, all that is left is the time: a text older than the reply was due cannot be its answer,
 * nor one that follows the person's own last message before any reply could.
 */
export function crosses(c: Conversation, s: Scene, part: Part): boolean {
  if (!c.prompt || !c.last) return false;
  // A question of the team comes out of the blue: what was written before it was asked is no answer to it.
  const unasked = c.prompt.kind === 'reply' && c.last.to === 'held' && c.prompt.order === undefined;
  const elsewhere = c.outgoing.find((work) => work.key === c.prompt?.id && isElsewhere(work, s.by));
  const since = c.prompt.doubt ?? elsewhere?.dueAt;
  if (since !== undefined) return later(part.at, SECOND) < since || followsAtOnce(c, s, part);
  if (unasked) return later(part.at, SECOND) < c.prompt.at;
  return c.prompt.order === undefined ? isWaiting(c) : part.order < c.prompt.order;
}

/** By one clock, the platform's, which stamps messages and not forms: the reply waits that long for the rest of an answer. */
function followsAtOnce(c: Conversation, s: Scene, part: Part): boolean {
  const last = lastAt(c);
  return last !== undefined && part.at < later(last, pausesOf(c, s).text);
}

function lastAt({ last, drafts, held, reply }: Conversation): Instant | undefined {
  if (last?.to === 'held') return newest(held);
  if (last?.to === 'reply') return newest(reply?.parts ?? []);
  const draft = last && drafts[last.draft];
  return newest((last?.to === 'answer' ? draft?.answers[last.field]?.parts : draft?.story) ?? []);
}

const newest = (parts: Part[]): Instant | undefined =>
  parts
    .filter(({ id }) => id.startsWith('m:'))
    .reduce<Instant | undefined>((at, part) => (at === undefined || part.at > at ? part.at : at), undefined);

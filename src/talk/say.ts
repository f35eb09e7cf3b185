// Putting the bot's words on their way: one prompt at a time, and notices that stay. Pure.

import type { Block, Choice, Conversation, Outbound, Prompt } from '../model.ts';
import { emit, later, withdraw } from '../outgoing.ts';
import { promptView } from './prompts.ts';
import { fieldAt, type Scene } from './scene.ts';

export interface How {
  /** Milliseconds before it goes out. */
  pause?: number;
  /** A further text joined the answer: the reply that waits is moved rather than said twice. */
  joined?: boolean;
  /** It must reach the person, whatever comes next: a receipt. */
  lasting?: boolean;
}

/** Asks something: the lead, then the prompt, in one message. A reply that still waits to go out is replaced. */
export function ask(
  c: Conversation,
  s: Scene,
  to: Pick<Prompt, 'kind' | 'field' | 'whole' | 'practice' | 'ask' | 'label'>,
  lead: Block[] = [],
  how: How = {},
): Conversation {
  const again = c.prompt?.kind === to.kind && c.prompt.field === to.field && c.prompt.ask === to.ask;
  const same = how.joined && isWaiting(c) && again;
  const count = same ? c.count : c.count + 1;
  const id = same && c.prompt ? c.prompt.id : `p${count.toString(36)}`;
  // The same question said again was shown long ago: what is written now is its answer.
  const { order, doubt } = (again ? c.prompt : undefined) ?? {};
  const wants = wanted(c, s, to);
  const prompt: Prompt = {
    ...to,
    id,
    at: s.at,
    ...(order === undefined ? {} : { order }),
    ...(doubt === undefined ? {} : { doubt }),
    ...(wants === undefined ? {} : { wants }),
  };
  const next = { ...withdraw(c, (o) => o.kind === 'prompt' && o.key !== id), count, prompt };
  if (how.lasting) return post(next, s, id, promptView(s, next, prompt, lead), how.pause);
  const dueAt = later(s.at, how.pause ?? 0);
  return emit(next, s.at, { kind: 'prompt', key: id, to: c.address, lead, out: [], dueAt });
}

/** A place may be shared under a question about one; the offer is taken back with what comes next. */
function wanted(c: Conversation, s: Scene, { kind, field }: Pick<Prompt, 'kind' | 'field'>): Prompt['wants'] {
  const isAsked = kind === 'question' || kind === 'followUp' || kind === 'change';
  if (isAsked && fieldAt(s, field)?.kind === 'place') return 'location';
  // What takes it back may itself never have been shown.
  const stands = c.prompt?.wants === 'location' || (c.prompt?.wants === 'nothing' && isWaiting(c));
  return stands ? 'nothing' : undefined;
}

/** Says something that must not be replaced by what comes next (a receipt), and leaves the prompt as it is. */
export function tell(
  c: Conversation,
  s: Scene,
  blocks: Block[],
  { choices = [], pause }: { choices?: Choice[]; pause?: number } = {},
): Conversation {
  const count = c.count + 1;
  const message: Outbound = { language: c.language, blocks, choices, closed: false };
  return post({ ...c, count }, s, `n${count.toString(36)}`, message, pause);
}

/** Says something else in the place of a message that stands. */
export const amend = (c: Conversation, s: Scene, key: string, blocks: Block[], edits: string[]): Conversation =>
  emit(c, s.at, {
    kind: 'message',
    key,
    to: c.address,
    message: { language: c.language, blocks, choices: [], closed: false },
    out: [],
    edits,
  });

/** Whether the open prompt has, as far as we know, not been shown yet. */
export const isWaiting = (c: Conversation): boolean => c.outgoing.some((o) => o.key === c.prompt?.id);

const post = (c: Conversation, s: Scene, key: string, message: Outbound, pause = 0): Conversation =>
  emit(c, s.at, { kind: 'message', key, to: c.address, message, out: [], dueAt: later(s.at, pause) });

/** How long to wait for more before replying to a free text, in milliseconds: none on the terminal, a moment in chats. */
export const pausesOf = (c: Conversation, s: Scene): { text: number; long: number } =>
  s.given.pauses[c.address.channel] ?? { text: 2_000, long: 5_000 };

export function pauseAfter(c: Conversation, s: Scene): number {
  const pause = pausesOf(c, s);
  return s.inbound?.more ? pause.long : pause.text;
}

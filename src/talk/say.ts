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
  const next = { ...withdraw(c, (o) => o.kind === 'message' && o.replaceable && o.key !== id), count, prompt };
  const view = promptView(s, next, prompt);
  return post(
    next,
    s,
    id,
    { ...view, blocks: [...lead, ...view.blocks] },
    { replaceable: how.lasting !== true, pause: how.pause ?? 0 },
  );
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
  { choices = [], pause = 0 }: { choices?: Choice[]; pause?: number } = {},
): Conversation {
  const count = c.count + 1;
  const message: Outbound = { language: c.language, blocks, choices, closed: false };
  return post({ ...c, count }, s, `n${count.toString(36)}`, message, { replaceable: false, pause });
}

/** Says something else in the place of a message that stands. */
export const amend = (c: Conversation, s: Scene, key: string, blocks: Block[], edits: string[]): Conversation =>
  emit(c, s.at, {
    kind: 'message',
    key,
    to: c.address,
    message: { language: c.language, blocks, choices: [], closed: false },
    out: [],
    replaceable: false,
    edits,
  });

/** Whether the open prompt has, as far as we know, not been shown yet. */
export const isWaiting = (c: Conversation): boolean => c.outgoing.some((o) => o.key === c.prompt?.id);

function post(
  c: Conversation,
  s: Scene,
  key: string,
  message: Outbound,
  how: { replaceable: boolean; pause: number },
): Conversation {
  return emit(c, s.at, {
    kind: 'message',
    key,
    to: c.address,
    message,
    out: [],
    replaceable: how.replaceable,
    dueAt: later(s.at, how.pause),
  });
}

/** How long to wait for more before replying to a free text: none on the terminal, a moment in chats. */
export function pauseAfter(c: Conversation, s: Scene): number {
  const pause = s.given.pauses[c.address.channel] ?? { text: 2_000, long: 5_000 };
  return s.inbound?.more ? pause.long : pause.text;
}

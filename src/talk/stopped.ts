// What is not taken from somebody barred: words, and what would tell, change or send something. The rest they may do. Pure.
import { hasContent } from '../fields.ts';
import type { Conversation, Inbound, Prompt } from '../model.ts';
import { later } from '../outgoing.ts';
import { type CommandName, commandOf } from '../words/commands.ts';
import { contested, say } from './barred.ts';
import { typedChoice } from './choices.ts';
import { partOf, remember, type Scene } from './scene.ts';

/** Whoever goes on writing is told again, but not each time. */
const AGAIN = 3_600_000;
/** What would tell, change or send something. */
const OF_TELLING = new Set<CommandName>([
  ...(['start', 'fresh', 'back', 'recap', 'all', 'change', 'add', 'resume', 'restart', 'undo', 'story'] as const),
  ...(['keep', 'note', 'reply', 'behalf'] as const),
]);
/** Prompts that take words, or choose what becomes of some. */
const OF_WORDS = new Set<Prompt['kind']>([
  ...(['question', 'followUp', 'change', 'add', 'recap', 'which', 'place', 'aside'] as const),
  ...(['reply', 'revise', 'replyHow', 'byline'] as const),
]);

/** What they are answered; undefined for what they may do all the same. */
export function stopped(before: Conversation, s: Scene, inbound: Inbound): Conversation | undefined {
  const { kind, id, order } = inbound;
  if (kind === 'edit' || inbound.as === 'suggestion') return remember(before, [id]);
  if (kind === 'delete' || kind === 'presence') return undefined;
  if (inbound.form || inbound.as === 'story') return refused(before, s, id);
  if (kind === 'choice') {
    return takesWords(before) || inbound.choice?.endsWith('.new') ? refused(before, s, id) : undefined;
  }
  const c = order > (before.heard ?? '') ? { ...before, heard: order } : before;
  return written(c, s, inbound);
}

const takesWords = ({ prompt }: Conversation): boolean => prompt !== undefined && OF_WORDS.has(prompt.kind);

function written(c: Conversation, s: Scene, inbound: Inbound): Conversation | undefined {
  const isPlain = inbound.files.length === 0 && !inbound.location;
  const command = isPlain ? commandOf(inbound.text) : undefined;
  if (command)
    return command.name !== 'unknown' && OF_TELLING.has(command.name) ? refused(c, s, inbound.id) : undefined;
  if (c.prompt?.kind === 'appeal' && hasContent([partOf(inbound)])) return contested(c, s, inbound);
  const choice = isPlain && !takesWords(c) ? typedChoice(c, s, inbound.text) : undefined;
  const begins = choice && 'option' in choice && choice.option === 'new';
  return choice && !begins ? undefined : refused(c, s, inbound.id);
}

function refused(c: Conversation, s: Scene, id: string): Conversation {
  const known = remember(c, [id]);
  const isSaid = c.prompt?.kind === 'barred' && later(c.prompt.at, AGAIN) > s.at;
  return isSaid ? known : say(known, s);
}

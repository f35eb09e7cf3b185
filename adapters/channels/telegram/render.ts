// From what the bot says to Telegram's messages: entities by construction, never markup, so that nothing anybody wrote can
// become any. Pure.
import type { Block, Language, Outbound, Span } from '../../../src/model.ts';
import { cuts } from '../split.ts';

export interface Entity {
  type: 'bold' | 'blockquote';
  /** UTF-16 units. */
  offset: number;
  length: number;
}

interface Button {
  text: string;
  callback_data?: string;
  url?: string;
}

export type Markup =
  | { inline_keyboard: Button[][] }
  | { keyboard: { text: string; request_location?: true }[][]; resize_keyboard: true; one_time_keyboard: true }
  | { remove_keyboard: true };

export interface Payload {
  text: string;
  entities: Entity[];
  reply_markup?: Markup;
}

/** UTF-16 units a message holds; the platform counts the same or less (https://core.telegram.org/bots/api#sendmessage). */
const LIMIT = 4_096;
/** Entities the platform reads in one message. */
const MOST_ENTITIES = 100;
/** Invisible; it keeps a name or a word of somebody's text from becoming a mention or a command. */
const JOINER = '\u2060';

const SHARE: Record<Language, string> = { fr: 'Partager ma position', en: 'Share my location' };

/** The messages it takes, in order. `username` is the bot's own, for the way from a group to the private chat. */
export function render(message: Outbound, username: string): Payload[] {
  const markup = markupOf(message, username);
  const [first, ...rest] = message.blocks;
  // One message cannot both take a keyboard back and bring another.
  if (message.wants === 'nothing' && markup && first && rest.length > 0) {
    return [...withMarkup(pieces([first]), { remove_keyboard: true }), ...withMarkup(pieces(rest), markup)];
  }
  return withMarkup(
    pieces(message.blocks),
    markup ?? (message.wants === 'nothing' ? { remove_keyboard: true } : undefined),
  );
}

/** The last message bears the buttons. */
const withMarkup = (payloads: Payload[], markup: Markup | undefined): Payload[] =>
  payloads.map((one, i) => (markup && i === payloads.length - 1 ? { ...one, reply_markup: markup } : one));

function pieces(blocks: Block[]): Payload[] {
  const { text, entities } = textOf(blocks);
  return cuts(text, LIMIT).map(([start, end]) => ({
    text: text.slice(start, end),
    entities: entities.flatMap((one) => within(one, start, end)).slice(0, MOST_ENTITIES),
  }));
}

function within({ type, offset, length }: Entity, start: number, end: number): Entity[] {
  const [from, to] = [Math.max(offset, start), Math.min(offset + length, end)];
  return to > from ? [{ type, offset: from - start, length: to - from }] : [];
}

function textOf(blocks: Block[]): { text: string; entities: Entity[] } {
  let text = '';
  const entities: Entity[] = [];
  const mark = (type: Entity['type'], from: number) => {
    if (text.length > from) entities.push({ type, offset: from, length: text.length - from });
  };
  blocks.forEach((block, i) => {
    const start = text.length;
    for (const span of block.spans) {
      const from = text.length;
      text += written(span);
      if (typeof span === 'object' && 'strong' in span && block.as !== 'heading') mark('bold', from);
    }
    if (block.as === 'heading') mark('bold', start);
    if (block.as === 'quote') mark('blockquote', start);
    if (i < blocks.length - 1) text += gap(block, blocks[i + 1]);
  });
  return { text, entities };
}

function written(span: Span): string {
  if (typeof span === 'string') return harmless(span);
  return 'strong' in span ? harmless(span.strong) : command(span.command);
}

/** Telegram makes a link of `@name` and `/word` wherever they stand. */
const harmless = (text: string): string =>
  text
    .replace(/(?<![\p{L}\p{N}_.+-])@(?=\w)/gu, `@${JOINER}`)
    .replace(/(?<![\p{L}\p{N}_/:])\/(?=[A-Za-z])/gu, `/${JOINER}`);

/** A word behind a slash can be pressed; an argument cannot be part of it. */
const command = (words: string): string => `/${words.replace(/-/g, '_')}`;

/** A heading, and the items of a list, stay with what follows. */
function gap(one: Block, next: Block | undefined): string {
  const isItem = ({ spans }: Block) => typeof spans[0] === 'object' && spans.length > 1;
  return one.as === 'heading' || (next && isItem(one) && isItem(next)) ? '\n' : '\n\n';
}

function markupOf({ choices, closed, door, wants, language }: Outbound, username: string): Markup | undefined {
  if (door) return { inline_keyboard: [[{ text: door.label, url: `https://t.me/${username}?start=${door.payload}` }]] };
  if (wants === 'location') {
    const words = choices.map(({ label }) => ({ text: label }));
    const rows = [[{ text: SHARE[language], request_location: true as const }], ...(words.length > 0 ? [words] : [])];
    return { keyboard: rows, resize_keyboard: true, one_time_keyboard: true };
  }
  if (choices.length === 0) return undefined;
  const buttons = choices.map(({ id, label }) => ({ text: label, callback_data: id }));
  return { inline_keyboard: closed ? buttons.map((button) => [button]) : rowsOf(buttons, 3) };
}

const rowsOf = <T>(items: T[], wide: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / wide) }, (_, i) => items.slice(i * wide, (i + 1) * wide));

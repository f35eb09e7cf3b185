// From what the bot says to Telegram's messages: entities by construction, never markup, so that nothing anybody wrote can
// become any. Pure.
import type { Attachment, Block, Choice, Language, Outbound, Span } from '../../../src/model.ts';
import { cuts } from '../split.ts';

export interface Entity {
  type: 'bold' | 'blockquote';
  /** UTF-16 units. */
  offset: number;
  length: number;
}

type Button = { text: string } & ({ callback_data: string } | { url: string });

export type Markup =
  | { inline_keyboard: Button[][] }
  | { keyboard: { text: string; request_location?: true }[][]; resize_keyboard: true; one_time_keyboard: true }
  | { remove_keyboard: true }
  | { force_reply: true; selective: true };

export interface Payload {
  /** Of an attachment: its caption. */
  text: string;
  entities: Entity[];
  reply_markup?: Markup;
  attachment?: Attachment;
}

/** UTF-16 units a message holds; the platform counts the same or less (https://core.telegram.org/bots/api#sendmessage). */
const LIMIT = 4_096;
/** The same of a caption (https://core.telegram.org/bots/api#sendphoto). */
const CAPTION = 1_024;
/** Entities the platform reads in one message. */
const MOST_ENTITIES = 100;
/** Invisible; it keeps a name or a word of somebody's text from becoming a mention or a command. */
const JOINER = '\u2060';

const SHARE: Record<Language, string> = { fr: 'Partager ma position', en: 'Share my location' };

/** The messages it takes, in order. `username` is the bot's own, for the way from a group to the private chat. */
export function render(message: Outbound, username: string): Payload[] {
  const markup = markupOf(message, username);
  if (message.attachment) return withMarkup(attached(message.blocks, message.attachment), markup);
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

/** Telegram keeps no alternative text: what a picture shows is said in its caption, with all the rest if that fits. */
function attached(blocks: Block[], attachment: Attachment): Payload[] {
  const shows: Block = { as: 'text', spans: [attachment.alt] };
  const all = textOf([...blocks, shows]);
  if (all.text.length <= CAPTION) return [{ ...all, attachment }];
  const caption = textOf([shows]);
  if (caption.text.length <= CAPTION) return [{ ...caption, attachment }, ...pieces(blocks)];
  return [{ text: '', entities: [], attachment }, ...pieces([...blocks, shows])];
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
      text += apart(text, written(span));
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

/** The end of one piece and the beginning of the next may become a link together. */
const apart = (before: string, piece: string): string =>
  /[@/]$/.test(before) && /^\w/.test(piece) ? JOINER + piece : piece;

/** Telegram makes a link of `@name` and `/word` wherever they stand. */
const harmless = (text: string): string =>
  text
    .replace(/(?<![\p{L}\p{N}_.+-])@(?=\w)/gu, `@${JOINER}`)
    .replace(/(?<![\p{L}\p{N}_/:])\/(?=[A-Za-z])/gu, `/${JOINER}`);

/** A word behind a slash can be pressed; an argument cannot be part of it, and is written as it is. */
const command = (words: string): string => `/${words.replace(/^\S+/, (word) => word.replace(/-/g, '_'))}`;

/** A heading, and the items of a list, stay with what follows. */
function gap(one: Block, next: Block | undefined): string {
  const isItem = ({ spans }: Block) => typeof spans[0] === 'object' && spans.length > 1;
  return one.as === 'heading' || (next && isItem(one) && isItem(next)) ? '\n' : '\n\n';
}

function markupOf({ choices, closed, door, wants, language }: Outbound, username: string): Markup | undefined {
  // There are no forms here: an answer is written as a message.
  const offered = choices.filter(({ form }) => form !== 'answer');
  if (door) return { inline_keyboard: [[{ text: door.label, url: `https://t.me/${username}?start=${door.payload}` }]] };
  if (wants === 'location') {
    const words = offered.map(({ label }) => ({ text: label }));
    const rows = [[{ text: SHARE[language], request_location: true as const }], ...(words.length > 0 ? [words] : [])];
    return { keyboard: rows, resize_keyboard: true, one_time_keyboard: true };
  }
  if (offered.length > 0) return { inline_keyboard: rowsOf(offered, closed ? 1 : 3) };
  // Selective: only who is spoken to gets the field opened, so that nobody else's next word is taken for an answer.
  return wants === 'reply' ? { force_reply: true, selective: true } : undefined;
}

/** Letters that a row of buttons, all of one width, shows on a narrow phone. */
const WIDTH = 36;

/** As many in a row as stay readable; `most` at the most. */
function rowsOf(choices: Choice[], most: number): Button[][] {
  const rows: Button[][] = [];
  for (const { id, label } of choices) {
    const button = { text: label, callback_data: id };
    const row = rows.at(-1);
    const longest = Math.max(label.length, ...(row ?? []).map(({ text }) => text.length));
    if (row && row.length < most && (row.length + 1) * longest <= WIDTH) row.push(button);
    else rows.push([button]);
  }
  return rows;
}

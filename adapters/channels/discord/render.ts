// From what the bot says to Discord's messages: every character that could be markup is escaped, and nothing is cut but
// into further messages. Staff places get Components V2, which hold twice as much; people get plain messages. Pure.
import type { Block, Choice, Form, Language, Outbound, Span } from '../../../src/model.ts';
import { cuts } from '../split.ts';
import { DOOR, type Pressed, pressedId } from './ids.ts';
import { sayWords } from './words.ts';

export type Component = { type: number } & Record<string, unknown>;

export interface Payload {
  content?: string;
  components: Component[];
  flags: number;
  allowed_mentions: { parse: []; replied_user: false };
  attachments?: { id: number; filename: string; description: string }[];
}

export interface Style {
  /** For a staff place. */
  card: boolean;
  /** In a private thread of a server: whose it is. */
  owner?: string;
}

/** https://docs.discord.com/developers/components/reference */
const TYPE = { row: 1, button: 2, select: 3, input: 4, text: 10, gallery: 12, file: 13, label: 18 };
const FLAG = { noPreview: 1 << 2, v2: 1 << 15 };
/** Characters: a plain message, and all the text of one in Components V2. */
const LIMIT = { plain: 2_000, card: 4_000 };
const MOST = { rows: 5, wide: 5, label: 80, options: 25, optionLabel: 100, title: 45, alt: 1_024 };

/** The messages it takes, in order; the last bears the buttons and the file. */
export function render(message: Outbound, { card, owner }: Style): Payload[] {
  const hint = card && message.wants === 'reply' ? [hintOf(message.language)] : [];
  const texts = pieces([...message.blocks, ...hint], card ? LIMIT.card : LIMIT.plain);
  return texts.map((text, i) => {
    const last = i === texts.length - 1;
    const rows = last ? rowsOf(message, owner) : [];
    const file = last && message.attachment ? message.attachment : undefined;
    const attachments = file
      ? { attachments: [{ id: 0, filename: fileName(file.name), description: file.alt.slice(0, MOST.alt) }] }
      : {};
    const common = { allowed_mentions: { parse: [] as [], replied_user: false as const }, ...attachments };
    if (!card) return { content: text, components: rows, flags: FLAG.noPreview, ...common };
    const media = file ? [mediaOf(file.type, fileName(file.name), file.alt)] : [];
    return { components: [{ type: TYPE.text, content: text }, ...media, ...rows], flags: FLAG.v2, ...common };
  });
}

const hintOf = (language: Language): Block => ({ as: 'text', spans: [sayWords[language].replyHint] });

/** A name that an `attachment://` address can carry. */
export const fileName = (name: string): string => name.replace(/[^\w.-]/g, '_');

const mediaOf = (type: string, name: string, alt: string): Component => {
  const media = { url: `attachment://${name}` };
  if (!type.startsWith('image/')) return { type: TYPE.file, file: media };
  return { type: TYPE.gallery, items: [{ media, description: alt.slice(0, MOST.alt) }] };
};

// ------------------------------------------------------------------------------------------------------------ buttons

function rowsOf({ choices, closed, door, language }: Outbound, owner: string | undefined): Component[] {
  if (door) return [row([button(pressedId({ choice: `${DOOR}${door.payload}` }), door.label)])];
  const idOf = ({ id, form }: Choice) =>
    pressedId(withOwner({ choice: id, ...(form ? { form: { name: form, language } } : {}) }, owner));
  if (choices.length > MOST.rows * MOST.wide) {
    return groups(choices, MOST.options)
      .slice(0, MOST.rows)
      .map((some, i) => menu(some, idOf, i, language));
  }
  const alone = closed && choices.length <= MOST.rows;
  const buttons = choices.map((choice) => button(idOf(choice), choice.label));
  return groups(buttons, alone ? 1 : MOST.wide).map(row);
}

const withOwner = (pressed: Pressed, owner: string | undefined): Pressed =>
  owner === undefined ? pressed : { ...pressed, owner };

export const row = (components: Component[]): Component => ({ type: TYPE.row, components });

export const button = (id: string, label: string): Component => ({
  type: TYPE.button,
  style: 2,
  label: shown(label, MOST.label),
  custom_id: id,
});

export const link = (url: string, label: string): Component => ({ type: TYPE.button, style: 5, label, url });

const menu = (choices: Choice[], idOf: (choice: Choice) => string, i: number, language: Language): Component =>
  row([
    {
      type: TYPE.select,
      custom_id: `menu.${i}`,
      placeholder: sayWords[language].menu,
      options: choices.map((choice) => ({ label: shown(choice.label, MOST.optionLabel), value: idOf(choice) })),
    },
  ]);

/** A label has no other place to go on: a long one shows its beginning. */
const shown = (label: string, most: number): string =>
  label.length <= most ? label : `${label.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

const groups = <T>(items: T[], wide: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / wide) }, (_, i) => items.slice(i * wide, (i + 1) * wide));

/** The form that a choice opens; what is filled in comes back under the same id. */
export const modal = (id: string, { title, fields }: Form): object => ({
  custom_id: id,
  title: shown(title, MOST.title),
  components: fields.map(({ key, label, long, required, most }) => ({
    type: TYPE.label,
    label: shown(label, MOST.title),
    component: { type: TYPE.input, custom_id: key, style: long ? 2 : 1, required, max_length: Math.min(most, 4_000) },
  })),
});

// --------------------------------------------------------------------------------------------------------------- text

/** Plain text with what each stretch of it is. */
interface Laid {
  text: string;
  marks: { as: 'strong' | 'command' | 'heading' | 'quote'; from: number; to: number }[];
}

function pieces(blocks: Block[], limit: number): string[] {
  const laid = layOut(blocks);
  const fit = (start: number, end: number, most: number): string[] => {
    const plain = laid.text.slice(start, end);
    return cuts(plain, most).flatMap(([from, to]) => {
      const text = write(laid, start + from, start + to);
      if (text.length <= limit) return [text];
      // Escaping made it longer: cut where as much of it as this allows.
      return fit(start + from, start + to, Math.max(1, Math.floor(((to - from) * limit * 0.9) / text.length)));
    });
  };
  return fit(0, laid.text.length, limit);
}

function layOut(blocks: Block[]): Laid {
  const laid: Laid = { text: '', marks: [] };
  const mark = (as: Laid['marks'][number]['as'], from: number) => {
    if (laid.text.length > from) laid.marks.push({ as, from, to: laid.text.length });
  };
  blocks.forEach((block, i) => {
    const start = laid.text.length;
    for (const span of block.spans) {
      const from = laid.text.length;
      laid.text += plain(span);
      if (typeof span === 'object') mark('strong' in span ? 'strong' : 'command', from);
    }
    if (block.as !== 'text') mark(block.as, start);
    if (i < blocks.length - 1) laid.text += gap(block, blocks[i + 1]);
  });
  return laid;
}

const plain = (span: Span): string =>
  typeof span === 'string' ? span : 'strong' in span ? span.strong : `/${span.command}`;

/** A heading, and the items of a list, stay with what follows. */
function gap(one: Block, next: Block | undefined): string {
  const isItem = ({ spans }: Block) => typeof spans[0] === 'object' && spans.length > 1;
  return one.as === 'heading' || (next && isItem(one) && isItem(next)) ? '\n' : '\n\n';
}

function write(laid: Laid, start: number, end: number): string {
  const isIn = (as: string, at: number) => laid.marks.some((one) => one.as === as && one.from <= at && at < one.to);
  const lines: string[] = [];
  for (let from = start; from <= end; ) {
    const stop = laid.text.indexOf('\n', from);
    const to = stop < 0 || stop > end ? end : stop;
    const prefix = isIn('quote', from) ? '> ' : to > from && isIn('heading', from) ? '### ' : '';
    lines.push(prefix + writeLine(laid, from, to, isIn('heading', from)));
    from = to + 1;
  }
  return lines.join('\n');
}

/** One line: stretches that are strong, commands, or plain. */
function writeLine(laid: Laid, start: number, end: number, heading: boolean): string {
  const inside = laid.marks.filter(
    ({ as, from, to }) => (as === 'strong' || as === 'command') && from < end && to > start,
  );
  let line = '';
  let at = start;
  for (const { as, from, to } of inside) {
    const [first, last] = [Math.max(from, start), Math.min(to, end)];
    line += escaped(laid.text.slice(at, first), at === start, true);
    const words = laid.text.slice(first, last);
    line += as === 'command' ? words : strong(words, first === start, heading);
    at = last;
  }
  return line + escaped(laid.text.slice(at, end), at === start, true);
}

function strong(text: string, first: boolean, heading: boolean): string {
  const words = escaped(text, first, false);
  const [, before = '', body = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words) ?? [];
  return body === '' || heading ? words : `${before}**${body}**${after}`;
}

/** A bare address stays as it is, so that it can be opened: the client reads nothing else inside it. */
const ADDRESS = /(https?:\/\/[^\s<]+)/;

/**
 * So that nothing anybody wrote becomes bold, a heading, a list, a quote, a spoiler, a hidden link or a mention: a
 * backslash before anything that is no letter, digit or blank shows it as it is.
 */
export function escaped(text: string, lineStart: boolean, addresses: boolean): string {
  const pieces = addresses ? text.split(ADDRESS) : [text];
  const safe = pieces.map((piece, i) => (i % 2 === 1 ? piece : piece.replace(/[\\*_~`|<[\]@]/g, '\\$&'))).join('');
  if (!lineStart) return safe;
  return safe.replace(/^(\s*)([-+#>])/, '$1\\$2').replace(/^(\s*\d+)([.)])/, '$1\\$2');
}

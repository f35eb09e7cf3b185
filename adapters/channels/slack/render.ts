// What the bot says as Slack's blocks: rich text by construction, never markup, so that nothing anybody wrote can become a
// mention, a link or a style (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block). Pure.
import type { Block, Choice, Language, Outbound, Span } from '../../../src/model.ts';
import { cuts } from '../split.ts';
import { actionId } from './forms.ts';
import { words } from './words.ts';

interface Run {
  type: 'text';
  text: string;
  style?: { bold?: true; code?: true };
}

interface Button {
  type: 'button';
  text: { type: 'plain_text'; text: string; emoji: false };
  action_id: string;
  value: string;
}

export type SlackBlock =
  | { type: 'header'; text: { type: 'plain_text'; text: string; emoji: false } }
  | { type: 'rich_text'; elements: { type: 'rich_text_section' | 'rich_text_quote'; elements: Run[] }[] }
  | { type: 'actions'; elements: Button[] }
  | { type: 'context'; elements: { type: 'plain_text'; text: string; emoji: false }[] };

export interface Payload {
  /** For notifications and screen readers: all the words of the blocks. */
  text: string;
  blocks: SlackBlock[];
}

/** https://docs.slack.dev/reference/block-kit/blocks: a section's text, a header, buttons in a row, a button's label. */
const MOST = { text: 3_000, header: 150, buttons: 25, label: 75, homeBlocks: 100 };
/** UTF-16 units of one message: its fallback text stays near the 4,000 that are recommended, escaped as it is. */
const PAGE = 3_500;
/** Blocks of one message are at most 50; one is left for the buttons. */
const PAGE_BLOCKS = 40;

interface Piece {
  block: SlackBlock;
  text: string;
}

/** The messages it takes, in order. The last one bears the buttons. */
export function render(message: Outbound): Payload[] {
  const pages = pagesOf(
    [...message.blocks, ...(message.wants === 'reply' ? [noReply(message)] : [])].flatMap(piecesOf),
  );
  const buttons = buttonsOf(message);
  if (buttons.length > 0 && pages.length === 0) pages.push([]);
  return pages.map((pieces, i) => ({
    text: escaped(pieces.map(({ text }) => text).join('\n')) || '…',
    blocks: [...pieces.map(({ block }) => block), ...(i === pages.length - 1 ? buttons : [])],
  }));
}

/** A thread answers its first message, and not the one that asks: words for an action come by a form or a command. */
const noReply = ({ language }: Outbound): Block => ({ as: 'text', spans: [words[language].noReply] });

/** One's own page. What is too much for it is to be had in private, at a word. */
export function renderHome({ blocks, choices, language }: Outbound): { type: 'home'; blocks: SlackBlock[] } {
  const buttons = buttonsOf({ choices, language });
  const room = MOST.homeBlocks - buttons.length;
  const pieces = blocks.flatMap(piecesOf).map(({ block }) => block);
  if (pieces.length <= room) return { type: 'home', blocks: [...pieces, ...buttons] };
  const more = piecesOf({ as: 'text', spans: [words[language].morePage, ' ', { command: 'mes-recits' }] });
  return { type: 'home', blocks: [...pieces.slice(0, room - 1), ...more.map(({ block }) => block), ...buttons] };
}

/** The blocks of a message without its buttons, and which one was pressed. */
export function pressed(blocks: unknown[], label: string, language: Language): unknown[] {
  const text = words[language].chosen(label);
  const kept = blocks.filter((block) => (block as { type?: unknown } | null)?.type !== 'actions');
  return [...kept, { type: 'context', elements: [{ type: 'plain_text', text: clipped(text, 300), emoji: false }] }];
}

/** Exactly what Slack asks to be escaped (https://docs.slack.dev/messaging/formatting-message-text). */
export const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);

function pagesOf(pieces: Piece[]): Piece[][] {
  const pages: Piece[][] = [];
  let room = 0;
  for (const piece of pieces) {
    const page = pages.at(-1);
    if (page && page.length < PAGE_BLOCKS && piece.text.length <= room) page.push(piece);
    else {
      pages.push([piece]);
      room = PAGE;
    }
    room -= piece.text.length + 1;
  }
  return pages;
}

/** A paragraph, in as many blocks as its length takes. */
function piecesOf({ as, spans }: Block): Piece[] {
  const runs = spans.map(runOf).filter(({ text }) => text !== '');
  const text = runs.map((run) => run.text).join('');
  if (text.trim() === '') return [];
  if (as === 'heading' && text.length <= MOST.header) {
    return [{ text, block: { type: 'header', text: { type: 'plain_text', text, emoji: false } } }];
  }
  const styled = as === 'heading' ? runs.map((run) => ({ ...run, style: { bold: true as const } })) : runs;
  const type = as === 'quote' ? 'rich_text_quote' : 'rich_text_section';
  return cuts(text, MOST.text).map(([start, end]) => ({
    text: text.slice(start, end),
    block: { type: 'rich_text', elements: [{ type, elements: within(styled, start, end) }] },
  }));
}

function within(runs: Run[], start: number, end: number): Run[] {
  let at = 0;
  return runs.flatMap((run) => {
    const text = run.text.slice(Math.max(0, start - at), Math.max(0, end - at));
    at += run.text.length;
    return text === '' ? [] : [{ ...run, text }];
  });
}

function runOf(span: Span): Run {
  if (typeof span === 'string') return { type: 'text', text: clean(span) };
  if ('strong' in span) return { type: 'text', text: clean(span.strong), style: { bold: true } };
  return { type: 'text', text: `/recueil ${span.command}`, style: { code: true } };
}

/** JSON can say it, Slack cannot show it. */
const clean = (text: string): string => text.replaceAll('\u0000', '');

function buttonsOf({ choices, door, language }: Pick<Outbound, 'choices' | 'door' | 'language'>): SlackBlock[] {
  const buttons = door
    ? [button(door.label, door.payload, actionId({ kind: 'door', language }, 0))]
    : choices.map((choice, i) => button(choice.label, choice.id, choiceId(choice, language, i)));
  return Array.from({ length: Math.ceil(buttons.length / MOST.buttons) }, (_, row) => ({
    type: 'actions',
    elements: buttons.slice(row * MOST.buttons, (row + 1) * MOST.buttons),
  }));
}

const choiceId = ({ form }: Choice, language: Language, at: number): string =>
  actionId(form === undefined ? { kind: 'choice', language } : { kind: 'form', language, form }, at);

const button = (label: string, value: string, action_id: string): Button => ({
  type: 'button',
  text: { type: 'plain_text', text: clipped(label, MOST.label), emoji: false },
  action_id,
  value,
});

/** A label's full words stand in the message. */
const clipped = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

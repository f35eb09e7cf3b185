// A chat of Telegram, from the payloads that the adapter makes.
import { type Payload, render } from '../../adapters/channels/telegram/render.ts';
import type { Drawn } from './page.ts';
import type { Row, Run, Style } from './paper.ts';
import type { Said } from './story.ts';

export const telegram: Style = {
  page: '#dfe8ef',
  bar: { fill: '#3b6d91', ink: '#ffffff' },
  bubbles: { bot: '#ffffff', person: '#e3f6d3' },
  ink: '#14181b',
  faint: '#5c6873',
  link: '#1a6299',
  mark: '#1a6299',
  quote: { line: '#1a6299', fill: '#e6f0f7' },
  button: { fill: '#4c6f87', ink: '#ffffff', line: '#4c6f87', round: 8 },
  face: { fill: '#3b6d91', round: 17 },
  gap: 13,
};

export function telegramMessages(said: Said): Drawn[] {
  const { from, at } = said;
  if (!('message' in said)) return [{ from, at, isBot: false, rows: [{ as: 'text', runs: [{ text: said.text }] }] }];
  const payloads = render(said.message, 'recueil_bot');
  return payloads.map((payload, i) => ({
    from,
    at,
    isBot: true,
    rows: [
      ...(said.answers && i === 0 ? [{ as: 'small', text: `En réponse à : ${said.answers}` } satisfies Row] : []),
      ...(payload.attachment && said.picture
        ? [{ as: 'picture', png: said.picture, alt: payload.attachment.alt } satisfies Row]
        : []),
      ...textRows(payload),
      ...markup(payload),
    ],
  }));
}

/** Paragraphs, each bold, quoted or plain by the entities that it lies in. */
function textRows({ text, entities }: Payload): Row[] {
  const rows: Row[] = [];
  const quotes = entities.filter(({ type }) => type === 'blockquote');
  let at = 0;
  for (const { offset, length } of quotes) {
    rows.push(...plainRows(text.slice(at, offset), at, entities));
    rows.push({ as: 'quote', runs: runsOf(text.slice(offset, offset + length), offset, entities) });
    at = offset + length;
  }
  return [...rows, ...plainRows(text.slice(at), at, entities)];
}

function plainRows(text: string, start: number, entities: Payload['entities']): Row[] {
  let at = start;
  return text.split('\n\n').flatMap((piece): Row[] => {
    const from = at;
    at += piece.length + 2;
    const lead = piece.length - piece.trimStart().length;
    const said = piece.trim();
    return said === '' ? [] : [{ as: 'text', runs: runsOf(said, from + lead, entities) }];
  });
}

/** Commands are what Telegram makes of a word behind a slash. */
const COMMAND = /((?<![\p{L}\p{N}_/:])\/[a-z_]+)/u;

function runsOf(text: string, start: number, entities: Payload['entities']): Run[] {
  const bolds = entities.filter(({ type }) => type === 'bold');
  const isBold = (at: number) => bolds.some(({ offset, length }) => offset <= at && at < offset + length);
  const cuts = bolds.flatMap(({ offset, length }) => [offset - start, offset + length - start]);
  const edges = [...new Set([0, ...cuts.filter((at) => at > 0 && at < text.length), text.length])].sort(
    (a, b) => a - b,
  );
  return edges.slice(0, -1).flatMap((from, i) => {
    const bold = isBold(start + from);
    return text
      .slice(from, edges[i + 1])
      .split(COMMAND)
      .map((piece, k) => ({ text: piece.replaceAll('\u2060', ''), bold, command: k % 2 === 1 }));
  });
}

function markup({ reply_markup: keys }: Payload): Row[] {
  if (!keys) return [];
  if ('inline_keyboard' in keys) {
    return [{ as: 'buttons', fill: true, rows: keys.inline_keyboard.map((row) => row.map(({ text }) => text)) }];
  }
  if ('force_reply' in keys) return [{ as: 'small', text: '(le champ de réponse s’ouvre)' }];
  return 'keyboard' in keys
    ? [{ as: 'buttons', fill: true, rows: keys.keyboard.map((row) => row.map(({ text }) => text)) }]
    : [];
}

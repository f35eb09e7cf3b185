// A channel of Discord and its threads, from the payloads that the adapter makes: its markup is read as Discord reads it.
import { type Component, render } from '../../adapters/channels/discord/render.ts';
import type { Drawn } from './page.ts';
import type { Row, Run, Style } from './paper.ts';
import type { Said } from './story.ts';

export const discord: Style = {
  page: '#ffffff',
  bar: { fill: '#3c45a5', ink: '#ffffff' },
  ink: '#23262b',
  faint: '#5c5e66',
  link: '#3c45a5',
  mark: '#3c45a5',
  quote: { line: '#9a9ca3', fill: '#ffffff' },
  button: { fill: '#e3e5e8', ink: '#23262b', line: '#e3e5e8', round: 6 },
  face: { fill: '#3c45a5', round: 17 },
  gap: 10,
};

export function discordMessages(said: Said): Drawn[] {
  const { from, at } = said;
  const thread = said.under === undefined ? {} : { inThread: true };
  if (!('message' in said)) {
    return [{ from, at, isBot: false, ...thread, rows: [{ as: 'text', runs: [{ text: said.text }] }] }];
  }
  const alt = said.message.attachment?.alt ?? '';
  return render(said.message, { card: true }).map(({ components }) => ({
    ...{ from, at, isBot: true, ...thread },
    rows: [...components.flatMap((one) => rowsOf(one, said.picture, alt)), ...buttons(components)],
  }));
}

/** https://docs.discord.com/developers/components/reference */
const TYPE = { row: 1, text: 10, gallery: 12 };

function rowsOf(component: Component, picture: Uint8Array | undefined, alt: string): Row[] {
  if (component.type === TYPE.text) return paragraphs(String(component['content']));
  if (component.type === TYPE.gallery && picture) return [{ as: 'picture', png: picture, alt }];
  return [];
}

function buttons(components: Component[]): Row[] {
  const rows = components
    .filter(({ type }) => type === TYPE.row)
    .map((row) => (row['components'] as { label: string }[]).map(({ label }) => label));
  return rows.length === 0 ? [] : [{ as: 'buttons', fill: false, rows }];
}

/** Headings, quotes of one line or more, and paragraphs. */
function paragraphs(content: string): Row[] {
  const rows: Row[] = [];
  for (const line of content.split('\n').filter((one) => one !== '')) {
    const last = rows.at(-1);
    if (line.startsWith('### ')) rows.push({ as: 'heading', runs: runsOf(line.slice(4)) });
    else if (!line.startsWith('> ')) rows.push({ as: 'text', runs: runsOf(line) });
    else if (last?.as === 'quote') last.runs.push({ text: '\n' }, ...runsOf(line.slice(2)));
    else rows.push({ as: 'quote', runs: runsOf(line.slice(2)) });
  }
  return rows;
}

/** Two stars make bold or end it; a backslash lets the sign after it stand for itself. */
function runsOf(line: string): Run[] {
  let bold = false;
  const runs: Run[] = [];
  for (const [piece] of line.matchAll(/\*\*|\\[^\p{L}\p{N}\s]|[^*\\]+|[*\\]/gu)) {
    if (piece === '**') bold = !bold;
    else runs.push({ text: /^\\./.test(piece) ? piece.slice(1) : piece, bold });
  }
  return runs;
}

// What the bot says, as lines of text that a screen reader reads straight through. Pure.
import type { Block, Outbound, Span } from '../../../src/model.ts';

/** Control characters could drive the reader's terminal: they are shown, never obeyed. */
const CONTROLS = /(?![\n\t])\p{Cc}/gu;

const safe = (text: string): string =>
  text.replace(CONTROLS, (c) => (c < '\u0020' ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : '\ufffd'));

function span(one: Span): string {
  if (typeof one === 'string') return safe(one);
  return 'strong' in one ? safe(one.strong) : `/${one.command}`;
}

function block({ as, spans }: Block): string {
  const text = spans.map(span).join('');
  return as === 'quote' ? text.replace(/^/gm, '    ') : text;
}

/** Numbered choices under a closed prompt; the commands that help under an open one. */
function choices({ closed, choices }: Outbound): string[] {
  if (choices.length === 0) return [];
  if (closed) return [choices.map(({ label }, i) => `${i + 1}. ${safe(label)}`).join('\n')];
  return [choices.flatMap(({ command }) => (command === undefined ? [] : [`/${command}`])).join('  ')];
}

/** Blocks with an empty line between them; a list of strong lines or a heading stays with what follows. */
export function render(message: Outbound): string {
  const pieces = message.blocks.map((one, i) => {
    const next = message.blocks[i + 1];
    const tight = next === undefined || one.as === 'heading' || next.as === 'quote' || isListed(one, next);
    return `${block(one)}\n${tight ? '' : '\n'}`;
  });
  const after = choices(message).map((line) => `\n${line}\n`);
  // No pictures here: what one shows is read instead.
  const shown = message.attachment ? [`\n[${safe(message.attachment.alt)}]\n`] : [];
  return [...pieces, ...shown, ...after].join('');
}

const startsStrong = ({ spans }: Block): boolean => typeof spans[0] === 'object' && spans.length > 1;
const isCommandLine = ({ spans }: Block): boolean => typeof spans[0] === 'object' && 'command' in spans[0];

const isListed = (one: Block, next: Block): boolean =>
  (startsStrong(one) && startsStrong(next)) || (isCommandLine(one) && isCommandLine(next));

/** The same, marked line by line as addressed to the staff. */
export const renderStaff = (message: Outbound, mark: string): string =>
  render(message).trimEnd().replace(/^/gm, `${mark} | `).replace(/ +$/gm, '').concat('\n');

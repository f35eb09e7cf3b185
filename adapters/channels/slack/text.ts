// A message's text as its author sent it. Slack hands it over escaped, with links, names and emoji in a writing of its own
// (https://docs.slack.dev/messaging/formatting-message-text); what was typed is told by the rich text beside it. Pure.

export interface Read {
  text: string;
  /** Addresses that the text does not show. */
  links: string[];
}

/** An emoji as the rich text has it. */
interface Emoji {
  name: string;
  /** Code points in hexadecimal, joined by hyphens. */
  unicode?: string;
  skin?: number;
}

/** What lies between `<` and `>`: everything else is text. */
const TOKEN = /<([^<>]*)>/g;
/** Deeper than any message is. */
const DEPTH = 20;

/** `nameOf`: what people are called, where it is known. */
export function readText(escaped: string, blocks: unknown[], nameOf: (user: string) => string | undefined): Read {
  const emoji = emojiIn(blocks, DEPTH);
  const links: string[] = [];
  let text = '';
  let at = 0;
  const plain = (piece: string) => unescaped(withEmoji(piece, emoji));
  for (const match of escaped.matchAll(TOKEN)) {
    text += plain(escaped.slice(at, match.index));
    text += token(match[1] ?? '', nameOf, links);
    at = match.index + match[0].length;
  }
  return { text: text + plain(escaped.slice(at)), links };
}

/** Once, and all at the same time: `&amp;lt;` is what somebody typed as `&lt;`. */
export const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt);/g, (_, name: 'amp' | 'lt' | 'gt') => ({ amp: '&', lt: '<', gt: '>' })[name]);

function token(inner: string, nameOf: (user: string) => string | undefined, links: string[]): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : unescaped(inner.slice(bar + 1));
  const rest = target.slice(1);
  if (target.startsWith('@')) return `@${label || nameOf(rest) || rest}`;
  if (target.startsWith('#')) return `#${label || rest}`;
  if (target.startsWith('!')) return label || `@${rest.split('^').at(-1) ?? ''}`;
  const url = unescaped(target);
  if (label === '') return url;
  // Slack completes what looks like an address; the author typed the label.
  if (url.replace(/^(?:https?:\/\/|mailto:|tel:)/, '').replace(/\/$/, '') !== label.replace(/\/$/, '')) links.push(url);
  return label;
}

/** Puts the signs in the place of their names, in the order of the rich text: a name that somebody typed stays. */
function withEmoji(text: string, emoji: Emoji[]): string {
  let made = '';
  let rest = text;
  for (let next = emoji[0]; next; next = emoji[0]) {
    const name = `:${next.name}:`;
    const tone = next.skin === undefined ? '' : `:skin-tone-${next.skin}:`;
    const start = rest.indexOf(name);
    if (start < 0) break;
    const end = start + name.length + (rest.startsWith(tone, start + name.length) ? tone.length : 0);
    made += rest.slice(0, start) + (signOf(next.unicode) ?? rest.slice(start, end));
    rest = rest.slice(end);
    emoji.shift();
  }
  return made + rest;
}

/** A workspace's own emoji have no sign: their name stays. */
function signOf(unicode: string | undefined): string | undefined {
  const points = (unicode ?? '').split('-').map((point) => Number.parseInt(point, 16));
  return points.every((point) => point > 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : undefined;
}

function emojiIn(node: unknown, depth: number): Emoji[] {
  if (depth === 0 || typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((one) => emojiIn(one, depth - 1));
  const { type, name, unicode, skin_tone: skin, elements } = node as Record<string, unknown>;
  if (type !== 'emoji' || typeof name !== 'string' || name === '') return emojiIn(elements, depth - 1);
  return [
    {
      name,
      ...(typeof unicode === 'string' ? { unicode } : {}),
      ...(typeof skin === 'number' ? { skin } : {}),
    },
  ];
}

// From wording to what is sent: one typed table per language, typography, command tokens, numbers and dates. Pure.
import type { Block, Instant, Language, Span } from './model.ts';
import { en } from './words/en.ts';
import { fr, type Wording } from './words/fr.ts';

const tables: Record<Language, Wording> = { fr, en };

export const wording = (language: Language): Wording => tables[language];

/**
 * French typography for the project's own wording, never for what people wrote: typographic apostrophes, and no-break
 * spaces before double punctuation and inside guillemets, so that a line never begins with a question mark.
 */
export function typographic(text: string, language: Language): string {
  const curly = text.replace(/(?<=\p{L})'(?=\p{L})/gu, '’');
  if (language !== 'fr') return curly;
  return curly
    .replace(/[ \u00a0\u202f]+([:»])/g, '\u00a0$1')
    .replace(/[ \u00a0\u202f]+([;!?])/g, '\u202f$1')
    .replace(/«[ \u00a0\u202f]+/g, '«\u00a0');
}

/** Wording as spans: `{/aide}` becomes a command. Only our own wording goes through here, so a person's braces never do. */
export function spans(template: string, language: Language): Span[] {
  const known = made[language].get(template);
  if (known) return known;
  const pieces = typographic(template, language)
    .split(/(\{\/[^}]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece.startsWith('{/') ? { command: piece.slice(2, -1) } : piece));
  // Copied, so that each is a string of its own: JSON takes twice as long for those that are pieces of another.
  const fresh = structuredClone(pieces);
  if (made[language].size >= MOST_MADE) made[language].clear();
  made[language].set(template, fresh);
  return fresh;
}

/** Wording already made into spans: there are a few hundred templates, and every turn uses some. */
const made: Record<Language, Map<string, Span[]>> = { fr: new Map(), en: new Map() };
const MOST_MADE = 2_000;

export const says = (template: string, language: Language): Block => ({ as: 'text', spans: spans(template, language) });

/** Wording around what people wrote: their words are put in as they are, and can be neither a command nor typography. */
export function saysOf(language: Language, template: (...texts: string[]) => string, ...texts: string[]): Block {
  const marked = spans(template(...texts.map((_, i) => `\ue000${i}\ue001`)), language);
  const filled = marked.map((span) =>
    typeof span === 'string' ? span.replace(/\ue000(\d+)\ue001/g, (_, i: string) => texts[Number(i)] ?? '') : span,
  );
  return { as: 'text', spans: filled };
}

/** The same as one line of text, for where no block can stand. */
export const lineOf = (language: Language, template: (...texts: string[]) => string, ...texts: string[]): string =>
  saysOf(language, template, ...texts)
    .spans.map((span) => (typeof span === 'string' ? span : ''))
    .join('');

export const heads = (template: string, language: Language): Block => ({
  as: 'heading',
  spans: spans(template, language),
});

/** A person's own words, untouched. */
export const quotes = (text: string): Block => ({ as: 'quote', spans: [text] });

export const dateOf = (at: Instant, language: Language, timeZone: string): string =>
  new Date(Date.parse(at)).toLocaleDateString(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long', timeZone });

export const listOf = (items: string[], language: Language): string => new Intl.ListFormat(language).format(items);

// A case as Markdown (CommonMark, https://spec.commonmark.org): people's words are quoted and can never be markup. Pure.
import type { Language } from '../model.ts';
import type { Page, Section } from './page.ts';

/** Characters that mean something inside a line, in CommonMark or in its usual extensions. */
const INLINE = /[\\`*_[\]<>&#|~$^=!]/g;
/** What would open a list, a rule or a heading at the beginning of a line. */
const BLOCK = /^(\s*)([-+:]|\d{1,9}(?=[.)]))/;

export function escaped(line: string): string {
  const safe = line.replace(INLINE, '\\$&').replace(BLOCK, (_, space: string, sign: string) => {
    const digits = /\d/.test(sign);
    return digits ? `${space}${sign}\\` : `${space}\\${sign}`;
  });
  // Four spaces would begin a block of code.
  return safe.replace(/^[ \t]+/, (space) => space.replace(/\t/g, '    ').replace(/ /g, '&nbsp;'));
}

/** Several lines as one quotation; a line break stays one. */
function quoted(text: string): string {
  const lines = text
    .toWellFormed()
    .split(/\r\n?|\n/)
    .map((line) => (line.trim() === '' ? '' : escaped(line)));
  return lines.map((line, i) => `> ${line}${line !== '' && lines[i + 1] ? '\\' : ''}`.trimEnd()).join('\n');
}

const inOneLine = (text: string): string => escaped(text.toWellFormed().replace(/\s+/g, ' ').trim());

const sectionIn = ({ title, text, marks }: Section, level: string): string =>
  [
    ...(title === '' ? [] : [`${level} ${inOneLine(title)}`]),
    ...(text === '' ? [] : [quoted(text)]),
    ...marks.map((mark) => `*${inOneLine(mark)}*`),
  ].join('\n\n');

/** A page as text, under a heading of this level. */
export function markdown(page: Page, language: Language, level = 2): string {
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  const facts = page.facts.map(({ label, value }) => `- **${inOneLine(label)}**${colon}${inOneLine(value)}`);
  return [
    `${'#'.repeat(level)} ${inOneLine(page.title)}`,
    `*${inOneLine(page.citation)}*`,
    ...(facts.length > 0 ? [facts.join('\n')] : []),
    ...page.sections.map((section) => sectionIn(section, '#'.repeat(level + 1))),
  ].join('\n\n');
}

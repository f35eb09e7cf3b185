// Pages as a Word document, ready to edit: real headings and styles, one first-level heading a case.
import './storageless.ts';
import { Document, HeadingLevel, Packer, Paragraph, Tab, TextRun } from 'docx';
import type { Language } from '../model.ts';
import { plain } from './cells.ts';
import type { Page, Section } from './page.ts';

const LANGUAGES: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };
const STYLE = { words: 'Words', mark: 'Mark' };

export interface Booklet {
  pages: Page[];
  language: Language;
  /** Above all the cases. */
  title?: string;
  subtitle?: string;
}

export function documentOf({ pages, language, title, subtitle }: Booklet): Promise<Uint8Array> {
  const front = [
    ...(title === undefined ? [] : [new Paragraph({ text: plain(title), heading: HeadingLevel.TITLE })]),
    ...(subtitle === undefined ? [] : [new Paragraph({ text: plain(subtitle) })]),
  ];
  const document = new Document({
    creator: 'Recueil',
    ...(title === undefined ? {} : { title: plain(title) }),
    styles: {
      default: {
        document: {
          run: { font: 'Calibri', size: 22, language: { value: LANGUAGES[language] } },
          paragraph: { spacing: { after: 80 } },
        },
        title: { run: { size: 40, bold: true } },
        heading1: {
          run: { size: 30, bold: true },
          paragraph: { spacing: { before: 280, after: 100 }, outlineLevel: 0 },
        },
        heading2: {
          run: { size: 25, bold: true },
          paragraph: { spacing: { before: 160, after: 60 }, outlineLevel: 1 },
        },
      },
      paragraphStyles: [
        // What people wrote, and what we say of it: two styles, so that one click changes either everywhere.
        { id: STYLE.words, name: 'Récit', basedOn: 'Normal', quickFormat: true },
        { id: STYLE.mark, name: 'Mention', basedOn: 'Normal', quickFormat: true, run: { italics: true, size: 20 } },
      ],
    },
    sections: [{ children: [...front, ...pages.flatMap((page) => pageIn(page, language))] }],
  });
  return Packer.toBuffer(document);
}

function pageIn(page: Page, language: Language): Paragraph[] {
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  return [
    new Paragraph({ text: plain(page.title), heading: HeadingLevel.HEADING_1, keepNext: true }),
    mark(page.citation),
    ...page.facts.map(
      ({ label, value }) =>
        new Paragraph({ children: [new TextRun({ text: plain(label), bold: true }), ...runs(`${colon}${value}`)] }),
    ),
    ...page.sections.flatMap(sectionIn),
  ];
}

function sectionIn({ title, text, marks }: Section): Paragraph[] {
  const lines = plain(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [
    ...(title === '' ? [] : [new Paragraph({ text: plain(title), heading: HeadingLevel.HEADING_2, keepNext: true })]),
    ...lines.map((line) => new Paragraph({ style: STYLE.words, children: runs(line) })),
    ...marks.map(mark),
  ];
}

const mark = (text: string): Paragraph => new Paragraph({ style: STYLE.mark, children: runs(text) });

/** A tab is an element of its own in a Word document. */
const runs = (line: string): TextRun[] =>
  plain(line)
    .split('\t')
    .map((text, i) => new TextRun({ children: i === 0 ? [text] : [new Tab(), text] }));

// A channel of Slack and its threads, and a form, from the payloads that the adapter makes.
import { modal } from '../../adapters/channels/slack/forms.ts';
import { render, type SlackBlock } from '../../adapters/channels/slack/render.ts';
import type { Form, Language } from '../../src/model.ts';
import type { Drawn } from './page.ts';
import type { Row, Style } from './paper.ts';
import type { Said } from './story.ts';

export const slack: Style = {
  page: '#ffffff',
  bar: { fill: '#4a154b', ink: '#ffffff' },
  ink: '#1d1c1d',
  faint: '#616061',
  link: '#9c1c3f',
  mark: '#616061',
  quote: { line: '#8a8a8a', fill: '#ffffff' },
  button: { fill: '#ffffff', ink: '#1d1c1d', line: '#8a8a8a', round: 6 },
  face: { fill: '#4a154b', round: 8 },
  gap: 8,
};

export function slackMessages(said: Said): Drawn[] {
  const { from, at } = said;
  const thread = said.under === undefined ? {} : { inThread: true };
  if (!('message' in said)) {
    return [{ from, at, isBot: false, ...thread, rows: [{ as: 'text', runs: [{ text: said.text }] }] }];
  }
  const { attachment } = said.message;
  const texts = render(said.message).map(({ blocks }) => blocks.flatMap(rowsOf));
  // A file is a message of its own there.
  const file: Row[] =
    attachment && said.picture
      ? [
          { as: 'small', text: attachment.name },
          { as: 'picture', png: said.picture, alt: attachment.alt },
        ]
      : [];
  return [...texts, ...(file.length > 0 ? [file] : [])].map((rows) => ({ from, at, isBot: true, ...thread, rows }));
}

function rowsOf(block: SlackBlock): Row[] {
  switch (block.type) {
    case 'header':
      return [{ as: 'heading', runs: [{ text: block.text.text }] }];
    case 'rich_text':
      return block.elements.map(({ type, elements }) => ({
        as: type === 'rich_text_quote' ? 'quote' : 'text',
        runs: elements.map(({ text, style }) => ({
          text,
          bold: style?.bold === true,
          command: style?.code === true,
        })),
      }));
    case 'actions':
      return [{ as: 'buttons', fill: false, rows: [block.elements.map(({ text }) => text.text)] }];
    case 'context':
      return block.elements.map(({ text }) => ({ as: 'small', text }));
  }
}

/** A form with what somebody filled in. */
export function slackForm(form: Form, language: Language, values: Record<string, string>): Drawn {
  const { title, submit, close, blocks } = modal(form, language, { choice: '', ts: '' });
  const inputs = blocks.map(
    ({ block_id: key, label, optional, element }): Row => ({
      as: 'input',
      label: optional ? `${label.text} (facultatif)` : label.text,
      value: values[key] ?? '',
      lines: element.multiline ? 3 : 1,
    }),
  );
  const heading: Row = { as: 'heading', runs: [{ text: title.text }] };
  const buttons: Row = { as: 'buttons', fill: true, rows: [[close.text, submit.text]] };
  return { at: '', isBot: false, rows: [heading, ...inputs, buttons] };
}

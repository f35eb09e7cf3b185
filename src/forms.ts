// The forms that a choice may open: their words in both languages, constant so that a channel can open one at once. Pure.
import type { Form, FormName, Language } from './model.ts';
import { typographic } from './words.ts';

type Field = Form['fields'][number];

/** The least of what the platforms' inputs hold: Slack 3,000, Discord 4,000 characters. */
export const INPUT = 3_000;

const long = (key: string, label: string, required = true): Field => ({
  key,
  label,
  long: true,
  required,
  most: INPUT,
});
const line = (key: string, label: string, required = true): Field => ({ key, label, long: false, required, most: 300 });

/** Labels of at most 45 characters and titles of at most 24 fit every platform. */
const fr: Record<FormName, Form> = {
  answer: {
    title: 'Votre réponse',
    send: 'Envoyer',
    fields: [long('1', 'Votre réponse'), ...['2', '3', '4', '5'].map((key) => long(key, 'Suite, si besoin', false))],
  },
  reply: {
    title: 'Votre réponse',
    send: 'Envoyer',
    fields: [long('1', 'Votre réponse'), ...['2', '3', '4', '5'].map((key) => long(key, 'Suite, si besoin', false))],
  },
  ask: {
    title: 'Question à l’auteur',
    send: 'Envoyer',
    fields: [long('text', 'Votre question'), long('more', 'Suite, si besoin', false)],
  },
  note: { title: 'Note pour l’équipe', send: 'Garder', fields: [long('text', 'Votre note')] },
  reason: {
    title: 'Mettre de côté',
    send: 'Mettre de côté',
    fields: [long('text', 'Raison, que l’auteur pourra lire', false)],
  },
  hand: { title: 'Passer le récit', send: 'Passer', fields: [line('text', 'À qui ?')] },
  use: {
    title: 'Marquer comme utilisé',
    send: 'Enregistrer',
    fields: [
      line('report', 'Rapport'),
      line('section', 'Partie du rapport', false),
      long('quotation', 'Phrase citée', false),
      line('link', 'Lien', false),
    ],
  },
  plan: {
    title: 'Utilisation prévue',
    send: 'Enregistrer',
    fields: [line('report', 'Rapport'), line('section', 'Partie du rapport', false)],
  },
  unused: {
    title: 'Ne sera pas utilisé',
    send: 'Enregistrer',
    fields: [line('report', 'Rapport'), long('text', 'Pourquoi ?')],
  },
  bar: {
    title: 'Bloquer l’auteur',
    send: 'Bloquer',
    fields: [long('text', 'Raison, que l’auteur lira')],
  },
};

const en: Record<FormName, Form> = {
  answer: {
    title: 'Your answer',
    send: 'Send',
    fields: [long('1', 'Your answer'), ...['2', '3', '4', '5'].map((key) => long(key, 'More, if needed', false))],
  },
  reply: {
    title: 'Your reply',
    send: 'Send',
    fields: [long('1', 'Your reply'), ...['2', '3', '4', '5'].map((key) => long(key, 'More, if needed', false))],
  },
  ask: {
    title: 'Question to the author',
    send: 'Send',
    fields: [long('text', 'Your question'), long('more', 'More, if needed', false)],
  },
  note: { title: 'Note to the team', send: 'Keep', fields: [long('text', 'Your note')] },
  reason: { title: 'Set aside', send: 'Set aside', fields: [long('text', 'Reason, which the author may read', false)] },
  hand: { title: 'Hand over', send: 'Hand over', fields: [line('text', 'To whom?')] },
  use: {
    title: 'Mark as used',
    send: 'Save',
    fields: [
      line('report', 'Report'),
      line('section', 'Part of the report', false),
      long('quotation', 'Sentence quoted', false),
      line('link', 'Link', false),
    ],
  },
  plan: {
    title: 'Use planned',
    send: 'Save',
    fields: [line('report', 'Report'), line('section', 'Part of the report', false)],
  },
  unused: {
    title: 'Will not be used',
    send: 'Save',
    fields: [line('report', 'Report'), long('text', 'Why?')],
  },
  bar: { title: 'Block the author', send: 'Block', fields: [long('text', 'Reason, which the author will read')] },
};

const tables: Record<Language, Record<FormName, Form>> = { fr, en };

export function formOf(name: FormName, language: Language): Form {
  const { title, send, fields } = tables[language][name];
  const set = (text: string) => typographic(text, language);
  return { title: set(title), send: set(send), fields: fields.map((one) => ({ ...one, label: set(one.label) })) };
}

/** What was written, inputs in the order of the form, joined by one line break. */
export const wordsOf = (name: FormName, values: Record<string, string>): string =>
  tables.fr[name].fields.flatMap(({ key }) => (values[key] ? [values[key]] : [])).join('\n');

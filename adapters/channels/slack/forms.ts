// Forms as Slack's modals, and what its buttons carry: names that tell, without asking anybody, what a click opens. Pure.
import type { Form, FormName, Language } from '../../../src/model.ts';
import { words } from './words.ts';

export interface Action {
  kind: 'choice' | 'form' | 'door';
  language: Language;
  form?: FormName;
}

const ACTION = /^(choice|form|door)\.(fr|en)\.\d+(?:\.([a-z]+))?$/;

/** Unique within its message. */
export const actionId = ({ kind, language, form }: Action, at: number): string =>
  [kind, language, at, ...(form === undefined ? [] : [form])].join('.');

export function actionOf(id: string): Action | undefined {
  const [, kind, language, form] = ACTION.exec(id) ?? [];
  if (kind === undefined || (kind === 'form' && form === undefined)) return undefined;
  return {
    kind: kind as Action['kind'],
    language: language as Language,
    ...(form === undefined ? {} : { form: form as FormName }),
  };
}

/** What a form is an answer to. */
export interface Opened {
  choice: string;
  /** When the button was pressed, as Slack counts. */
  ts: string;
  /** Of a button in a staff place; absent in private. */
  channel?: string;
  thread?: string;
}

export function metadataOf(text: string): Opened | undefined {
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null;
    const { choice, ts, channel, thread } = value ?? {};
    if (typeof choice !== 'string' || typeof ts !== 'string' || !/^\d{9,11}\.\d{1,6}$/.test(ts)) return undefined;
    return {
      choice,
      ts,
      ...(typeof channel === 'string' ? { channel } : {}),
      ...(typeof thread === 'string' ? { thread } : {}),
    };
  } catch {
    return undefined;
  }
}

/** The modal of a form (https://docs.slack.dev/reference/views/modal-views). */
export function modal(form: Form, language: Language, opened: Opened) {
  const plain = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
  return {
    type: 'modal' as const,
    callback_id: 'form',
    private_metadata: JSON.stringify(opened),
    title: plain(form.title),
    submit: plain(form.send),
    close: plain(words[language].close),
    blocks: form.fields.map(({ key, label, long, required, most }) => ({
      type: 'input' as const,
      block_id: key,
      label: plain(label),
      optional: !required,
      element: { type: 'plain_text_input' as const, action_id: key, multiline: long, max_length: most },
    })),
  };
}

// What Discord's ids carry: the time in a snowflake, a message with its channel, and what a button brings back. Pure.
import type { FormName, Language } from '../../../src/model.ts';

/** Milliseconds of the first snowflake (https://docs.discord.com/developers/reference#snowflakes). */
const EPOCH = 1_420_070_400_000;

/** When a snowflake was made. */
export const instantOf = (snowflake: string): string =>
  new Date(Number(BigInt(snowflake) >> 22n) + EPOCH).toISOString();

/** Snowflakes sort by time once they have one length. */
export const padded = (snowflake: string): string => snowflake.padStart(20, '0');

export const unpadded = (order: string): string => order.replace(/^0+(?=\d)/, '');

/** A message is known by its channel too: without it nothing can be done to it. */
export const written = ({ channel, id }: Placed): string => `${channel}-${id}`;

export function placed(text: string): Placed | undefined {
  const [, channel, id] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  return channel === undefined || id === undefined ? undefined : { channel, id };
}

export interface Placed {
  channel: string;
  id: string;
}

/** What a button, a line of a menu or a form says when it comes back. */
export interface Pressed {
  choice: string;
  /** The form to open, and in which language. */
  form?: { name: FormName; language: Language };
  /** In a private thread others may look on: the person it is for. */
  owner?: string;
}

/** The forms there are: what a button says is somebody else's word for it. */
const FORMS: Record<FormName, true> = {
  ...{ answer: true, ask: true, note: true, reason: true, hand: true },
  ...{ use: true, plan: true, unused: true, bar: true, reply: true },
};

/** At most 100 characters: 40 of the choice, 12 of the form, 20 of the person. */
export const pressedId = ({ choice, form, owner }: Pressed): string =>
  `${choice}${form ? `~${form.name}.${form.language}` : ''}${owner === undefined ? '' : `@${owner}`}`;

export function readPressed(id: string): Pressed {
  const [, choice = '', name, language, owner] = /^([^~@]*)(?:~([a-z]+)\.(fr|en))?(?:@(\d+))?$/i.exec(id) ?? [];
  return {
    choice,
    ...(name === undefined || !Object.hasOwn(FORMS, name)
      ? {}
      : { form: { name: name as FormName, language: language as Language } }),
    ...(owner === undefined ? {} : { owner }),
  };
}

/** Our own buttons, which open a way to talk: they never reach the house as choices. */
export const DOOR = '!door.';
export const THREAD = '!thread.';

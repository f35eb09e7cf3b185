// How an action of the team is written down and answered: in the history with who and when, in every staff place or only
// where it was done. Pure.
import { wordsOf } from '../forms.ts';
import type { Action, Entry, Given, Instant, Outbound, Place, Practice } from '../model.ts';
import { formNameOf, type Verb } from '../staff.ts';
import { says, saysOf, wording } from '../words.ts';
import { plain, under } from './under.ts';

export interface Scene {
  given: Given;
  action: Action;
  at: Instant;
  fresh: string;
}

/** Where the action was done. */
export const here = ({ action: { place, language } }: Scene): Place => ({ address: place, language });

export type StaffWords = ReturnType<typeof wording>['staff'];
export type View = (language: Outbound['language'], w: StaffWords) => Outbound;

/** A word about this action, in the place where it was done, with the person's name in it. */
export function notice(p: Practice, s: Scene, template: (w: StaffWords) => (name: string) => string): Practice {
  return under(p, s.given, s.at, { key: s.action.id, place: here(s) }, (language) =>
    plain(language, [saysOf(language, template(wording(language).staff), s.action.by.name)]),
  );
}

/** A word to every staff place. */
export function announce(p: Practice, s: Scene, view: View): Practice {
  return under(p, s.given, s.at, { key: s.action.id, also: here(s) }, (language) =>
    view(language, wording(language).staff),
  );
}

export function noted(p: Practice, s: Scene, what: string, more: Partial<Entry> = {}): Practice {
  const { name, id } = s.action.by;
  return { ...p, history: [...p.history, { at: s.at, by: name, actor: id, what, ...more }] };
}

/** The words that came with the action, or undefined when they are still to be asked for. */
export function wordsFor({ action }: Scene, verb: Verb): string | undefined {
  const form = formNameOf(verb);
  const text = form && action.form ? wordsOf(form, action.form).trim() : '';
  return text === '' ? undefined : text;
}

/** Where the platform has no forms, the words come in a reply to this message. */
export function prompted(p: Practice, s: Scene, verb: Verb, choice: string): Practice {
  const form = formNameOf(verb);
  return under(
    p,
    s.given,
    s.at,
    { key: s.action.id, place: here(s), prompt: { choice, by: s.action.by.id } },
    (language) => {
      const w = wording(language).staff;
      const said = form && form in w.replyWith ? w.replyWith[form as keyof typeof w.replyWith] : w.needsWords;
      return { ...plain(language, [says(said, language)]), wants: 'reply' };
    },
  );
}

export function announceHere(p: Practice, s: Scene, view: View, words?: 'shown') {
  return under(p, s.given, s.at, { key: s.action.id, place: here(s), ...(words ? { words } : {}) }, (language) =>
    view(language, wording(language).staff),
  );
}

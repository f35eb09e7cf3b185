// Who may read a case already sent: its author widens, narrows or takes back what they agreed to, case by case. Pure.
import { textOf } from '../fields.ts';
import type { Conversation, Part, Scope } from '../model.ts';
import { emit } from '../outgoing.ts';
import { says } from '../words.ts';
import { list } from './drafts.ts';
import { goOn } from './interview.ts';
import { ask } from './say.ts';
import { remember, type Scene, w } from './scene.ts';

/** The longest name that is shown, in characters. */
const NAME = 100;

export function chosenScope(c: Conversation, s: Scene, option: string): Conversation {
  const practice = c.prompt?.practice;
  if (practice === undefined || option === 'back') return list(c, s);
  if (option === 'named') return ask(c, s, { kind: 'byline', practice });
  return share(c, s, practice, option as Scope);
}

/** The name to be read beside the case, in the author's own writing. */
export function signed(before: Conversation, s: Scene, part: Part): Conversation {
  const c = remember(before, [part.id]);
  const practice = c.prompt?.practice;
  const name = textOf([part]).replace(/\s+/g, ' ').trim();
  if (practice === undefined || name === '') return ask(c, s, { kind: 'byline', practice: practice ?? '' });
  if (name.length > NAME) {
    return ask(c, s, { kind: 'byline', practice }, [says(w(c).sharing.tooLong(NAME), c.language)]);
  }
  return share(c, s, practice, 'named', name);
}

function share(c: Conversation, s: Scene, practice: string, scope: Scope, name?: string): Conversation {
  const cases = c.cases.map((one) => (one.id === practice ? { ...one, scope } : one));
  const told = emit({ ...c, cases }, s.at, {
    kind: 'event',
    key: `consent:${practice}`,
    to: { kind: 'practice', id: practice },
    event: { kind: 'consented', by: c.id, scope, ...(name === undefined ? {} : { name }) },
  });
  const { sharing } = w(c);
  return goOn(told, s, [says(sharing.done(sharing.who[scope]), c.language), says(sharing.already, c.language)]);
}

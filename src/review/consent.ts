// The author says anew who may read a case: what was shown before is in the history, what is shown next follows it. Pure.
import type { Event, Given, Instant, Practice } from '../model.ts';
import { says, wording } from '../words.ts';
import { plain, under } from './under.ts';

export function consented(
  p: Practice,
  given: Given,
  at: Instant,
  { by, scope, name }: Extract<Event, { kind: 'consented' }>,
): Practice {
  const { name: former, ...rest } = p.consent;
  if (p.state === 'withdrawn' || (rest.scope === scope && former === name)) return p;
  const consent = { ...rest, scope, at, ...(name === undefined ? {} : { name }) };
  const history = [...p.history, { at, by, what: 'consented', before: rest.scope, text: scope }];
  return under({ ...p, consent, history }, given, at, { key: `consent:${history.length}` }, (language) => {
    const { staff, cardConsent } = wording(language);
    return plain(language, [says(staff.consented(cardConsent[scope]), language)]);
  });
}

// From a draft to the content of a practice. Pure.
import { hasContent } from '../fields.ts';
import type { Consent, Conversation, Draft, Submission } from '../model.ts';
import { placesOf } from '../places/answers.ts';
import { headlineOf } from '../views.ts';
import type { Scene } from './scene.ts';

/** What the practice is made of, answers keyed by field; those of removed questions are kept apart as former. */
export function submissionOf(s: Scene, c: Conversation, draft: Draft, consent: Consent): Submission {
  const order = s.given.flow.fields.map((field) => field.key);
  const entries = Object.entries(draft.answers);
  const asked = entries.filter(([key]) => order.includes(key));
  const places = placesOf(asked.map(([, answer]) => answer));
  const former = entries.filter(([key, answer]) => !order.includes(key) && hasContent(answer.parts));
  return {
    id: draft.id,
    flow: s.given.flow.name,
    language: c.language,
    author: c.id,
    submittedAt: s.at,
    consent: consent.scope === 'named' ? { ...consent, name: c.person.name } : consent,
    order,
    headline: headlineOf(s.given.flow, draft, 120),
    answers: Object.fromEntries(asked),
    ...(draft.story.length > 0 ? { story: { parts: draft.story } } : {}),
    ...(places.length > 0 ? { places } : {}),
    ...(former.length > 0 ? { former: Object.fromEntries(former) } : {}),
    ...(draft.campaign === undefined ? {} : { campaign: draft.campaign }),
    ...(draft.behalf === undefined ? {} : { behalf: draft.behalf }),
  };
}

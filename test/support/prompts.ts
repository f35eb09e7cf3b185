// Every message that asks something: each prompt of a conversation, each card of a case, in every state, in both languages.
import type { Conversation, Flow, Given, Language, Outbound, Practice, PromptKind, State } from '../../src/model.ts';
import { card } from '../../src/review/card.ts';
import { promptView } from '../../src/talk/prompts.ts';
import { conversation, part, practice } from './documents.ts';
import { someTowns } from './towns.ts';

const AT = '2026-03-02T09:00:00.000Z';
const KINDS: Record<PromptKind, true> = {
  ...{
    consent: true,
    refused: true,
    question: true,
    followUp: true,
    change: true,
    add: true,
    recap: true,
    which: true,
  },
  ...{ place: true, aside: true, cases: true, case: true, withdraw: true, reply: true, revise: true, replyHow: true },
  ...{ scope: true, byline: true, barred: true, appeal: true, done: true, paused: true },
};

export const givenOf = (flow: Flow): Given => ({
  flow,
  staff: [{ address: { channel: 'terminal', chat: 'staff' }, language: 'fr' }],
  language: 'fr',
  forms: ['terminal'],
  pauses: {},
  gazetteer: someTowns,
});

/** Somebody in the midst of everything: a draft that is whole, words aside, cases, a question of the team, a reply. */
function somebody(flow: Flow, language: Language): Conversation {
  const words = 'À Saint-Denis, chez Mme Durand, 06 39 98 12 34';
  const answers = Object.fromEntries(
    flow.fields.map(({ key, label }) => [key, { parts: [part(key, words)], label: label[language] }]),
  );
  const consent = { version: flow.consent.version, at: AT, scope: 'public' as const };
  const drafts = ['D000000001', 'D000000002'].map((id, i) => ({
    ...{ id, flow: flow.name, begun: AT, touched: AT, story: i === 0 ? [part('s', words)] : [], answers },
  }));
  const question = { id: 'A1', practice: 'K000000001', at: AT, from: 'Alix', text: 'Depuis quand ?', shown: 'n1' };
  return conversation('C1', {
    ...{ language, consent, open: 'D000000001', drafts: Object.fromEntries(drafts.map((one) => [one.id, one])) },
    cases: [
      { id: 'K000000001', headline: 'Valbrume', at: AT, state: 'accepted' },
      { id: 'K000000002', headline: 'Rezé', at: AT, state: 'new' },
    ],
    held: [part('h', 'Une idée')],
    asks: [question],
    reply: { practice: 'K000000001', ask: 'A1', at: AT, parts: [part('r', 'Depuis 2018')] },
    barred: { at: AT, practice: 'K000000001', reason: 'Des insultes' },
  });
}

export function prompts(flow: Flow, language: Language): { what: string; message: Outbound }[] {
  const c = somebody(flow, language);
  const scene = { given: givenOf(flow), at: AT, fresh: 'F000000001' };
  const field = flow.fields[1]?.key ?? '';
  return (Object.keys(KINDS) as PromptKind[]).map((kind) => ({
    what: `${language} ${kind}`,
    message: promptView(scene, c, { id: 'p1', kind, at: AT, field, practice: 'K000000001', ask: 'A1', label: 'Terre' }),
  }));
}

const STATES: State[] = ['new', 'inHand', 'waiting', 'accepted', 'used', 'setAside', 'withdrawn'];

/** The cards of one case as it goes, and of a note; with words to check, near stories, a blocked author. */
export function cards(language: Language): { what: string; message: Outbound; practice: Practice }[] {
  const more: Partial<Practice>[] = [
    {},
    { personal: [{ where: 'a:soil', kinds: ['person'] }] },
    { note: true, story: { text: 'Une idée', parts: [part('9', 'Une idée')] } },
    { barred: true } as Partial<Practice>,
  ];
  return STATES.flatMap((state) =>
    more.map((one) => {
      const made = practice('K000000001', { state, holder: { id: 'terminal:Alix', name: 'Alix' }, ...one });
      return {
        what: `${language} card ${state} ${Object.keys(one).join(' ')}`,
        message: card(made, language),
        practice: made,
      };
    }),
  );
}

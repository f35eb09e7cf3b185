// The card of a case in a staff place: what it says, where it stands, what can be done. Edited in place as the case moves.
// Pure; shows openings with their lengths, and one action shows everything.
import { spoken } from '../fold.ts';
import type { Block, Choice, Language, LinkKind, Outbound, Practice, Told, Use } from '../model.ts';
import { changesOf, unchecked } from '../personal/flags.ts';
import { isAsked } from '../places/answers.ts';
import { shortLabelOf } from '../places/labels.ts';
import { formNameOf, type Verb, verbWord } from '../staff.ts';
import { attachments, opening } from '../views.ts';
import { authorOf, visible } from '../visible.ts';
import { lineOf, listOf, says, saysOf, spans, wording } from '../words.ts';
import { flagLines } from './flags.ts';

/** What is offered in each state, the likeliest first. */
const OFFERED: Record<Practice['state'], Verb[]> = {
  new: ['take', 'ask', 'aside', 'note', 'see'],
  inHand: ['ask', 'field', 'accept', 'aside', 'hand', 'note', 'link', 'see'],
  waiting: ['ask', 'field', 'accept', 'aside', 'hand', 'note', 'see'],
  accepted: ['use', 'plan', 'unused', 'ask', 'field', 'hand', 'note', 'link', 'see'],
  used: ['use', 'ask', 'note', 'see'],
  setAside: ['take', 'note', 'see'],
  withdrawn: [],
};
/** A note is answered, linked or made a draft; it is nobody's to accept or use. */
const OF_NOTES = new Set<Verb>(['take', 'ask', 'aside', 'hand', 'note', 'link', 'draft', 'see', 'unbar']);

export function offered(practice: Practice): Verb[] {
  const open = practice.barred ? withoutAuthor(OFFERED[practice.state]) : OFFERED[practice.state];
  const isToCheck = practice.state !== 'withdrawn' && unchecked(practice).length > 0;
  const list = isToCheck ? [...open, 'check' as const] : open;
  if (!practice.note) return list;
  const isOpen = practice.state !== 'withdrawn' && !isProposed(practice);
  return [...list.filter((verb) => OF_NOTES.has(verb)), ...(isOpen ? (['draft'] as const) : [])];
}

/** Whose words are refused is asked nothing. */
const withoutAuthor = (verbs: Verb[]): Verb[] => [
  ...verbs.filter((verb) => verb !== 'ask' && verb !== 'field'),
  'unbar',
];

/** Its author was asked once to make a story of it. */
export const isProposed = ({ history }: Practice): boolean => history.some(({ what }) => what === 'drafted');

export function card(practice: Practice, language: Language): Outbound {
  const sight = visible(practice, 'staff');
  return {
    language,
    blocks: [
      title(practice, language, sight.content),
      ...standing(practice, language),
      ...(sight.content ? flagLines(practice, language) : []),
      ...(sight.content ? body(practice, language) : []),
      ...(sight.content ? around(practice, language) : []),
    ],
    choices: offered(practice).map((verb) => {
      const choice = choiceOf(practice.id, verb, language);
      return verb === 'check' ? { ...choice, id: `${choice.id}-${changesOf(practice)}` } : choice;
    }),
    closed: false,
  };
}

/** The line of wording that labels a verb. */
const LABELS = {
  ...({
    take: 'take',
    hand: 'hand',
    ask: 'ask',
    field: 'field',
    accept: 'accept',
    aside: 'aside',
    use: 'use',
  } as const),
  ...({ plan: 'plan', unused: 'unused', note: 'note', see: 'see', link: 'linkButton', draft: 'draft' } as const),
  ...({ bar: 'bar', unbar: 'unbar', check: 'check' } as const),
} satisfies Record<Verb, string>;

export function choiceOf(id: string, verb: Verb, language: Language): Choice {
  const form = formNameOf(verb);
  return {
    id: `${id}.${verb}`,
    label: wording(language).staff[LABELS[verb]],
    command: `${verbWord(verb, language)} ${spoken(id)}`,
    ...(form === undefined ? {} : { form }),
  };
}

function title({ id, state, note, headline }: Practice, language: Language, shown: boolean): Block {
  const w = wording(language).staff;
  const [fresh, known] = note ? [w.newNote, w.noteTitle] : [w.newCase, w.cardTitle];
  const name = shown && headline && !note ? ` – ${headline}` : '';
  return { as: 'heading', spans: [...spans((state === 'new' ? fresh : known)(spoken(id)), language), name] };
}

/** Who follows it, where it stands, and what waits. */
function standing(practice: Practice, language: Language): Block[] {
  const w = wording(language).staff;
  const { state, holder, unread = 0, asks = [] } = practice;
  const open = asks.filter(({ state }) => state === 'queued' || state === 'sent').length;
  const simple = state === 'new' || state === 'withdrawn';
  const first = simple
    ? says(w.state[state], language)
    : holder
      ? saysOf(language, (name) => w.heldBy(w.state[state], name), holder.name)
      : says(w.plainState(w.state[state]), language);
  const reason =
    state === 'setAside' ? practice.history.findLast((entry) => entry.what === 'setAside')?.text : undefined;
  const counts = [...(unread > 0 ? [w.unread(unread)] : []), ...(open > 0 ? [w.waitingAsks(open)] : [])];
  return [
    first,
    ...(reason === undefined ? [] : [saysOf(language, w.reason, reason)]),
    ...(counts.length > 0 ? [says(counts.join(' '), language)] : []),
    ...(practice.unreachable === undefined ? [] : [says(wording(language).cardUnreachable, language)]),
    ...(practice.barred ? [says(w.authorBarred, language)] : []),
    ...(practice.behalf === undefined ? [] : [saysOf(language, w.behalf, practice.behalf)]),
    ...(practice.uses ?? []).map((use) => useLine(use, language)),
  ];
}

export function useLine(use: Use, language: Language): Block {
  const w = wording(language).staff;
  const parted = language === 'fr' ? '\u202f; ' : '; ';
  const first = lineOf(language, w.useLine[use.kind], use.report);
  return { as: 'text', spans: [[first, ...useParts(use, language)].join(parted)] };
}

/** Where in the report, in which words, and why not. */
export function useParts({ section, quotation, link, why }: Use, language: Language): string[] {
  const w = wording(language).staff;
  const parts: [(text: string) => string, string | undefined][] = [
    [w.section, section],
    [w.quotation, quotation],
    [w.link, link],
    [w.why, why],
  ];
  return parts.flatMap(([line, text]) => (text === undefined ? [] : [lineOf(language, line, text)]));
}

function body(practice: Practice, language: Language): Block[] {
  const w = wording(language);
  if (practice.note) return [{ as: 'quote', spans: [start(practice.story?.text ?? '', 900, language)] }];
  const answers = practice.order.flatMap((key) => line(practice.answers[key], language));
  const former = Object.values(practice.former ?? {}).flatMap((answer) => line(answer, language));
  const story = practice.story ? line({ ...practice.story, label: w.storyLabel }, language) : [];
  const thin = practice.order.flatMap((key) => {
    const answer = practice.answers[key];
    return answer?.thin ? [answer.label] : [];
  });
  return [
    ...story,
    ...answers,
    ...(former.length > 0 ? [says(w.cardFormer, language), ...former] : []),
    ...placeLines(practice, language),
    says(thin.length > 0 ? w.cardThin(listOf(thin, language)) : w.cardWhole, language),
  ];
}

function start(text: string, most: number, language: Language): string {
  const { text: words, of } = opening(text, most);
  return of === undefined ? words : `${words} ${spans(wording(language).opening(of), language).join('')}`;
}

function line(answer: Told | undefined, language: Language): Block[] {
  if (!answer) return [];
  const w = wording(language);
  const rest = [...(answer.inStory ? [w.isInStory] : []), ...attachments(answer.parts, language)];
  const said = [start(answer.text, 200, language), ...rest].filter((piece) => piece !== '').join(' ');
  return [{ as: 'text', spans: [{ strong: answer.label }, language === 'fr' ? '\u00a0: ' : ': ', said] }];
}

/** Consent, links, notes of the team, and the nearest cases. */
/** The places that were recognised, and the names that may be several. */
function placeLines({ places = [], order, answers }: Practice, language: Language): Block[] {
  const w = wording(language);
  const unsure = order.flatMap((key) => answers[key]?.mentions ?? []).filter(isAsked);
  return [
    ...(places.length > 0 ? [says(w.cardPlaces(listOf(places.map(shortLabelOf), language)), language)] : []),
    ...(unsure.length > 0
      ? [
          says(
            w.cardUnsure(
              listOf(
                unsure.map(({ said }) => said),
                language,
              ),
            ),
            language,
          ),
        ]
      : []),
  ];
}

function around(practice: Practice, language: Language): Block[] {
  const w = wording(language);
  const { links = [], notes = [], similar = [] } = practice;
  const linked = new Set(links.map(({ to }) => to));
  const near = similar.filter(({ id }) => !linked.has(id));
  const author = authorOf(practice, 'staff');
  const files = practice.note && practice.story ? attachments(practice.story.parts, language) : [];
  return [
    ...files.map((one) => says(one, language)),
    ...(practice.note ? [] : [says(`${w.cardConsent[practice.consent.scope]}.`, language)]),
    ...(author === undefined ? [] : [saysOf(language, w.staff.author, author)]),
    ...links.map(({ to, kind }) => says(w.staff.linked[kind](spoken(to)), language)),
    ...(near.length > 0 ? [says(w.staff.similarTitle, language)] : []),
    ...near.map(({ id, headline }) => saysOf(language, (text) => w.staff.similar(spoken(id), text), headline)),
    ...(notes.length > 0 ? [says(w.staff.notesKept(notes.length), language)] : []),
  ];
}

/** The choices that link a case to its nearest ones. */
export function linkChoices({ id, similar = [] }: Practice, language: Language): Choice[] {
  const w = wording(language).staff;
  const kinds: LinkKind[] = ['same', 'continues', 'contradicts'];
  return similar.flatMap((near) =>
    kinds.map((kind) => ({
      id: `${id}.link-${kind}-${near.id}`,
      label: w.linkTo[kind](spoken(near.id)),
      command: `${verbWord('link', language)} ${spoken(id)} ${kind} ${spoken(near.id)}`,
    })),
  );
}

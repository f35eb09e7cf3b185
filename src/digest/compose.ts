// What a digest says, from what the library holds. Only what `visible` lets this place see, and no contact detail. Pure.
import { spoken } from '../fold.ts';
import type { Block, Flow, Instant, Language, Outbound, Practice, Scope, Span, Trail } from '../model.ts';
import { personalIn } from '../personal/find.ts';
import { unchecked } from '../personal/flags.ts';
import { inWords, shortLabelOf } from '../places/labels.ts';
import { ACTOR_KINDS } from '../search/actors.ts';
import { opening } from '../views.ts';
import { authorOf, type Viewer, visible } from '../visible.ts';
import { dateOf, heads, listOf, says, typographic, wording } from '../words.ts';
import { counts, movesOf } from './marks.ts';

/** The regions and départements there are, in the order of their codes. */
export interface Atlas {
  regions: Area[];
  departements: Area[];
}

interface Area {
  code: string;
  name: string;
}

/** What stands still, by state, and a few of the oldest. */
export const WAITING = ['new', 'waiting', 'accepted'] as const;
export type Waiting = Record<(typeof WAITING)[number], Practice[]>;

export interface Harvest {
  /** New to this place, or moved since it was told of them. */
  cases: Practice[];
  /** There are more than one digest tells. */
  more: boolean;
  waiting: Waiting;
  tally: Record<string, number>;
  /** For staff. */
  trail?: Trail;
}

export interface Reader {
  /** The fingerprint of the place. */
  place: string;
  language: Language;
  viewer: Viewer;
  zone: string;
}

/** The scopes of consent that open a case to this reader. */
export const scopesOf = (viewer: Viewer): Scope[] =>
  (['report', 'public', 'named'] as const).filter((scope) => {
    const unseen = { consent: { version: '', at: '', scope }, state: 'new' as const };
    return visible(unseen, viewer, 'digest').content;
  });

/** How many departments may be named one by one. */
const FEW = 12;
const LINE = 110;

/** Null: nothing is new, and nobody asked. */
export function compose(flow: Flow, atlas: Atlas, reader: Reader, harvest: Harvest, at: Instant, asked: boolean) {
  const { language, place, viewer } = reader;
  const w = wording(language).digest;
  const told = harvest.cases.filter((practice) => counts(practice) && visible(practice, viewer, 'digest').content);
  const fresh = told.filter(({ digests }) => digests?.[place] === undefined);
  const moved = told.filter(({ digests }) => digests?.[place] !== undefined);
  if (told.length === 0 && !asked) return null;
  const first = fresh.length > 0 ? w.fresh(fresh.length) : told.length === 0 ? w.nothing : '';
  const blocks = [
    heads(w.title(dateOf(at, language, reader.zone)), language),
    says([first, w.total(harvest.tally['all'] ?? 0)].filter((one) => one !== '').join(' '), language),
    ...section(w.freshTitle, [
      ...fresh.map((practice) => freshLine(flow, practice, reader)),
      ...(harvest.more ? [says(w.later, language)] : []),
    ]),
    ...section(
      w.movedTitle,
      moved.flatMap((practice) => movedLines(practice, reader)),
    ),
    ...section(w.waitsTitle, waits(harvest, reader)),
    ...section(w.missingTitle, missing(flow, atlas, harvest.tally, language)),
    ...(harvest.trail ? section(w.funnelTitle, funnel(flow, harvest.trail, language)) : []),
  ];
  return { language, blocks, choices: [], closed: false } satisfies Outbound;

  function section(title: string, lines: Block[]): Block[] {
    return lines.length > 0 ? [heads(title, language), ...lines] : [];
  }
}

/** What people typed to be reached by: an e-mail address, a telephone number, a name on a network, an address to click. */
const CONTACT =
  /[^\s@<>]{1,64}@[^\s@<>]{1,253}\.[^\s@<>]{1,63}|https?:\/\/\S+|(?<!\w)@\w[\w.]+|(?:\+|\b0)\d(?:[ .\-\u00a0\u202f]?\d){7,13}\b/g;
/** A digest shows openings: what comes later need not be read. */
const READ = 2_000;

/** A digest tells of a case; how to reach people, and what nobody has checked yet, is left out and marked so. */
function withoutPeople(said: string, practice: Practice): string {
  const text = said.trim().slice(0, READ);
  if (unchecked(practice).length === 0) return text.replace(CONTACT, '[…]');
  let [kept, from] = ['', 0];
  for (const { start, end } of personalIn(text)) {
    kept += `${text.slice(from, start)}[…]`;
    from = end;
  }
  return (kept + text.slice(from)).replace(CONTACT, '[…]');
}

/** Where it happened: the official names, or its author's words. */
function nameOf(practice: Practice): string {
  const { places, headline, id } = practice;
  const names = (places ?? []).map((place) => (place.level === 'commune' ? shortLabelOf(place) : inWords(place)));
  const said = opening(withoutPeople(headline, practice), 60).text.replace(/[\s,;:.]+…$/, '…');
  return names.slice(0, 3).join(', ') || said || spoken(id);
}

const colon = (language: Language): string => (language === 'fr' ? '\u00a0: ' : ': ');
const read = ({ id }: Practice, language: Language): Span => ({
  command: `${wording(language).digest.read} ${spoken(id)}`,
});

/** Where, one line of what, and how to read it all. */
function freshLine(flow: Flow, practice: Practice, { language, viewer }: Reader): Block {
  const headline = flow.fields.find((field) => field.headline)?.key;
  const keys = practice.order.filter(
    (key) => key !== headline && flow.fields.find((f) => f.key === key)?.kind === 'text',
  );
  const said = [...keys.map((key) => practice.answers[key]?.text), practice.story?.text];
  const line = opening(withoutPeople(said.find((text) => text?.trim()) ?? '', practice), LINE).text;
  const author = authorOf(practice, viewer, 'digest');
  const by = author === undefined ? '' : `(${wording(language).digest.by} ${author}) `;
  const body = `${line === '' ? ' ' : `${colon(language)}${line} `}${by}`;
  return { as: 'text', spans: [{ strong: nameOf(practice) }, body, read(practice, language)] };
}

/** One line for each thing that happened since this place was last told of it. */
function movedLines(practice: Practice, { place, language }: Reader): Block[] {
  const w = wording(language).digest;
  const moves = movesOf(practice);
  const uses = (practice.uses ?? []).filter(({ kind }) => kind === 'used');
  const since = moves.slice(practice.digests?.[place]?.moves ?? 0);
  const before = moves.slice(0, moves.length - since.length).filter(({ what }) => what === 'used').length;
  let use = before;
  return since.map(({ what }): Block => {
    const name: Span[] = [{ strong: nameOf(practice) }, colon(language)];
    if (what !== 'used') return { as: 'text', spans: [...name, w.accepted, '. ', read(practice, language)] };
    const { report = '', section } = uses[use] ?? {};
    use += 1;
    const where = section === undefined ? '' : `, ${section}`;
    return {
      as: 'text',
      spans: [...name, ...around(w.usedIn, report, language), `${where}. `, read(practice, language)],
    };
  });
}

/** Our wording around somebody's words, which are left as they are. */
function around(template: (text: string) => string, text: string, language: Language): Span[] {
  const [before = '', after = ''] = typographic(template('\ue000'), language).split('\ue000');
  // The no-break space before a closing mark is set by `typographic` only between our own characters.
  return [before, text, after.replace(/^ /, '\u00a0')];
}

/** How many stand still in each way; staff see the oldest of them. */
function waits({ waiting, tally }: Harvest, { language, viewer, zone }: Reader): Block[] {
  const w = wording(language).digest;
  const check = viewer === 'staff' ? (tally['check'] ?? 0) : 0;
  const toCheck = check > 0 ? [says(wording(language).personal.waiting(check), language)] : [];
  const standing = WAITING.flatMap((state) => {
    const count = tally[`state:${state}`] ?? 0;
    if (count === 0) return [];
    const oldest = viewer === 'staff' ? waiting[state].filter(counts) : [];
    const lines = oldest.map((practice): Block => {
      const since = typographic(w.since(dateOf(practice.submittedAt, language, zone)), language);
      return { as: 'text', spans: [{ strong: nameOf(practice) }, `, ${since}. `, read(practice, language)] };
    });
    return [says(w.waits[state](count), language), ...lines];
  });
  return [...standing, ...toCheck];
}

/** Territories and kinds of actors with no case: only of what the questions ask and some case told. */
function missing(flow: Flow, atlas: Atlas, tally: Record<string, number>, language: Language): Block[] {
  const w = wording(language).digest;
  const without = (areas: Area[], level: string) => areas.filter(({ code }) => !tally[`${level}:${code}`]);
  const names = (areas: Area[]) =>
    listOf(
      areas.map(({ name }) => name),
      language,
    );
  const isPlaced = Object.keys(tally).some((facet) => facet.startsWith('region:'));
  const regions = isPlaced ? without(atlas.regions, 'region') : [];
  const departements = isPlaced ? without(atlas.departements, 'departement') : [];
  const asksActors = flow.fields.some(({ kind }) => kind === 'actors') && (tally['all'] ?? 0) > 0;
  const kinds = asksActors ? ACTOR_KINDS.filter((kind) => !tally[`actors:${kind}`]) : [];
  return [
    ...(regions.length > 0 ? [says(w.regions(names(regions)), language)] : []),
    ...(departements.length > FEW
      ? [says(w.departements(departements.length, atlas.departements.length), language)]
      : []),
    ...(departements.length > 0 && departements.length <= FEW
      ? [says(w.departementsNamed(names(departements)), language)]
      : []),
    ...(kinds.length > 0
      ? [
          says(
            w.actors(
              listOf(
                kinds.map((kind) => w.actorKinds[kind]),
                language,
              ),
            ),
            language,
          ),
        ]
      : []),
  ];
}

/** Begun, sent, and at which question those not sent stand, whether they are still at hand or were given up. */
function funnel(flow: Flow, { begun, sent, at, left }: Trail, language: Language): Block[] {
  if (begun === 0) return [];
  const w = wording(language).digest;
  const stopped = (key: string) => (at[key] ?? 0) + (left[key] ?? 0);
  const stops = [
    ...flow.fields.flatMap(({ key, label }, i) =>
      stopped(key) > 0 ? [w.stopAt(i + 1, label[language], stopped(key))] : [],
    ),
    ...(stopped('recap') > 0 ? [w.stopAtRecap(stopped('recap'))] : []),
  ];
  const list = stops.length > 0 ? [w.stops(stops.join(' ; '))] : [];
  return [says([w.funnel(begun, sent), ...list].join(' '), language)];
}

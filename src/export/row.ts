// One case as a row: the same columns in every format, whatever the questions were when it was told. Pure.
import { spoken } from '../fold.ts';
import type { FileRef, Flow, Part, Practice, Territory, Told, Use } from '../model.ts';
import { unchecked } from '../personal/flags.ts';
import { authorOf, type Viewer, visible } from '../visible.ts';
import type { ExportWords } from '../words/export.fr.ts';

/** Lists become one item a line in a cell. */
export type Value = string | number | string[] | null;
export type Row = Record<string, Value>;
export type Fixed = keyof ExportWords['columns'];

/** Before the answers, then after them. A name never changes and never goes; new ones may come. */
const OPENING: Fixed[] = [
  ...(['number', 'title', 'state', 'submitted'] as const),
  ...(['communes', 'communeCodes', 'epcis', 'epciCodes'] as const),
  ...(['departements', 'departementCodes', 'regions', 'regionCodes', 'latitude', 'longitude', 'story'] as const),
];
const CLOSING: Fixed[] = [
  ...(['thin', 'inStory', 'files', 'filesMissing'] as const),
  ...(['useKinds', 'useReports', 'useSections', 'useQuotations', 'useLinks'] as const),
  ...(['revision', 'origin', 'campaign', 'language', 'flow'] as const),
  ...(['consentScope', 'consentVersion', 'consentDate', 'author', 'toCheck'] as const),
];

const answerColumn = (key: string): string => `answers.${key}`;
const formerColumn = (key: string): string => `former.${key}`;

/** Every column, in order: `former` are the columns of questions no longer asked, which come last. */
export const columnsOf = (flow: Flow, former: Iterable<string>): string[] => [
  ...OPENING,
  ...flow.fields.map(({ key }) => answerColumn(key)),
  ...CLOSING,
  ...[...former].sort(),
];

export const isFormer = (column: string): boolean => column.startsWith(formerColumn(''));

/** The key of the field that an answer's column holds; undefined for the other columns. */
export const fieldOf = (column: string): string | undefined => /^(?:answers|former)\.(.+)$/.exec(column)?.[1];

/** The name of a territory that is known by its code only. */
export type NameOf = (level: Territory['level'], code: string) => string | undefined;

/** The row of a case; null when this viewer may not read it. */
export function rowOf(practice: Practice, flow: Flow, viewer: Viewer, nameOf: NameOf = () => undefined): Row | null {
  if (!visible(practice, viewer, 'file').content) return null;
  const told = Object.entries(answersOf(practice));
  const known = new Set(flow.fields.map(({ key }) => key));
  const columnOf = (key: string) => (known.has(key) ? answerColumn(key) : formerColumn(key));
  const marked = (is: (answer: Told) => boolean) => told.filter(([, answer]) => is(answer)).map(([key]) => key);
  const { submittedAt, headline, story, state, campaign, language, consent } = practice;
  return {
    number: spoken(practice.id),
    title: headline,
    state,
    submitted: submittedAt,
    ...territories(practice.places ?? [], nameOf),
    ...locationOf(practice),
    story: story?.text ?? null,
    ...Object.fromEntries(flow.fields.map(({ key }) => [answerColumn(key), null])),
    ...Object.fromEntries(told.map(([key, answer]) => [columnOf(key), answer.text])),
    thin: marked((answer) => answer.thin !== undefined && answer.inStory !== true),
    inStory: marked((answer) => answer.inStory === true),
    ...files(practice),
    ...ledger(usesFor(practice, viewer)),
    revision: revisionOf(practice),
    origin: practice.behalf === undefined ? 'chat' : 'staff',
    campaign: campaign ?? null,
    language,
    flow: practice.flow,
    consentScope: consent.scope,
    consentVersion: consent.version,
    consentDate: consent.at,
    author: authorOf(practice, viewer, 'file') ?? null,
    toCheck: unchecked(practice).map(({ where, kinds }) => `${where.replace(/^.:/, '')}: ${kinds.join(' ')}`),
  };
}

/** Answers in the order they were asked, those to former questions last. */
export function answersOf({ order, answers, former }: Practice): Record<string, Told> {
  const all = { ...former, ...answers };
  const keys = new Set([...order.filter((key) => all[key]), ...Object.keys(answers), ...Object.keys(all)]);
  return Object.fromEntries([...keys].flatMap((key) => (all[key] ? [[key, all[key]] as const] : [])));
}

/** 1 when sent, and one more for each change of its words. */
export const revisionOf = ({ history }: Practice): number => 1 + history.filter(({ what }) => CHANGES.has(what)).length;

const CHANGES = new Set(['edited', 'deleted', 'revised']);

/** Plans and refusals are the team's own. */
export const usesFor = ({ uses = [] }: Practice, viewer: Viewer): Use[] =>
  viewer === 'public' ? uses.filter(({ kind }) => kind === 'used') : uses;

const partsOf = (practice: Practice): Part[] => [
  ...(practice.story?.parts ?? []),
  ...Object.values(answersOf(practice)).flatMap(({ parts }) => parts),
];

export const filesOf = (practice: Practice): FileRef[] => partsOf(practice).flatMap(({ files: found }) => found ?? []);

function locationOf(practice: Practice): Row {
  const location = partsOf(practice).findLast((part) => part.location)?.location;
  return { latitude: location?.latitude ?? null, longitude: location?.longitude ?? null };
}

function files(practice: Practice): Row {
  const all = filesOf(practice);
  const name = ({ name: given }: FileRef) => given ?? '?';
  const lost = all.flatMap((file) => {
    if (file.copy && 'kept' in file.copy) return [];
    return [`${name(file)} (${file.copy?.missing ?? 'copying'})`];
  });
  return {
    files: all.filter(({ copy }) => copy && 'kept' in copy).map(name),
    filesMissing: lost,
  };
}

const ledger = (uses: Use[]): Row => ({
  useKinds: uses.map(({ kind }) => kind),
  useReports: uses.map(({ report }) => report),
  useSections: uses.map(({ section }) => section ?? ''),
  useQuotations: uses.map(({ quotation }) => quotation ?? ''),
  useLinks: uses.map(({ link }) => link ?? ''),
});

/** Names and codes side by side; what holds a commune counts as named. */
function territories(places: Territory[], nameOf: NameOf): Row {
  const at = (level: Territory['level']): Map<string, string> => {
    const found = new Map<string, string>();
    for (const place of places) {
      const code = place.level === level ? place.code : level === 'commune' ? undefined : place[level];
      if (!code) continue;
      const name = place.level === level ? place.name : nameOf(level, code);
      found.set(code, name ?? found.get(code) ?? '');
    }
    return found;
  };
  const pair = (level: Territory['level']): Row => {
    const found = at(level);
    return { [`${level}s`]: [...found.values()], [`${level}Codes`]: [...found.keys()] };
  };
  return { ...pair('commune'), ...pair('epci'), ...pair('departement'), ...pair('region') };
}

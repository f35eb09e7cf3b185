// What was lost, doubled or asked again, from what people said and what the store holds. Pure.
import type { Part, Practice } from '../../src/model.ts';
import type { Diary, Telling } from './people.ts';

export interface Verdict {
  kills: number;
  cases: number;
  words: number;
  words_lost: number;
  /** In the store, but not where or not in the order they were said. */
  words_astray: number;
  cases_doubled: number;
  announcements: number;
  announcements_lost: number;
  /** Where the platform can tell: Discord, whose nonces make a second copy none. */
  announcements_doubled: number;
  /** Where it cannot: Telegram and Slack, when the process died between sending and knowing. */
  announcements_repeated: number;
  questions_asked_again: number;
  /** Nothing came for too long. */
  silences: number;
  /** Clicks, and a stranger's first words in Discord, that died with the process: their platforms do not bring them again. */
  clicks_repeated: number;
  greetings_repeated: number;
  /** Turns that failed by a fault of ours. */
  faults: number;
  seconds: number;
}

/** Names of the figures that must be nought. */
export const LOSSES = [
  ...(['words_lost', 'words_astray', 'cases_doubled', 'announcements_lost', 'announcements_doubled'] as const),
  ...(['questions_asked_again', 'silences', 'faults'] as const),
];

export interface Evidence {
  diaries: Diary[];
  practices: Practice[];
  /** Messages that announce a case, by place and by the case's number. */
  announced: Record<string, Map<string, number>>;
}

type Findings = Omit<Verdict, 'kills' | 'faults' | 'seconds'> & { losses: string[] };

export function judge({ diaries, practices, announced }: Evidence): Findings {
  const cases = diaries.flatMap((diary) => diary.cases);
  const said = cases.flatMap(({ answers }) => answers.flat());
  const kept = new Set(practices.flatMap(partsOf).map(({ text }) => text));
  const lost = said.filter((text) => !kept.has(text));
  const astray = cases.flatMap((telling) => astrayIn(telling, practices)).filter((text) => kept.has(text));
  const twice = repeated(practices.map(({ answers, order: [first = ''] }) => answers[first]?.parts[0]?.text ?? ''));
  const ids = cases.flatMap(({ id }) => id ?? []);
  const places = Object.entries(announced).map(([place, messages]) => ({
    place,
    times: ids.map((id) => [id, messages.get(id) ?? 0] as const),
  }));
  const unheard = places.flatMap(({ place, times }) =>
    times.flatMap(([id, count]) => (count === 0 ? `${place}: ${id}` : [])),
  );
  const more = (isSure: boolean) =>
    places
      .filter(({ place }) => (place === 'discord') === isSure)
      .flatMap(({ place, times }) =>
        times.flatMap(([id, count]) => Array<string>(Math.max(0, count - 1)).fill(`${place}: ${id}`)),
      );
  const again = diaries.flatMap((diary) => diary.again);
  const silences = diaries.flatMap((diary) => diary.silences);
  return {
    cases: practices.length,
    words: said.length,
    words_lost: lost.length,
    words_astray: astray.length,
    cases_doubled: twice.length,
    announcements: places.flatMap(({ times }) => times).reduce((sum, [, count]) => sum + count, 0),
    announcements_lost: unheard.length,
    announcements_doubled: more(true).length,
    announcements_repeated: more(false).length,
    questions_asked_again: again.length,
    silences: silences.length,
    clicks_repeated: diaries.reduce((sum, { clicksRepeated }) => sum + clicksRepeated, 0),
    greetings_repeated: diaries.reduce((sum, { greetingsRepeated }) => sum + greetingsRepeated, 0),
    losses: [
      ...lost.map((text) => `lost: ${firstLine(text)}`),
      ...astray.map((text) => `astray: ${firstLine(text)}`),
      ...twice.map((text) => `twice in the store: the case of ${firstLine(text)}`),
      ...unheard.map((what) => `never announced in ${what}`),
      ...more(true).map((what) => `announced once more in ${what}`),
      ...again.map((what) => `asked again: ${what}`),
      ...silences,
    ],
  };
}

/** What does not stand in its case as it was told, answer by answer, in order. */
function astrayIn({ id, answers }: Telling, practices: Practice[]): string[] {
  const practice = practices.find((one) => one.id === id?.replace('-', ''));
  if (!practice) return [];
  const stands = practice.order.map((key) => practice.answers[key]?.parts.map(({ text }) => text) ?? []);
  return answers.flatMap((texts, i) => (isSame(texts, stands[i] ?? []) ? [] : texts));
}

/** What comes again, once for each time too many. */
const repeated = (list: string[]): string[] => list.filter((one, i) => list.indexOf(one) < i);

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const partsOf = ({ answers, story, former = {} }: Practice): Part[] => [
  ...Object.values(answers).flatMap(({ parts }) => parts),
  ...Object.values(former).flatMap(({ parts }) => parts),
  ...(story?.parts ?? []),
];

const isSame = (one: string[], other: string[]): boolean =>
  one.length === other.length && one.every((text, i) => text === other[i]);

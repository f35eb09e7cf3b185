// The dates a query names: a year, a month, a day, or how long ago, as moments in the time zone of the collection. Pure.
import type { Instant } from '../model.ts';
import { DAY } from '../outgoing.ts';

/** From its first moment on, up to the first that is no longer in it. */
export interface Span {
  since?: Instant;
  until?: Instant;
}

const MONTHS = [
  ...[
    /^janv/,
    /^f[e]v|^feb/,
    /^mars$|^march$/,
    /^avr|^apr/,
    /^mai$|^may$/,
    /^juin$|^june$/,
    /^juil|^july$/,
    /^aou|^aug/,
  ],
  ...[/^sep/, /^oct/, /^nov/, /^dec/],
];
const NAMES =
  'janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|' +
  'january|february|march|april|may|june|july|august|september|october|november|december';
/** `2026`, `2026-11`, `2026-11-24`, `24/11/2026`, `novembre 2026`: of this century, so that `loi 1901` stays words. */
const DATE = `(?:(20\\d\\d)(?:-(\\d\\d)(?:-(\\d\\d))?)?|(\\d\\d?)/(\\d\\d?)/(20\\d\\d)|(${NAMES}) (20\\d\\d))`;
const BEFORE_IT =
  "(?:(depuis le|depuis|a partir du|a partir de|since|from)|(avant le|avant|before)|(jusqu'au|jusqu'en|until)|en|in) +";
const EXPRESSION = new RegExp(`(?<![\\w/-])(?:${BEFORE_IT})?${DATE}(?![\\w/-])`, 'g');
const AGO =
  /(?<!\w)(?:depuis|since|last) +(\d{1,3}|un|une|a|an|one)? *(jours?|days?|semaines?|weeks?|mois|months?|ans?|years?)(?!\w)/g;
const DAYS = { j: 1, d: 1, s: 7, w: 7, m: 30, a: 365, y: 365 };

/** Takes the dates out of a query in lower case without accents; the last one said counts. */
export function takeDates(text: string, now: Instant, timeZone: string): { rest: string; span: Span } {
  let span: Span = {};
  const rest = text
    .replace(AGO, (_, count: string | undefined, unit: string) => {
      const days = DAYS[unit[0] as keyof typeof DAYS] * (Number(count) || 1);
      span = { ...span, since: new Date(Date.parse(now) - days * DAY).toISOString() };
      return ' ';
    })
    .replace(EXPRESSION, (said: string, ...groups: (string | undefined)[]) => {
      const [since, before, upTo] = groups;
      const [first, end] = moments(groups.slice(3), timeZone) ?? [];
      if (first === undefined || end === undefined) return said;
      if (since !== undefined) span = { ...span, since: first };
      else if (before !== undefined) span = { ...span, until: first };
      else if (upTo !== undefined) span = { ...span, until: end };
      else span = { since: first, until: end };
      return ' ';
    });
  return { rest, span };
}

/** The first moment of a year, a month or a day, and of the next one; undefined when there is no such date. */
function moments(groups: (string | undefined)[], timeZone: string): [Instant, Instant] | undefined {
  const [year, month, day, dayFirst, monthSecond, yearLast, name, yearOfName] = groups;
  const y = Number(year ?? yearLast ?? yearOfName);
  const m = name === undefined ? (month ?? monthSecond) : String(MONTHS.findIndex((one) => one.test(name)) + 1);
  const d = day ?? dayFirst;
  const at = (a: number, b: number, c: number) => startOf(Date.UTC(a, b, c), timeZone);
  if (m === undefined) return [at(y, 0, 1), at(y + 1, 0, 1)];
  if (d === undefined)
    return Number(m) >= 1 && Number(m) <= 12 ? [at(y, Number(m) - 1, 1), at(y, Number(m), 1)] : undefined;
  const date = new Date(Date.UTC(y, Number(m) - 1, Number(d)));
  if (date.getUTCMonth() !== Number(m) - 1 || date.getUTCDate() !== Number(d)) return undefined;
  return [at(y, Number(m) - 1, Number(d)), at(y, Number(m) - 1, Number(d) + 1)];
}

/** The moment a clock on the wall of that zone shows this time. */
function startOf(wall: number, timeZone: string): Instant {
  const shown = (at: number) => Date.parse(`${new Date(at).toLocaleString('sv-SE', { timeZone })}Z`);
  return new Date(wall - (shown(wall) - wall)).toISOString();
}

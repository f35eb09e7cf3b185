// What an answer names of the official code: each name with the places it may be, told apart by what stands beside it.
// Pure; not found is fine.
import { fold } from '../fold.ts';
import { AND, GLUE } from './cues.ts';
import { territoryOf } from './gazetteer.ts';
import type { Gazetteer, Mention, Official } from './model.ts';
import { type Reading, spansOf } from './spans.ts';
import type { Found } from './tokens.ts';

/** How many places an answer may name; more is a list that people read for themselves. */
const MOST = 12;
/** How many homonyms are offered. */
const OFFERED = 5;
/** A name is its most peopled bearer's when that one has as many times the people of the next. */
const KNOWN = 10;
/** …and when the next is of another kind: a département and a town are both on people's lips. */
const KNOWN_APART = 50;

/** The places an answer names, in its own order. `former`: what was decided of an earlier wording, kept for the same names. */
export function mentionsOf(gazetteer: Gazetteer, text: string, former: Mention[] = []): Mention[] {
  const reading = spansOf(gazetteer, text);
  const sure = reading.spans.filter(({ doubtful }) => !doubtful);
  const spans = withoutAround(reading, told(sure.length > 0 ? sure : reading.spans));
  const seen = new Set<string>();
  const mentions = spans.map((span) => mentionOf(reading, span)).filter((one) => isNew(one, seen));
  return mentions.slice(0, MOST).map((one) => former.find((old) => isSame(old, one)) ?? one);
}

const isNew = (mention: Mention, seen: Set<string>): boolean => seen.size < seen.add(namesOf(mention)).size;

const isSame = (a: Mention, b: Mention): boolean => fold(a.said) === fold(b.said) && namesOf(a) === namesOf(b);

const namesOf = ({ among }: Mention): string => among.map(({ level, code }) => level + code).join();

/** Each name with fewer bearers, where what stands beside it tells which: a code, an area around, a place nearby. */
function told(spans: Found[]): Found[] {
  const areas = spans.map((span) => asArea(span, spans));
  const coded = areas.map((span) => within(span, areas, postal, (code, one) => code === one));
  const held = coded.map((span) => within(span, coded, area, holds));
  const kept = held.map((span) => within(span, held, clear, (a, b) => a.departement === b.departement));
  return kept.filter((span) => span.code !== 'postal' || !isNamed(span, kept));
}

const postal = ({ code, among }: Found): Official[] => (code === 'postal' ? among : []);
const area = ({ among }: Found): Official[] => (among.length === 1 && among[0]?.level !== 'commune' ? among : []);

/** The place that a name is taken for without a question, if any. */
function clear({ among }: Found): Official[] {
  const [first, second] = among;
  if (!first) return [];
  const times = first.level === second?.level ? KNOWN : KNOWN_APART;
  return !second || first.population >= times * Math.max(second.population, 1) ? [first] : [];
}

/** The postal code of a town that is named besides. */
const isNamed = (code: Found, spans: Found[]): boolean =>
  spans.some((span) => span !== code && span.code === undefined && span.among.some((one) => code.among.includes(one)));

/** `Chauvigny (Vienne)`: of a town and an area of the same name, the area that holds another name. */
function asArea(span: Found, spans: Found[]): Found {
  const areas = span.among.filter((area) => area.level === 'departement' || area.level === 'region');
  if (areas.length === 0 || areas.length === span.among.length) return span;
  const around = areas.filter((area) =>
    spans.some((other) => other !== span && other.among.some((b) => holds(area, b))),
  );
  return around.length > 0 ? { ...span, among: around } : span;
}

/** The bearers that go with what some other name tells, if any do. */
function within(
  span: Found,
  spans: Found[],
  tells: (other: Found) => Official[],
  goes: (other: Official, one: Official) => boolean,
): Found {
  if (span.among.length < 2) return span;
  const others = spans.filter((other) => other !== span).flatMap(tells);
  const among = span.among.filter((one) => others.some((other) => goes(other, one)));
  return among.length > 0 ? { ...span, among } : span;
}

function holds(area: Official, one: Official): boolean {
  if (area.level === 'departement') return one.level !== 'departement' && one.departement === area.code;
  if (area.level === 'region') return one.level !== 'region' && one.region === area.code;
  if (area.level !== 'epci' || one.level !== 'commune') return false;
  return one.epci === area.code || (one.departement === area.departement && one.departement !== undefined);
}

/** Without the areas that only say where a nearer place lies: `Montrouge (92)` is Montrouge. */
function withoutAround({ tokens }: Reading, spans: Found[]): Found[] {
  const isBeside = ({ from }: Found) => {
    let i = from - 1;
    while (i > 0 && !tokens[i + 1]?.starts && GLUE.has(tokens[i]?.key ?? '') && !AND.has(tokens[i]?.key ?? '')) i -= 1;
    return AND.has(tokens[i]?.key ?? '') && !tokens[i + 1]?.starts;
  };
  const isAround = (span: Found) =>
    area(span).some((around) => spans.some(({ among }) => among.some((one) => holds(around, one))));
  return spans.filter((span) => isBeside(span) || !isAround(span));
}

function mentionOf({ tokens }: Reading, span: Found): Mention {
  const [first] = span.among;
  const isAlike = first !== undefined && span.among.every(({ name }) => fold(name) === fold(first.name));
  const written = tokens
    .slice(span.from, span.to)
    .map(({ raw }) => raw)
    .join(' ');
  const mention = { said: isAlike ? first.name : written, among: span.among.slice(0, OFFERED).map(territoryOf) };
  const [place] = clear(span);
  return place ? { ...mention, place: territoryOf(place) } : mention;
}

// People spoken of: names after a title, the school of a child, a health matter beside a person. Pure, and linear: every
// repetition is bounded, and what stands near is found by order.
import type { Found } from './model.ts';
import { breaksOf, isNear, spansOf } from './spans.ts';
import { CHILD, CONDITION, FIRST_NAMES, KIN, NO_NAME, OFFICE } from './vocabulary.ts';

const TITLE =
  'MM?\\.|Mr\\.?|Mrs\\.?|Ms\\.?|Miss|Mmes?\\.?|Mlles?\\.?|Mell?es?|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Mm]essieurs|[Mm]esdames|Drs?\\.?|[Dd]octeure?|Pr\\.?|[Pp]rofesseure?|Me|[Mm]aître|M(?= \\p{Lu}\\p{Ll})';
/** As typed in haste; what follows may have no capital either. */
const HASTY = 'mme|mlle|mr|m\\.|dr';
const PARTICLE = "(?:de la|de l[’']|du|de|des|da|di|del|van der|van|von|ben|bin|el|al|le|la|Le|La|d[’']|l[’'])";
const NAME = "\\p{Lu}[\\p{L}’'-]{1,30}";
const FULL = `(?:${PARTICLE} ?)?${NAME}(?: (?:${PARTICLE} ?)?${NAME}){0,2}`;
const GAP = '[ \\u00a0\\u202f]';
const AND = `(?:(?:et|&|and)${GAP}(?:${TITLE})${GAP})?`;
/** A street, a hall or a hospital that bears a name is a place. */
const PLACE =
  /(?:(?:rue|avenue|av|boulevard|bd|place|allée|square|quai|impasse|chemin|cours|pont)[ .](?:du |de la |de |des )?|(?:espace|salle|centre|hôpital|clinique|école|collège|lycée|MJC|maison|stade|gymnase|résidence|fondation|parc)\s(?:du )?)$/iu;
const PERSON = new RegExp(
  `(?<![\\p{L}\\d’'-])(?:(?:${TITLE})${GAP}${AND}(?<name>${FULL})|(?:${HASTY})${GAP}(?<name>${NAME}|\\p{Ll}[\\p{L}’'-]{2,30}(?: \\p{Ll}{3,20}(?= (?:du|de|des|et|qui)${GAP}|[.,;!?]|$))?))`,
  'gu',
);

export const people = (text: string): Found[] =>
  spansOf(text, 'person', PERSON, (_, { index = 0, groups }) => {
    const name = groups?.['name'] ?? '';
    const before = text.slice(Math.max(0, index - 24), index);
    return isName(name) && !PLACE.test(before) && !/\d ?$/.test(before);
  });

/** `le maire`, `Tout-le-monde` and `Nous` are no names, nor is a letter that stands for one. */
function isName(name: string): boolean {
  const words = name.split(/[ ’']/).filter((word) => !/^(?:le|la|les|l|de|du|des|d)$/i.test(word));
  const [first = ''] = words;
  return first.length > 1 && !NO_NAME.test(first) && !OFFICE.test(first);
}

const SCHOOL_LINK = "(?:de la |de l[’']|des |du |de |d[’'])";
const SCHOOL = new RegExp(
  '(?<![\\p{L}-]|[Gg]rande |[Hh]aute )(?:école|collège|lycée|institution|pensionnat|groupe scolaire)' +
    '(?: (?:maternelle|élémentaire|primaire|privée?|publique?|professionnel|général|technique|technologique|hôtelier|agricole|polyvalent|catholique|internationale?)){0,2}' +
    ` (?:${SCHOOL_LINK})?${NAME}(?: (?:${SCHOOL_LINK})?${NAME}){0,3}`,
  'giu',
);
const ENGLISH_SCHOOL = /\p{Lu}[\p{L}’'.]{1,30} (?:\p{Lu}[\p{L}’'.]{1,30} ){0,2}(?:School|College|Academy)(?![\p{L}])/gu;

/** How far, in UTF-16 units, what belongs together stands apart. */
const NEAR = 140;

export function schools(text: string): Found[] {
  const named = [
    ...spansOf(text, 'school', SCHOOL, (found) => / (?:\S+[’'])?\p{Lu}\S*$| \p{Lu}/u.test(found)),
    ...spansOf(text, 'school', ENGLISH_SCHOOL),
  ];
  if (named.length === 0) return [];
  const children = positions(text, CHILD);
  const breaks = breaksOf(text);
  return named.filter((school) => isNear(school, children, breaks, NEAR));
}

/** A word for an illness beside somebody named, somebody's relation, or the author. `titled`: people already found. */
export function conditions(text: string, titled: Found[]): Found[] {
  const words = spansOf(text, 'health', CONDITION);
  if (words.length === 0) return [];
  // Who treats an illness does not have it.
  const patients = titled.filter(
    ({ start }) => !/^(?:le )?(?:dr|docteur|pr|prof|me\b|maître)/i.test(text.slice(start, start + 10)),
  );
  const named = [...text.matchAll(/(?<![\p{L}-])\p{Lu}\p{Ll}+/gu)].filter(([word]) => FIRST_NAMES.has(word));
  const marks = [...patients.map(({ start }) => start), ...named.map(({ index }) => index), ...positions(text, KIN)];
  const breaks = breaksOf(text);
  marks.sort((a, b) => a - b);
  return words.filter((word) => isNear(word, marks, breaks, NEAR));
}

const positions = (text: string, shape: RegExp): number[] => [...text.matchAll(shape)].map(({ index }) => index);

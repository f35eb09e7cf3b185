// Where somebody is written to or found: e-mail, postal addresses, pages on networks. What belongs to an office, a town or
// an association is nobody's. Pure, and linear: every repetition is bounded.
import { fold } from '../fold.ts';
import type { Found } from './model.ts';
import { spansOf } from './spans.ts';

/** Mailboxes that many read, by the pieces of their names. */
const SHARED = new Set(
  `accueil adhesion adhesions admin administration agence animation asso association atelier ateliers billetterie bonjour bureau
  accessibilite accompagnement adresse ca caf ccas centre cnil com communication compta comptabilite contact contacts coordination courrier cyber dpo ecole enquiries
  epn equipe espace event events fablab france franceservices formation formations gestion hello help info information
  informations infos inscription inscriptions jeunesse joindre mail mairie maison mediateur mediatheque bibliotheque
  ne news newsletter no noreply numerique office pas permanence planning postmaster presidence president presse projet projets
  public questions rdv recrutement repondre reply reseau reservation reservations rgpd rh secretariat service services
  communaute design email exemple example guichet invitation marketing nom partenariat partenariats prenom
  securite soutien sales social sport standard support team vie ville webmaster direction`.split(/\s+/),
);
const LETTERS = /[\p{L}\p{N}._%+-]/u;

/** Found around each `@`, so that a long word costs nothing. */
export function emails(text: string): Found[] {
  const found: Found[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && LETTERS.test(text.charAt(start - 1))) start -= 1;
    const local = text.slice(start, at).replace(/^[.+%-]+/, '');
    const domain = /^[\p{L}\d](?:[\p{L}\d-]{0,62}\.){1,5}\p{L}{2,24}(?![\p{L}\d])/u.exec(
      text.slice(at + 1, at + 256),
    )?.[0];
    if (local !== '' && domain !== undefined && !isShared(local)) {
      found.push({ kind: 'email', start: at - local.length, end: at + 1 + domain.length });
    }
  }
  return found;
}

const isShared = (local: string): boolean =>
  fold(local)
    .split(/[ .%+\d]+/)
    .filter((piece) => piece !== '')
    .every((piece) => SHARED.has(piece));

/** The beginning of an address that leads to one person, up to the name. */
const HOSTS = [
  'linkedin\\.com/in/',
  'facebook\\.com/(?:profile\\.php\\?id=|people/)?',
  '(?:instagram|twitter|x|snapchat|threads)\\.com/(?:@|add/)?',
  'tiktok\\.com/@',
  '(?:t|wa|m)\\.me/',
  '[\\w-]{1,40}\\.\\w{2,16}/@',
].join('|');
const PAGE = new RegExp(
  `(?<![\\p{L}\\d.@/-])(?:https?://)?(?:[a-z]{1,3}\\.)?(?:${HOSTS})(?<name>[\\p{L}\\d_.%-]{2,60})(?![\\p{L}\\d_/-]{2})`,
  'giu',
);
const MENTION = /(?<![\p{L}\d@.<_/-])@(?<name>[\p{L}\d_][\p{L}\d_.]{1,28}[\p{L}\d_])(?![\p{L}\d_-])/gu;
const DISCORD = /(?<![\p{L}\d])(?<before>discord\P{L}{1,6})(?<it>[\p{L}\d_.]{2,32}#\d{4})(?!\d)/giu;
/** Pages that are no person's. */
const SECTIONS =
  /^(?:groups?|events?|pages?|company|school|watch|share|sharer|hashtag|search|explore|p|reels?|stories|joinchat|tous|all|everyone|here|channel|ici|home|login|help|about|jobs|feed)$/i;
/** What the name of an organisation holds. */
const BODIES =
  /bot$|recueil|mairie|ville(?!neuve)|commun|agglo|metropole|departement|prefecture|region|gouv|france|asso|mediatheque|biblio|centre|center|maison|ecole|college|lycee|universit|office|club|collectif|reseau|emmaus|secours|ccas|csc|mjc|fablab|lieu|numerique|service|officiel|official|radio|journal|council|library|charity/;

const isPerson = (name: string): boolean => !SECTIONS.test(name) && !BODIES.test(fold(name));
/** `@mairie.fr` is the end of an address, not a name. */
const DOMAIN = /\.(?:fr|com|net|org|eu)$/i;

export function profiles(text: string): Found[] {
  const named = (_: string, { groups }: RegExpMatchArray) => isPerson(groups?.['name'] ?? '');
  return [
    ...spansOf(text, 'profile', PAGE, named),
    ...spansOf(text, 'profile', MENTION, (found, match) => !DOMAIN.test(found) && named(found, match)),
    ...spansOf(text, 'profile', DISCORD),
  ];
}

/** In the singular: `12 rues` are counted, `12 rue` is a door. */
const WAYS =
  'rue|r\\.|avenue|ave?\\.?|boulevard|bd\\.?|blvd\\.?|impasse|imp\\.|allée|all\\.|chemin|ch\\.|route|rte\\.?|quai|square|sq\\.|faubourg|fb?g\\.?|sentier|ruelle|venelle|hameau|lotissement|résidence|villa|passage|esplanade|place|pl\\.|montée|traverse|chaussée|promenade|lieu-dit';
const LINK = "(?:de la|de l[’']|des|du|de|d[’']|la|le|les|l[’'])";
const WORD = "[\\p{L}\\d][\\p{L}\\d’'-]{0,30}";
const NAME = "(?-i:\\p{Lu})[\\p{L}’'-]{0,30}";
const DOOR =
  "(?<![\\p{L}\\d,.€]|\\d )\\d{1,4}(?: ?(?:bis|ter|quater|[A-F])(?![\\p{L}]))?,? {1,2}(?:de la |de l[’']|du )?";
const TOWN = `(?:,? {1,2}\\d{5} {1,2}${NAME})?`;
const STREET = new RegExp(
  `${DOOR}(?:(?<way>${WAYS}) {1,2}(?:${LINK} ?(?<what>${WORD})|(?<what>${NAME}))|cours (?<what>${NAME}))(?: {1,2}(?:${LINK} ?)?${NAME}){0,4}${TOWN}`,
  'giu',
);
const ENGLISH =
  /(?<![\p{L}\d,.]|\d )\d{1,4}[A-Fa-f]?,? (?:\p{Lu}[\p{L}’'-]{1,30} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court|Crescent|Terrace|Way)(?![\p{L}])/gu;

/** `1 place de parking` is counted too: one of something must be called by a name. */
const isDoor = (found: string, { groups }: RegExpMatchArray): boolean =>
  !/^1\D/.test(found) || /^\p{Lu}/u.test(groups?.['what'] ?? '');

export const addresses = (text: string): Found[] => [
  ...spansOf(text, 'address', STREET, isDoor),
  ...spansOf(text, 'address', ENGLISH),
];

// Which kinds of actors an answer names: from words that leave little doubt, in French and English. Pure.
import { bare } from '../fold.ts';

export const ACTOR_KINDS = ['public', 'private', 'association'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** The words of the kind itself: a case with such actors is found by them, whatever its author wrote. */
export const ACTOR_WORDS: Record<ActorKind, string> = {
  public: 'public publique',
  private: 'privé private',
  association: 'association associatif associative nonprofit',
};

/** As `bare` leaves them; a plural `s` is allowed after each. */
const SIGNS: Record<ActorKind, RegExp> = {
  public: among(
    'public|publique|mairie|commune|municipalite|ville de|departement|region|etat|prefecture|sous prefecture|ccas|cias',
    'communaute de communes|communaute d agglomeration|agglomeration|metropole|epci|syndicat mixte|intercommunalite',
    'mediatheque|bibliotheque|college|lycee|ecole|universite|caf|cpam|msa|france travail|pole emploi|hopital',
    'conseil departemental|conseil regional|collectivite|service social|town hall|city council|county council|council',
    'library|libraries|school|hospital|government|municipality',
  ),
  private: among(
    'prive|privee|entreprise|societe|startup|start up|sarl|sas|sa|banque|operateur|commercant|commerce|librairie|cafe',
    'bailleur prive|fondation|private|company|companies|business|businesses|bank|shop|firm',
  ),
  association: among(
    'association|asso|associatif|associative|benevole|federation|collectif|mjc|centre social|loi 1901|regie de quartier',
    'secours populaire|emmaus|croix rouge|charity|charities|nonprofit|non profit|ngo|volunteer',
  ),
};

function among(...words: string[]): RegExp {
  return new RegExp(`(?:^| )(?:${words.join('|')})s?(?= |$)`);
}

/** The kinds of actors that a text names. */
export function actorKinds(text: string): Set<ActorKind> {
  const words = bare(text);
  return new Set(ACTOR_KINDS.filter((kind) => SIGNS[kind].test(words)));
}

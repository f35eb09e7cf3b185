// What may be personal data in free text, as types only.

/**
 * A telephone number, an e-mail or postal address, somebody's name after a title, the school of a child, a health matter
 * beside a person, a number of an identity or a bank paper, somebody's page on a network.
 */
export type PersonalKind =
  | 'phone'
  | 'email'
  | 'address'
  | 'person'
  | 'school'
  | 'health'
  | 'identity'
  | 'bank'
  | 'profile';

/** Where it stands in a text: UTF-16 offsets, `end` excluded. */
export interface Found {
  kind: PersonalKind;
  start: number;
  end: number;
}

/** Of a case already sent: what may be personal data in one of its texts, and whether somebody of the team read it again. */
export interface Flag {
  /** An answer by its key, one to a former question by its key, the story, or what was answered to the team. */
  where: `a:${string}` | `f:${string}` | 'story' | 'reply';
  kinds: PersonalKind[];
  checked?: true;
}

// Places of the official code, and what an answer names of them, as types only.

/** A place of the official code (https://www.insee.fr/fr/information/2560452), named by the author's words. */
export interface Territory {
  level: 'commune' | 'epci' | 'departement' | 'region';
  /** Of a commune, département or région as Insee writes it; of an EPCI its Siren number. */
  code: string;
  name: string;
  /** Codes of what holds it. An EPCI counts where most of its inhabitants live. */
  departement?: string;
  region?: string;
  /** Of a commune. */
  epci?: string;
}

/** A name in an answer and the places it may be, which its author is asked when neither of the last two is there. */
export interface Mention {
  said: string;
  /** The most peopled first. */
  among: Territory[];
  place?: Territory;
  /** Its author says that it is none of these. */
  none?: true;
}

/** One line of the official code. */
export interface Official extends Territory {
  population: number;
  /** Postal codes of a commune. */
  postal?: string[];
  /** Other names it is found by: former communes, arrondissements, acronyms. */
  also?: string[];
}

/** Look-ups over the official code: constant data, so that a pure step may read it. Names are folded as `keyOf` does. */
export interface Gazetteer {
  /** Who bears this name, the most peopled first; those that only have it besides their own come last. */
  named(key: string): readonly Bearer[];
  /** Who bears a name one letter away, two from nine letters on; the nearest only. */
  near(key: string): readonly Bearer[];
  postal(code: string): readonly Official[];
  at(level: Territory['level'], code: string): Official | undefined;
  /** Every one, overseas included, in the order of their codes. */
  departements(): Territory[];
  regions(): Territory[];
}

export interface Bearer {
  place: Official;
  /** By its own name, by the first word of a large town's name, or by another name. */
  by: 'own' | 'short' | 'other';
}

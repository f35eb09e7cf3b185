// How the settings of a channel are read. Types only.

/** A fault, in the language of the command line. */
export type Say = (fr: string, en: string) => string;

/** A setting's value; empty ones count as unset. */
export type Value = (name: string) => string | undefined;

// What is wrong in a flow file and what to write instead, in the language of whoever edits it. Pure.
import type { Language } from '../model.ts';

export interface FaultWords {
  missing: (key: string) => string;
  missingTranslation: (language: string) => string;
  unknown: (key: string, known: string[]) => string;
  type: (expected: string) => string;
  oneOf: (values: string[]) => string;
  tooLong: (most: number) => string;
  labelTooLong: (length: number, most: number) => string;
  empty: string;
  number: (least: string, most: string) => string;
  tooMany: (most: number) => string;
  badKey: string;
  twice: (key: string, line: number) => string;
  headline: string;
  timeZone: (zone: string) => string;
  order: string;
  unreadable: string;
  longSentence: (words: number, most: number) => string;
  sign: string;
  twoQuestions: string;
}

const types: Record<Language, Record<string, string>> = {
  fr: {
    string: 'un texte',
    number: 'un nombre',
    int: 'un nombre entier',
    boolean: 'true ou false',
    array: 'une liste',
    object: 'un groupe de lignes',
  },
  en: {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a group of lines',
  },
};

export const faultWords: Record<Language, FaultWords> = {
  fr: {
    missing: (key) => `il manque « ${key} » ; ajoutez une ligne « ${key}: … »`,
    missingTranslation: (language) => `il manque la traduction « ${language} » ; ajoutez une ligne « ${language}: … »`,
    unknown: (key, known) => `« ${key} » n’est pas un réglage connu ; écrivez l’un de : ${known.join(', ')}`,
    type: (expected) => `il faut ici ${types.fr[expected] ?? expected}`,
    oneOf: (values) => `écrivez l’un de : ${values.join(', ')}`,
    tooLong: (most) => `ce texte est trop long ; écrivez au plus ${most} caractères`,
    labelTooLong: (length, most) =>
      `ce libellé de ${length} caractères ne tient pas dans un bouton ; écrivez au plus ${most} caractères`,
    empty: 'ce texte est vide ; écrivez-le',
    number: (least, most) => `écrivez un nombre entier de ${least} à ${most}`,
    tooMany: (most) => `cette liste est trop longue ; gardez au plus ${most} éléments`,
    badKey:
      'ce nom n’est pas possible ; écrivez des lettres sans accent et des chiffres, en commençant par une minuscule',
    twice: (key, line) => `le champ « ${key} » existe déjà à la ligne ${line} ; donnez un autre nom à l’un des deux`,
    headline: 'un champ, et un seul, doit porter « headline: true »',
    timeZone: (zone) => `« ${zone} » n’est pas un fuseau horaire connu ; écrivez par exemple Europe/Paris`,
    order: 'les jours doivent aller en augmentant, par exemple [1, 3, 10]',
    unreadable: 'je ne peux pas lire ce fichier ; vérifiez son chemin et ses droits',
    longSentence: (words, most) => `cette phrase compte ${words} mots ; coupez-la, ${most} mots se lisent d’un souffle`,
    sign: 'tout le monde ne voit pas ce symbole ; dites-le en mots',
    twoQuestions: 'il y a deux questions en une ; gardez celle qui compte',
  },
  en: {
    missing: (key) => `"${key}" is missing; add a line "${key}: …"`,
    missingTranslation: (language) => `the translation "${language}" is missing; add a line "${language}: …"`,
    unknown: (key, known) => `"${key}" is not a known setting; write one of: ${known.join(', ')}`,
    type: (expected) => `write ${types.en[expected] ?? expected} here`,
    oneOf: (values) => `write one of: ${values.join(', ')}`,
    tooLong: (most) => `this text is too long; write at most ${most} characters`,
    labelTooLong: (length, most) =>
      `this label of ${length} characters does not fit a button; write at most ${most} characters`,
    empty: 'this text is empty; write it',
    number: (least, most) => `write a whole number from ${least} to ${most}`,
    tooMany: (most) => `this list is too long; keep at most ${most} items`,
    badKey: 'this name is not possible; write letters without accents and digits, beginning in lower case',
    twice: (key, line) => `the field "${key}" is already at line ${line}; give one of the two another name`,
    headline: 'one field, and only one, must carry "headline: true"',
    timeZone: (zone) => `"${zone}" is not a known time zone; write for instance Europe/Paris`,
    order: 'days must go up, for instance [1, 3, 10]',
    unreadable: 'this file cannot be read; check its path and its rights',
    longSentence: (words, most) => `this sentence has ${words} words; cut it, ${most} words are read in one breath`,
    sign: 'not everybody sees this sign; say it in words',
    twoQuestions: 'there are two questions in one; keep the one that matters',
  },
};

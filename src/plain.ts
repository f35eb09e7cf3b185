// Plain words: where sentences end and how long they are, so that what is read aloud can be followed. Pure.

/**
 * Words in a sentence, at most: where GOV.UK's writers cut one
 * (https://insidegovuk.blog.gov.uk/2014/08/04/sentence-length-why-25-words-is-our-limit/). The European rules for
 * easy-to-read texts (FALC) ask for short sentences without a number.
 */
export const LONGEST = 25;

/** Sentences: they end with `.`, `!`, `?` or `…` before a blank, or with the line. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?…](?:\s?[»”)])?)\s+(?=[^\s:;!?»)])|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

/** What is written between blanks and holds a letter or a digit. */
export const wordsIn = (sentence: string): number =>
  sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

export const tooLong = (text: string): string[] => sentencesOf(text).filter((sentence) => wordsIn(sentence) > LONGEST);

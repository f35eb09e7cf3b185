// Which parked updates speak of somebody: they are kept as they came, so ids are looked for in their text. Pure.

/** Whether one of these ids stands in the text as a word of its own, and not as a piece of a longer one. */
export const mentions = (raw: string, ids: string[]): boolean => {
  const words = new Set(raw.match(/[\p{L}\p{N}_-]+/gu));
  return ids.some((id) => words.has(id));
};

// The parts an answer is made of, one per message. Pure.
import type { Inbound, Part } from './model.ts';

/** Parts in the platform's own order, whatever the order they came in. */
export const inOrder = (parts: Part[]): Part[] =>
  parts.every((part, i) => i === 0 || (parts[i - 1]?.order ?? '') <= part.order)
    ? parts
    : [...parts].sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));

export function partOf(inbound: Inbound): Part {
  const { id, order, at, text, files, location, links, forwarded } = inbound;
  return {
    id,
    order,
    at,
    text: text.toWellFormed(),
    ...(files.length > 0 ? { files } : {}),
    ...(location ? { location } : {}),
    ...(links?.length ? { links } : {}),
    ...(forwarded ? { forwarded } : {}),
  };
}

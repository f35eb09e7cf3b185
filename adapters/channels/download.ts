// The content that a platform answered with, to be read at leisure.
import { ChannelError } from '../../src/ports.ts';

/** Undefined when the answer has none. Reading throws a ChannelError where it breaks off: it begins again later. */
export const contentOf = (answer: Response | undefined): AsyncIterable<Uint8Array> | undefined =>
  answer?.ok && answer.body ? guarded(answer) : undefined;

/**
 * Holds the answer as a whole until its body is read: the body of an answer that nobody holds ends, empty and without an
 * error, when memory is swept (https://github.com/nodejs/undici/blob/main/lib/web/fetch/response.js, `streamRegistry`).
 */
async function* guarded(answer: Response): AsyncGenerator<Uint8Array> {
  try {
    if (answer.body) yield* answer.body;
  } catch {
    throw new ChannelError('retry', 'broken off');
  }
}

// Copies the content of a file into our own storage: counted, hashed, its type read from the content itself.
import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { FileRef, Missing } from './model.ts';
import { type Channel, ChannelError, type Files } from './ports.ts';

/** The largest content that is kept, in bytes; platforms have limits of their own, mostly lower. */
export const LARGEST = 50 * 1024 * 1024;
/** Enough for every signature that tells a type. */
const HEAD = 4_100;
/** A file is given up when this many tries have failed: a little over five hours. */
const TRIES = 12;
/** A content shorter than the platform says is taken as it is after so many tries. */
const SHORT = 4;

/** The file with its copy, or with why it is missing. Throws what may go better at another time. */
export async function copy(
  { files, channels, attempts }: { files: Files; channels: Map<string, Channel>; attempts: number },
  file: FileRef,
  kept: string,
): Promise<FileRef> {
  const fetch = channels.get(file.channel)?.fetch;
  if (!fetch) return missing(file, 'unreachable');
  try {
    const measured = measure(await fetch(file));
    await files.put(kept, measured.content());
    const { size, sha256, type } = await measured.result();
    // A connection may end early without saying so; a platform that counts wrongly is believed in the end.
    if (size < (file.size ?? 0) && attempts < SHORT) throw new ChannelError('retry', 'cut short');
    return { ...file, size, ...(type === undefined ? {} : { type }), copy: { kept, sha256 } };
  } catch (error) {
    if (error instanceof TooBig) return missing(file, 'tooBig');
    const forGood = error instanceof ChannelError && error.kind === 'permanent';
    if (forGood) return missing(file, error.missing ?? 'gone');
    if (attempts >= TRIES) return missing(file, 'unreachable');
    throw error;
  }
}

const missing = (file: FileRef, why: Missing): FileRef => ({ ...file, copy: { missing: why } });

class TooBig extends Error {}

/** Looks at a content as it passes. */
function measure(source: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let size = 0;
  return {
    async *content(): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        if (size < HEAD) head.push(chunk);
        size += chunk.byteLength;
        if (size > LARGEST) throw new TooBig('too big');
        hash.update(chunk);
        yield chunk;
      }
    },
    async result() {
      const known = await fileTypeFromBuffer(Buffer.concat(head));
      return { size, sha256: hash.digest('hex'), type: known?.mime };
    },
  };
}

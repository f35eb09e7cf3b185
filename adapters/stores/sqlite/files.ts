// Files in a folder: written beside their place, then moved there whole, so that a name never holds half a content.
import { createReadStream, existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from '../../../src/ports.ts';

/** Names are chosen by the steps; anything that could leave the folder is a fault of ours. */
const NAME = /^[A-Za-z0-9_.-]{1,200}$/;

/** What is being written stands here, under a name that no content can have. */
const HALF = /^\.\d+-\d+\.part$/;

/** Clears away what a process that was killed left half written. Only for who holds the folder alone. */
export function sweep(folder: string): void {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names.filter((one) => HALF.test(one))) rmSync(join(folder, name), { force: true });
}

export function filesIn(folder: string): Files {
  let drawn = 0;
  const place = (name: string): string => {
    if (!NAME.test(name) || name.startsWith('..')) throw new Error('not a name for a file');
    return join(folder, name);
  };

  async function write(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const file = await open(path, 'w', 0o600);
    try {
      for await (const chunk of content) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  return {
    async put(name, content) {
      const path = place(name);
      drawn += 1;
      const beside = join(folder, `.${process.pid}-${drawn}.part`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        await write(beside, content);
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
    },
    async open(name) {
      const stream = createReadStream(place(name));
      const opened = new Promise<boolean>((resolve, reject) => {
        stream.once('open', () => resolve(true));
        stream.once('error', (error: NodeJS.ErrnoException) =>
          error.code === 'ENOENT' ? resolve(false) : reject(error),
        );
      });
      return (await opened) ? stream : null;
    },
    remove: (name) => rm(place(name), { force: true }),
  };
}

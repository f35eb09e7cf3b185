// How far a long piece of work is, on one line of a terminal. Nothing at all where nobody looks.
import type { WriteStream } from 'node:tty';
import type { Progress } from '../export/write.ts';
import type { CliWords } from './words.ts';

/** Milliseconds between two drawings; a piece of work shorter than this shows nothing. */
const EVERY = 100;
const WIDTH = 30;

export function progressOn(stream: WriteStream, say: Pick<CliWords, 'counting' | 'writing'>) {
  let drawnAt = performance.now();
  let drawn = false;
  const show: Progress = (done, of) => {
    const now = performance.now();
    if (!stream.isTTY || now - drawnAt < EVERY) return;
    drawnAt = now;
    drawn = true;
    stream.write(`\r\u001b[2K${of === undefined ? say.counting(done) : `${bar(done / of)} ${say.writing(done, of)}`}`);
  };
  return {
    show,
    /** Leaves the line as if nothing had been there. */
    clear(): void {
      if (drawn) stream.write('\r\u001b[2K');
      drawn = false;
    },
  };
}

const bar = (part: number): string => {
  const full = Math.round(part * WIDTH);
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${String(Math.floor(part * 100)).padStart(3)} %`;
};

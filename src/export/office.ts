// Office files are made whole, which takes seconds of pure computing: in a thread of its own, so that the bot goes on
// answering. This file is both sides: who asks, and the thread.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Booklet } from './docx.ts';
import type { Sheet } from './xlsx.ts';

type Work = { xlsx: Sheet } | { docx: Booklet };

/** The bytes of the file. */
export function office(work: Work): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const thread = new Worker(new URL(import.meta.url), { workerData: work });
  thread.once('message', resolve).once('error', reject);
  thread.once('exit', () => reject(new Error('the thread ended before its work')));
  return promise;
}

if (!isMainThread && parentPort) {
  const work = workerData as Work;
  const bytes =
    'xlsx' in work
      ? await (await import('./xlsx.ts')).workbook(work.xlsx)
      : await (await import('./docx.ts')).documentOf(work.docx);
  parentPort.postMessage(bytes);
}

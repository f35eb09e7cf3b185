// The content of a file: its address is signed and expires, so a fresh one is asked for each time, and kept nowhere.
import { Routes } from 'discord.js';
import type { FileRef } from '../../../src/model.ts';
import { ChannelError } from '../../../src/ports.ts';
import { contentOf } from '../download.ts';
import type { Call } from './call.ts';
import { codeOf, faultOf } from './faults.ts';
import { messageSchema } from './schema.ts';

/** Milliseconds for the whole of a file: less than the lease of the work. */
const DOWNLOAD = 50_000;

/** Throws a ChannelError: `permanent` when it is there no more. */
export async function download(call: Call, { ref }: FileRef, now: () => number): Promise<AsyncIterable<Uint8Array>> {
  const [channel = '', message = '', id = ''] = ref.split('/');
  const raw = await call('get', Routes.channelMessage(channel, message)).catch((error: unknown) => {
    const gone = codeOf(error) !== undefined && faultOf(error, 0).kind === 'refused';
    throw gone ? new ChannelError('permanent', 'gone', { missing: 'gone' }) : faultOf(error, now());
  });
  const reading = messageSchema.safeParse(raw);
  const said = reading.success
    ? [reading.data, ...(reading.data.message_snapshots ?? []).map((one) => one.message)]
    : [];
  const url = said.flatMap(({ attachments }) => attachments).find((file) => file.id === id)?.url;
  if (url === undefined) throw new ChannelError('permanent', 'gone', { missing: 'gone' });
  return bodyOf(url);
}

async function bodyOf(url: string): Promise<AsyncIterable<Uint8Array>> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD) }).catch(() => {
    throw new ChannelError('retry', 'no answer');
  });
  const content = contentOf(answer);
  if (content) return content;
  await answer.arrayBuffer().catch(() => undefined);
  if (answer.status === 404) throw new ChannelError('permanent', 'gone', { missing: 'gone' });
  throw new ChannelError('retry', 'no content');
}

// The content of a file, on its way from a platform to our storage.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { contentOf } from '../adapters/channels/download.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

let close = () => undefined as unknown;
afterEach(() => close());

async function answering(listener: RequestListener): Promise<Response> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => {
    server.closeAllConnections();
    return server.close();
  };
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

async function read(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** In a frame of its own, so that nothing but the content is left of the answer. */
const fetched = async (): Promise<AsyncIterable<Uint8Array> | undefined> =>
  contentOf(await answering((_, response) => response.end('un plan du quartier')));

test('is whole, however long it waits to be read', async () => {
  const content = await fetched();
  for (let i = 0; i < 5; i++) {
    collect();
    await sleep(5);
  }
  assert.equal(await read(content ?? assert.fail()), 'un plan du quartier');
});

test('that breaks off is to be fetched again', async () => {
  const answer = await answering((_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('un plan');
    setTimeout(() => response.destroy(), 20);
  });
  await assert.rejects(read(contentOf(answer) ?? assert.fail()), { kind: 'retry' });
});

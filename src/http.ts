// The one HTTP port: health, and what the channels answer. A body is read only once its sender is admitted, within bounds.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reply, Route } from './ports.ts';

/** Bytes of a body: the platforms send some tens of kilobytes at most. */
const LARGEST = 1_048_576;
/** Milliseconds for a whole request to arrive. */
const PATIENCE = 10_000;

export interface Http {
  port: number;
  /** Lets requests in hand end. */
  stop(): Promise<void>;
}

export interface HttpOptions {
  port: number;
  host: string;
  routes: Route[];
  failed: (error: unknown) => void;
}

/** Rejects when the port is taken. */
export async function openHttp({ port, host, routes, failed }: HttpOptions): Promise<Http> {
  const health: Route = {
    method: 'GET',
    path: '/healthz',
    admit: () => undefined,
    handle: async () => ({ status: 200, body: 'ok' }),
  };
  const all = [health, ...routes];
  const server = createServer({ requestTimeout: PATIENCE, headersTimeout: PATIENCE }, (request, response) => {
    answer(all, request).then(
      (reply) => send(response, reply),
      (error: unknown) => {
        failed(error);
        send(response, { status: 500 });
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function answer(routes: Route[], request: IncomingMessage): Promise<Reply> {
  const path = (request.url ?? '').split('?')[0];
  const here = routes.filter((route) => route.path === path);
  const route = here.find(({ method }) => method === request.method);
  if (!route) return { status: here.length > 0 ? 405 : 404 };
  const headers = request.headers as Record<string, string | undefined>;
  const refusal = route.admit(headers);
  if (refusal !== undefined) return { status: refusal };
  const body = await bodyOf(request);
  return body === undefined ? { status: 413 } : route.handle(body, headers);
}

/** Undefined when it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body = '', type = 'text/plain; charset=utf-8' }: Reply): void {
  // A request that was refused half-read cannot be followed by another on the same connection.
  if (status >= 400) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': type }).end(body);
}

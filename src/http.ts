// The one HTTP port: health, and what the channels answer. A body is read only once its sender is admitted, within bounds;
// whoever sends slowly, much or from many connections at once is cut off.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reply, Route } from './ports.ts';

/** Bytes of a body: the platforms send some tens of kilobytes at most; and of all bodies that are being read. */
const LARGEST = 1_048_576;
const LARGEST_SUM = 32 * LARGEST;
/** Milliseconds for a whole request to arrive, and how often the slow ones are looked for (Node: 30 seconds). */
const PATIENCE = 10_000;
const LOOK = 1_000;
/** Milliseconds that a connection may be silent, in the middle of a request or an answer. */
const SILENCE = 30_000;
/** Connections at a time; more are closed as they come. */
const CROWD = 256;

export interface Http {
  port: number;
  /** From now on channels take nothing in: platforms are told to call again. Health goes on being told. */
  drain(): void;
  /** Lets requests in hand end. */
  stop(): Promise<void>;
}

export interface HttpOptions {
  port: number;
  host: string;
  /** What the channels answer. */
  routes: Route[];
  /** What operators ask, beside `/healthz`. */
  watched?: Route[];
  failed: (error: unknown) => void;
  /** For tests: see PATIENCE and SILENCE. */
  patience?: number;
  silence?: number;
}

const health: Route = {
  method: 'GET',
  path: '/healthz',
  admit: () => undefined,
  handle: async () => ({ status: 200, body: 'ok' }),
};

/** Rejects when the port is taken. */
export async function openHttp({ port, host, routes, watched = [], failed, ...limits }: HttpOptions): Promise<Http> {
  const { patience = PATIENCE, silence = SILENCE } = limits;
  const all = [health, ...watched, ...routes];
  const reading = { bytes: 0 };
  let draining = false;
  const refuses = (route: Route) => draining && routes.includes(route);
  const options = { requestTimeout: patience, headersTimeout: patience, connectionsCheckingInterval: LOOK };
  const server = createServer(options, (request, response) => {
    answer(all, request, reading, refuses).then(
      (reply) => send(response, reply),
      (error: unknown) => {
        failed(error);
        send(response, { status: 500 });
      },
    );
  });
  server.timeout = silence;
  server.maxConnections = CROWD;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    drain() {
      draining = true;
    },
    stop: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

async function answer(
  routes: Route[],
  request: IncomingMessage,
  reading: { bytes: number },
  refuses: (route: Route) => boolean,
): Promise<Reply> {
  const path = (request.url ?? '').split('?')[0];
  const here = routes.filter((route) => route.path === path);
  const route = here.find(({ method }) => method === request.method);
  if (!route) return { status: here.length > 0 ? 405 : 404 };
  if (refuses(route)) return { status: 503 };
  const headers = request.headers as Record<string, string | undefined>;
  const refusal = route.admit(headers);
  if (refusal !== undefined) return { status: refusal };
  const body = await bodyOf(request, reading);
  if (typeof body === 'number') return { status: body };
  return refuses(route) ? { status: 503 } : route.handle(body, headers);
}

/** The status to refuse with when it is too long, or when too much is being read at once. */
async function bodyOf(request: IncomingMessage, reading: { bytes: number }): Promise<string | number> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST) return 413;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      reading.bytes += chunk.length;
      if (size > LARGEST) return 413;
      if (reading.bytes > LARGEST_SUM) return 503;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    reading.bytes -= size;
  }
}

function send(response: ServerResponse, { status, body = '', type = 'text/plain; charset=utf-8' }: Reply): void {
  // A request that was refused half-read cannot be followed by another on the same connection.
  if (status >= 400) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

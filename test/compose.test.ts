// compose.yaml holds together, as far as can be seen without Docker.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { readConfig } from '../src/config.ts';
import { openHttp } from '../src/http.ts';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}

const file = readFileSync(join(import.meta.dirname, '../compose.yaml'), 'utf8');
const { services, volumes } = parse(file, { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const named = (start: string) => Object.entries(services).filter(([name]) => name.startsWith(start));

test('two bots with the same settings, which the configuration knows', () => {
  const bots = named('bot');
  assert.equal(bots.length, 2);
  for (const [, { environment = {} }] of bots) {
    const reading = readConfig({ ...environment, TELEGRAM_BOT_TOKEN: '123456:nobody' });
    assert.ok('config' in reading, 'faults' in reading ? reading.faults.join() : '');
    assert.ok(reading.config.http.asked);
  }
});

test('three members, each with a volume of its own, all of them in the address and in the set', () => {
  const members = named('mongo').map(([name]) => name);
  assert.equal(members.length, 3);
  assert.deepEqual(
    named('mongo').map(([name, { volumes: its }]) => [name, its]),
    members.map((name) => [name, [`${name}:/data/db`]]),
  );
  assert.deepEqual(Object.keys(volumes), members);
  const { MONGODB_URI: uri = '' } = services['bot1']?.environment ?? {};
  const { hostname, pathname, search } = new URL(uri.replace(members.join(), 'members'));
  assert.deepEqual([hostname, pathname, search], ['members', '/recueil', '?replicaSet=recueil']);
  for (const [, { command }] of named('mongo')) assert.ok(command?.join(' ').includes('--replSet recueil'));
});

test('who waits for somebody waits for one that exists and can be seen to be well', () => {
  for (const [name, { depends_on: waits = {} }] of Object.entries(services)) {
    for (const [other, { condition }] of Object.entries(waits)) {
      assert.ok(services[other], `${name} waits for ${other}`);
      if (condition === 'service_healthy') assert.ok(services[other]?.healthcheck, other);
    }
  }
});

test('the health of a bot is asked where it answers', async () => {
  const http = await openHttp({ port: 0, host: '127.0.0.1', routes: [], failed: assert.ifError });
  const asked = services['bot1']?.healthcheck?.test.join(' ') ?? '';
  const url = /http:[^']+/.exec(asked)?.[0].replace('8080', String(http.port)) ?? '';
  try {
    assert.equal((await fetch(url)).status, 200);
  } finally {
    await http.stop();
  }
});

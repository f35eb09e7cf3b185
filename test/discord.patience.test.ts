// The store goes away and comes back, or the bot stops while it is away: what came from Discord is saved, or read again at
// the next start; nothing newer passes before it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createDiscord } from '../adapters/channels/discord/index.ts';
import { readFlow } from '../src/flow.ts';
import { menuOf } from '../src/menu.ts';
import type { Inbound } from '../src/model.ts';
import type { Heard, Intake } from '../src/ports.ts';
import { begin } from './support/begin.ts';
import { openDiscord, TOKEN } from './support/discord.ts';

const discord = await openDiscord();
after(() => discord.stop());
const reading = readFlow(join(import.meta.dirname, '../flows/territorial-governance/flow.yaml'), 'fr');
assert.ok('flow' in reading);
const menu = menuOf(reading.flow);

const bot = () =>
  createDiscord({
    ...{ token: TOKEN, api: discord.api, staff: [], menu, language: 'fr' as const, say: () => {} },
    formOf: () => ({ title: '', fields: [], send: '' }),
    clock: { now: () => new Date().toISOString(), at: () => () => {} },
  });

/** A house that keeps what it is given, and fails while it is away. */
function house() {
  const saved: string[] = [];
  const recent: Heard[] = [];
  const state = { away: false, order: undefined as string | undefined, tries: 0, asked: async () => {} };
  const up = async () => {
    state.tries += 1;
    if (state.away) throw new Error('away');
  };
  const intake: Intake = {
    async receive({ text, order }: Inbound) {
      await up();
      if (!saved.includes(text)) saved.push(text);
      state.order = order;
    },
    attempt: (_id, _raw, work) => work(),
    away: () => false,
    recent: async () => recent,
    async heard() {
      await up();
      await state.asked();
      return state.order;
    },
  };
  return { saved, recent, state, intake };
}

async function until(good: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !good() && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(good());
}

test('what comes while the store is away is saved once it is back, in order', async () => {
  const { saved, state, intake } = house();
  const channel = bot();
  await begin(channel, intake);
  const person = discord.person();
  await person.says('un');
  await until(() => saved.length === 1);
  state.away = true;
  const before = state.tries;
  await person.says('deux');
  await until(() => state.tries > before);
  state.away = false;
  await person.says('trois');
  await until(() => saved.includes('trois'));
  assert.deepEqual(saved, ['un', 'deux', 'trois']);
  await channel.stop();
});

test('who wrote in direct messages meanwhile, after a conversation in a private thread, is caught up there', async () => {
  const { saved, recent, state, intake } = house();
  const person = discord.person();
  state.order = (await person.says('déjà entendu')).padStart(20, '0');
  const thread = discord.channel(12);
  recent.push({ address: { channel: 'discord', chat: person.id, thread }, heard: state.order });
  await person.says('pendant l’absence');
  const channel = bot();
  await begin(channel, intake);
  await until(() => discord.calls.some(({ path }) => path === `/channels/${thread}/messages`));
  await person.says('après');
  await until(() => saved.includes('après'));
  assert.deepEqual(saved, ['pendant l’absence', 'après']);
  await channel.stop();
});

test('a bot that stops before it has caught up saves nothing newer', async () => {
  const { saved, state, intake } = house();
  const person = discord.person();
  state.order = (await person.says('déjà entendu')).padStart(20, '0');
  await person.says('pendant l’absence');
  const channel = bot();
  await begin(channel, intake);
  discord.fail('GET', /\/channels\/\d+\/messages$/, ...Array.from({ length: 9 }, () => ({ status: 502 })));
  const asked = Promise.withResolvers<void>();
  state.asked = () => asked.promise;
  const before = state.tries;
  await person.says('après');
  await until(() => state.tries > before);
  const stopping = channel.stop();
  asked.resolve();
  await stopping;
  assert.deepEqual(saved, []);
});

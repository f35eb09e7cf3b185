// The Telegram adapter with the real grammY on a Telegram of our own, and an intake that tells what it was given.
import assert from 'node:assert/strict';
import { afterEach } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTelegram, type TelegramOptions } from '../../adapters/channels/telegram/index.ts';
import { realClock } from '../../src/clock.ts';
import { createIntake } from '../../src/intake.ts';
import type { Inbound } from '../../src/model.ts';
import type { Channel, Menu, Parked } from '../../src/ports.ts';
import { begin } from './begin.ts';
import { STEADY } from './outages.ts';
import { openTelegram, type Telegram, TOKEN } from './telegram.ts';

const MENU: Menu = {
  fr: {
    title: 'Des récits',
    about: 'Je recueille des récits.',
    commands: [{ name: 'mes-recits', says: 'vos récits' }],
  },
  en: { title: 'Stories', about: 'I collect stories.', commands: [{ name: 'my-stories', says: 'your stories' }] },
};
export const STAFF = { channel: 'telegram', chat: '-100777' };

export interface World {
  telegram: Telegram;
  channel: Channel;
  lines: string[];
  /** Texts, in the order they were taken. */
  taken: Inbound[];
  parked: Parked[];
  /** What taking an update comes to. */
  onReceive: (inbound: Inbound) => Promise<void>;
  start(): Promise<void>;
}

let open: World[] = [];

export async function world(more: Partial<TelegramOptions> = {}): Promise<World> {
  const telegram = await openTelegram();
  const lines: string[] = [];
  const say = (level: string, line: string) => void lines.push(`${level} ${line}`);
  const common = { staff: [STAFF], menu: MENU, language: 'fr' as const, clock: realClock, say };
  const channel = createTelegram({ token: TOKEN, apiRoot: telegram.root, ...common, ...more });
  const w: World = {
    telegram,
    channel,
    lines,
    taken: [],
    parked: [],
    onReceive: async () => undefined,
    start: () => begin(channel, intakeOf(w)),
  };
  open.push(w);
  return w;
}

export function intakeOf(w: World) {
  return createIntake({
    channel: 'telegram',
    clock: realClock,
    outage: STEADY,
    heard: async () => undefined,
    parked: () => w.lines.push('parked'),
    store: {
      park: async (update) => void w.parked.push(update),
      recent: async () => [],
    },
    async receive(inbound) {
      await w.onReceive(inbound);
      w.taken.push(inbound);
    },
  });
}

afterEach(async () => {
  for (const { channel, telegram } of open) {
    await channel.stop();
    await telegram.stop();
  }
  open = [];
});

export async function until(good: () => boolean, what = 'that'): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!good()) {
    assert.ok(Date.now() < deadline, `never came: ${what}`);
    await sleep(10);
  }
}

export const text = (update_id: number, id: number, said: string, message_id = update_id) => ({
  update_id,
  message: {
    message_id,
    date: 1_772_442_000,
    chat: { id, type: 'private' },
    from: { id, is_bot: false, first_name: 'Camille' },
    text: said,
  },
});

/** The greatest offset asked for: everything below it is confirmed. */
export const confirmed = ({ calls }: Telegram): number =>
  Math.max(
    0,
    ...calls.flatMap(({ method, payload }) => (method === 'getUpdates' ? Number(payload['offset'] ?? 0) : [])),
  );

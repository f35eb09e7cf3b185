// The Slack adapter with the real Bolt on a Slack of our own, and an intake that tells what it was given.
import assert from 'node:assert/strict';
import { afterEach } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSlack, type SlackOptions } from '../../adapters/channels/slack/index.ts';
import { realClock } from '../../src/clock.ts';
import { formOf } from '../../src/forms.ts';
import { type Http, openHttp } from '../../src/http.ts';
import { createIntake } from '../../src/intake.ts';
import type { Inbound, Outbound } from '../../src/model.ts';
import type { Channel, Heard, Parked, Post } from '../../src/ports.ts';
import { STEADY } from './outages.ts';
import { APP_TOKEN, BOT_TOKEN, openSlack, SECRET, type Slack } from './slack.ts';

export const STAFF = { channel: 'slack', chat: 'C0STAFF' };

export interface World {
  slack: Slack;
  channel: Channel;
  lines: string[];
  /** What was taken, in that order. */
  taken: Inbound[];
  parked: Parked[];
  recent: Heard[];
  /** The last thing heard of somebody. */
  heard: string | undefined;
  /** What taking an update comes to. */
  onReceive: (inbound: Inbound) => Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

let open: World[] = [];

/** By Socket Mode, or over HTTP on a port of its own. */
export async function world(more: Partial<SlackOptions> = {}, mode: 'socket' | 'http' = 'socket'): Promise<World> {
  const slack = await openSlack();
  const lines: string[] = [];
  const say = (level: string, line: string) => void lines.push(`${level} ${line}`);
  const way =
    mode === 'socket'
      ? { appToken: APP_TOKEN, signingSecret: undefined }
      : { appToken: undefined, signingSecret: SECRET };
  const common = { staff: [STAFF], isCommand: () => false, language: 'fr' as const, clock: realClock, formOf, say };
  const channel = createSlack({
    token: BOT_TOKEN,
    apiUrl: slack.api,
    configToken: undefined,
    ...way,
    ...common,
    ...more,
  });
  slack.channels.set(STAFF.chat, {});
  let http: Http | undefined;
  if (mode === 'http') {
    const failed = () => void lines.push('failed');
    http = await openHttp({ port: 0, host: '127.0.0.1', routes: channel.routes ?? [], failed });
    slack.target = `http://127.0.0.1:${http.port}/slack/events`;
  }
  const w: World = {
    slack,
    channel,
    lines,
    taken: [],
    parked: [],
    recent: [],
    heard: undefined,
    onReceive: async () => undefined,
    start: () => channel.start(intakeOf(w)),
    async stop() {
      await channel.stop();
      await slack.stop();
      await http?.stop();
    },
  };
  open.push(w);
  return w;
}

function intakeOf(w: World) {
  return createIntake({
    channel: 'slack',
    clock: realClock,
    outage: STEADY,
    heard: async () => w.heard,
    parked: () => w.lines.push('parked'),
    store: {
      park: async (update) => void w.parked.push(update),
      recent: async () => w.recent,
    },
    async receive(inbound) {
      await w.onReceive(inbound);
      w.taken.push(inbound);
    },
  });
}

afterEach(async () => {
  await Promise.all(open.map((w) => w.stop()));
  open = [];
});

export async function until(good: () => boolean, what = 'that'): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!good()) {
    assert.ok(Date.now() < deadline, `never came: ${what}`);
    await sleep(10);
  }
}

export const words = (text: string): Outbound => ({
  language: 'fr',
  blocks: [{ as: 'text', spans: [text] }],
  choices: [],
  closed: false,
});

export const post = (chat: string, message: Outbound, more: Partial<Post> = {}): Post => ({
  to: { channel: 'slack', chat },
  message,
  key: 'k',
  out: [],
  piece: async () => undefined,
  ...more,
});

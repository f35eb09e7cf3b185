// The bot at work: every channel that is switched on, until asked to stop.
import { constants } from 'node:os';
import { channels } from '../../adapters/index.ts';
import { realClock } from '../clock.ts';
import { createGather } from '../digest/gather.ts';
import { type House, openHouse } from '../house.ts';
import { createIntake } from '../intake.ts';
import type { Log } from '../log.ts';
import type { Given } from '../model.ts';
import { type Channel, ChannelError, type Library, type Meter, type Store } from '../ports.ts';
import { channelsOf } from './channels.ts';
import { digestOf, gatherTools } from './digests.ts';
import { openPort, type Port } from './port.ts';
import { Exit, type Session, storeOf } from './session.ts';

/** Milliseconds for the store to close, and for what else holds the process to let go. */
const LAST = 1_000;
/** Milliseconds after which a start is over. */
const SETTLED = 3_000;

/** Null when no channel is switched on. */
export async function start(session: Session): Promise<number | null> {
  const { config, flow, log, say } = session;
  const listening = await channelsOf(config, flow, log);
  if (listening.length === 0) return null;
  const signals = onSignals();
  const store = await storeOf(session);
  const open: { port?: Port; house?: House; channels: Channel[]; reading?: NodeJS.Timeout } = {
    channels: [],
  };
  try {
    const oldest = () => open.house?.due.oldest() ?? null;
    const port = await openPort(session, { listening, library: store, oldest });
    open.port = port;
    open.channels = [...listening, await boardOf(session)];
    const house = await houseOf(session, store, open.channels, port.meter);
    open.house = house;
    await listen(session, listening, { house, store, port, asked: signals.asked });
    house.due.start();
    process.stderr.write(`${say.listening(listening.map(({ name }) => name).join(', '))}\n`);
    log.info({ channels: listening.map(({ name }) => name), store: store.name }, 'started');
    // Reading the official code takes some tenths of a second: once those who waited for the start have had their reply.
    open.reading = setTimeout(() => session.gazetteer?.regions(), SETTLED);
    await signals.asked;
    log.info('asked to stop');
  } finally {
    clearTimeout(open.reading);
    const isDone = await close({ ...open, store }, config.stop);
    if (!isDone) log.warn('not all work in hand could be ended: what is left is taken up at the next start');
    log.info('stopped');
  }
  process.stderr.write(`${say.stopped}\n`);
  return 0;
}

/** The first SIGINT or SIGTERM asks to stop; a second one ends the process at once. */
function onSignals(): { asked: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isAsked = false;
  const hear = (signal: 'SIGINT' | 'SIGTERM') => {
    // As a shell tells of a process that a signal ended (https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html).
    if (isAsked) process.exit(128 + constants.signals[signal]);
    isAsked = true;
    resolve();
  };
  process.on('SIGINT', hear).on('SIGTERM', hear);
  return { asked: promise };
}

async function houseOf(
  session: Session,
  store: Store & Library,
  all: Channel[],
  counts: Meter | undefined,
): Promise<House> {
  const { log } = session;
  return openHouse({
    store,
    clock: realClock,
    given: () => givenOf(session),
    gather: createGather(gatherTools(session, store, () => givenOf(session))),
    channels: all,
    failed: (error, ref) => log.error({ err: error, ...ref }, 'a turn failed'),
    storeAway: (away) =>
      away
        ? log.error('the store cannot be reached or takes nothing; what people write is kept and saved when it is back')
        : log.warn('the store is back'),
    refused: () => log.warn('somebody who is not of the team tried to act on a case'),
    meter: telling(log, counts),
  });
}

/** Counts, and writes a line for each message that did not go out. */
function telling(log: Log, counts: Meter | undefined): Meter {
  const nobody = () => () => undefined;
  return {
    turn: counts?.turn ?? nobody,
    commit: counts?.commit ?? nobody,
    send(from, channel) {
      const ended = counts?.send(from, channel);
      return (outcome) => {
        ended?.(outcome);
        if (outcome === 'sent') return;
        log[outcome === 'refused' ? 'error' : 'info']({ ...from, channel, outcome }, 'a message did not go out');
      };
    },
  };
}

export function givenOf({ flow, config, gazetteer }: Session): Given {
  const chats = { text: config.pause, long: config.pause === 0 ? 0 : Math.max(5_000, config.pause) };
  const pauses = { telegram: chats, slack: chats, discord: chats };
  const { staff, people, signature, language } = config;
  const digest = digestOf({ config });
  const known = { flow, staff, people, signature, digest, forms: ['slack', 'discord'], language, pauses };
  return gazetteer ? { ...known, gazetteer } : known;
}

export async function boardOf({ config, say }: Session): Promise<Channel> {
  const createBoard = await channels.board();
  const staff = [...config.staff, ...config.digest.places]
    .filter(({ address }) => address.channel === 'terminal')
    .map(({ address }) => address.chat);
  return createBoard({ output: process.stdout, staff, staffMark: say.staffMark });
}

interface Listening {
  house: House;
  store: Store & Library;
  port: Port;
  asked: Promise<void>;
}

/** Every channel at once, so that one whose platform is away keeps no other waiting. */
async function listen(
  { say, log }: Session,
  listening: Channel[],
  { house, store, port, asked }: Listening,
): Promise<void> {
  const started = listening.map(async (channel) => {
    const parked = () => log.error({ channel: channel.name }, 'an update failed five times and was set aside');
    const { receive, heard, outage } = house;
    const tools = { receive, heard, outage, store, clock: realClock, channel: channel.name, parked };
    try {
      await channel.start(createIntake(tools));
      const ours = !channel.listen || (await house.duty.hold(channel.name, channel.listen));
      port.began(channel.name);
      const line = ours ? 'listening' : 'another process listens here; this one takes over when it ends';
      log.info({ channel: channel.name }, line);
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind !== 'permanent') throw error;
      throw new Exit(2, (error.message === 'token' ? say.tokenRefused : say.beginRefused)(channel.name));
    }
  });
  await Promise.race([Promise.all(started), asked]);
}

interface Open {
  channels: Channel[];
  house?: House;
  port?: Port;
  store: Store;
}

/** Takes nothing more in and ends the work in hand, for at most so many milliseconds; whether all of it was ended. */
async function close({ channels: all, house, port, store }: Open, patience: number): Promise<boolean> {
  const orderly = async () => {
    port?.stopping();
    // What the store cannot take now is left to the platforms, which deliver it again.
    house?.outage.stop();
    await Promise.all(all.map((channel) => channel.stop()));
    await house?.stop();
    await port?.close();
    return true;
  };
  const wait = (ms: number) => new Promise<false>((resolve) => setTimeout(resolve, ms, false).unref());
  const isDone = await Promise.race([orderly().catch(() => false), wait(patience)]);
  await Promise.race([store.close().catch(() => undefined), wait(LAST)]);
  // Whatever still holds the process, it is ended.
  setTimeout(() => process.exit(), LAST).unref();
  return isDone;
}

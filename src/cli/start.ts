// The bot at work: every channel that is switched on, until asked to stop.
import { channels } from '../../adapters/index.ts';
import { realClock } from '../clock.ts';
import { createGather } from '../digest/gather.ts';
import { type House, openHouse } from '../house.ts';
import { type Http, openHttp } from '../http.ts';
import { createIntake } from '../intake.ts';
import type { Given } from '../model.ts';
import { type Channel, ChannelError, type Library, type Store } from '../ports.ts';
import { channelsOf } from './channels.ts';
import { digestOf, gatherTools } from './digests.ts';
import { Exit, type Session, storeOf } from './session.ts';

/** Milliseconds for the work in hand to end; what is left is taken up at the next start. */
const PATIENCE = 15_000;
/** Milliseconds after which a start is over. */
const SETTLED = 3_000;

/** Null when no channel is switched on. */
export async function start(session: Session): Promise<number | null> {
  const { config, flow, log } = session;
  const listening = await channelsOf(config, flow, log);
  if (listening.length === 0) return null;
  const store = await storeOf(session);
  const all = [...listening, await boardOf(session)];
  const house = await openHouse({
    store,
    clock: realClock,
    given: () => givenOf(session),
    gather: createGather(gatherTools(session, store, () => givenOf(session))),
    channels: all,
    failed: (error, ref) => log.error({ err: error, document: ref.id, kind: ref.kind }, 'a turn failed'),
    storeAway: (away) =>
      away
        ? log.error('the store cannot be reached or takes nothing; what people write is kept and saved when it is back')
        : log.warn('the store is back'),
    refused: () => log.warn('somebody who is not of the team tried to act on a case'),
  });
  const asked = Promise.withResolvers<void>();
  const stop = () => asked.resolve();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  let http: Http | undefined;
  let reading: NodeJS.Timeout | undefined;
  try {
    http = await openPort(session, listening);
    await listen(session, listening, house, store, asked.promise);
    house.due.start();
    process.stderr.write(`${session.say.listening(listening.map(({ name }) => name).join(', '))}\n`);
    // Reading the official code takes some tenths of a second: once those who waited for the start have had their reply.
    reading = setTimeout(() => session.gazetteer?.regions(), SETTLED);
    await asked.promise;
  } finally {
    clearTimeout(reading);
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await close(all, house, store, http);
  }
  process.stderr.write(`${session.say.stopped}\n`);
  return 0;
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

async function openPort({ config, say, log }: Session, listening: Channel[]): Promise<Http | undefined> {
  const routes = listening.flatMap((channel) => channel.routes ?? []);
  if (routes.length === 0 && !config.http.asked) return undefined;
  const failed = (error: unknown) => log.error({ err: error }, 'a request failed');
  try {
    return await openHttp({ port: config.http.port, host: config.http.host, routes, failed });
  } catch {
    throw new Exit(2, say.portTaken(config.http.port));
  }
}

/** Every channel at once, so that one whose platform is away keeps no other waiting. */
async function listen(
  { say, log }: Session,
  listening: Channel[],
  house: House,
  store: Store & Library,
  asked: Promise<void>,
): Promise<void> {
  const started = listening.map(async (channel) => {
    const parked = () => log.error({ channel: channel.name }, 'an update failed five times and was set aside');
    const { receive, heard, outage } = house;
    const tools = { receive, heard, outage, store, clock: realClock, channel: channel.name, parked };
    try {
      await channel.start(createIntake(tools));
      const ours = !channel.listen || (await house.duty.hold(channel.name, channel.listen));
      if (!ours) log.info({ channel: channel.name }, 'another process listens here; this one takes over when it ends');
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind !== 'permanent') throw error;
      throw new Exit(2, (error.message === 'token' ? say.tokenRefused : say.beginRefused)(channel.name));
    }
  });
  await Promise.race([Promise.all(started), asked]);
}

async function close(all: Channel[], house: House, store: Store, http: Http | undefined): Promise<void> {
  const orderly = async () => {
    // What the store cannot take now is left to the platforms, which deliver it again.
    house.outage.stop();
    await Promise.all(all.map((channel) => channel.stop()));
    await http?.stop();
    await house.stop();
  };
  const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE).unref());
  await Promise.race([orderly().catch(() => undefined), late]);
  await store.close().catch(() => undefined);
}

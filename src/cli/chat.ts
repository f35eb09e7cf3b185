// A conversation in this terminal: a person at the keyboard, or one message a line from a pipe.
import { channels } from '../../adapters/index.ts';
import { realClock } from '../clock.ts';
import { createGather } from '../digest/gather.ts';
import { openHouse } from '../house.ts';
import { createIntake } from '../intake.ts';
import type { Given } from '../model.ts';
import type { Channel } from '../ports.ts';
import { digestOf, gatherTools } from './digests.ts';
import { Exit, type Session, storeOf } from './session.ts';

/** Nobody needs to be named to talk at their own keyboard. */
const DEFAULT_NAME = 'moi';

export async function chat(session: Session, as: string | undefined, asStaff = false): Promise<number> {
  const { config, flow, say, log } = session;
  const name = as?.trim() || DEFAULT_NAME;
  const store = await storeOf(session);
  const given: Given = {
    flow,
    staff: config.staff,
    digest: digestOf(session),
    people: config.people,
    signature: config.signature,
    language: config.language,
    pauses: { terminal: { text: 0, long: 0 } },
    ...(session.gazetteer ? { gazetteer: session.gazetteer } : {}),
  };
  const createTerminal = await channels.terminal();
  let broken = false;
  let settled = async () => {};
  const terminal = createTerminal({
    name,
    input: process.stdin,
    output: process.stdout,
    clock: realClock,
    staff: [...config.staff, ...config.digest.places]
      .filter(({ address }) => address.channel === 'terminal')
      .map(({ address }) => address.chat),
    staffMark: say.staffMark,
    asStaff,
    settled: () => settled(),
  });
  const gather = createGather(gatherTools(session, store, () => given));
  const parts = { store, clock: realClock, given: () => given, channels: [terminal as Channel], gather };
  const failed = (error: unknown, ref: { kind: string; id: string }) => {
    broken = true;
    log.error({ err: error, ...ref }, 'a turn failed');
  };
  const refused = () => log.warn('somebody who is not of the team tried to act on a case');
  const house = await openHouse({ ...parts, failed, refused });
  settled = house.settled;
  const stopping = onSignals(() => terminal.stop());
  try {
    const { receive, heard, outage } = house;
    const parked = () => log.error('a message failed five times and was set aside');
    await terminal.start(
      createIntake({ receive, heard, outage, store, clock: realClock, channel: 'terminal', parked }),
    );
    if (process.stdin.isTTY) house.due.start();
    await terminal.ended;
    await house.stop();
  } catch (error) {
    if (broken) throw new Exit(1, say.storeAway);
    throw error;
  } finally {
    await store.close().catch(() => undefined);
    stopping.off();
  }
  if (stopping.asked()) process.stderr.write(`${say.stopped}\n`);
  return 0;
}

/** Asks to stop on the first SIGINT or SIGTERM; the work in hand is finished. */
function onSignals(stop: () => void): { asked: () => boolean; off: () => void } {
  let asked = false;
  const ask = () => {
    asked = true;
    stop();
  };
  process.on('SIGINT', ask).on('SIGTERM', ask);
  return { asked: () => asked, off: () => void process.off('SIGINT', ask).off('SIGTERM', ask) };
}

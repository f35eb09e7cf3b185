// The digest by hand: shown here without marking anything, or sent now.
import { render } from '../../adapters/index.ts';
import { fingerprint, written } from '../address.ts';
import { realClock } from '../clock.ts';
import { createGather, drafted } from '../digest/gather.ts';
import { openHouse } from '../house.ts';
import { freshId } from '../identity.ts';
import type { Place } from '../model.ts';
import { channelsOf } from './channels.ts';
import { gatherTools } from './digests.ts';
import { Exit, libraryOf, type Session, storeOf } from './session.ts';
import { boardOf, givenOf } from './start.ts';

const print = (text: string): void => void process.stdout.write(text);

export function digest(session: Session, { preview, now }: { preview?: boolean; now?: boolean }): Promise<number> {
  const { places } = session.config.digest;
  if (places.length === 0) throw new Exit(2, session.say.digestNowhere);
  if (preview === now) throw new Exit(2, session.say.digestHow);
  return preview ? show(session, places) : send(session, places);
}

async function show(session: Session, places: Place[]): Promise<number> {
  const library = await libraryOf(session);
  if (!library) throw new Exit(2, session.say.nothingYet);
  const tools = gatherTools(session, library, () => givenOf(session));
  for (const place of places) {
    const { harvest, message } = await drafted(tools, place, realClock.now(), true);
    const picture = await tools.draw(harvest.tally, place.language);
    const attachment = picture && { kept: '', type: 'image/png', name: picture.name, alt: picture.alt };
    print(`${session.say.digestFor(written(place.address))}\n\n`);
    if (message) print(`${render({ ...message, ...(attachment ? { attachment } : {}) })}\n`);
  }
  await library.close();
  return 0;
}

/** The same way as by the calendar; what does not arrive now is tried again by the bot at work. */
async function send(session: Session, places: Place[]): Promise<number> {
  const { config, flow, log, say } = session;
  const listening = await channelsOf(config, flow, log);
  const store = await storeOf(session);
  const given = () => givenOf(session);
  const house = await openHouse({
    ...{ store, clock: realClock, given, channels: [...listening, await boardOf(session)] },
    gather: createGather(gatherTools(session, store, given)),
    failed: (error, ref) => log.error({ err: error, ...ref }, 'a turn failed'),
  });
  const id = `now-${freshId()}`;
  let waiting = 0;
  for (const place of places) {
    const digestId = fingerprint(place.address);
    await house.turns.take({ kind: 'digest', id: digestId }, { kind: 'wanted', id, place });
    await house.settled();
    await house.turns.flush();
    const delivery = await store.load('delivery', `${digestId}-${id}`);
    const isSent = delivery?.state === 'sent';
    if (!isSent) waiting += 1;
    process.stderr.write(
      `${isSent ? say.digestSent(written(place.address)) : say.digestWaits(written(place.address))}\n`,
    );
  }
  await house.stop();
  await Promise.all(listening.map((channel) => channel.stop()));
  await store.close();
  return waiting === 0 ? 0 : 1;
}

// Reads the library for what a digest says, and keeps its picture; the step decides whether it counts.
import { fingerprint } from '../address.ts';
import type { Event, Given, Instant, Outbound, Place, Practice, Scope } from '../model.ts';
import type { Clock, Library, Store } from '../ports.ts';
import { isKeptBack } from '../visible.ts';
import { type Atlas, compose, type Harvest, type Reader, scopesOf, WAITING } from './compose.ts';
import { movesOf } from './marks.ts';

export type Gather = (digest: string, window: string, asked: boolean) => Promise<Event>;

/** The picture of where cases are; null when none of them has a known place. */
export type Draw = (tally: Record<string, number>, language: Outbound['language']) => Promise<Picture | null>;

export interface Picture {
  png: Uint8Array;
  name: string;
  alt: string;
}

export interface GatherTools {
  store: Store & Library;
  given: () => Given;
  clock: Clock;
  zone: string;
  atlas: Atlas;
  draw: Draw;
}

/** Cases that one digest tells; what is left comes with the next, so that a message stays one that people read. */
const MOST = 100;
/** Of those that wait, the ones named. */
const OLDEST = 3;

export function createGather(tools: GatherTools): Gather {
  return async (id, window, asked) => {
    const { store, clock } = tools;
    const digest = await store.load('digest', id);
    if (!digest) throw new Error('a digest without its place');
    const place = { address: digest.to, language: digest.language };
    const { harvest, message } = await drafted(tools, place, clock.now(), asked);
    const cases = harvest.cases.map((practice) => ({ id: practice.id, moves: movesOf(practice).length }));
    if (message === null) return { kind: 'gathered', window, message, cases };
    const picture = await tools.draw(harvest.tally, place.language);
    if (!picture) return { kind: 'gathered', window, message, cases };
    const kept = `map-${id}-${window}.png`.replace(/[^\w.-]/g, '-');
    await store.files.put(kept, once(picture.png));
    const attachment = { kept, name: picture.name, type: 'image/png', alt: picture.alt };
    return { kind: 'gathered', window, message: { ...message, attachment }, cases };
  };
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

/** What this place may be told of: a case that the team has still to check comes when it has. */
async function tellable(store: Library, place: string, scopes: Scope[], { viewer }: Reader): Promise<Practice[]> {
  for (let limit = MOST + 1; ; limit *= 4) {
    const found = await store.untold(place, scopes, limit);
    const open = found.filter((practice) => !isKeptBack(practice, viewer, 'digest'));
    if (open.length > MOST || found.length < limit) return open;
  }
}

/** What would be said to this place now. Nothing is marked by it. */
export async function drafted(
  { store, given, zone, atlas }: Omit<GatherTools, 'draw' | 'clock'>,
  { address, language }: Place,
  at: Instant,
  asked: boolean,
): Promise<{ harvest: Harvest; message: Outbound | null }> {
  const place = fingerprint(address);
  const isStaff = given().staff.some((one) => fingerprint(one.address) === place);
  const reader: Reader = { place, language, viewer: isStaff ? 'staff' : 'public', zone };
  const scopes = scopesOf(reader.viewer);
  const found = await tellable(store, place, scopes, reader);
  const [untaken = [], waiting = [], accepted = []] = await Promise.all(
    WAITING.map((state) => store.standing(state, scopes, OLDEST)),
  );
  const harvest: Harvest = {
    cases: found.slice(0, MOST),
    more: found.length > MOST,
    waiting: { new: untaken, waiting, accepted },
    tally: await store.tally(scopes),
    ...(isStaff ? { trail: await store.trail() } : {}),
  };
  return { harvest, message: compose(given().flow, atlas, reader, harvest, at, asked) };
}

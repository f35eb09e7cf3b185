// The house put together: a store, a clock and channels around the pure steps. Used by every command, and by the tests
// with a fake clock and failing channels.
import { fingerprint } from './address.ts';
import { createApology } from './apology.ts';
import { dispatch } from './delivery.ts';
import { createDesk } from './desk.ts';
import type { Gather } from './digest/gather.ts';
import { tell } from './digest/step.ts';
import { createDue, type Due } from './due.ts';
import { createDuty, type Duty } from './duty.ts';
import { createBuild } from './export/build.ts';
import { conversationId, freshId, freshSecret } from './identity.ts';
import type { Address, Conversation, Given, Inbound, Ref } from './model.ts';
import { createOutage, type Outage } from './outage.ts';
import type { Channel, Clock, Library, Meter, Store } from './ports.ts';
import { review } from './practice.ts';
import { createReception } from './reception.ts';
import { advance } from './talk/advance.ts';
import { worded } from './talk/prompts.ts';
import { createTurns, type Turns } from './turn.ts';

export interface House {
  /** Resolves once what the message changed is saved; a click that the store cannot take now rejects with `StoreAway`. */
  receive(inbound: Inbound): Promise<void>;
  /** The greatest `order` heard from this address; undefined for somebody new. */
  heard(address: Address): Promise<string | undefined>;
  /** Resolves when everything due now is out, other documents included. */
  settled(): Promise<void>;
  turns: Turns;
  due: Due;
  duty: Duty;
  outage: Outage;
  /** Finishes what is in hand. Channels and store are closed by whoever opened them. */
  stop(): Promise<void>;
}

export interface Parts {
  store: Store & Library;
  clock: Clock;
  given: () => Given;
  channels: Channel[];
  failed: (error: unknown, ref: Ref) => void;
  /** Told when somebody who is not of the team tried to act on a case. */
  refused?: () => void;
  /** Told once when the store goes away, and once when it is back. */
  storeAway?: (away: boolean) => void;
  /** Between 0 and 1. */
  chance?: () => number;
  /** What digests are made of; without it there are none. */
  gather?: Gather;
  fresh?: () => string;
  /** Documents kept in memory between turns; 0: each turn reads what the last one wrote. */
  copies?: number;
  meter?: Meter;
}

export async function openHouse({
  store,
  clock,
  given,
  channels,
  failed,
  refused = () => undefined,
  gather,
  storeAway = () => undefined,
  chance = Math.random,
  fresh = freshId,
  copies,
  meter,
}: Parts): Promise<House> {
  const duty = await createDuty(store.crew, clock, freshId());
  const secret = await store.secret(freshSecret());
  const steps = { conversation: advance, practice: review, delivery: dispatch, digest: tell };
  const outage = createOutage({ clock, chance, changed: storeAway });
  const turns = createTurns({
    store,
    clock,
    given,
    steps,
    fresh,
    failed,
    outage,
    process: duty.process,
    meter,
    ...(copies === undefined ? {} : { copies }),
  });
  const byName = new Map(channels.map((channel) => [channel.name, channel]));
  const desk = createDesk({ library: store, clock, given, failed });
  const build = createBuild({ store, clock, given, turns, failed });
  const due = createDue({
    store,
    clock,
    turns,
    outage,
    channels: byName,
    desk,
    word: (document, asking) => worded(given(), document as Conversation, asking),
    duty,
    failed,
    gather: telling(gather, failed),
    build,
    meter,
  });
  for (const place of gather ? (given().digest?.places ?? []) : []) {
    await turns.take({ kind: 'digest', id: fingerprint(place.address) }, { kind: 'expected', place });
  }
  await due.poll(store.exclusive);
  const reception = createReception({ store, turns, given, secret, refused });
  const apology = createApology({ channels: byName, outage, clock, given });
  return {
    receive: (inbound) => apology(inbound, reception),
    heard: async (address) => (await store.load('conversation', conversationId(secret, address)))?.heard,
    settled: () => due.idle(),
    turns,
    due,
    duty,
    outage,
    async stop() {
      outage.stop();
      await due.idle();
      due.stop();
      await due.idle();
      await turns.flush();
      await duty.stop().catch(() => undefined);
    },
  };
}

/** What goes wrong in a digest is told, and tried again; with nothing to gather from, a digest has nothing to say. */
const telling =
  (gather: Gather | undefined, failed: Parts['failed']): Gather =>
  async (id, window, asked) => {
    try {
      return (await gather?.(id, window, asked)) ?? { kind: 'gathered', window, message: null, cases: [] };
    } catch (error) {
      failed(error, { kind: 'digest', id });
      throw error;
    }
  };

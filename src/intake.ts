// The way in for what channels receive: saved before it is acknowledged; what fails again and again is set aside as it came.
import type { Outage } from './outage.ts';
import { type Clock, type Intake, type Library, type Store, StoreAway } from './ports.ts';

/** An update that failed this often is parked. */
const TRIES = 5;
/** Milliseconds before another try, doubled each time. */
const PAUSE = 50;

export interface IntakeTools {
  receive: Intake['receive'];
  heard: Intake['heard'];
  store: Pick<Store & Library, 'park' | 'recent'>;
  outage: Pick<Outage, 'again' | 'away'>;
  clock: Clock;
  channel: string;
  /** Told when an update was parked. */
  parked: () => void;
}

/** Words wait until they are saved: `attempt` rejects only for a click while the store is away, and at the end. */
export function createIntake({ receive, heard, store, outage, clock, channel, parked }: IntakeTools): Intake {
  /** What is in work. A platform that hears nothing tells it again, and that joins the first. */
  const busy = new Map<string, Promise<void>>();

  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      clock.at(new Date(Date.parse(clock.now()) + ms).toISOString(), resolve);
    });

  /** Again and again while the store is away; everything else that fails is the caller's. */
  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StoreAway)) throw error;
        await outage.again();
      }
    }
  }

  /** Whether it was done. Told where it failed; here it is only counted. */
  const done = (work: () => Promise<void>, click: boolean): Promise<boolean> =>
    (click ? work() : patiently(work)).then(
      () => true,
      (error: unknown) => {
        if (error instanceof StoreAway) throw error;
        return false;
      },
    );

  async function insist(id: string, raw: unknown, work: () => Promise<void>, click: boolean): Promise<void> {
    for (let tries = 1; tries <= TRIES; tries++) {
      if (await done(work, click)) return;
      if (tries < TRIES) await wait(PAUSE * 2 ** tries);
    }
    const update = { id: `${channel}:${id}`, at: clock.now(), channel, raw: JSON.stringify(raw) };
    await patiently(() => store.park(update));
    parked();
  }

  return {
    receive,
    heard: (address) => patiently(() => heard(address)),
    away: outage.away,
    recent: (limit) => store.recent(channel, limit),
    attempt(id, raw, work, click = false) {
      const trying = busy.get(id) ?? insist(id, raw, work, click).finally(() => busy.delete(id));
      busy.set(id, trying);
      return trying;
    },
  };
}

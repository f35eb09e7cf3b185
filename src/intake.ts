// The way in for what channels receive: saved before it is acknowledged; what fails again and again is set aside as it came.
import type { Clock, Intake, Library, Store } from './ports.ts';

/** An update that failed this often is parked. */
const TRIES = 5;
/** Milliseconds before another try, doubled each time. */
const PAUSE = 50;

export interface IntakeTools {
  receive: Intake['receive'];
  heard: Intake['heard'];
  store: Pick<Store & Library, 'park' | 'recent'>;
  clock: Clock;
  channel: string;
  /** Told when an update was parked. */
  parked: () => void;
}

/** Rejects only while the store is away: the update is then not acknowledged and comes again. */
export function createIntake({ receive, heard, store, clock, channel, parked }: IntakeTools): Intake {
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      clock.at(new Date(Date.parse(clock.now()) + ms).toISOString(), resolve);
    });
  return {
    receive,
    heard,
    recent: (limit) => store.recent(channel, limit),
    async attempt(id, raw, work) {
      for (let tries = 1; tries <= TRIES; tries++) {
        try {
          await work();
          return;
        } catch {
          // Told where it failed; here it is only counted.
          if (tries < TRIES) await wait(PAUSE * 2 ** tries);
        }
      }
      await store.park({ id: `${channel}:${id}`, at: clock.now(), channel, raw: JSON.stringify(raw) });
      parked();
    },
  };
}

// Whether Recueil is ready to be sent people: its channels have begun, its store answers, and it is not stopping.
import type { Library, Pulse, Route } from './ports.ts';

/** Milliseconds that the store may take to answer. */
const PATIENCE = 2_000;

export interface Readiness {
  /** `GET /readyz`: 200, or 503 with why in a few plain words. */
  route: Route;
  began(channel: string): void;
  stopping(): void;
}

export type Feel = () => Promise<Pulse | undefined>;

/** The store's pulse, undefined when it does not come in time. Who asks meanwhile gets the same one. */
export function pulseOf(library: Pick<Library, 'pulse'>, patience = PATIENCE): Feel {
  let asked: Promise<Pulse | undefined> | undefined;
  return () => {
    asked ??= library
      .pulse()
      .catch(() => undefined)
      .finally(() => {
        asked = undefined;
      });
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => late.resolve(undefined), patience);
    return Promise.race([asked, late.promise]).finally(() => clearTimeout(timer));
  };
}

export function createReadiness(channels: string[], feel: Feel): Readiness {
  const waiting = new Set(channels);
  let stopping = false;

  async function whyNot(): Promise<string | undefined> {
    if (stopping) return 'stopping';
    if (waiting.size > 0) return `starting: waiting for ${[...waiting].join(', ')}`;
    return (await feel()) === undefined ? 'the store does not answer' : undefined;
  }

  return {
    route: {
      method: 'GET',
      path: '/readyz',
      admit: () => undefined,
      async handle() {
        const why = await whyNot();
        return why === undefined ? { status: 200, body: 'ready' } : { status: 503, body: why };
      },
    },
    began: (channel) => void waiting.delete(channel),
    stopping() {
      stopping = true;
    },
  };
}

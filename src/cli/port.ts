// The one HTTP port of a running bot: opened for webhooks, or because PORT is set; with health, readiness and metrics.
import { realClock } from '../clock.ts';
import { openHttp } from '../http.ts';
import { openMetrics } from '../metrics.ts';
import type { Instant } from '../model.ts';
import type { Channel, Library, Meter } from '../ports.ts';
import { createReadiness, pulseOf } from '../readiness.ts';
import { Exit, type Session } from './session.ts';

export interface Port {
  meter: Meter | undefined;
  began(channel: string): void;
  /** No longer ready, and webhooks are told to call again; health and metrics go on until `close`. */
  stopping(): void;
  close(): Promise<void>;
}

export interface PortTools {
  listening: Channel[];
  library: Library;
  /** When the oldest message in hand was first due. */
  oldest: () => Instant | null;
}

/** Without a channel that needs it and without PORT, none opens. */
export async function openPort(session: Session, { listening, library, oldest }: PortTools): Promise<Port> {
  const { config, log, say } = session;
  const routes = listening.flatMap((channel) => channel.routes ?? []);
  if (routes.length === 0 && !config.http.asked) {
    log.info('no port is open: PORT is not set and no channel needs one');
    return { meter: undefined, began: () => undefined, stopping: () => undefined, close: async () => undefined };
  }
  const channels = listening.map(({ name }) => name);
  const feel = pulseOf(library);
  const readiness = createReadiness(channels, feel);
  const metrics = await openMetrics({ channels: [...channels, 'terminal'], feel, oldest, clock: realClock });
  const failed = (error: unknown) => log.error({ err: error }, 'a request failed');
  const watched = [readiness.route, metrics.route];
  const { port, host } = config.http;
  const http = await openHttp({ port, host, routes, watched, failed }).catch(() => {
    throw new Exit(2, say.portTaken(port));
  });
  log.info({ port: http.port }, 'the port is open: /healthz, /readyz, /metrics');
  return {
    meter: metrics.meter,
    began: readiness.began,
    stopping() {
      readiness.stopping();
      http.drain();
    },
    close: http.stop,
  };
}

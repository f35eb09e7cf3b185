// What Prometheus reads: the only file that knows prom-client, and loads it when it is asked to. A label is a kind, an
// outcome or a platform's name: never an id, a name or a word, so that there are always as many series as today.
import type { Instant, Kind } from './model.ts';
import type { Clock, Meter, Route, SendOutcome } from './ports.ts';
import type { Feel } from './readiness.ts';

export interface Metrics {
  meter: Meter;
  /** `GET /metrics` */
  route: Route;
}

export interface MetricsTools {
  channels: string[];
  feel: Feel;
  /** When the oldest message in the hands of this process was first due. */
  oldest: () => Instant | null;
  clock: Clock;
}

const KINDS: Kind[] = ['conversation', 'practice', 'delivery', 'digest'];
const TURNS = ['saved', 'same', 'failed'];
const STATES: SendOutcome[] = ['sent', 'retried', 'moved', 'failed', 'refused'];
/** Upper bounds in seconds: of what stays in the house, and of what goes out to a platform. */
const NEAR = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const FAR = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export async function openMetrics({ channels, feel, oldest, clock }: MetricsTools): Promise<Metrics> {
  const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name: `recueil_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string) => new Gauge({ name: `recueil_${name}`, help, registers });
  const timer = (name: string, help: string, label: string, buckets: number[]) =>
    new Histogram({ name: `recueil_${name}`, help, labelNames: [label], buckets, registers });

  const turns = counter('turns_total', 'Turns of documents.', 'kind', 'outcome');
  const retried = counter('commits_retried_total', 'Commits that found their document changed.', 'kind');
  const deliveries = counter('deliveries_total', 'Messages sent, or tried.', 'channel', 'state');
  const turnTime = timer('turn_seconds', 'A turn: read, step, commit.', 'kind', NEAR);
  const commitTime = timer('commit_seconds', 'A commit.', 'kind', NEAR);
  const sendTime = timer('send_seconds', 'A message on its way to a channel.', 'channel', FAR);
  const up = gauge('store_up', 'Whether the store answers.');
  const due = gauge('oldest_due_delivery_seconds', 'How long the oldest due work waits; 0 when none does.');
  const drafts = gauge('drafts_open', 'People in the middle of telling a case, counted up to 10000.');
  const parked = gauge('parked_updates', 'Updates set aside after five failures, counted up to 10000.');

  // What never happened is 0, not absent: the first time is then seen as a change.
  for (const kind of KINDS) {
    retried.inc({ kind }, 0);
    for (const outcome of TURNS) turns.inc({ kind, outcome }, 0);
  }
  for (const channel of channels) for (const state of STATES) deliveries.inc({ channel, state }, 0);

  async function scrape(): Promise<string> {
    const pulse = await feel();
    up.set(pulse ? 1 : 0);
    // What is not known is NaN, never yesterday's figure.
    drafts.set(pulse?.drafts ?? Number.NaN);
    parked.set(pulse?.parked ?? Number.NaN);
    const since = [oldest(), pulse?.due ?? null].filter((at) => at !== null);
    const now = Date.parse(clock.now());
    due.set(Math.max(0, ...since.map((at) => (now - Date.parse(at)) / 1_000)));
    return registry.metrics();
  }

  return {
    meter: {
      turn(kind) {
        const stop = turnTime.startTimer({ kind });
        return (outcome) => {
          stop();
          turns.inc({ kind, outcome });
        };
      },
      commit(kind) {
        const stop = commitTime.startTimer({ kind });
        return (outcome) => {
          stop();
          if (outcome === 'stale') retried.inc({ kind });
        };
      },
      send(_from, channel) {
        const stop = sendTime.startTimer({ channel });
        return (state) => {
          stop();
          deliveries.inc({ channel, state });
        };
      },
    },
    route: {
      method: 'GET',
      path: '/metrics',
      admit: () => undefined,
      handle: async () => ({ status: 200, body: await scrape(), type: registry.contentType }),
    },
  };
}

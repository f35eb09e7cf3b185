// Events, clicks, forms and commands over HTTP, as a receiver of Bolt on the house's own port. Without a good signature
// there is no work at all, and no hint of why.
import { type App, type Receiver, verifySlackRequest } from '@slack/bolt';
import type { Clock, Reply, Route } from '../../../src/ports.ts';

/** What the manifest says for all of them. */
export const PATH = '/slack/events';
/** Seconds that a request may be off our clock, either way. */
const DRIFT = 300;
const JSON_TYPE = 'application/json; charset=utf-8';

type Headers = Record<string, string | undefined>;
type Body = Record<string, unknown>;

export interface HttpReceiver extends Receiver {
  routes: Route[];
}

export function createHttp({ signingSecret, clock }: { signingSecret: string; clock: Clock }): HttpReceiver {
  let app: App | undefined;

  const now = (): number => Date.parse(clock.now());

  function isTimely(headers: Headers): boolean {
    const at = headers['x-slack-request-timestamp'] ?? '';
    return /^\d{9,11}$/.test(at) && Math.abs(now() / 1_000 - Number(at)) <= DRIFT;
  }

  function isSigned(body: string, headers: Headers): boolean {
    try {
      const signed = {
        'x-slack-signature': headers['x-slack-signature'] ?? '',
        'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
      };
      verifySlackRequest({ signingSecret, body, headers: signed, nowMilliseconds: now() });
      return true;
    } catch {
      return false;
    }
  }

  async function handle(text: string, headers: Headers): Promise<Reply> {
    if (!isSigned(text, headers)) return { status: 401 };
    const body = bodyOf(text, headers['content-type'] ?? '');
    if (!body) return { status: 400 };
    if (body['type'] === 'url_verification') return reply({ challenge: body['challenge'] });
    if (body['ssl_check'] !== undefined) return { status: 200 };
    return (await answer(body, headers)) ?? { status: 200 };
  }

  /** What is acknowledged, as soon as it is; a failure before that, told where it happened, makes Slack send an event again. */
  function answer(body: Body, headers: Headers): Promise<Reply | undefined> {
    return new Promise((resolve) => {
      const ack = async (response?: unknown) => resolve(reply(response));
      const retryNum = Number(headers['x-slack-retry-num'] ?? 0);
      app?.processEvent({ body, ack, retryNum }).then(
        () => resolve(undefined),
        () => resolve({ status: 503 }),
      );
    });
  }

  return {
    init(given) {
      app = given;
    },
    start: async () => undefined,
    stop: async () => undefined,
    routes: [
      {
        method: 'POST',
        path: PATH,
        admit: (headers) => (isTimely(headers) && headers['x-slack-signature'] ? undefined : 401),
        handle,
      },
    ],
  };
}

function reply(response: unknown): Reply {
  if (response === undefined || response === '') return { status: 200 };
  return typeof response === 'string'
    ? { status: 200, body: response }
    : { status: 200, body: JSON.stringify(response), type: JSON_TYPE };
}

/** JSON as it is; a form holds JSON in its `payload`, or a slash command in its fields. */
function bodyOf(text: string, type: string): Body | undefined {
  try {
    if (type.startsWith('application/json')) return asBody(JSON.parse(text));
    const fields = new URLSearchParams(text);
    const payload = fields.get('payload');
    return payload === null ? Object.fromEntries(fields) : asBody(JSON.parse(payload));
  } catch {
    return undefined;
  }
}

const asBody = (value: unknown): Body | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined;

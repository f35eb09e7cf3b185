// One call to Discord's REST API, through the library's queue: it waits a little when asked to slow down, and never sends
// again by itself what may have been done.
import { type RawFile, REST } from 'discord.js';

export interface Body {
  body?: unknown;
  files?: RawFile[];
  query?: Record<string, string>;
  /** Interactions are answered by their own token. */
  anonymous?: boolean;
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type Call = (method: Method, route: `/${string}`, more?: Body) => Promise<unknown>;

/** Milliseconds for one call, and the longest wait for a rate limit: together less than the lease of the work. */
const REST_OPTIONS = {
  retries: 0,
  timeout: 15_000,
  rejectOnRateLimit: ({ retryAfter }: { retryAfter: number }) => retryAfter > 20_000,
};

export function openCall(token: string, api: string | undefined): { rest: REST; call: Call; close(): void } {
  const rest = new REST({ ...REST_OPTIONS, ...(api === undefined ? {} : { api }) });
  return {
    rest,
    call(method, route, { body, files, query, anonymous } = {}) {
      // The library forgets a token that was refused once: it may be good again after it was changed at Discord.
      rest.setToken(token);
      return rest[method](route, {
        ...(body === undefined ? {} : { body }),
        ...(files ? { files } : {}),
        ...(query ? { query: new URLSearchParams(query) } : {}),
        ...(anonymous ? { auth: false } : {}),
      });
    },
    close() {
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}

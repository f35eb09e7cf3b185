// The webhook: one path of the HTTP port. Without the secret there is no work at all, and no hint of why.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Route } from '../../../src/ports.ts';

const HEADER = 'x-telegram-bot-api-secret-token';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Answers 200 once the update is saved; anything else makes Telegram deliver it again. */
export function webhookRoute(
  { url, secret }: { url: string; secret: string },
  take: (update: { update_id: number }) => Promise<void>,
): Route {
  const expected = digest(secret);
  return {
    method: 'POST',
    path: new URL(url).pathname,
    // Digests have one length, so that comparing takes the same time whatever was sent.
    admit: (headers) => (timingSafeEqual(digest(headers[HEADER] ?? ''), expected) ? undefined : 401),
    async handle(body) {
      const update = parsed(body);
      if (!update) return { status: 400 };
      await take(update);
      return { status: 200 };
    },
  };
}

function parsed(body: string): { update_id: number } | undefined {
  try {
    const value = JSON.parse(body) as { update_id?: unknown } | null;
    return typeof value?.update_id === 'number' ? (value as { update_id: number }) : undefined;
  } catch {
    return undefined;
  }
}

// The settings of Discord. Pure.
import type { Say, Value } from './reading.ts';

export interface DiscordConfig {
  token: string;
  /** Where REST is, without the version. */
  api: string | undefined;
}

/** Switched on by its token. */
export function readDiscord(value: Value, say: Say, faults: string[]): DiscordConfig | undefined {
  const token = value('DISCORD_BOT_TOKEN');
  const api = value('DISCORD_API_URL');
  if (token === undefined) return undefined;
  if (!/^[\w-]{10,}\.[\w-]{4,}\.[\w-]{20,}$/.test(token)) {
    faults.push(
      say(
        'DISCORD_BOT_TOKEN : ce n’est pas une clé de bot. Copiez celle que donne le portail des développeurs : votre application, Bot, « Reset Token ».',
        'DISCORD_BOT_TOKEN: not a bot token. Copy the one the developer portal gives: your application, Bot, “Reset Token”.',
      ),
    );
  }
  if (api !== undefined && (!URL.canParse(api) || !api.endsWith('/api'))) {
    faults.push(
      say(
        'DISCORD_API_URL : écrivez une adresse qui finit par /api, par exemple https://discord.com/api',
        'DISCORD_API_URL: write an address that ends in /api, for instance https://discord.com/api',
      ),
    );
  }
  return { token, api };
}

// What the app asks of Slack, each with its use; the manifest says the same, and a test compares them. Pure.

/** Scopes of the bot token; why each is asked is in words.ts. */
export const SCOPES = [
  ...['chat:write', 'im:write', 'im:history', 'users:read', 'files:read', 'files:write', 'commands'],
  ...['channels:history', 'groups:history', 'channels:read', 'groups:read'],
] as const;

/** Events of the bot, with the scope without which they do not come. */
export const EVENTS: Record<string, (typeof SCOPES)[number] | undefined> = {
  'message.im': 'im:history',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  app_home_opened: undefined,
};

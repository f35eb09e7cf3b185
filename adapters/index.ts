// The one registry: which adapters there are, each loaded only when it is used.
import type { Library, Store } from '../src/ports.ts';

export const channels = {
  terminal: async () => (await import('./channels/terminal/index.ts')).createTerminal,
  board: async () => (await import('./channels/terminal/index.ts')).createBoard,
  slack: async () => (await import('./channels/slack/index.ts')).createSlack,
  discord: async () => (await import('./channels/discord/index.ts')).createDiscord,
  telegram: async () => (await import('./channels/telegram/index.ts')).createTelegram,
};

export { readOfficial } from './gazetteers/cog/index.ts';
export { openMemory } from './stores/memory/index.ts';

/** Opens the store to read and write. */
export async function openStore(mongoUri: string | undefined, dataDir: string): Promise<Store & Library> {
  if (mongoUri !== undefined) return (await import('./stores/mongo/index.ts')).openMongo(mongoUri);
  return (await import('./stores/sqlite/index.ts')).openSqlite(dataDir);
}

/** Opens the store to read beside a process that writes; null when nothing was ever kept. */
export async function readStore(mongoUri: string | undefined, dataDir: string): Promise<(Store & Library) | null> {
  if (mongoUri !== undefined) return (await import('./stores/mongo/index.ts')).openMongo(mongoUri);
  return (await import('./stores/sqlite/index.ts')).readSqlite(dataDir);
}

/** A message as lines of text. */
export { render, renderStaff } from './channels/terminal/render.ts';

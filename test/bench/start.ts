// From the start of the process to its first answer, with everything configured: the real command, three platforms, a
// store, the questions with the official code of territories, a staff place on each platform. Somebody has already written.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TOKEN as DISCORD_TOKEN, openDiscord } from '../support/discord.ts';
import { APP_TOKEN, BOT_TOKEN, openSlack } from '../support/slack.ts';
import { openTelegram, TOKEN } from '../support/telegram.ts';
import { median } from './rounds.ts';

const COMMAND = join(import.meta.dirname, '../../src/recueil.mjs');
const ROUNDS = 9;

/** Milliseconds, the median of nine starts; the one before them, which reads files that nothing has read yet, does not count. */
export async function startFigures(): Promise<Record<string, number>> {
  const [telegram, slack, discord] = await Promise.all([openTelegram(), openSlack(), openDiscord()]);
  slack.channels.set('C0STAFF', {});
  const data = mkdtempSync(join(tmpdir(), 'recueil-start-'));
  const env = {
    ...{ PATH: process.env['PATH'] ?? '', LANG: 'fr_FR.UTF-8', DATA_DIR: data },
    ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: telegram.root },
    ...{ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: slack.api },
    ...{ DISCORD_BOT_TOKEN: DISCORD_TOKEN, DISCORD_API_URL: discord.api },
    ...{ STAFF_TO: `telegram:-100777,slack:C0STAFF,discord:${discord.channel(0)}` },
    ...{ DIGEST_TO: 'slack:C0STAFF', PORT: '0', HOST: '127.0.0.1' },
    // How long a reply waits for more words is a setting, and no part of a start.
    PAUSE_MS: '0',
  };
  const found: number[] = [];
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      const person = telegram.person(`Camille ${round}`);
      await person.says('bonjour');
      const began = performance.now();
      const child = spawn(process.execPath, [COMMAND], { env, stdio: 'ignore' });
      const ended = once(child, 'exit');
      while (!telegram.said.some(({ chat }) => chat === String(person.id))) {
        if (child.exitCode !== null) throw new Error(`the command ended with ${child.exitCode}`);
        await sleep(2);
      }
      if (round > 0) found.push(performance.now() - began);
      // It ends well once every platform is connected.
      await sleep(1_500);
      child.kill('SIGTERM');
      await ended;
    }
  } finally {
    await Promise.all([telegram.stop(), slack.stop(), discord.stop()]);
    rmSync(data, { recursive: true, force: true });
  }
  return { start_ms: median(found) };
}

// What somebody has to do something about, as a line for the log: once for each kind of trouble, and again after a while.
// Nothing of it says who, where or what.
import type { ChannelError } from '../../../src/ports.ts';

const LINES: Record<string, string> = {
  token:
    'Slack refuses the bot token, or it was revoked: install the app again, put its token in SLACK_BOT_TOKEN and start again',
  scope: 'Slack misses a scope: recueil check names it; add it to the app and install it again',
  tab: 'the Messages tab of the Slack app is closed: open it on its App Home page',
  place: 'the bot cannot write in a staff channel of Slack: invite it there (/invite); recueil check names the channel',
  'ill-made': 'Slack refuses a message as ill-made: please report it',
};
/** Milliseconds before the same is said again. */
const QUIET = 600_000;

export function createTelling(say: (level: 'warn' | 'error', line: string) => void, now: () => number) {
  const told = new Map<string, number>();
  return ({ message }: ChannelError): void => {
    const line = LINES[message];
    if (line === undefined || now() - (told.get(message) ?? Number.NEGATIVE_INFINITY) < QUIET) return;
    told.set(message, now());
    say('error', line);
  };
}

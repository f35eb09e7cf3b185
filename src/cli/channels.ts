// The channels that the configuration switches on.
import { channels } from '../../adapters/index.ts';
import { realClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { formOf } from '../forms.ts';
import type { Log } from '../log.ts';
import { menuOf } from '../menu.ts';
import type { Flow, Place } from '../model.ts';
import type { Channel } from '../ports.ts';
import { commandOf } from '../words/commands.ts';

/** Words behind a platform's own command, as if they were typed behind a slash. */
const isCommand = (words: string): boolean => (commandOf(`/${words}`)?.name ?? 'unknown') !== 'unknown';

/** One for each platform that has its token; none are started yet. */
export async function channelsOf(config: Config, flow: Flow, log: Log): Promise<Channel[]> {
  const { telegram, slack, discord, language } = config;
  const placesOf = (name: string, places: Place[]) =>
    places.map(({ address }) => address).filter(({ channel }) => channel === name);
  const common = (name: string) => ({
    staff: placesOf(name, config.staff),
    menu: menuOf(flow),
    language,
    clock: realClock,
    say: (level: 'info' | 'warn' | 'error', line: string) => log[level]({ channel: name }, line),
  });
  const made: Channel[] = [];
  if (telegram) {
    const createTelegram = await channels.telegram();
    made.push(createTelegram({ ...telegram, ...common('telegram') }));
  }
  if (slack) {
    const createSlack = await channels.slack();
    made.push(
      createSlack({
        ...slack,
        ...common('slack'),
        digests: placesOf('slack', config.digest.places),
        formOf,
        isCommand,
      }),
    );
  }
  if (discord) {
    const createDiscord = await channels.discord();
    made.push(createDiscord({ ...discord, ...common('discord'), formOf }));
  }
  return made;
}

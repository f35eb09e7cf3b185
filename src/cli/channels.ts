// The channels that the configuration switches on.
import { channels } from '../../adapters/index.ts';
import { realClock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { menuOf } from '../menu.ts';
import type { Flow } from '../model.ts';
import type { Channel } from '../ports.ts';

/** One for each platform that has its token; none are started yet. */
export async function channelsOf(config: Config, flow: Flow, log: Log): Promise<Channel[]> {
  const { telegram, language } = config;
  const staffOf = (name: string) =>
    config.staff.map(({ address }) => address).filter(({ channel }) => channel === name);
  const made: Channel[] = [];
  if (telegram) {
    const createTelegram = await channels.telegram();
    const say = (level: 'info' | 'warn' | 'error', line: string) => log[level]({ channel: 'telegram' }, line);
    const common = { staff: staffOf('telegram'), menu: menuOf(flow), language, clock: realClock, say };
    made.push(createTelegram({ ...telegram, ...common }));
  }
  return made;
}

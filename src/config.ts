// From the environment to what the house needs. Every fault is found at once, each with the line to write.
import { readSchedule } from './config/digest.ts';
import { type DiscordConfig, readDiscord } from './config/discord.ts';
import { readPlaces } from './config/places.ts';
import type { Say, Value } from './config/reading.ts';
import { readSlack, type SlackConfig } from './config/slack.ts';
import { readStaff, type Staff } from './config/staff.ts';
import { readTelegram, type TelegramConfig } from './config/telegram.ts';
import type { Schedule } from './digest/schedule.ts';
import type { Language, Place } from './model.ts';

export interface Config extends Staff {
  language: Language;
  flowFile: string;
  dataDir: string;
  mongoUri: string | undefined;
  digest: { places: Place[]; schedule: Schedule };
  logLevel: string;
  /** Milliseconds to wait for more after a free text, in chats. */
  pause: number;
  /** Milliseconds for the work in hand to end once asked to stop. */
  stop: number;
  /** The one HTTP port; opened only when a channel needs it or PORT is set. */
  http: { port: number; host: string; asked: boolean };
  telegram: TelegramConfig | undefined;
  slack: SlackConfig | undefined;
  discord: DiscordConfig | undefined;
}

type Environment = Record<string, string | undefined>;

const KNOWN = [
  ...[
    'DATA_DIR',
    'DIGEST_CRON',
    'DIGEST_TO',
    'FLOW_FILE',
    'HOST',
    'LANG',
    'LOG_LEVEL',
    'MONGODB_URI',
    'PAUSE_MS',
    'PORT',
    'STAFF_PEOPLE',
    'STAFF_SIGNATURE',
    'STAFF_TO',
    'STOP_SECONDS',
    'TZ_NAME',
  ],
  ...['DISCORD_API_URL', 'DISCORD_BOT_TOKEN'],
  ...['SLACK_API_URL', 'SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN', 'SLACK_CONFIG_TOKEN', 'SLACK_SIGNING_SECRET'],
  ...['TELEGRAM_API_ROOT', 'TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_WEBHOOK_URL'],
];
/** Settings that are ours whatever their end, so that a slip in their name is found. */
const OURS = /^(?:STAFF|DIGEST|FLOW|PAUSE|STOP|MONGODB|TELEGRAM|SLACK|DISCORD|TZ)_/;
const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

const DEFAULT_FLOW = new URL('../flows/territorial-governance/flow.yaml', import.meta.url).pathname;

export const languageOf = (environment: Environment): Language =>
  /^en/i.test(environment['LANG'] ?? '') ? 'en' : 'fr';

/** The configuration, or every fault in it. Empty values count as unset. */
export function readConfig(environment: Environment): { config: Config } | { faults: string[] } {
  const language = languageOf(environment);
  const say: Say = (fr, en) => (language === 'fr' ? fr : en);
  const faults: string[] = [];
  const value: Value = (name) => environment[name]?.trim() || undefined;

  const whole = (name: string, fallback: number, most: number): number => {
    const written = value(name) ?? String(fallback);
    if (/^\d{1,9}$/.test(written) && Number(written) <= most) return Number(written);
    faults.push(
      say(`${name} : écrivez un nombre entier de 0 à ${most}.`, `${name}: write a whole number from 0 to ${most}.`),
    );
    return fallback;
  };

  for (const name of Object.keys(environment)) {
    if (!OURS.test(name) || KNOWN.includes(name) || name === 'MONGODB_TEST_URI') continue;
    const known = KNOWN.join(', ');
    faults.push(
      say(
        `${name} : réglage inconnu. Écrivez l’un de : ${known}.`,
        `${name}: unknown setting. Write one of: ${known}.`,
      ),
    );
  }
  const mongoUri = value('MONGODB_URI');
  if (mongoUri !== undefined && !/^mongodb(?:\+srv)?:\/\/.+/.test(mongoUri)) {
    faults.push(
      say(
        'MONGODB_URI : ce n’est pas une adresse MongoDB. Écrivez par exemple MONGODB_URI=mongodb://localhost:27017/recueil',
        'MONGODB_URI: not a MongoDB address. Write for instance MONGODB_URI=mongodb://localhost:27017/recueil',
      ),
    );
  }
  const logLevel = value('LOG_LEVEL') ?? 'warn';
  if (!LEVELS.includes(logLevel)) {
    const levels = LEVELS.join(', ');
    faults.push(say(`LOG_LEVEL : écrivez l’un de : ${levels}.`, `LOG_LEVEL: write one of: ${levels}.`));
  }
  const pause = whole('PAUSE_MS', 2_000, 60_000);
  const stop = whole('STOP_SECONDS', 10, 600);
  const team = readStaff(value, say, faults, language);
  const digests = readPlaces('DIGEST_TO', value('DIGEST_TO') ?? '', language, say, faults);
  const schedule = readSchedule(value, say, faults);
  const port = whole('PORT', 8080, 65_535);
  const http = { port, host: value('HOST') ?? '0.0.0.0', asked: value('PORT') !== undefined };
  const telegram = readTelegram(value, say, faults);
  const slack = readSlack(value, say, faults);
  const discord = readDiscord(value, say, faults);
  if (faults.length > 0) return { faults };
  const flowFile = value('FLOW_FILE') ?? DEFAULT_FLOW;
  const dataDir = value('DATA_DIR') ?? './data';
  return {
    config: {
      ...team,
      language,
      flowFile,
      dataDir,
      mongoUri,
      digest: { places: digests, schedule },
      logLevel,
      pause,
      stop: stop * 1_000,
      http,
      telegram,
      slack,
      discord,
    },
  };
}

// From the environment to what the house needs. Every fault is found at once, each with the line to write.
import { placeOf } from './address.ts';
import type { Language, Place } from './model.ts';

export interface Config {
  language: Language;
  flowFile: string;
  dataDir: string;
  mongoUri: string | undefined;
  staff: Place[];
  logLevel: string;
  /** Milliseconds to wait for more after a free text, in chats. */
  pause: number;
}

type Environment = Record<string, string | undefined>;

const KNOWN = ['DATA_DIR', 'FLOW_FILE', 'LANG', 'LOG_LEVEL', 'MONGODB_URI', 'PAUSE_MS', 'STAFF_TO'];
/** Settings that are ours whatever their end, so that a slip in their name is found. */
const OURS = /^(?:STAFF|FLOW|PAUSE|MONGODB)_/;
const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

const DEFAULT_FLOW = new URL('../flows/territorial-governance/flow.yaml', import.meta.url).pathname;

export const languageOf = (environment: Environment): Language =>
  /^en/i.test(environment['LANG'] ?? '') ? 'en' : 'fr';

/** The configuration, or every fault in it. Empty values count as unset. */
export function readConfig(environment: Environment): { config: Config } | { faults: string[] } {
  const language = languageOf(environment);
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en);
  const faults: string[] = [];
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;

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
  const pause = Number(value('PAUSE_MS') ?? 2_000);
  if (!Number.isInteger(pause) || pause < 0 || pause > 60_000) {
    faults.push(
      say('PAUSE_MS : écrivez un nombre entier de 0 à 60000.', 'PAUSE_MS: write a whole number from 0 to 60000.'),
    );
  }
  const staff = (value('STAFF_TO') ?? 'terminal:staff').split(/[\s,]+/).flatMap((written) => {
    const place = placeOf(written, language);
    if (!place) {
      faults.push(
        say(
          `STAFF_TO : « ${written} » n’est pas une adresse. Écrivez canal:lieu[/fil][?lang=fr], par exemple terminal:staff`,
          `STAFF_TO: "${written}" is not an address. Write channel:place[/thread][?lang=en], for instance terminal:staff`,
        ),
      );
    }
    return place ? [place] : [];
  });
  if (faults.length > 0) return { faults };
  const flowFile = value('FLOW_FILE') ?? DEFAULT_FLOW;
  return { config: { language, flowFile, dataDir: value('DATA_DIR') ?? './data', mongoUri, staff, logLevel, pause } };
}

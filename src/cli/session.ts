// What every command works with, and how a command ends with a clear message.
import { openStore, readOfficial, readStore } from '../../adapters/index.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Flow, Gazetteer, Instant } from '../model.ts';
import { gazetteerOf } from '../places/gazetteer.ts';
import type { Library, Store } from '../ports.ts';
import type { CliWords } from './words.ts';

export interface Session {
  config: Config;
  flow: Flow;
  say: CliWords;
  log: Log;
  gazetteer?: Gazetteer;
}

/** Ends the command: 2 for wrong use or configuration, 1 for a fault of ours. */
export class Exit extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** The official code for a flow that asks for a place, read at the first look. */
export const gazetteerFor = (flow: Flow): Pick<Session, 'gazetteer'> =>
  flow.fields.some(({ kind }) => kind === 'place') ? { gazetteer: gazetteerOf(readOfficial) } : {};

/** Opens the store to write; what keeps it from opening is said in words to act on. */
export function storeOf({ config, say }: Pick<Session, 'config' | 'say'>): Promise<Store & Library> {
  return openStore(config.mongoUri, config.dataDir).catch((error: unknown) => {
    throw openFailure(error, config, say);
  });
}

export function libraryOf({ config, say }: Pick<Session, 'config' | 'say'>): Promise<(Store & Library) | null> {
  return readStore(config.mongoUri, config.dataDir).catch((error: unknown) => {
    throw openFailure(error, config, say);
  });
}

/** A date as typed after an option, as a moment. */
export function instantOf(date: string, { say }: Pick<Session, 'say'>, option = '--since'): Instant {
  const time = Date.parse(date);
  if (Number.isNaN(time)) throw new Exit(2, say.badDate(date, option));
  return new Date(time).toISOString();
}

function openFailure(error: unknown, { mongoUri, dataDir }: Config, say: CliWords): Exit {
  if (mongoUri !== undefined) return new Exit(2, say.mongoUnreachable);
  const locked = error instanceof Error && error.constructor.name === 'Locked';
  return new Exit(2, locked ? say.locked(dataDir) : say.unwritable(dataDir));
}

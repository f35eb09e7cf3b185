// The composition root and the command line: the only file that knows adapters. Standard output carries only output.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chat } from './cli/chat.ts';
import { check } from './cli/check.ts';
import { digest } from './cli/digest.ts';
import { exportCases, sheetOf } from './cli/export.ts';
import { find } from './cli/find.ts';
import { ledger } from './cli/ledger.ts';
import { forget, practices } from './cli/practices.ts';
import { Exit, gazetteerFor, type Session } from './cli/session.ts';
import { start as startChannels } from './cli/start.ts';
import { cliWords } from './cli/words.ts';
import { languageOf, readConfig } from './config.ts';
import { jsonSchema } from './flow/schema.ts';
import { readFlow } from './flow.ts';
import { createLog, describe } from './log.ts';
import { replay } from './replay.ts';

const print = (text: string): void => void process.stdout.write(text);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

const OPTIONS = {
  as: { type: 'string' },
  staff: { type: 'boolean' },
  json: { type: 'boolean' },
  since: { type: 'string' },
  until: { type: 'string' },
  format: { type: 'string' },
  state: { type: 'string' },
  territory: { type: 'string' },
  words: { type: 'string' },
  used: { type: 'boolean' },
  'not-used': { type: 'boolean' },
  public: { type: 'boolean' },
  schema: { type: 'boolean' },
  preview: { type: 'boolean' },
  now: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

async function main(): Promise<number> {
  loadDotenv();
  const language = languageOf(process.env);
  const say = cliWords[language];
  const { values, positionals } = parse(say.unknownOption);
  const [command = 'start', argument] = positionals;
  if (values.help || command === 'help') {
    print(say.usage);
    return 0;
  }
  if (command === 'flow' && values.schema) {
    print(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
    return 0;
  }
  if (command === 'flow') return flow(argument);
  if (command === 'replay') return replayFile(argument);
  const known = {
    start,
    chat: () => chat(open(), values.as, values.staff === true),
    check: () => check(process.env),
    practices: list,
    find: () => find(open(), positionals.slice(1).join(' '), values.as),
    export: () => exportCases(open(), argument, values),
    sheet: () => sheetOf(open(), [argument, positionals[2]], values),
    digest: () => digest(open(), values),
    ledger: () => ledger(open(), argument),
    forget: erase,
  };
  if (!Object.hasOwn(known, command)) throw new Exit(2, `${say.unknownCommand(command)}\n\n${say.usage}`);
  return known[command as keyof typeof known]();

  /** With no channel configured: a conversation here, if there is somebody at the keyboard. */
  async function start(): Promise<number> {
    const session = open();
    const code = await startChannels(session);
    if (code !== null) return code;
    if (!process.stdin.isTTY) throw new Exit(2, say.noChannel);
    return chat(session, values.as);
  }

  function list(): Promise<number> {
    return practices(open(), argument, { json: values.json === true, since: values.since });
  }

  function erase(): Promise<number> {
    if (argument === undefined) throw new Exit(2, say.forgetMissing);
    return forget(open(), argument);
  }

  function flow(file: string | undefined): number {
    if (file === undefined) throw new Exit(2, say.flowMissing);
    const reading = readFlow(file, language);
    if ('faults' in reading) throw new Exit(2, [say.flowFaults(reading.faults.length), ...reading.faults].join('\n'));
    print(`${say.flowFine(file, reading.flow.fields.length)}\n`);
    if (reading.advice.length > 0) complain([say.flowAdvice(reading.advice.length), ...reading.advice].join('\n'));
    return 0;
  }

  async function replayFile(file: string | undefined): Promise<number> {
    if (file === undefined) throw new Exit(2, say.replayMissing);
    const script = readText(file);
    const session = open();
    const played = await replay(script, session.flow, session.gazetteer);
    print(played);
    if (played !== script) complain(say.replayDiffers);
    return played === script ? 0 : 1;
  }

  function readText(file: string): string {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      throw new Exit(2, say.unreadable(file));
    }
  }

  /** Everything a command needs, or every fault of the configuration and the flow at once. */
  function open(): Session {
    const reading = readConfig(process.env);
    if ('faults' in reading) throw new Exit(2, reading.faults.join('\n'));
    const { config } = reading;
    const flowReading = readFlow(config.flowFile, language);
    if ('faults' in flowReading) {
      throw new Exit(2, [say.flowFaults(flowReading.faults.length), ...flowReading.faults].join('\n'));
    }
    const { flow } = flowReading;
    return { config, flow, say, log: createLog(config.logLevel), ...gazetteerFor(flow) };
  }
}

function parse(unknownOption: (message: string) => string) {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Exit(2, unknownOption(error instanceof Error ? error.message : ''));
  }
}

function loadDotenv(): void {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

// A reader that closes early (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof Exit) complain(error.message);
  else {
    createLog('error').error(describe(error), 'stopped');
    complain(cliWords[languageOf(process.env)].ourFault);
  }
  process.exitCode = error instanceof Exit ? error.code : 1;
}

// The terminal as a channel: one person at a keyboard or a pipe, and the staff place printed beside them.
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Inbound } from '../../../src/model.ts';
import { type Channel, ChannelError, type Clock, type Post, type Sent } from '../../../src/ports.ts';
import { render, renderStaff } from './render.ts';

export interface Terminal {
  /** Who speaks: the chat of their address. */
  name: string;
  locale?: string;
  input: Readable & { isTTY?: boolean };
  output: Writable;
  clock: Clock;
  /** Which chats are staff places, and how they are marked in what is printed. */
  staff: string[];
  staffMark: string;
  /** The person is of the team and speaks in the first staff place. */
  asStaff?: boolean;
  /** Resolves when everything the last line set off is out. */
  settled: () => Promise<void>;
}

/** Lines that come faster than this, in milliseconds, were pasted: they are one message. */
const PASTE = 60;

export function createTerminal(terminal: Terminal): Channel & { ended: Promise<void> } {
  const { name, input, output, clock } = terminal;
  const ended = Promise.withResolvers<void>();
  let stop = () => ended.resolve();
  let count = 0;

  /** Sortable, and rising from one run to the next. */
  const order = (): string => {
    count += 1;
    return `${String(Date.parse(clock.now())).padStart(14, '0')}.${String(count).padStart(6, '0')}`;
  };

  const [desk = 'staff'] = terminal.staff;
  const here = terminal.asStaff ? desk : name;

  function inbound(kind: 'message' | 'presence', text: string): Inbound {
    const at = order();
    return {
      id: `${kind === 'message' ? 'm' : 'p'}:${at}`,
      order: at,
      place: terminal.asStaff ? 'staff' : 'private',
      from: { channel: 'terminal', chat: here },
      person: { id: name, name, ...(terminal.locale === undefined ? {} : { locale: terminal.locale }) },
      at: clock.now(),
      kind,
      text,
      files: [],
    };
  }

  async function deliver({ to, message }: Post): Promise<Sent> {
    if (to.chat === here) output.write(`\n${render(message)}`);
    else if (terminal.staff.includes(to.chat)) output.write(`\n${renderStaff(message, terminal.staffMark)}`);
    else throw new ChannelError('permanent', 'away');
    const at = order();
    return { messages: [at], order: at };
  }

  return {
    name: 'terminal',
    ended: ended.promise,
    deliver,
    async start(intake) {
      const say = async (one: Inbound) => {
        await intake.attempt(one.id, one, () => intake.receive(one));
        await terminal.settled();
      };
      if (!terminal.asStaff) await say(inbound('presence', ''));
      const hear = (text: string) => say(inbound('message', text));
      const listening = input.isTTY ? fromKeyboard(input, output, hear) : fromPipe(input, hear);
      stop = listening.stop;
      listening.done.then(ended.resolve, ended.reject);
    },
    check: async () => [],
    async stop() {
      stop();
    },
  };
}

/** Only the staff place: what facilitators are told is printed where the bot runs, and nobody is listened to. */
export function createBoard({ output, staff, staffMark }: Pick<Terminal, 'output' | 'staff' | 'staffMark'>): Channel {
  let count = 0;
  return {
    name: 'terminal',
    async start() {},
    async deliver({ to, message }) {
      if (!staff.includes(to.chat)) {
        throw new ChannelError('permanent', 'away');
      }
      output.write(`\n${renderStaff(message, staffMark)}`);
      count += 1;
      return { messages: [String(count)] };
    },
    check: async () => [],
    async stop() {},
  };
}

interface Listening {
  done: Promise<void>;
  stop: () => void;
}

/** One message a line; each is answered before the next is read. A literal `\n` is a line break, `\\` a backslash. */
function fromPipe(input: Readable, hear: (text: string) => Promise<void>): Listening {
  let stopped = false;
  const work = async () => {
    let rest = '';
    for await (const chunk of input.setEncoding('utf8')) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (stopped) return;
        await hear(unescaped(line.replace(/\r$/, '')));
      }
    }
    if (rest !== '' && !stopped) await hear(unescaped(rest));
  };
  return {
    // The input that is let go of fails its reader; what was in hand is finished by then.
    done: work().catch((error: unknown) => (stopped ? undefined : Promise.reject(error))),
    stop: () => {
      stopped = true;
      input.destroy();
    },
  };
}

const unescaped = (line: string): string => line.replace(/\\(n|\\)/g, (_, c: string) => (c === 'n' ? '\n' : '\\'));

/** Lines typed are messages; lines pasted together are one message. */
function fromKeyboard(input: Readable, output: Writable, hear: (text: string) => Promise<void>): Listening {
  const lines = createInterface({ input, output, prompt: '> ', terminal: true });
  const done = Promise.withResolvers<void>();
  let pasted: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  const flush = () => {
    if (pasted.length === 0) return;
    const text = pasted.join('\n');
    pasted = [];
    turn = turn.then(() => hear(text)).then(() => lines.prompt());
    turn.catch(done.reject);
  };
  lines.on('line', (line) => {
    pasted.push(line);
    clearTimeout(timer);
    timer = setTimeout(flush, PASTE);
  });
  lines.on('close', () => {
    clearTimeout(timer);
    flush();
    turn.then(() => done.resolve(), done.reject);
  });
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  lines.prompt();
  return { done: done.promise, stop: () => lines.close() };
}

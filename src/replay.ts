// Plays a written conversation against the real house, with a clock of its own, and writes down what is said. A line of
// the person begins with a sign; what the bot says is indented by two spaces and written anew.
//
//   # a comment                     > a message (\n is a line break)    >> a message, with more to come at once
//   @ en   the person's language    << a message sent before the last question was shown, arriving late
//   = 3 d  time passes (d, h)       ~ 2 new words for the second message    x 2  the second message is deleted
//   & Alix words   somebody of the team, in the staff place
//   + photo.jpg words, with a file  ! remove actors / ! add funding: the flow is edited    * restart: a new process
import { openMemory, render, renderStaff } from '../adapters/index.ts';
import { type ManualClock, manualClock } from './clock.ts';
import { openHouse } from './house.ts';
import type { Flow, Gazetteer, Inbound, Instant } from './model.ts';
import type { Channel, Post } from './ports.ts';

/** A Monday morning in Paris. */
const START: Instant = '2026-03-02T09:00:00.000Z';
/** Long enough for the bot to answer, in milliseconds. */
const BREATH = 10_000;
const HOUR = 3_600_000;
const UNITS: Record<string, number> = { d: 24 * HOUR, h: HOUR };
const NAME = 'moi';

export async function replay(script: string, flow: Flow, gazetteer?: Gazetteer): Promise<string> {
  const lines = script.split('\n').filter((line) => /^(?:#|@|>|<<|=|~|x|\+|!|\*|&)/.test(line));
  const stage = await createStage(flow, gazetteer);
  const written: string[] = [];
  for (const line of lines) {
    if (!line.startsWith('#') && !line.startsWith('@')) written.push('');
    written.push(line);
    for (const said of await stage.play(line)) written.push('', ...indent(said));
  }
  return `${written.join('\n')}\n`;
}

const indent = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`));

interface Stage {
  /** What the bot says after this line. */
  play(line: string): Promise<string[]>;
}

async function createStage(start: Flow, gazetteer: Gazetteer | undefined): Promise<Stage> {
  const store = openMemory();
  const clock = manualClock(START);
  let flow = start;
  let locale = 'fr';
  let order = 0;
  let drawn = 0;
  let said: string[] = [];
  const messages: string[] = [];
  const next = (): string => {
    order += 10;
    return String(order).padStart(8, '0');
  };

  const channel: Channel = {
    name: 'terminal',
    async start() {},
    async deliver({ to, message }: Post) {
      said.push(to.chat === NAME ? render(message) : renderStaff(message, 'équipe'));
      const at = next();
      return { messages: [at], order: at };
    },
    fetch: async ({ ref }) => contentOf(ref),
    check: async () => [],
    async stop() {},
  };
  const given = () => ({
    flow,
    staff: [{ address: { channel: 'terminal', chat: 'staff' }, language: 'fr' as const }],
    language: 'fr' as const,
    pauses: { terminal: { text: 2_000, long: 5_000 } },
    ...(gazetteer ? { gazetteer } : {}),
  });
  const failed = (error: unknown): never => {
    throw error;
  };
  const fresh = () => {
    drawn += 1;
    return String(drawn).padStart(10, '0');
  };
  const open = () => openHouse({ store, clock, given, channels: [channel], failed, fresh, copies: 0 });
  let house = await open();
  const rest = async () => {
    await house.due.poll();
    await house.settled();
    await house.turns.flush();
    await house.settled();
  };

  function inbound(kind: Inbound['kind'], id: string, at: string, text: string, files: Inbound['files'] = []): Inbound {
    const person = { id: NAME, name: NAME, locale };
    const from = { channel: 'terminal', chat: NAME };
    return { id, order: at, place: 'private', from, person, at: clock.now(), kind, text, files };
  }

  function fromTeam(name: string, text: string): Inbound {
    const at = next();
    const from = { channel: 'terminal', chat: 'staff' };
    const base = inbound('message', `m:${at}`, at, text.replaceAll('\\n', '\n'));
    return { ...base, place: 'staff', from, person: { id: name, name } };
  }

  async function write(text: string, how: { late?: boolean; file?: string } = {}): Promise<void> {
    const at = how.late ? String(order - 5).padStart(8, '0') : next();
    messages.push(at);
    const files = how.file === undefined ? [] : [{ channel: 'terminal', id: how.file, ref: how.file, name: how.file }];
    await house.receive(inbound('message', `m:${at}`, at, text.replaceAll('\\n', '\n'), files));
  }

  const target = (number: string): string => messages[Number(number) - 1] ?? '';
  const acts: Record<string, (words: string, first: string, rest: string) => void | Promise<void>> = {
    '@': (_words, first) => {
      locale = first;
    },
    '>': (words) => write(words),
    '>>': (words) => write(words),
    '<<': (words) => write(words, { late: true }),
    '+': (_words, file, text) => write(text, { file }),
    '&': (_words, name, text) => house.receive(fromTeam(name, text)),
    '~': (_words, n, text) => house.receive(inbound('edit', `e:${target(n)}:${next()}`, next(), text)),
    x: (_words, n) => house.receive(inbound('delete', `d:${target(n)}`, next(), '')),
    '!': (_words, what, key) => {
      flow = edit(flow, what, key);
    },
    '*': async () => {
      house.due.stop();
      house = await open();
    },
    '=': async (_words, n, unit) => {
      // Hour by hour, as a process that looks at what is due would.
      const hours = (Number(n) * (UNITS[unit] ?? 0)) / HOUR;
      for (let hour = 0; hour < hours; hour++) {
        await clock.pass(HOUR, rest);
        await rest();
      }
    },
  };

  return {
    async play(line) {
      said = [];
      const [, sign = '', words = '', first = '', more = ''] = /^(\S+) ?((\S*) ?(.*))$/s.exec(line) ?? [];
      await acts[sign]?.(words, first, more);
      if (sign !== '>>' && sign !== '#' && sign !== '@') await breathe(clock, rest);
      return said;
    },
  };
}

async function* contentOf(name: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(name);
}

/** Lets the pauses pass and everything come to rest, several documents deep. */
async function breathe(clock: ManualClock, rest: () => Promise<void>): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await rest();
    await clock.pass(BREATH / 2, rest);
  }
}

/** The two edits of a flow that matter to a live draft. */
function edit(flow: Flow, what: string, key: string): Flow {
  const last = flow.fields.at(-1);
  if (what === 'remove') return { ...flow, fields: flow.fields.filter((field) => field.key !== key) };
  if (what !== 'add' || !last) return flow;
  const words = { fr: key, en: key };
  const field = { ...last, key, headline: false, label: words, question: words, hint: words };
  return { ...flow, fields: [...flow.fields, field] };
}

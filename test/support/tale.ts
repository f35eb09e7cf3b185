// A tale told to a house that dies once, at a chosen await, and goes on in another process: what was not acknowledged is
// delivered again, as the platforms do.
import { manualClock } from '../../src/clock.ts';
import { openHouse } from '../../src/house.ts';
import type { Flow, Given, Inbound, Outbound, Practice } from '../../src/model.ts';
import { later } from '../../src/outgoing.ts';
import type { Channel, Library, Post, Store } from '../../src/ports.ts';
import { mortal } from './kill.ts';

/** What somebody does: words of the author, or an action of somebody of the team on the case. */
export type Line = string | { by: string; verb: string; form?: Record<string, string> };

/** What came of one life, or of two when the first was cut short. */
export interface Tale {
  practices: Practice[];
  /** Everything that was shown, in order. */
  shown: Post[];
  announced: number;
  awaits: number;
  /** Headings of the questions, in the order they were shown. */
  questions: string[];
}

export const headingsOf = (message: Outbound): string[] =>
  message.blocks.flatMap(({ as, spans }) => (as === 'heading' && typeof spans[0] === 'string' ? [spans[0]] : []));

/** Tells the lines one by one; the process dies at the `killAt`-th await and another one goes on. */
export async function tell(store: Store & Library, flow: Flow, lines: Line[], killAt: number): Promise<Tale> {
  const clock = manualClock('2026-03-02T09:00:00.000Z');
  const shown: Post[] = [];
  let order = 0;
  let at = clock.now();
  const next = (): string => {
    order += 1;
    return String(order).padStart(6, '0');
  };
  const channel: Channel = {
    name: 'terminal',
    async start() {},
    async deliver(post) {
      shown.push(post);
      const at = next();
      return { messages: [at], order: at };
    },
    check: async () => [],
    async stop() {},
  };
  const given = (): Given => ({
    flow,
    staff: [{ address: { channel: 'terminal', chat: 'staff' }, language: 'fr' as const }],
    language: 'fr' as const,
    pauses: { terminal: { text: 0, long: 0 } },
  });
  const failed = (error: unknown): never => {
    throw error;
  };
  const live = async (life: ReturnType<typeof mortal>) => {
    const house = await Promise.race([
      openHouse({ store: life.wrap(store), clock, given, channels: [life.wrap(channel)], failed }),
      life.died,
    ]);
    if (house && !store.exclusive) await clock.pass(61_000, house.settled);
    if (house) await Promise.race([house.due.poll(store.exclusive), life.died]);
    return house;
  };

  let life = mortal(killAt);
  let house = await live(life);
  let awaits = 0;
  const survive = async () => {
    awaits = life.passed();
    life = mortal(Number.POSITIVE_INFINITY);
    house = await live(life);
  };
  if (!house) await survive();
  for (const line of lines) {
    // Nobody answers before they have read.
    at = later(at > clock.now() ? at : clock.now(), 3_000);
    const one = inboundOf(line, next(), at, typeof line === 'string' ? '' : await caseId(store));
    for (let acknowledged = false; !acknowledged; ) {
      const said = house?.receive(one).then(() => true);
      acknowledged = (await Promise.race([said, life.died.then(() => false)])) ?? false;
      // The event was not acknowledged: the platform brings it again to the next process.
      if (!acknowledged) await survive();
    }
    const rested = Promise.resolve(house?.settled()).then(() => true);
    if (!(await Promise.race([rested, life.died.then(() => false)]))) await survive();
  }
  const ended = Promise.resolve(house?.stop()).then(() => true);
  if (!(await Promise.race([ended, life.died.then(() => false)]))) {
    await survive();
    await house?.stop();
  }
  const practices: Practice[] = [];
  for await (const practice of store.practices()) practices.push(practice);
  const announced = shown.filter(({ to, edits, under }) => to.chat === 'staff' && !edits && !under).length;
  const questions = shown.filter(({ to }) => to.chat === 'moi').flatMap(({ message: m }) => headingsOf(m));
  return { practices, shown, announced, awaits: Math.max(awaits, life.passed()), questions };
}

async function caseId(store: Library): Promise<string> {
  for await (const { id } of store.practices()) return id;
  return '';
}

function inboundOf(line: Line, order: string, at: string, id: string): Inbound {
  const [chat, name] = typeof line === 'string' ? ['moi', 'moi'] : ['staff', line.by];
  const base = { order, from: { channel: 'terminal', chat }, person: { id: name, name }, at, files: [] };
  if (typeof line === 'string') return { ...base, id: `m:${order}`, place: 'private', kind: 'message', text: line };
  const form = line.form ? { form: line.form } : {};
  return { ...base, ...form, id: `c:${order}`, place: 'staff', kind: 'choice', text: '', choice: `${id}.${line.verb}` };
}

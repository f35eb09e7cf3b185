// People who tell cases through the whole house, each writing once they were answered, as people do.
import { realClock } from '../../src/clock.ts';
import { type House, openHouse } from '../../src/house.ts';
import type { Flow, Given } from '../../src/model.ts';
import type { Channel, Library, Store } from '../../src/ports.ts';
import { answers } from './words.ts';

/** What the team reads stands here. */
const STAFF = { channel: 'bench', chat: 'staff' };

export interface People {
  /**
   * Messages per second of so many people at once, each followed by so many more; each tells a case from the greeting to
   * the summary, and is answered before they write on.
   */
  tell(people: number, after: number): Promise<number>;
  /** Somebody begins, and stops after so many answers. */
  begin(chat: string, answers: number): Promise<void>;
  house: House;
  stop(): Promise<void>;
}

export async function gather(store: Store & Library, flow: Flow): Promise<People> {
  let order = 0;
  const next = (): string => {
    order += 1;
    return String(order).padStart(9, '0');
  };
  const answered = new Map<string, () => void>();
  const channel: Channel = {
    name: 'bench',
    start: async () => {},
    async deliver({ to }) {
      const at = next();
      // They read it, and write: what they write comes by a network.
      setImmediate(() => {
        answered.get(to.chat)?.();
        answered.delete(to.chat);
      });
      return { messages: [at], order: at };
    },
    check: async () => [],
    stop: async () => {},
  };
  const given = (): Given => ({
    flow,
    staff: [{ address: STAFF, language: 'fr' }],
    language: 'fr',
    pauses: { bench: { text: 0, long: 0 } },
  });
  const failed = (error: unknown): never => {
    throw error;
  };
  const house = await openHouse({ store, clock: realClock, given, channels: [channel], failed });

  async function say(chat: string, text: string): Promise<void> {
    const at = next();
    const from = { channel: 'bench', chat };
    const told = { id: `m:${at}`, order: at, place: 'private' as const, from, person: { id: chat, name: chat } };
    const reply = new Promise<void>((resolve) => answered.set(chat, resolve));
    await house.receive({ ...told, at: realClock.now(), kind: 'message', text, files: [] });
    await reply;
  }

  const answer = answers();
  const whole = () => ['bonjour', '1', ...flow.fields.map(answer)];
  return {
    house,
    async tell(people, after) {
      const run = order;
      const one = async (name: string) => {
        for (let i = 0; i < after; i++) for (const text of whole()) await say(`${name}-${i}`, text);
      };
      const start = performance.now();
      await Promise.all(Array.from({ length: people }, (_, i) => one(`p${run}-${i}`)));
      await house.settled();
      return (people * after * whole().length * 1_000) / (performance.now() - start);
    },
    async begin(chat, given) {
      for (const text of whole().slice(0, given + 2)) await say(chat, text);
    },
    stop: () => house.stop(),
  };
}

// How much a platform takes: one budget for each chat, whoever writes there, and one for all of them together. Places are
// kept in memory, in the order of asking; where somebody is told to wait, those after them wait, too.
import type { Address, Instant } from './model.ts';
import type { Channel, Clock } from './ports.ts';
import { type Rate, spend } from './rate.ts';

export interface Budget {
  /**
   * Resolves when this message may go, at the latest before `until`; or, when its turn is after that, with the moment to
   * ask again: its place is kept. Who may go is in work until `done`.
   */
  turn(key: string, to: Address, until: Instant): Promise<Instant | undefined>;
  done(to: Address): void;
  /** One piece more of a message in work. */
  piece(to: Address): Promise<void>;
  /** Nothing goes there before that moment, and then this message first; `everywhere`: nor to any other chat. */
  pause(key: string, to: Address, until: Instant, everywhere: boolean): void;
  /** Whether something may go there now. */
  isOpen(to: Address): boolean;
  /** Nobody waits any more: all are to ask again later. */
  stop(): void;
}

/** Messages of a channel in work at once: a slow platform is not asked ever more. */
const AT_ONCE = 32;
/** Milliseconds that a place is waited for with the message in hand. */
const PATIENCE = 20_000;
/** Chats told to wait at once that make it likely that all are. */
const MANY = 3;
/** Places kept for messages that were told to come again. */
const MOST = 50_000;
/** Milliseconds after which a place is nobody's. */
const FORGOTTEN = 600_000;
const UNBOUND: Rate = { burst: 1, every: 0 };

/** Names within the maps: a chat's, and its channel's. */
const chatOf = ({ channel, chat }: Address): string => `${channel}:${chat}`;

export function createBudget({ clock, channels }: { clock: Clock; channels: Map<string, Channel> }): Budget {
  const spent = new Map<string, number>();
  const paused = new Map<string, number>();
  /** By chat or channel: the places of messages that are to come again. */
  const places = new Map<string, Map<string, number>>();
  const busy = new Map<string, { count: number; line: (() => void)[] }>();
  const waiting = new Set<() => void>();
  let stopped = false;

  const now = (): number => Date.parse(clock.now());

  function rateOf(to: Address, name: string): Rate {
    const rates = channels.get(to.channel)?.rates;
    return (name === to.channel ? rates?.all : rates?.chat(to)) ?? UNBOUND;
  }

  /** When it is this one's turn there. A place from before a pause is worth nothing. */
  function place(key: string, to: Address, name: string): number {
    const kept = places.get(name)?.get(key);
    if (kept !== undefined && kept >= (paused.get(name) ?? 0)) return kept;
    const drawn = spend(spent.get(name) ?? 0, rateOf(to, name), now());
    if (spent.size > MOST) sweep();
    spent.set(name, drawn.spent);
    return drawn.at;
  }

  function keep(name: string, key: string, at: number): void {
    const there = places.get(name) ?? new Map<string, number>();
    there.delete(key);
    places.set(name, there.set(key, at));
    const [oldest] = there.size > MOST ? there.keys() : [];
    if (oldest !== undefined) there.delete(oldest);
  }

  function giveUp(name: string, key: string): void {
    const there = places.get(name);
    if (there?.delete(key) && there.size === 0) places.delete(name);
  }

  /** With others to come before it, nobody is waited for here: they would stand behind. */
  const isBehind = (name: string, key: string, at: number): boolean =>
    [...(places.get(name) ?? [])].some(([other, theirs]) => other !== key && theirs <= at);

  /** What is made good, and over, says nothing; nor does the place of a message that never came again. */
  function sweep(): void {
    for (const [name, there] of places) {
      for (const [key, at] of there) if (at + FORGOTTEN < now()) giveUp(name, key);
    }
    for (const map of [spent, paused]) for (const [name, at] of map) if (at <= now()) map.delete(name);
  }

  function until(at: number): Promise<void> {
    if (at <= now() || stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const go = (): void => {
        waiting.delete(go);
        cancel();
        resolve();
      };
      const cancel = clock.at(new Date(at).toISOString(), go);
      waiting.add(go);
    });
  }

  function enter(channel: string): Promise<void> {
    const state = busy.get(channel) ?? { count: 0, line: [] };
    busy.set(channel, state);
    state.count += 1;
    if (state.count <= AT_ONCE) return Promise.resolve();
    return new Promise((resolve) => state.line.push(resolve));
  }

  function done({ channel }: Address): void {
    const state = busy.get(channel);
    if (!state) return;
    state.count -= 1;
    state.line.shift()?.();
  }

  return {
    done,
    async turn(key, to, end) {
      const last = Date.parse(end);
      for (const name of [chatOf(to), to.channel]) {
        const at = place(key, to, name);
        const isLate = at > Math.min(last, now() + PATIENCE);
        if (isLate || stopped || (at > now() && name !== to.channel && isBehind(name, key, at))) {
          keep(name, key, at);
          return new Date(at).toISOString();
        }
        await until(at);
        // While it waited, somebody else may have been told to wait.
        const pause = paused.get(name) ?? 0;
        if (pause > now()) return new Date(pause).toISOString();
      }
      await enter(to.channel);
      if (now() <= last && !stopped) {
        for (const name of [chatOf(to), to.channel]) giveUp(name, key);
        return undefined;
      }
      done(to);
      return clock.now();
    },
    async piece(to) {
      for (const name of [chatOf(to), to.channel]) await until(place('', to, name));
    },
    pause(key, to, end, everywhere) {
      const hold = (name: string, at: number): void => {
        if ((paused.get(name) ?? 0) >= at) return;
        paused.set(name, at);
        // The one that was told to wait has the first place; after it those that have one go one by one, as they stood.
        const { burst, every } = rateOf(to, name);
        const others = [...(places.get(name) ?? [])].filter(([other]) => other !== key).sort((a, b) => a[1] - b[1]);
        const line = others.map(([other, was], i): [string, number] => [other, Math.max(was, at + (i + 1) * every)]);
        places.set(name, new Map([[key, at], ...line]));
        spent.set(name, (line.at(-1)?.[1] ?? at) + burst * every);
      };
      const at = Date.parse(end);
      sweep();
      hold(chatOf(to), at);
      const others = [...paused].filter(([name]) => name.startsWith(`${to.channel}:`)).map(([, moment]) => moment);
      if (everywhere) hold(to.channel, at);
      else if (others.length >= MANY) hold(to.channel, Math.min(...others));
    },
    isOpen: (to) => [chatOf(to), to.channel].every((name) => (paused.get(name) ?? 0) <= now()),
    stop() {
      stopped = true;
      for (const go of waiting) go();
      for (const { line } of busy.values()) for (const go of line.splice(0)) go();
    },
  };
}

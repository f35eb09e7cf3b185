// Whose turn it is, among processes that share a store: what only one of them may do (to poll, to hold a gateway) has one
// holder, and another takes over when it dies. Who holds nothing by mistake loses nothing: an event counts once anyway.
import { readFileSync, readlinkSync } from 'node:fs';
import { later } from './outgoing.ts';
import type { Clock, Crew } from './ports.ts';

export interface Duty {
  /** The name of this process; undefined when there is nobody else, ever. */
  process: string | undefined;
  /** The processes that live, this one among them: whatever another has leased is left of the dead. */
  living(): Promise<string[]>;
  /**
   * Does `act` while `name` is our duty, until the signal says that it no longer is. Resolves once that has begun, or else
   * with false; rejects as the first `act` does.
   */
  hold(name: string, act: (turn: AbortSignal) => Promise<void>): Promise<boolean>;
  /** Lets go of everything, for others to take up at once. */
  stop(): Promise<void>;
}

/** Milliseconds between two signs of life, and how long one lasts. */
const BEAT = 2_000;
const LIFE = 8_000;

interface Held {
  act(turn: AbortSignal): Promise<void>;
  turn?: AbortController;
  begun?: Promise<void>;
}

export async function createDuty(crew: Crew | undefined, clock: Clock, me: string): Promise<Duty> {
  const duties = new Map<string, Held>();
  let cancel: (() => void) | undefined;
  let beating: Promise<void> | undefined;
  let stopped = false;

  const living = async (): Promise<string[]> => {
    const said = (await crew?.living()) ?? [];
    return said
      .filter(({ name, at }) => name !== me && !isDeadHere(at))
      .map(({ name }) => name)
      .concat(me);
  };

  /** The holder is read before who lives: who has just taken it up is then among them. */
  async function isOurs(name: string): Promise<boolean> {
    if (!crew) return true;
    const holder = await crew.holder(name);
    if (holder === me) return true;
    if (holder !== undefined && (await living()).includes(holder)) return false;
    return crew.take(name, holder, me);
  }

  async function look(name: string, held: Held): Promise<void> {
    const ours = await isOurs(name);
    if (!ours) held.turn?.abort();
    if (!ours) delete held.turn;
    if (!ours || held.turn || stopped) return;
    held.turn = new AbortController();
    held.begun = held.act(held.turn.signal);
    // It is tried again with the next beat; who asked first is told.
    held.begun.catch(() => delete held.turn);
  }

  /** While the store is away nobody can take over: what we hold goes on. */
  async function beat(): Promise<void> {
    await crew?.lives(me, HERE, LIFE);
    await Promise.allSettled([...duties].map(([name, held]) => look(name, held)));
  }

  function next(): void {
    cancel = clock.at(later(clock.now(), BEAT), () => {
      beating = beat().catch(() => undefined);
      void beating.then(() => stopped || next());
    });
  }

  if (crew) {
    await crew.lives(me, HERE, LIFE);
    next();
  }
  return {
    process: crew && me,
    living,
    async hold(name, act) {
      const held: Held = { act };
      await look(name, held);
      await held.begun;
      duties.set(name, held);
      return held.turn !== undefined;
    },
    async stop() {
      stopped = true;
      cancel?.();
      await beating;
      for (const { turn } of duties.values()) turn?.abort();
      await crew?.leaves(me);
    },
  };
}

/** This run of this machine, its own numbering of processes, and our number: within it, who died is known at once. */
const HERE = ((): string => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')} ${process.pid}`;
  } catch {
    return '';
  }
})();

function isDeadHere(at: string): boolean {
  const [boot, space, pid] = at.split(' ');
  if (pid === undefined || !HERE.startsWith(`${boot} ${space} `)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

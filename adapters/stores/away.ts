// What the house is told when an engine fails: that the store is away, whatever the engine calls it.
import { type Library, type Store, StoreAway } from '../../src/ports.ts';

type Act = (...given: unknown[]) => unknown;

/**
 * What has not ended in time has failed: `StoreAway`, though it may have been done. The driver of MongoDB leaves a command
 * without an answer, ever, whose connection breaks at the moment it is sent (mongodb 7.8).
 */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreAway('late')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The same store, whose errors that `isAway` knows are `StoreAway`. */
export function guarded<S extends Store & Library>(store: S, isAway: (error: unknown) => boolean): S {
  const told = (error: unknown): never => {
    if (error instanceof StoreAway || !isAway(error)) throw error;
    const { code, errcode } = error as { code?: unknown; errcode?: unknown };
    const why = errcode ?? code;
    throw new StoreAway(typeof why === 'number' || typeof why === 'string' ? why : undefined);
  };
  const entries = Object.entries(store).map(([name, value]) => [
    name,
    typeof value === 'function' ? guardedAct(value as Act, told) : value,
  ]);
  return Object.fromEntries(entries) as S;
}

function guardedAct(act: Act, told: (error: unknown) => never): Act {
  return (...given) => {
    try {
      const result = act(...given);
      if (result instanceof Promise) return result.catch(told);
      return isStream(result) ? guardedStream(result, told) : result;
    } catch (error) {
      return told(error);
    }
  };
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

async function* guardedStream(source: AsyncIterable<unknown>, told: (error: unknown) => never) {
  try {
    yield* source;
  } catch (error) {
    told(error);
  }
}

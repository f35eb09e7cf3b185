// What the house is told when an engine fails: that the store is away, whatever the engine calls it.
import { type Library, type Store, StoreAway } from '../../src/ports.ts';

type Act = (...given: unknown[]) => unknown;

/** The same store, whose errors that `isAway` knows are `StoreAway`. */
export function guarded<S extends Store & Library>(store: S, isAway: (error: unknown) => boolean): S {
  const told = (error: unknown): never => {
    if (!isAway(error)) throw error;
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

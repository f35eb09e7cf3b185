// A process that dies at a chosen await: from then on nothing it began ever ends, and nothing it meant to do is done.

export interface Mortal {
  /** Wraps every async method of `target`, so that it may die just before or just after its work. */
  wrap<T extends object>(target: T): T;
  /** Resolves when it died, and what it had begun is done or not: no other process sees it happen later. */
  died: Promise<void>;
  /** Awaits passed so far, two for each call. */
  passed(): number;
}

/** Dies at the `at`-th await; never when `at` is Infinity. */
export function mortal(at: number): Mortal {
  let count = 0;
  const death = Promise.withResolvers<void>();
  const underWay = new Set<Promise<unknown>>();
  const forever = new Promise<never>(() => {});
  const step = (): Promise<void> => {
    count += 1;
    if (count < at) return Promise.resolve();
    void Promise.allSettled(underWay).then(() => death.resolve());
    return forever;
  };
  return {
    died: death.promise,
    passed: () => count,
    wrap: (target) =>
      new Proxy(target, {
        get(object, key) {
          const value = Reflect.get(object, key) as unknown;
          if (typeof value !== 'function') return value;
          return async (...args: unknown[]) => {
            await step();
            const work = Promise.resolve(value.apply(object, args) as unknown);
            underWay.add(work);
            const result = await work.finally(() => underWay.delete(work));
            await step();
            return result;
          };
        },
      }),
  };
}

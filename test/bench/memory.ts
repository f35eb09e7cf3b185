// What a process holds while open drafts are many: the heap after collection, with four thousand people who have begun,
// against sixteen thousand. Each stands at an open question, answered and not heard of since.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openSqlite } from '../../adapters/stores/sqlite/index.ts';
import type { Flow } from '../../src/model.ts';
import { gather } from './people.ts';

const [FEW, MANY] = [4_000, 16_000];

export async function memoryFigures(flow: Flow, folder: string): Promise<Record<string, number>> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const store = openSqlite(folder);
  const people = await gather(store, flow);
  const begun = async (from: number, to: number) => {
    for (let at = from; at < to; at += 64) {
      const some = Array.from({ length: Math.min(64, to - at) }, (_, i) => people.begin(`b${at + i}`, 1));
      await Promise.all(some);
    }
    // What rides on no later message is written within a second.
    await people.house.turns.flush();
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const few = await begun(0, FEW);
  const many = await begun(FEW, MANY);
  await people.stop();
  await store.close();
  return {
    heap_mb_4k_drafts: few,
    heap_mb_16k_drafts: many,
    heap_bytes_a_draft: ((many - few) * 2 ** 20) / (MANY - FEW),
  };
}

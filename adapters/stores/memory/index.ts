// The store that forgets everything at the end: for tests, and the reference of what the others must do.
import type { Instant, Kind, Practice, Scope } from '../../../src/model.ts';
import type { Documents, Library, Parked, Store } from '../../../src/ports.ts';
import { mentions } from '../parked.ts';
import { MOST, tallied, trailOf } from '../sums.ts';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

async function* one<T>(value: T): AsyncGenerator<T> {
  yield value;
}

export function openMemory(): Store & Library {
  const documents: { [K in Kind]: Map<string, Documents[K]> } = {
    conversation: new Map(),
    practice: new Map(),
    delivery: new Map(),
    digest: new Map(),
  };
  const forgotten = new Set<string>();
  const contents = new Map<string, Uint8Array>();
  const parked = new Map<string, Parked>();
  let key: string | undefined;

  const some = (scopes: Scope[], test: (practice: Practice) => boolean): Practice[] =>
    [...documents.practice.values()]
      .filter((one) => scopes.includes(one.consent.scope) && test(one))
      .sort((a, b) => (a.submittedAt + a.id < b.submittedAt + b.id ? -1 : 1));

  return {
    name: 'memory',
    exclusive: true,
    files: {
      async put(name, content) {
        const chunks: Uint8Array[] = [];
        for await (const chunk of content) chunks.push(chunk);
        contents.set(name, Buffer.concat(chunks));
      },
      async open(name) {
        const content = contents.get(name);
        return content === undefined ? null : one(content);
      },
      async remove(name) {
        contents.delete(name);
      },
    },
    async park(update) {
      parked.set(update.id, update);
    },
    async pulse() {
      const all = (Object.keys(documents) as Kind[]).flatMap((kind) => [...documents[kind].values()]);
      const due = all.flatMap(({ wakeAt }) => wakeAt ?? []).sort()[0] ?? null;
      const drafts = [...documents.conversation.values()].filter(({ open }) => open !== undefined);
      return { due, drafts: Math.min(drafts.length, MOST), parked: Math.min(parked.size, MOST) };
    },
    async unpark(channel, ids) {
      for (const { id, channel: of, raw } of parked.values()) {
        if (of === channel && mentions(raw, ids)) parked.delete(id);
      }
    },
    async purge() {},
    async traced(trace) {
      return (Object.keys(documents) as Kind[]).flatMap((kind) =>
        [...documents[kind].values()].flatMap(({ id, traces }) => (traces?.includes(trace) ? [{ kind, id }] : [])),
      );
    },
    async secret(fresh) {
      key ??= fresh;
      return key;
    },
    async load(kind, id) {
      const document = documents[kind].get(id);
      return document === undefined ? null : copy(document);
    },
    async commit(kind, before, after) {
      if (forgotten.has(`${kind}:${after.id}`)) return 'forgotten';
      const stored = documents[kind].get(after.id);
      if (stored?.version !== before?.version) return 'stale';
      documents[kind].set(after.id, copy(after));
      return 'saved';
    },
    async due(now, limit) {
      const all = (Object.keys(documents) as Kind[]).flatMap((kind) =>
        [...documents[kind].values()].map(({ id, wakeAt }) => ({ kind, id, wakeAt })),
      );
      return all
        .filter((one) => one.wakeAt !== null && one.wakeAt <= now)
        .sort((a, b) => ((a.wakeAt ?? '') < (b.wakeAt ?? '') ? -1 : 1))
        .slice(0, limit)
        .map(({ kind, id }) => ({ kind, id }));
    },
    async owner(message) {
      const practice = [...documents.practice.values()].find((one) => one.messages.includes(message));
      if (practice) return { kind: 'practice', id: practice.id };
      const delivery = [...documents.delivery.values()].find((one) => one.owned?.includes(message));
      return delivery ? { kind: 'delivery', id: delivery.id } : null;
    },
    async forget(kind, id) {
      documents[kind].delete(id);
      forgotten.add(`${kind}:${id}`);
    },
    async close() {},
    async recent(channel, limit) {
      return [...documents.conversation.values()]
        .filter((one) => one.address.channel === channel)
        .sort((a, b) => (a.activeAt > b.activeAt ? -1 : 1))
        .flatMap(({ address, heard }) => (heard === undefined ? [] : [copy({ address, heard })]))
        .slice(0, limit);
    },
    async untold(place, scopes, limit) {
      const found = some(scopes, ({ told = '' }) => !told.split(',').includes(place));
      return copy(found.slice(0, limit));
    },
    standing: async (state, scopes, limit) =>
      copy(some(scopes, (one) => one.state === state && !one.note).slice(0, limit)),
    tally: async (scopes) => tallied(some(scopes, () => true).map(({ facets }) => ({ facets, count: 1 }))),
    async trail() {
      const trails = [...documents.conversation.values()].flatMap(({ trail }) => (trail ? [{ trail, count: 1 }] : []));
      return trailOf(trails);
    },
    async find({ terms, since = '', until = '~', look }, limit) {
      const [first = '', ...others] = terms;
      const newest = [...documents.practice.values()]
        .filter((one) => one.terms?.includes(first) && one.submittedAt >= since && one.submittedAt < until)
        .sort((a, b) => (a.submittedAt + a.id > b.submittedAt + b.id ? -1 : 1));
      const found = newest.slice(0, look).filter((one) => others.every((term) => one.terms?.includes(term)));
      return found.slice(0, limit).map(({ id, submittedAt }) => ({ id, at: submittedAt }));
    },
    async counts(terms, most) {
      const all = [...documents.practice.values()];
      return terms.map((term) => Math.min(most, all.filter((one) => one.terms?.includes(term)).length));
    },
    async words(beginning, limit) {
      const all = [...documents.practice.values()].flatMap((one) => one.terms ?? []);
      return [...new Set(all)]
        .filter((term) => term.startsWith(beginning))
        .sort()
        .slice(0, limit);
    },
    async *practices(since: Instant = ''): AsyncGenerator<Practice> {
      const all = [...documents.practice.values()].filter((one) => one.submittedAt >= since && !one.note);
      for (const one of all.sort((a, b) => (a.submittedAt + a.id < b.submittedAt + b.id ? -1 : 1))) yield copy(one);
    },
  };
}

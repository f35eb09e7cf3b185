// Makes the file of an export asked for in chat, beside the conversations: it reads a few cases at a time and lets
// everything else pass between them.
import { setImmediate as breath } from 'node:timers/promises';
import { corrected } from '../finding.ts';
import type { Event, Given, Outgoing, Practice, Ref } from '../model.ts';
import { later } from '../outgoing.ts';
import { nameIn } from '../places/labels.ts';
import type { Clock, Library, Store } from '../ports.ts';
import { isEmpty, readQuery } from '../search/query.ts';
import { objection } from '../search/results.ts';
import { selecting } from '../selection.ts';
import type { Turns } from '../turn.ts';
import { formatOf, MEDIA } from './formats.ts';
import { exportWords } from './words.ts';
import { type Progress, Refused, survey, written } from './write.ts';

/** Milliseconds between two words of how far it is: platforms take few changes of one message. */
const EVERY = 3_000;
/** Cases read between two breaths. */
const FEW = 20;

/** After this many failures the one who asked is told. */
const TRIES = 2;
const AGAIN = 10_000;

interface Tools {
  store: Pick<Store, 'files' | 'load'> & Library;
  clock: Clock;
  given: () => Given;
  turns: Pick<Turns, 'later'>;
  failed: (error: unknown, ref: Ref) => void;
}

type Build = Extract<Outgoing, { kind: 'build' }>;

export function createBuild({ store, clock, given, turns, failed }: Tools): (ref: Ref, work: Build) => Promise<Event> {
  async function* cases(isMeant: (practice: Practice) => boolean): AsyncGenerator<Practice> {
    let read = 0;
    for await (const practice of store.practices()) {
      read += 1;
      if (read % FEW === 0) await breath();
      if (isMeant(practice)) yield practice;
    }
  }

  return async (ref, { key, order: { format: name, query: text, reader, language }, name: file, kept, attempts }) => {
    const w = exportWords[language];
    const format = formatOf(name) ?? 'csv';
    const { flow, gazetteer } = given();
    const order = { format, flow, language, viewer: 'staff' as const, nameOf: nameIn(gazetteer) };
    let toldAt = clock.now();
    const progress: Progress = (done, of) => {
      const now = clock.now();
      if (now < later(toldAt, EVERY)) return;
      toldAt = now;
      turns.later(ref, { kind: 'progress', key, done, ...(of === undefined ? {} : { of }) });
    };
    try {
      const { fields, reminders } = flow;
      const asked = readQuery(text, clock.now(), reminders.timeZone);
      if (text !== '' && objection(text, asked, isEmpty(asked)) !== undefined) throw new Refused(w.unclear);
      const query = await corrected(store, { team: true, id: reader }, asked);
      const isMeant = selecting({ query, reader }, fields);
      const found = await survey(cases(isMeant), order, progress);
      const { count } = found;
      if (count === 0) return { kind: 'built', key, count };
      await store.files.put(kept, written(cases(isMeant), order, found, progress));
      return {
        kind: 'built',
        key,
        count,
        attachment: { kept, name: file, type: MEDIA[format], alt: `${file}. ${w.holds[format]}` },
      };
    } catch (error) {
      if (error instanceof Refused) return { kind: 'built', key, count: 0, refused: error.message };
      failed(error, ref);
      if (attempts >= TRIES) return { kind: 'built', key, count: 0, refused: w.failed };
      return { kind: 'failed', key, reason: 'not built', retryAt: later(clock.now(), AGAIN) };
    }
  };
}

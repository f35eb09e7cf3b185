// Reading what was collected, beside a process that writes; and erasing one case for ever.
import { render } from '../../adapters/index.ts';
import { spoken, unspoken } from '../fold.ts';
import type { Practice } from '../model.ts';
import { sheet } from '../views.ts';
import { dateOf } from '../words.ts';
import { Exit, instantOf, libraryOf, type Session, storeOf } from './session.ts';

const print = (text: string): void => void process.stdout.write(text);

export async function practices(
  session: Session,
  id: string | undefined,
  { json, since }: { json: boolean; since: string | undefined },
): Promise<number> {
  const from = since === undefined ? undefined : instantOf(since, session);
  const library = await libraryOf(session);
  if (id !== undefined) {
    const practice = await library?.load('practice', unspoken(id));
    await library?.close();
    if (!practice) throw new Exit(2, session.say.noSuchPractice(id));
    print(json ? `${JSON.stringify(practice, null, 2)}\n` : render(sheet(practice, session.config.language)));
    return 0;
  }
  const all = library?.practices(from) ?? nothing();
  await (json ? printJson(all) : printList(all, session));
  await library?.close();
  return 0;
}

async function* nothing(): AsyncGenerator<Practice> {}

/** One at a time: a hundred thousand cases need no more memory than one. */
async function printJson(all: AsyncIterable<Practice>): Promise<void> {
  let separator = '';
  print('[');
  for await (const practice of all) {
    print(`${separator}\n${JSON.stringify(practice, null, 2)}`);
    separator = ',';
  }
  print(separator === '' ? ']\n' : '\n]\n');
}

async function printList(all: AsyncIterable<Practice>, { say, config, flow }: Session): Promise<void> {
  let count = 0;
  for await (const { id, submittedAt, headline } of all) {
    count += 1;
    print(`${say.row(spoken(id), dateOf(submittedAt, config.language, flow.reminders.timeZone), headline)}\n`);
  }
  if (count === 0) process.stderr.write(`${say.nothingYet}\n`);
}

export async function forget(session: Session, id: string): Promise<number> {
  const store = await storeOf(session);
  try {
    if (!(await store.load('practice', unspoken(id)))) throw new Exit(2, session.say.noSuchPractice(id));
    await store.forget('practice', unspoken(id));
    await store.purge();
  } finally {
    await store.close();
  }
  print(`${session.say.forgotten(spoken(unspoken(id)))}\n`);
  return 0;
}

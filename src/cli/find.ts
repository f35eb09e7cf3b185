// Searching from the command line: as the team sees it, page by page, beside a process that writes.
import { render } from '../../adapters/index.ts';
import { realClock } from '../clock.ts';
import { createDesk } from '../desk.ts';
import { libraryOf, type Session } from './session.ts';

export async function find(session: Session, text: string, as: string | undefined): Promise<number> {
  const { config, say } = session;
  const library = await libraryOf(session);
  if (!library) {
    process.stderr.write(`${say.nothingYet}\n`);
    return 0;
  }
  try {
    const desk = createDesk({ library, clock: realClock, given: () => session, failed: () => undefined });
    const reader = { team: true, id: `terminal:${as ?? ''}` };
    const { message } = await desk.answer({ kind: 'search', text, reader, language: config.language, label: 'f0' });
    process.stdout.write(render({ ...message, choices: [] }));
    if (message.choices.length > 0) process.stdout.write(`\n${say.findRead}\n`);
    const next = message.choices
      .find(({ id }) => id.includes('.p-'))
      ?.id.split('-')
      .at(-1);
    if (next !== undefined) process.stdout.write(`${say.findNext(next)}\n`);
  } finally {
    await library.close();
  }
  return 0;
}

// The ledger of a report, on the command line.
import { render } from '../../adapters/index.ts';
import { type Line, ledger as ledgerView, linesOf } from '../review/ledger.ts';
import { libraryOf, type Session } from './session.ts';

export async function ledger(session: Session, report: string | undefined): Promise<number> {
  const library = await libraryOf(session);
  const lines: Line[] = [];
  for await (const practice of library?.practices() ?? []) lines.push(...linesOf(practice));
  await library?.close();
  process.stdout.write(render(ledgerView(lines, report, session.config.language)));
  return 0;
}

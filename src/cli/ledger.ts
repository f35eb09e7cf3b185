// The ledger of a report, on the command line.
import { render } from '../../adapters/index.ts';
import { readLedger } from '../desk.ts';
import { ledger as ledgerView } from '../review/ledger.ts';
import { libraryOf, type Session } from './session.ts';

export async function ledger(session: Session, report: string | undefined): Promise<number> {
  const library = await libraryOf(session);
  const { language } = session.config;
  try {
    process.stdout.write(
      render(library ? await readLedger(library, report, language) : ledgerView([], report, language)),
    );
  } finally {
    await library?.close();
  }
  return 0;
}

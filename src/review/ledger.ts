// The ledger of a report: which cases are planned for it, used in it, or will not be. Pure.
import { fold, spoken } from '../fold.ts';
import type { Block, Language, Outbound, Practice, Use } from '../model.ts';
import { visible } from '../visible.ts';
import { heads, says, saysOf, wording } from '../words.ts';
import { useParts } from './card.ts';

export interface Line {
  practice: string;
  headline: string;
  use: Use;
}

/** What a case adds to the ledger; a case that was withdrawn adds nothing. */
export function linesOf(practice: Practice): Line[] {
  const { id, headline, uses = [] } = practice;
  return visible(practice, 'staff').content ? uses.map((use) => ({ practice: id, headline, use })) : [];
}

/** One report, or all of them in alphabetical order, whatever the case and accents they were typed with. */
export function ledger(lines: Line[], report: string | undefined, language: Language): Outbound {
  const w = wording(language).staff;
  const wanted = report === undefined ? lines : lines.filter(({ use }) => fold(use.report) === fold(report));
  const reports = Map.groupBy(wanted, ({ use }) => fold(use.report));
  const blocks = [...reports]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => [title(group[0]?.use.report ?? ''), ...group.map((line) => entry(line, language))]);
  const all = blocks.length > 0 ? blocks : [says(w.ledgerEmpty, language)];
  return { language, blocks: [heads(w.ledgerTitle, language), ...all], choices: [], closed: false };
}

const title = (report: string): Block => ({ as: 'heading', spans: [report] });

function entry({ practice, headline, use }: Line, language: Language): Block {
  const w = wording(language).staff;
  const said = saysOf(language, (name) => w.ledgerLine(spoken(practice), name, w.ledgerKind[use.kind]), headline);
  const rest = useParts(use, language);
  const parted = language === 'fr' ? '\u202f; ' : '; ';
  return { as: 'text', spans: [...said.spans, ...rest.flatMap((part) => [parted, part]), `${parted}${use.by}.`] };
}

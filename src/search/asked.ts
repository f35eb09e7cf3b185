// What a message or a click in a place of the team asks of the library. Pure.
import type { Given, Inbound, Language } from '../model.ts';
import { commandOf } from '../words/commands.ts';
import type { Question } from './question.ts';

/** Ids of choices under an answer: `<label>.p-<page>`, `<label>.r-<case>`; a delivery's id has 22 letters. */
const CHOICE = /^([\w-]{22}|f\d+)\.(?:p-(\d{1,4})|r-([0-9A-Z]{10}))$/;

export type Chosen = { label: string } & ({ page: number } | { read: string });

export function chosenOf(choice: string | undefined): Chosen | undefined {
  const [, label = '', page, read] = CHOICE.exec(choice ?? '') ?? [];
  if (page !== undefined) return { label, page: Number(page) };
  return read === undefined ? undefined : { label, read };
}

/** The bot called by its name at the beginning, as platforms write it. */
const CALLED = /^\s*(?:<@!?\w+>|@\w+)[\s,:]*/;

/** The ledger, and the report it is asked for. What reaches us from a place of the team is said to the bot. */
export const LEDGER = /^\s*(?:(?:<@!?\w+>|@\w+)[\s,:]*)?\/?(?:registre|ledger)(?:@\w+)?(?:\s+([\s\S]{1,300}))?$/i;

function ledgerOf(text: string): string | undefined {
  const match = LEDGER.exec(text);
  return match ? (match[1] ?? '').trim() : undefined;
}

/** Undefined when it is nothing of the kind, or the place is none of the team's. */
export function askedOf(given: Pick<Given, 'staff'>, label: string, inbound: Inbound): Question | undefined {
  const language = teamLanguage(given, inbound);
  if (language === undefined) return undefined;
  const asker = { reader: { team: true, id: `${inbound.from.channel}:${inbound.person.id}` }, language, label };
  if (inbound.kind === 'choice') {
    const chosen = chosenOf(inbound.choice);
    if (!chosen) return undefined;
    if ('page' in chosen) return { ...asker, kind: 'page', of: chosen.label, page: chosen.page };
    return { ...asker, kind: 'read', id: chosen.read };
  }
  if (inbound.kind !== 'message') return undefined;
  const said = inbound.text.replace(CALLED, '');
  const command = commandOf(said === inbound.text || said.startsWith('/') ? said : `/${said}`);
  const report = ledgerOf(inbound.text);
  if (report !== undefined) return { ...asker, kind: 'ledger', ...(report === '' ? {} : { report }) };
  if (command?.name === 'search') return { ...asker, kind: 'search', text: command.argument };
  return command?.name === 'read' ? { ...asker, kind: 'read', id: command.argument } : undefined;
}

/** The language of the team's place that this was said in, a thread of it included. */
function teamLanguage({ staff }: Pick<Given, 'staff'>, { from }: Inbound): Language | undefined {
  const isWithin = ({ channel, chat, thread }: Inbound['from']) =>
    channel === from.channel && chat === from.chat && (thread === undefined || thread === from.thread);
  return staff.find(({ address }) => isWithin(address))?.language;
}

// A message edited or deleted after it was sent: the answer made from it changes, the conversation does not move. Pure.

import { keepCopies } from '../files.ts';
import type { Conversation, Draft, Inbound, Part } from '../model.ts';
import { emit } from '../outgoing.ts';
import { says } from '../words.ts';
import { sayAgain } from './interview.ts';
import { answerOf, fieldAt, partsOf, remember, type Scene, w, withDraft } from './scene.ts';

/** The message that `e:<message>:<edit>` or `d:<message>` speaks of, as the part's id. */
const partId = (id: string): string => `m:${id.split(':')[1] ?? ''}`;

/** The part after this edit, or the part itself when a later edit is known already. */
function revise(part: Part, inbound: Inbound): Part {
  if (part.deleted || (inbound.kind === 'edit' && (part.edited ?? '') >= inbound.id)) return part;
  if (inbound.kind === 'edit') {
    const { files, links: _, ...rest } = part;
    const { links } = inbound;
    const text = inbound.text.toWellFormed();
    const kept = inbound.files.length > 0 ? { files: keepCopies(files, inbound.files) } : {};
    return { ...rest, text, edited: inbound.id, ...kept, ...(links?.length ? { links } : {}) };
  }
  const { id, order, at } = part;
  return { id, order, at, text: '', deleted: inbound.at };
}

const saysTheSame = (draft: Draft, inbound: Inbound): boolean =>
  inbound.kind === 'edit' &&
  partsOf(draft).some(({ id, text, files = [], links = [] }) => {
    const isSame = (a: unknown[], b: unknown[]) => String(a) === String(b);
    if (id !== partId(inbound.id) || text !== inbound.text.toWellFormed()) return false;
    const idsOf = (list: { id: string }[]) => list.map((file) => file.id);
    return (
      isSame(links, inbound.links ?? []) && (inbound.files.length === 0 || isSame(idsOf(files), idsOf(inbound.files)))
    );
  });

/** The list with its part revised, or the list itself when nothing changed. */
function reviseIn(parts: Part[], inbound: Inbound): Part[] {
  const id = partId(inbound.id);
  const index = parts.findIndex((part) => part.id === id);
  const before = parts[index];
  const after = before && revise(before, inbound);
  return after === undefined || after === before ? parts : parts.with(index, after);
}

/** An edit or a deletion: of held words, of a draft, or of a case already sent, which hears of it by an event. */
export function revised(c: Conversation, s: Scene, inbound: Inbound): Conversation {
  const held = reviseIn(c.held, inbound);
  if (held !== c.held) return { ...c, held };
  const replyParts = c.reply ? reviseIn(c.reply.parts, inbound) : undefined;
  if (c.reply && replyParts && replyParts !== c.reply.parts) {
    return sayAgain({ ...c, reply: { ...c.reply, parts: replyParts } }, s);
  }
  for (const draft of Object.values(c.drafts)) {
    const found = reviseDraft(c, s, draft, inbound);
    // A message read late is read as its author left it: the edits before that say nothing new.
    if (found && saysTheSame(draft, inbound)) return withDraft(c, found.draft);
    if (found) return sayRevised(withDraft(c, { ...found.draft, touched: s.at }), s, inbound, found.label);
  }
  const id = partId(inbound.id);
  const mine = Object.values(c.drafts).some((draft) => partsOf(draft).some((part) => part.id === id));
  if (mine || c.held.some((part) => part.id === id) || !c.seen.includes(id)) return c;
  if (c.cases.length + c.notes.length === 0) return c;
  const heard = sayAgain(c, s, [says(w(c).changedElsewhere, c.language)]);
  return emit(remember(heard, [inbound.id]), s.at, {
    kind: 'event',
    key: inbound.id,
    to: { message: `${c.id}/${id}` },
    event: {
      kind: 'edited',
      by: c.id,
      part: id,
      text: inbound.kind === 'edit' ? inbound.text.toWellFormed() : '',
      files: inbound.files,
      edit: inbound.id,
      ...(inbound.kind === 'delete' ? { deleted: true } : {}),
    },
  });
}

function reviseDraft(
  c: Conversation,
  s: Scene,
  draft: Draft,
  inbound: Inbound,
): { draft: Draft; label: string } | undefined {
  const story = reviseIn(draft.story, inbound);
  if (story !== draft.story) return { draft: { ...draft, story }, label: w(c).storyLabel };
  for (const [key, answer] of Object.entries(draft.answers)) {
    const parts = reviseIn(answer.parts, inbound);
    if (parts === answer.parts) continue;
    const answers = { ...draft.answers, [key]: answerOf(s, c, key, parts, answer) };
    return { draft: { ...draft, answers }, label: fieldAt(s, key)?.label[c.language] ?? answer.label };
  }
  return undefined;
}

/** Says that it was understood, and where things stand: a recap shows the new words. */
function sayRevised(c: Conversation, s: Scene, inbound: Inbound, label: string): Conversation {
  const said = inbound.kind === 'delete' ? w(c).deletedMessage : w(c).changedMessage(label);
  return sayAgain(c, s, [says(said, c.language)]);
}

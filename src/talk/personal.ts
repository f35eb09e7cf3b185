// What may be personal data in what somebody is about to send: shown with the recap, with other ways to say it. It asks
// nothing, adds no choice and changes no word. Pure.
import type { Block, Conversation, Draft, Part } from '../model.ts';
import { kindsOf, type Noticed, noticedIn } from '../personal/flags.ts';
import { opening } from '../views.ts';
import { listOf, says, saysOf } from '../words.ts';
import { type Scene, w } from './scene.ts';

/** Examples shown of one text, and how much of each. */
const SHOWN = 3;
const LENGTH = 40;

type Line = (list: string) => string;

/** What the recap adds: which answers, which words, and what could stand there instead. */
export function personalHints(s: Scene, c: Conversation, draft: Draft): Block[] {
  const { personal } = w(c);
  const { fields } = s.given.flow;
  const asked = new Set(fields.map(({ key }) => key));
  const former = Object.entries(draft.answers).filter(([key]) => !asked.has(key));
  const texts: [Part[] | undefined, Line][] = [
    [draft.story, personal.story],
    ...fields.map(({ key }, i): [Part[] | undefined, Line] => [
      draft.answers[key]?.parts,
      (list) => personal.answer(i + 1, list),
    ]),
    ...former.map(([, { parts, label }]): [Part[], Line] => [parts, (list) => personal.former(label, list)]),
  ];
  const found = texts.flatMap(([parts = [], line]) => {
    const noticed = noticedIn(parts);
    return noticed.length > 0 ? [{ noticed, line }] : [];
  });
  if (found.length === 0) return [];
  return [
    says(personal.title, c.language),
    ...found.map(({ noticed, line }) => lineOf(c, noticed, line)),
    ...instead(
      c,
      found.flatMap(({ noticed }) => noticed),
    ),
    says(personal.asIs, c.language),
  ];
}

/** The same of words for a case already sent. */
export function replyHints(c: Conversation, parts: Part[]): Block[] {
  const noticed = noticedIn(parts);
  return noticed.length === 0 ? [] : [lineOf(c, noticed, w(c).personal.reply), ...instead(c, noticed)];
}

const instead = (c: Conversation, noticed: Noticed[]): Block[] =>
  kindsOf(noticed).map((kind) => says(w(c).personal.instead[kind], c.language));

/** Somebody's words stand in our sentence as they are. */
function lineOf(c: Conversation, noticed: Noticed[], line: Line): Block {
  const { personal } = w(c);
  const shown = noticed.slice(0, SHOWN);
  const more = noticed.length - shown.length;
  const template = (...words: string[]) => {
    const examples = words.map((one, i) => personal.example(personal.kind[shown[i]?.kind ?? 'person'], one));
    return line(listOf([...examples, ...(more > 0 ? [personal.more(more)] : [])], c.language));
  };
  return saysOf(c.language, template, ...shown.map(({ words }) => opening(words, LENGTH).text));
}

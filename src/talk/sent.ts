// What is asked about cases already sent: a question of the team, a change, what to do with words, taking a case back. Pure.

import { textOf } from '../fields.ts';
import type { Block, Conversation, Prompt, Scope } from '../model.ts';
import { commandWord } from '../words/commands.ts';
import { heads, quotes, says, saysOf } from '../words.ts';
import { formOption } from './forms.ts';
import { replyHints } from './personal.ts';
import { questionBlocks } from './question.ts';
import { type Scene, w } from './scene.ts';
import { closed, open, type View } from './view.ts';

type Kind = 'case' | 'withdraw' | 'reply' | 'revise' | 'replyHow' | 'scope' | 'byline' | 'barred' | 'appeal';

export const views: Record<Kind, (s: Scene, c: Conversation, prompt: Prompt) => View> = {
  reply: (s, c, prompt) => {
    const question = c.asks?.find((one) => one.id === prompt.ask);
    return open(
      () => [...(question ? questionBlocks(c, question) : []), says(w(c).staff.askReply, c.language)],
      () => formOption(s, c, prompt),
    );
  },
  revise: (s, c, prompt) => {
    const label = prompt.label ?? labelOf(s, c, prompt.field);
    const title = (): Block => ({ ...saysOf(c.language, w(c).staff.reviseTitle, label), as: 'heading' });
    return open(
      () => [title(), says(w(c).staff.reviseAsk, c.language)],
      () => formOption(s, c, prompt),
    );
  },
  replyHow: (_s, c) => {
    const { staff } = w(c);
    const add = { option: 'add', label: staff.replyAdd };
    const replace = { option: 'replace', label: staff.replyReplace };
    const parts = c.reply?.parts ?? [];
    const first = c.reply?.ask === undefined ? [replace, add] : [add, replace];
    return closed(
      () => [says(staff.replyHow, c.language), quotes(textOf(parts)), ...replyHints(c, parts)],
      () => [...first, { option: 'drop', label: staff.replyDrop }],
    );
  },
  case: (s, c, prompt) => {
    const { staff } = w(c);
    const gone = c.cases.find((one) => one.id === prompt.practice)?.state === 'withdrawn';
    const fields = s.given.flow.fields.map((field) => ({
      option: `f-${field.key}`,
      label: staff.caseChange(field.label[c.language]),
    }));
    const { sharing } = w(c);
    const acts = gone
      ? []
      : [...fields, { option: 'scope', label: sharing.choose }, { option: 'withdraw', label: staff.caseWithdraw }];
    return closed(
      () => [says(staff.caseAsk, c.language)],
      () => [...acts, { option: 'back', label: staff.caseBack }],
    );
  },
  scope: (_s, c, prompt) => {
    const { sharing } = w(c);
    const now = scopeOf(c, prompt.practice);
    const options = SCOPES.map((option) => ({ option, label: sharing.options[option] }));
    return closed(
      () => [says(sharing.ask, c.language), ...(now ? [says(sharing.now(sharing.who[now]), c.language)] : [])],
      () => [...options, { option: 'back', label: sharing.keep }],
    );
  },
  byline: (_s, c) =>
    open(() => [says(w(c).sharing.byline, c.language), saysOf(c.language, w(c).sharing.forExample, c.person.name)]),
  barred: (_s, c) => {
    const { barring } = w(c);
    const { reason = '', appealed } = c.barred ?? {};
    const said = () => [
      heads(barring.title, c.language),
      ...(reason === '' ? [] : [saysOf(c.language, barring.reason, reason)]),
      says(barring.means, c.language),
      says(appealed === undefined ? barring.mayAppeal : barring.appealed, c.language),
    ];
    const command = commandWord('appeal', c.language);
    const appeal = { option: 'appeal', label: barring.appeal, command };
    return open(said, () => (appealed === undefined ? [appeal] : []));
  },
  appeal: (_s, c) => open(() => [says(w(c).barring.appealAsk, c.language)]),
  withdraw: (_s, c) =>
    closed(
      () => [says(w(c).staff.withdrawAsk, c.language)],
      () => [
        { option: 'yes', label: w(c).staff.withdrawYes },
        { option: 'no', label: w(c).staff.withdrawNo },
      ],
    ),
};

const SCOPES: Scope[] = ['report', 'public', 'named'];

/** Who may read a case now, as its author last said. */
export const scopeOf = (c: Conversation, practice: string | undefined): Scope | undefined =>
  c.cases.find(({ id }) => id === practice)?.scope ?? c.consent?.scope;

const labelOf = (s: Scene, c: Conversation, key: string | undefined): string =>
  s.given.flow.fields.find((field) => field.key === key)?.label[c.language] ?? key ?? '';

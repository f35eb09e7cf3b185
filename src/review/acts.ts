// What somebody of the team does to a case: one function a verb. Each step is written in the history, with who and when.
// Pure and total: what makes no more sense is answered with where the case stands.

import { textOf } from '../fields.ts';
import { spoken } from '../fold.ts';
import type { Action, Given, Instant, LinkKind, Outbound, Practice, State, Use } from '../model.ts';
import { changesOf, checkedBy } from '../personal/flags.ts';
import { isVerb, mayDo, type Verb } from '../staff.ts';
import { attachments, sheet } from '../views.ts';
import { visible } from '../visible.ts';
import { quotes, says, saysOf, wording } from '../words.ts';
import { bar, unbar } from './barring.ts';
import { choiceOf, isProposed, linkChoices, offered, useLine } from './card.ts';
import { announce, announceHere, here, noted, notice, prompted, type Scene, wordsFor } from './doing.ts';
import { beforeUse } from './flags.ts';
import { askAuthor, seed } from './relay.ts';
import { plain, under } from './under.ts';

/** How many clicks are remembered: a click is delivered again within minutes, if at all. */
const RING = 100;

type Act = (p: Practice, s: Scene) => Practice;

/** Wherever the case stands. */
const ALWAYS = new Set<Verb>(['see', 'bar', 'unbar']);

export function act(before: Practice, given: Given, action: Action, at: Instant, fresh: string): Practice {
  if (before.clicks?.includes(action.id) || !isVerb(action.verb)) return before;
  const p = { ...before, clicks: [...(before.clicks ?? []), action.id].slice(-RING) };
  const s = { given, action, at, fresh };
  if (!mayDo(action.role, action.verb)) return notice(p, s, (w) => w.notAllowed);
  if (!ALWAYS.has(action.verb) && !offered(p).includes(action.verb)) return movedOn(p, s);
  return acts[action.verb](read(p), s);
}

function movedOn(p: Practice, s: Scene): Practice {
  const taken = s.action.verb === 'take' && p.holder;
  if (taken) {
    const mine = p.holder?.id === s.action.by.id;
    const holder = p.holder?.name ?? '';
    return under(p, s.given, s.at, { key: s.action.id, place: here(s) }, (language) => {
      const w = wording(language).staff;
      const said = mine
        ? saysOf(language, w.alreadyYours, s.action.by.name)
        : saysOf(language, w.alreadyTaken, s.action.by.name, holder);
      return plain(language, [said]);
    });
  }
  if (s.action.verb === 'draft' && isProposed(p)) return notice(p, s, (w) => w.alreadyProposed);
  return notice(p, s, (w) => (name) => w.movedOn(name, w.state[p.state]));
}

/** Whoever acts has seen what came. */
const read = (p: Practice): Practice => (p.unread ? { ...p, unread: 0 } : p);

const claimed = (p: Practice, s: Scene): Practice => (p.holder ? p : { ...p, holder: s.action.by });

const acts: Record<Verb, Act> = {
  take(p, s) {
    const taken: Practice = { ...noted(p, s, 'taken'), state: 'inHand', holder: s.action.by };
    return announce(taken, s, (language, w) => plain(language, [saysOf(language, w.taken, s.action.by.name)]));
  },
  hand(p, s) {
    const to = wordsFor(s, 'hand');
    if (to === undefined) return prompted(p, s, 'hand', `${p.id}.hand`);
    const handed: Practice = { ...noted(p, s, 'handed', { text: to }), holder: { id: '', name: to } };
    return announce(handed, s, (language, w) => plain(language, [saysOf(language, w.handed, s.action.by.name, to)]));
  },
  ask(p, s) {
    const { argument } = s.action;
    const text = wordsFor(s, 'ask');
    const key = argument === undefined ? undefined : fieldKey(p, argument);
    if (argument !== undefined && key === undefined) {
      return notice(p, s, (w) => () => w.noSuchAnswer(p.order.length));
    }
    if (text === undefined) return prompted(p, s, 'ask', s.action.argument ? `${p.id}.ask-${key}` : `${p.id}.ask`);
    const asked = noted(claimed(p, s), s, 'asked', key === undefined ? {} : { field: key });
    return askAuthor(asked, s, text, key);
  },
  field(p, s) {
    return announceHere(p, s, (language, w) => ({
      ...plain(language, [says(w.whichField, language)]),
      choices: p.order.map((key, i) => {
        const { form, command } = choiceOf(p.id, 'ask', language);
        const id = `${p.id}.ask-${key}`;
        const label = p.answers[key]?.label ?? key;
        return { id, label, command: `${command} ${i + 1}`, ...(form ? { form } : {}) };
      }),
    }));
  },
  accept(p, s) {
    const accepted: Practice = { ...noted(claimed(p, s), s, 'accepted'), state: 'accepted' };
    return announce(accepted, s, (language, w) =>
      plain(language, [saysOf(language, w.accepted, s.action.by.name), ...beforeUse(accepted, language)]),
    );
  },
  aside(p, s) {
    if (!s.action.form) return prompted(p, s, 'aside', `${p.id}.aside`);
    const reason = wordsFor(s, 'aside');
    const more = reason === undefined ? {} : { text: reason };
    const aside: Practice = { ...noted(p, s, 'setAside', more), state: 'setAside' };
    return announce(aside, s, (language, w) => plain(language, [saysOf(language, w.setAside, s.action.by.name)]));
  },
  use: (p, s) => using(p, s, 'use', 'used', 'used'),
  plan: (p, s) => using(p, s, 'plan', 'planned', undefined),
  unused: (p, s) => using(p, s, 'unused', 'unused', undefined),
  note(p, s) {
    const text = wordsFor(s, 'note');
    if (text === undefined) return prompted(p, s, 'note', `${p.id}.note`);
    const notes = [...(p.notes ?? []), { at: s.at, by: s.action.by.name, text }];
    return announce({ ...noted(p, s, 'noted'), notes }, s, (language, w) =>
      plain(language, [saysOf(language, w.noted, s.action.by.name), quotes(text)]),
    );
  },
  see: (p, s) =>
    announceHere(
      p,
      s,
      (language, w) =>
        visible(p, 'staff').content ? everything(p, language) : plain(language, [says(w.withdrawn, language)]),
      'shown',
    ),
  bar,
  unbar,
  link,
  check(p, s) {
    const { argument } = s.action;
    // Words that came after the card was read were seen by nobody.
    if (argument !== undefined && argument !== String(changesOf(p))) return notice(p, s, (w) => w.checkLate);
    return announce(checkedBy(noted(p, s, 'checked')), s, (language) =>
      plain(language, [saysOf(language, wording(language).personal.checked, s.action.by.name)]),
    );
  },
  draft(p, s) {
    return announce(seed(noted(p, s, 'drafted'), s.at), s, (language, w) =>
      plain(language, [saysOf(language, w.draftMade, s.action.by.name)]),
    );
  },
};

/** A field by its key, or by its number as people read it. */
function fieldKey(p: Practice, argument: string): string | undefined {
  if (/^\d+$/.test(argument)) return p.order[Number(argument) - 1];
  return p.order.includes(argument) ? argument : undefined;
}

function using(p: Practice, s: Scene, verb: Verb, kind: Use['kind'], state: State | undefined): Practice {
  const form = s.action.form ?? {};
  const report = form['report']?.trim();
  if (!report) return prompted(p, s, verb, `${p.id}.${verb}`);
  const of = (key: string) => form[key]?.trim() || undefined;
  const use = defined({
    id: s.fresh,
    at: s.at,
    by: s.action.by.name,
    kind,
    report,
    section: of('section'),
    quotation: of('quotation'),
    link: of('link'),
    why: of('text'),
  }) as unknown as Use;
  const recorded: Practice = { ...noted(p, s, kind, { text: report }), uses: [...(p.uses ?? []), use] };
  const used = state === undefined ? recorded : { ...recorded, state };
  const said = { used: 'used', planned: 'planned', unused: 'notUsed' } as const;
  return announce(used, s, (language, w) =>
    plain(language, [saysOf(language, w[said[kind]], s.action.by.name, report)]),
  );
}

const defined = (tree: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(tree).filter(([, value]) => value !== undefined));

/** The whole case, with what the team wrote about it. */
function everything(p: Practice, language: Outbound['language']): Outbound {
  const w = wording(language).staff;
  const whole = sheet(p, language);
  const talk = (p.replies ?? []).flatMap(({ ask, parts }) => {
    const question = p.asks?.find(({ id }) => id === ask);
    return [
      ...(question ? [saysOf(language, w.answerTo, question.text)] : []),
      quotes(textOf(parts)),
      ...attachments(parts, language).map((line) => says(line, language)),
    ];
  });
  const uses = (p.uses ?? []).map((use) => useLine(use, language));
  const notes = (p.notes ?? []).flatMap(({ by, text }) => [saysOf(language, w.noted, by), quotes(text)]);
  const choices = [choiceOf(p.id, p.barred ? 'unbar' : 'bar', language)];
  return { ...whole, blocks: [...whole.blocks, ...talk, ...uses, ...notes], choices };
}

function link(p: Practice, s: Scene): Practice {
  const [, kind, to] = /^(same|continues|contradicts)-([0-9A-Z]{10})$/.exec(s.action.argument ?? '') ?? [];
  if (kind === undefined || to === undefined || to === p.id) {
    return announceHere(p, s, (language, w) => ({
      ...plain(language, [says(w.linkHow(spoken(p.id)), language)]),
      choices: linkChoices(p, language),
    }));
  }
  const others = (p.links ?? []).filter((one) => one.to !== to);
  const links = [...others, { to, kind: kind as LinkKind, at: s.at, by: s.action.by.name }];
  return announce({ ...noted(p, s, 'linked', { text: to }), links }, s, (language, w) =>
    plain(language, [
      saysOf(language, w.linkedBy, s.action.by.name),
      says(w.linked[kind as LinkKind](spoken(to)), language),
    ]),
  );
}

// People in a Slack of our own: what they type, press and fill in becomes what Slack makes of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { dmOf, type Json, type Said, type Slack, TEAM } from './slack.ts';

export interface Person {
  id: string;
  /** The private conversation with the bot. */
  dm: string;
  /** Text as typed; the ts of its message. */
  says(text: string, more?: Json): Promise<string>;
  /** The same while Slack cannot reach the bot and gives up. */
  saysUnheard(text: string): Promise<string>;
  edits(ts: string, text: string): Promise<void>;
  deletes(ts: string): Promise<void>;
  /** Presses the button of this label on the last message that has one. */
  presses(label: string | RegExp, channel?: string): Promise<void>;
  pressesValue(value: string, where?: Json): Promise<void>;
  pressesAtHome(label: string | RegExp): Promise<void>;
  /** Fills in the form that was opened last. */
  submits(values: Record<string, string>, again?: Slack['modals'][number]): Promise<void>;
  commands(text: string, channel?: string): Promise<unknown>;
  /** Uses the message shortcut. */
  takesUp(message: Json, channel: string): Promise<void>;
  opensHome(): Promise<void>;
  /** Resolves with what the bot said, once it matches, since the last wait. */
  hears(sign: RegExp): Promise<string>;
  /** An answer under a message of a channel. */
  answers(ts: string, text: string, channel: string): Promise<void>;
}

export const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const unescaped = (text: string): string => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

const rich = (text: string): Json[] => [
  { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] },
];

export function personIn(slack: Slack, name = 'Camille', locale = 'fr-FR'): Person {
  const { keep, respond } = slack;
  const id = `U0P${slack.people.size + 1}`;
  const dm = dmOf(id);
  slack.people.set(id, { name, locale });
  const user = { id, team_id: TEAM, name: 'login', username: 'login' };
  const common = () => ({ user, team: { id: TEAM, domain: 'atelier' }, enterprise: null, trigger_id: slack.trigger() });
  const filled = new Set<string>();
  const mine = () => slack.said.filter((one) => one.channel === dm);
  let read = 0;

  async function inTime<T>(look: () => T | undefined, what: string, instead = () => ''): Promise<T> {
    const deadline = Date.now() + 20_000;
    for (let found = look(); ; found = look()) {
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`never came: ${what}${instead()}`);
      const next = Promise.withResolvers<void>();
      const leave = slack.watch(next.resolve);
      await Promise.race([next.promise, sleep(100)]);
      leave();
    }
  }

  const write = (text: string, more: Json): Json => {
    const subtype = more['files'] === undefined ? {} : { subtype: 'file_share' };
    const message = {
      type: 'message',
      user: id,
      text: escaped(text),
      ts: slack.nextTs(),
      team: TEAM,
      blocks: rich(text),
    };
    const whole = { ...message, ...subtype, ...more };
    keep(dm, whole);
    return whole;
  };
  const event = (message: Json): Json => ({ ...message, channel: dm, channel_type: 'im', event_ts: message['ts'] });
  const found = (ts: string): Json => slack.history.get(dm)?.find((one) => one['ts'] === ts) ?? {};

  const click = (said: Said | undefined, button: Json, where: Json): Promise<unknown> =>
    slack.interact('interactive', {
      ...common(),
      type: 'block_actions',
      container: { type: 'message', message_ts: said?.ts, channel_id: dm },
      channel: { id: dm, name: 'directmessage' },
      ...(said
        ? { message: { type: 'message', user: 'U0BOT', ts: said.ts, text: said.text, blocks: said.blocks } }
        : {}),
      response_url: respond,
      actions: [{ ...button, type: 'button', action_ts: slack.nextTs() }],
      ...where,
    });

  return {
    id,
    dm,
    async says(text, more = {}) {
      const message = write(text, more);
      await slack.deliver(event(message));
      return String(message['ts']);
    },
    async saysUnheard(text) {
      return String(write(text, {})['ts']);
    },
    async edits(ts, text) {
      const before = found(ts);
      const message = { ...before, text: escaped(text), blocks: rich(text), edited: { user: id, ts: slack.nextTs() } };
      const at = slack.nextTs();
      const change = { type: 'message', subtype: 'message_changed', hidden: true, ts: at, event_ts: at };
      await slack.deliver({ ...change, channel: dm, channel_type: 'im', message, previous_message: before });
    },
    async deletes(ts) {
      const at = slack.nextTs();
      const change = {
        type: 'message',
        subtype: 'message_deleted',
        hidden: true,
        ts: at,
        event_ts: at,
        deleted_ts: ts,
      };
      await slack.deliver({ ...change, channel: dm, channel_type: 'im', previous_message: found(ts) });
    },
    async presses(label, channel = dm) {
      const where = channel === dm ? {} : { channel: { id: channel, name: 'equipe' } };
      for (const said of slack.said.filter((one) => one.channel === channel).reverse()) {
        const button = buttonIn(said.blocks, label);
        if (button) return void (await click(said, button, where));
      }
      throw new Error(`no button ${label} in: ${mine().at(-1)?.text}`);
    },
    async pressesValue(value, where = {}) {
      await click(mine().at(-1), { action_id: 'choice.fr.0', value, text: { type: 'plain_text', text: '?' } }, where);
    },
    async pressesAtHome(label) {
      const button = buttonIn((slack.homes.get(id)?.['blocks'] ?? []) as Json[], label);
      if (!button) throw new Error(`no button ${label} at home`);
      const view = { id: 'VHOME', type: 'home', team_id: TEAM };
      await click(undefined, button, { channel: undefined, container: { type: 'view', view_id: 'VHOME' }, view });
    },
    async submits(values, again) {
      const opened = again ?? (await inTime(() => slack.modals.find((one) => !filled.has(one.id)), 'a form'));
      filled.add(opened.id);
      const inputs = (opened.view['blocks'] as { block_id: string }[]).map(({ block_id: key }) => [
        key,
        { [key]: { type: 'plain_text_input', value: values[key] ?? null } },
      ]);
      const view = {
        ...opened.view,
        id: opened.id,
        team_id: TEAM,
        hash: '1.a',
        state: { values: Object.fromEntries(inputs) },
      };
      await slack.interact('interactive', { ...common(), type: 'view_submission', view, response_urls: [] });
    },
    commands: (text, channel = dm) =>
      slack.interact('slash_commands', {
        ...{ command: '/recueil', text, user_id: id, user_name: 'login', team_id: TEAM, channel_id: channel },
        ...{ trigger_id: slack.trigger(), response_url: respond, is_enterprise_install: 'false' },
      }),
    async takesUp(message, channel) {
      await slack.interact('interactive', {
        ...common(),
        ...{ type: 'message_action', callback_id: 'story', message_ts: message['ts'], message },
        ...{ channel: { id: channel, name: 'general' }, response_url: respond },
      });
    },
    async answers(ts, text, channel) {
      const message = { type: 'message', user: id, text: escaped(text), ts: slack.nextTs(), thread_ts: ts, team: TEAM };
      await slack.deliver({ ...message, channel, channel_type: 'channel', event_ts: message.ts });
    },
    async opensHome() {
      await slack.deliver({ type: 'app_home_opened', user: id, channel: dm, tab: 'home', event_ts: slack.nextTs() });
    },
    async hears(sign) {
      const heard = () =>
        mine()
          .slice(read)
          .map(({ text }) => unescaped(text))
          .join('\n');
      const text = await inTime(() => (sign.test(heard()) ? heard() : undefined), `${sign}, but heard: `, heard);
      read = mine().length;
      return text;
    },
  };
}

const buttonIn = (blocks: Json[], label: string | RegExp): Json | undefined =>
  blocks
    .flatMap((block) => (block['type'] === 'actions' ? (block['elements'] as Json[]) : []))
    .find((button) => (button['text'] as { text: string }).text.match(label));

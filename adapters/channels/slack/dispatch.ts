// What people press, fill in and call up: one dispatcher for all of it, that answers Slack first. A click is not delivered
// again, and a form has three seconds to open: nothing is looked up before it does.
import { setTimeout as sleep } from 'node:timers/promises';
import type { App, webApi } from '@slack/bolt';
import type { Address, Form, FormName, Inbound, Language } from '../../../src/model.ts';
import { actionOf, modal, type Opened } from './forms.ts';
import { pressed } from './render.ts';
import { words } from './words.ts';

type Body = Record<string, unknown>;
type Respond = (answer: { text: string; response_type: 'ephemeral'; replace_original: boolean }) => Promise<unknown>;

export interface DispatchTools {
  app: App;
  client: webApi.WebClient;
  language: Language;
  formOf(name: FormName, language: Language): Form;
  isStaff(address: Address): boolean;
  known(user: string): { locale?: string } | undefined;
  meet(user: string): Promise<void>;
  /** Resolves once what it changed is saved; null when it is nothing for us. */
  take(body: Body): Promise<Inbound | null>;
}

/** Milliseconds that a form stays open for its words to be saved: Slack waits for three seconds. */
const PATIENCE = 2_000;

interface Click {
  trigger_id: string;
  channel?: { id: string };
  message?: { ts: string; thread_ts?: string; text?: string; blocks?: unknown[] };
  actions: { action_id: string; action_ts: string; value?: string; text?: { text?: string } }[];
}

export function createDispatch({ app, client, language, formOf, isStaff, known, meet, take }: DispatchTools): void {
  const languageOf = (user: unknown): Language => {
    const { locale } = known(String(user)) ?? {};
    return locale === undefined ? language : locale.startsWith('fr') ? 'fr' : 'en';
  };

  /** What could not be saved is told to whoever did it, while there is somebody to do it again. */
  async function kept(body: Body, user: unknown, respond: Respond): Promise<Inbound | null> {
    try {
      return await take(body);
    } catch (error) {
      await whisper(respond, words[languageOf(user)].notKept);
      throw error;
    }
  }

  const whisper = async (respond: Respond, text: string): Promise<void> =>
    void (await respond({ text, response_type: 'ephemeral', replace_original: false }).catch(() => undefined));

  app.action(/.*/, async ({ ack, body, respond }) => {
    const click = body as unknown as Click;
    const action = actionOf(click.actions[0]?.action_id ?? '');
    const opening = action?.form === undefined ? undefined : open(click, action.form, action.language);
    await ack();
    if (await opening) return;
    // In private the house asks for the words; a thread of the team has no way to say which message it answers.
    const isPrivate = click.channel === undefined || click.channel.id.startsWith('D');
    if (opening && action && !isPrivate) return whisper(respond, words[action.language].formClosed);
    const inbound = await kept(body as unknown as Body, body.user.id, respond);
    if (inbound?.place === 'private' && action && action.form === undefined)
      await takeButtonsAway(click, action.language);
  });

  /** Whether it stands open now. If not, the house hears of the click alone. */
  async function open(click: Click, name: FormName, spoken: Language): Promise<boolean> {
    const view = modal(formOf(name, spoken), spoken, openedBy(click)) as unknown as webApi.ViewsOpenArguments['view'];
    return client.views.open({ trigger_id: click.trigger_id, view }).then(
      () => true,
      () => false,
    );
  }

  function openedBy({ channel, message, actions: [action] }: Click): Opened {
    const thread = message?.thread_ts !== undefined && message.thread_ts !== message.ts ? message.thread_ts : undefined;
    return {
      choice: action?.value ?? '',
      ts: action?.action_ts ?? '',
      ...(channel === undefined || channel.id.startsWith('D') ? {} : { channel: channel.id }),
      ...(thread === undefined ? {} : { thread }),
    };
  }

  /** A button that was pressed has done its work. Should this fail, it answers with where things stand. */
  async function takeButtonsAway({ channel, message, actions: [action] }: Click, spoken: Language): Promise<void> {
    if (!channel || !message?.blocks) return;
    const blocks = pressed(message.blocks, action?.text?.text ?? '', spoken) as never;
    await client.chat
      .update({ channel: channel.id, ts: message.ts, text: message.text ?? '', blocks })
      .catch(() => undefined);
  }

  /** The words stay in their form until they are saved. Pressed again, it is the same form: it counts once. */
  app.view(/.*/, async ({ ack, body, view }) => {
    const taking = take(body as unknown as Body);
    const isKept = await Promise.race([
      taking.then(
        () => true,
        () => false,
      ),
      sleep(PATIENCE, false, { ref: false }),
    ]);
    const [input = ''] = Object.keys(view.state.values);
    const errors = { [input]: words[languageOf(body.user.id)].formKept };
    await (isKept ? ack() : ack({ response_action: 'errors', errors }));
    await taking;
  });

  app.shortcut(/.*/, async ({ ack, body, respond }) => {
    await ack();
    const inbound = await kept(body as unknown as Body, body.user.id, respond);
    const say = words[languageOf(body.user.id)];
    const text = inbound === null ? say.notAPerson : inbound.as === 'suggestion' ? say.askedFirst : say.inPrivate;
    await whisper(respond, text);
  });

  app.command(/.*/, async ({ ack, command, respond }) => {
    await ack();
    const { channel_id: chat, user_id: user, text } = command;
    const isPrivate = chat.startsWith('D');
    if (isAddress(text) && !isPrivate) await meet(user);
    else await kept(command as unknown as Body, user, respond);
    if (isPrivate || (isStaff({ channel: 'slack', chat }) && !isAddress(text))) return;
    const say = words[languageOf(user)];
    const answer = isAddress(text) ? say.addressHere(`slack:${chat}`) : say.inPrivate;
    await whisper(respond, answer);
  });
}

/** Asked in a channel, for the setting STAFF_TO: that is about the place and not about the person. */
const isAddress = (text: string): boolean => /^\s*(?:adresse|address)\s*$/i.test(text);

// Looks at everything about Telegram that can be set wrong, and says what to do.
import { type Api, GrammyError } from 'grammy';
import type { Address, Language } from '../../../src/model.ts';
import type { Finding } from '../../../src/ports.ts';
import { isTokenRefused } from './faults.ts';
import { checkWords } from './words.ts';

export interface CheckOptions {
  api: Api;
  language: Language;
  webhook: { url: string } | undefined;
  staff: Address[];
}

export async function check({ api, language, webhook, staff }: CheckOptions): Promise<Finding[]> {
  const say = checkWords[language];
  const good = (text: string): Finding => ({ ok: true, text });
  const bad = (text: string): Finding => ({ ok: false, text });

  async function atStaff({ chat, thread }: Address): Promise<Finding> {
    const written = `telegram:${chat}${thread === undefined ? '' : `/${thread}`}`;
    try {
      await api.sendChatAction(chat, 'typing', thread === undefined ? {} : { message_thread_id: Number(thread) });
      return good(say.place(written));
    } catch (error) {
      const moved = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
      return bad(moved === undefined ? say.placeClosed(written) : say.placeMoved(written, `telegram:${moved}`));
    }
  }

  async function atWebhook(): Promise<Finding> {
    const info = await api.getWebhookInfo();
    if (!webhook) return info.url === '' ? good(say.pollingClear) : good(say.pollingTaken);
    if (info.url !== webhook.url) return bad(say.webhookOther);
    const { last_error_message: why, last_error_date: when = 0 } = info;
    if (why !== undefined && Date.now() / 1_000 - when < 3_600) return bad(say.webhookFailed(why));
    return (await refusesStrangers(webhook.url)) ? good(say.webhookFine) : bad(say.webhookSilent(webhook.url));
  }

  try {
    const me = await api.getMe();
    const groups = !me.can_join_groups && staff.some(({ chat }) => chat.startsWith('-')) ? [bad(say.groupsOff)] : [];
    const privacy = me.can_read_all_group_messages ? bad(say.noPrivacy) : good(say.privacy);
    const places = await Promise.all(staff.map(atStaff));
    return [good(say.token(me.username)), ...groups, privacy, await atWebhook(), ...places];
  } catch (error) {
    return [bad(isTokenRefused(error) ? say.tokenRefused : say.unreachable)];
  }
}

/** Recueil itself answers 401 to a call without the secret. */
async function refusesStrangers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { method: 'POST', body: '{}', signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.status === 401;
  } catch {
    return false;
  }
}

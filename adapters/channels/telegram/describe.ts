// What Telegram shows of the bot before anybody writes to it: its commands and its descriptions, per language.
import type { Api } from 'grammy';
import type { Language } from '../../../src/model.ts';
import type { Menu } from '../../../src/ports.ts';

const LANGUAGES: Language[] = ['fr', 'en'];
/** The platform's limits (https://core.telegram.org/bots/api#setmycommands and the methods after it). */
const MOST = { command: 32, says: 256, about: 512, short: 120 };
/** In a group the bot only shows the way. */
const GROUP: Record<Language, { command: string; description: string }[]> = {
  fr: [
    { command: 'commencer', description: 'raconter une pratique, en privé' },
    { command: 'adresse', description: 'l’adresse de ce lieu, pour l’équipe' },
  ],
  en: [
    { command: 'start', description: 'tell a practice, in private' },
    { command: 'address', description: 'the address of this place, for the team' },
  ],
};

/** A description that is too long for its place is left out, never cut. */
const fits = (text: string, most: number): string => (text.length <= most ? text : '');

/** Says it all again at each start: it costs a few calls, and what the flow says may have changed. */
export async function describe(api: Api, menu: Menu, fallback: Language): Promise<void> {
  for (const language of [undefined, ...LANGUAGES]) {
    const { title, about, commands } = menu[language ?? fallback];
    const code = language === undefined ? {} : { language_code: language };
    const list = commands
      .map(({ name, says }) => ({ command: name.replace(/-/g, '_'), description: fits(says, MOST.says) }))
      .filter(({ command, description }) => /^[a-z0-9_]{1,32}$/.test(command) && description !== '');
    await api.setMyCommands(list, { scope: { type: 'all_private_chats' }, ...code } as never);
    await api.setMyCommands(GROUP[language ?? fallback], { scope: { type: 'all_group_chats' }, ...code } as never);
    await api.setMyDescription(fits(about, MOST.about) || fits(title, MOST.about), code as never);
    await api.setMyShortDescription(fits(title, MOST.short), code as never);
  }
}

// What Telegram shows of the bot before anybody writes to it: its commands and its descriptions, per language.
import { type Api, GrammyError } from 'grammy';
import type { Language } from '../../../src/model.ts';
import type { Menu } from '../../../src/ports.ts';

const LANGUAGES: Language[] = ['fr', 'en'];
/** The platform's limits (https://core.telegram.org/bots/api#setmycommands and the methods after it). */
const MOST = { command: 32, says: 256, about: 512, short: 120 };
type Listed = { command: string; description: string }[];

/** In a group the bot only shows the way. */
const GROUP: Record<Language, Listed> = {
  fr: [
    { command: 'commencer', description: 'raconter une pratique, en privé' },
    { command: 'adresse', description: 'l’adresse de ce lieu, pour l’équipe' },
  ],
  en: [
    { command: 'start', description: 'tell a practice, in private' },
    { command: 'address', description: 'the address of this place, for the team' },
  ],
};

/** Where the team works; on a case, it writes a verb and its number. */
const STAFF: Record<Language, Listed> = {
  fr: [
    { command: 'chercher', description: 'chercher parmi les récits' },
    { command: 'lire', description: 'lire un récit en entier, par son numéro' },
    { command: 'exporter', description: 'emporter les récits dans un fichier' },
    { command: 'bilan', description: 'ce qui est nouveau' },
    { command: 'saisir', description: 'saisir le récit de quelqu’un d’autre' },
    { command: 'adresse', description: 'l’adresse de ce lieu, pour STAFF_TO' },
  ],
  en: [
    { command: 'search', description: 'search the stories' },
    { command: 'read', description: 'read a story in full, by its number' },
    { command: 'export', description: 'take the stories away in a file' },
    { command: 'digest', description: 'what is new' },
    { command: 'type_in', description: 'type in the story of somebody else' },
    { command: 'address', description: 'the address of this place, for STAFF_TO' },
  ],
};

/** A description that is too long for its place is left out, never cut. */
const fits = (text: string, most: number): string => (text.length <= most ? text : '');

/** Says it all again at each start: it costs a few calls, and what the flow says may have changed. */
export async function describe(api: Api, menu: Menu, fallback: Language, groups: Iterable<string>): Promise<void> {
  const list = (type: object, commands: Record<Language, Listed>) => inEach(api, type, commands, fallback);
  await list({ type: 'all_private_chats' }, { fr: listed(menu.fr), en: listed(menu.en) });
  await list({ type: 'all_group_chats' }, GROUP);
  for (const language of [undefined, ...LANGUAGES]) {
    const { title, about } = menu[language ?? fallback];
    const code = codeOf(language);
    await api.setMyDescription(fits(about, MOST.about) || fits(title, MOST.about), code as never);
    await api.setMyShortDescription(fits(title, MOST.short), code as never);
  }
  // A group the bot is not in is told of elsewhere.
  for (const chat of groups) await list({ type: 'chat', chat_id: chat }, STAFF).catch(unlessRefused);
}

const codeOf = (language: Language | undefined): object => (language === undefined ? {} : { language_code: language });

const listed = ({ commands }: Menu[Language]): Listed =>
  commands
    .map(({ name, says }) => ({ command: name.replace(/-/g, '_'), description: fits(says, MOST.says) }))
    .filter(({ command, description }) => /^[a-z0-9_]{1,32}$/.test(command) && description !== '');

/** For people of each language, and for those of any other. */
async function inEach(api: Api, scope: object, commands: Record<Language, Listed>, fallback: Language): Promise<void> {
  for (const language of [undefined, ...LANGUAGES]) {
    await api.setMyCommands(commands[language ?? fallback], { scope, ...codeOf(language) } as never);
  }
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof GrammyError && [400, 403].includes(error.error_code))) throw error;
}

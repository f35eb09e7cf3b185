// The slash commands: in both languages, in servers and in private, as the bot's help tells them. Pure data.
import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Language } from '../../../src/model.ts';
import type { Menu } from '../../../src/ports.ts';
import { sayWords } from './words.ts';

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object */
const MOST = { commands: 100, says: 100 };
const NAME = /^[-_'\p{Ll}\p{Lo}\p{N}]{1,32}$/u;
export const ADDRESS = 'address';

type Named = { fr: string; en: string };

/** The default's own languages are named too: a client in British English would otherwise be shown the first it finds. */
const localized = <T extends string>(key: T, { fr, en }: Named) =>
  ({ [key]: en, [`${key}_localizations`]: { fr, 'en-GB': en, 'en-US': en } }) as Record<T, string>;

/** A description that is too long for its place shows its beginning; it is never refused for that. */
const fits = (text: string): string => (text.length <= MOST.says ? text : `${text.slice(0, MOST.says - 1)}…`);

const both = (of: (language: Language) => string): Named => ({ fr: of('fr'), en: of('en') });

/** What is registered. `kinds`: where the application may be installed (servers 0, people 1), as its owner has set. */
export function commandsOf(menu: Menu, kinds: number[]): object[] {
  const where = { integration_types: kinds, contexts: [InteractionContextType.Guild, InteractionContextType.BotDM] };
  const option = {
    type: ApplicationCommandOptionType.String,
    required: false,
    ...localized(
      'name',
      both((language) => sayWords[language].option),
    ),
    ...localized(
      'description',
      both((language) => sayWords[language].optionSays),
    ),
  };
  const listed = menu.fr.commands.flatMap(({ name, says, takes }, i) => {
    const other = menu.en.commands[i];
    if (!other || !NAME.test(name) || !NAME.test(other.name)) return [];
    return [
      {
        ...localized('name', { fr: name, en: other.name }),
        ...localized('description', { fr: fits(says), en: fits(other.says) }),
        ...(takes || other.takes ? { options: [option] } : {}),
        ...where,
      },
    ];
  });
  return [...listed.slice(0, MOST.commands - 1), addressCommand()];
}

/** For whoever runs a server: what to write in STAFF_TO. */
const addressCommand = () => ({
  ...localized('name', { fr: 'adresse', en: ADDRESS }),
  ...localized(
    'description',
    both((language) => sayWords[language].addressSays),
  ),
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
});

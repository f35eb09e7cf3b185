// What the bot says of itself where a platform lists it: its commands, as the help tells them. Pure.
import type { Flow, Language, Span } from './model.ts';
import type { Menu, MenuCommand } from './ports.ts';
import { commandOf, commandWord } from './words/commands.ts';
import { spans, typographic, wording } from './words.ts';

export function menuOf(flow: Flow): Menu {
  return { fr: inLanguage(flow, 'fr'), en: inLanguage(flow, 'en') };
}

function inLanguage(flow: Flow, language: Language): Menu[Language] {
  const start = { name: commandWord('start', language), says: wording(language).startSays };
  const help = { name: commandWord('help', language), says: wording(language).helpTitle };
  const others = wording(language).help.flatMap((line) => entry(spans(line, language)));
  return {
    title: typographic(flow.title[language], language),
    about: typographic(flow.welcome[language].trim(), language),
    commands: [start, help, ...others],
  };
}

/** A line of the help: the command, then what it does. */
function entry([first, rest]: Span[]): MenuCommand[] {
  if (typeof first !== 'object' || !('command' in first) || typeof rest !== 'string') return [];
  const [name = ''] = first.command.split(' ');
  const says = rest.replace(/^[\s\u00a0\u202f]*:\s*/, '');
  const takes = commandOf(`/${name} 1`)?.name === commandOf(`/${name}`)?.name;
  return [{ name, says, ...(takes ? { takes } : {}) }];
}

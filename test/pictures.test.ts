// The page for facilitators and its pictures stay true: what is drawn is what the adapters make today, every word in bold is
// on a button, every command is understood.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { orderOf } from '../src/export/request.ts';
import { formOf } from '../src/forms.ts';
import type { FormName } from '../src/model.ts';
import { LEDGER } from '../src/search/asked.ts';
import { typedDeed } from '../src/staff.ts';
import { commandOf } from '../src/words/commands.ts';
import { fr } from '../src/words/fr.ts';
import { discord } from './draw/discord.ts';
import { widthOf } from './draw/letters.ts';
import { textOf } from './draw/page.ts';
import { linesOf } from './draw/paper.ts';
import { type Scene, scenes } from './draw/scenes.ts';
import { slack } from './draw/slack.ts';
import { telegram } from './draw/telegram.ts';

const DOCS = join(import.meta.dirname, '../docs');
const PICTURES = join(DOCS, 'pictures');
/** Bytes: a page of eight pictures still opens on a slow telephone. */
const HEAVIEST = 120_000;
const page = readFileSync(join(DOCS, 'facilitators.md'), 'utf8');

/** Numbers are drawn by chance: another one is no news. */
const unnumbered = (text: string): string => text.replace(/\b[0-9A-Z]{5}-[0-9A-Z]{5}\b/g, '#');

let drawn: Scene[] = [];

test('the words beside each picture are those of today’s payloads: else, npm run pictures', async () => {
  drawn = await scenes();
  for (const { name, screen } of drawn) {
    const kept = readFileSync(join(PICTURES, `${name}.txt`), 'utf8');
    assert.equal(unnumbered(kept.slice(0, kept.lastIndexOf('\n', kept.length - 2))), unnumbered(textOf(screen)), name);
  }
});

test('each picture is the one drawn with its words, and light; there is no other', () => {
  const files = drawn.flatMap(({ name }) => [`${name}.png`, `${name}.txt`]);
  assert.deepEqual(readdirSync(PICTURES).sort(), files.sort());
  for (const { name } of drawn) {
    const png = readFileSync(join(PICTURES, `${name}.png`));
    const seal = createHash('sha256').update(png).digest('hex');
    assert.ok(readFileSync(join(PICTURES, `${name}.txt`), 'utf8').endsWith(`\n${name}.png sha256 ${seal}\n`), name);
    assert.ok(png.length <= HEAVIEST, `${name}: ${png.length} bytes`);
  }
});

test('the page shows every picture, says what each shows, and that they are drawings', () => {
  const shown = [...page.matchAll(/<img src="pictures\/([\w-]+)\.png" width="\d+" alt="([^"]{60,})">/g)];
  assert.deepEqual(shown.map(([, name]) => name).sort(), drawn.map(({ name }) => name).sort());
  for (const { name } of drawn) assert.ok(page.includes(`(pictures/${name}.txt)`), name);
  assert.match(page, /they are not screenshots/);
});

test('what the page writes in bold is on a button or a form', () => {
  const forms: FormName[] = ['answer', 'ask', 'note', 'reason', 'hand', 'use', 'plan', 'unused', 'reply'];
  const labels = new Set([...Object.values(fr.staff), ...forms.map((name) => formOf(name, 'fr').title)]);
  const bold = [...page.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words = '']) => words.replace(/\s+/g, ' '));
  assert.ok(bold.length > 20);
  for (const words of bold) assert.ok(labels.has(words), words);
});

test('what the page tells to type is understood', () => {
  const typed = [...page.matchAll(/`(\/[a-zéè-]+(?: [^`…]*)?)`/g)].map(([, text = '']) => text);
  assert.ok(typed.length > 20);
  for (const text of typed.filter((one) => !/^\/(?:recueil|bilan)$/.test(one))) {
    const command = commandOf(text)?.name ?? 'unknown';
    assert.ok(typedDeed(text) ?? orderOf(text) ?? (LEDGER.test(text) || command !== 'unknown'), text);
  }
});

test('letters stand out from what they stand on', () => {
  for (const { page, bar, bubbles, ink, faint, link, mark, quote, button } of [telegram, slack, discord]) {
    const grounds = [page, ...(bubbles ? Object.values(bubbles) : [])];
    const pairs = [
      ...grounds.flatMap((ground) => [ink, faint].map((letters) => [letters, ground])),
      ...[bubbles?.bot ?? page].flatMap((ground) => [link, mark].map((letters) => [letters, ground])),
      ...[
        [ink, quote.fill],
        [bar.ink, bar.fill],
        [button.ink, button.fill],
      ],
    ];
    for (const [letters = '', ground = ''] of pairs)
      assert.ok(contrast(letters, ground) >= 4.5, `${letters} on ${ground}`);
  }
});

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const light = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

test('lines break where they must: no line is wider than its column, and no word is lost', () => {
  const text = `Une phrase ordinaire, puis ${'x'.repeat(300)} et la fin.\nAutre ligne`;
  for (const width of [60, 200, 366]) {
    const runs = linesOf([{ text }, { text: ' en gras', bold: true }], width, 14);
    for (const line of runs) {
      const wide = line.reduce((sum, run) => sum + widthOf(run.text, 14, run.bold), 0);
      const space = line.at(-1)?.text === ' ' ? widthOf(' ', 14) : 0;
      assert.ok(wide - space <= width, line.map((run) => run.text).join(''));
    }
    const lines = runs.map((line) => line.map((run) => run.text).join(''));
    assert.equal(lines.join('').replace(/\s/g, ''), `${text} en gras`.replace(/\s/g, ''));
  }
});

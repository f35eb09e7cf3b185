// Plain and accessible: every text the bot can say, from every table, flow and platform, is short enough to be followed, set
// as printers set it, and says in words what it means; every button says by itself what it does; every picture is described.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkWords as discordCheck, sayWords as discordSays } from '../adapters/channels/discord/words.ts';
import { words as slackSays } from '../adapters/channels/slack/words.ts';
import { removedWords, checkWords as telegramCheck } from '../adapters/channels/telegram/words.ts';
import { cliWords } from '../src/cli/words.ts';
import { exportWords } from '../src/export/words.ts';
import { faultWords } from '../src/flow/faults.ts';
import { readFlow } from '../src/flow.ts';
import { formOf } from '../src/forms.ts';
import type { Flow, FormName, Language } from '../src/model.ts';
import { LONGEST, sentencesOf, tooLong, wordsIn } from '../src/plain.ts';
import { spans, typographic, wording } from '../src/words.ts';
import { cards, prompts } from './support/prompts.ts';
import { type Said, textsOf } from './support/wording.ts';

const ROOT = join(import.meta.dirname, '..');
const LANGUAGES: Language[] = ['fr', 'en'];
const FORMS: FormName[] = ['answer', 'ask', 'note', 'reason', 'hand', 'use', 'plan', 'unused', 'reply', 'bar'];

function flowAt(path: string): Flow {
  const reading = readFlow(join(ROOT, path), 'en');
  assert.ok('flow' in reading, path);
  return reading.flow;
}
const FLOWS = ['flows/territorial-governance/flow.yaml', 'test/flows/jardins/flow.yaml'].map(flowAt);

/** The texts of a flow in one language, whatever else it holds. */
function inLanguage(value: unknown, language: Language, path = ''): Said[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = `${path}.${key}`;
    if (key === language && typeof inner === 'string') return [{ path: at, text: inner }];
    return inLanguage(inner, language, at);
  });
}

/** Everything that may be said, as it is shown: our typography set, commands as words behind a slash. */
function everything(language: Language): Said[] {
  const tables = {
    ...{ core: wording(language), export: exportWords[language], cli: cliWords[language], flow: faultWords[language] },
    ...{ telegram: telegramCheck[language], removed: removedWords[language], slack: slackSays[language] },
    ...{ discord: discordSays[language], discordCheck: discordCheck[language] },
    forms: Object.fromEntries(FORMS.map((name) => [name, formOf(name, language)])),
  };
  const said = [...textsOf(tables), ...FLOWS.flatMap((flow) => inLanguage(flow, language, flow.name))];
  return said.map(({ path, text }) => ({ path, text: shown(text, language) }));
}

const shown = (text: string, language: Language): string =>
  spans(text, language)
    .map((span) => (typeof span === 'string' ? span : 'strong' in span ? span.strong : `/${span.command}`))
    .join('');

test('every table is read, functions too', () => {
  for (const language of LANGUAGES) {
    const paths = new Set(everything(language).map(({ path }) => path.split('.')[0]));
    assert.ok(paths.size >= 10);
    assert.ok(everything(language).length > 900, String(everything(language).length));
  }
});

test(`no sentence is longer than ${LONGEST} words`, () => {
  for (const language of LANGUAGES) {
    for (const { path, text } of everything(language)) assert.deepEqual(tooLong(text), [], `${language} ${path}`);
  }
});

test('sentences end where a reader stops, and words are what is read', () => {
  assert.deepEqual(sentencesOf('Bonjour ! Ça va ? Oui.'), ['Bonjour !', 'Ça va ?', 'Oui.']);
  assert.deepEqual(sentencesOf('Écrivez « Fini. » Puis envoyez\nMerci'), [
    'Écrivez « Fini. »',
    'Puis envoyez',
    'Merci',
  ]);
  assert.equal(wordsIn('L’atelier : 12 personnes, 3 salles ; merci !'), 6);
  assert.equal(tooLong(`${'mot '.repeat(LONGEST)}.`).length, 0);
  assert.equal(tooLong(`${'mot '.repeat(LONGEST + 1)}.`).length, 1);
});

/** A sign or a colour says nothing to who cannot see it. */
const SIGNS = /\p{Extended_Pictographic}|[✓✔✗✘☐☑★☆→⇒➜●■▶]/u;
const COLOURS =
  /(?<!\p{L})(?:vert|verte|rouge|orange|jaune|bleu|bleue|green|red|yellow|blue|grey|gris|grise)s?(?!\p{L})/iu;

test('no meaning hangs on a sign or on a colour', () => {
  for (const language of LANGUAGES) {
    for (const { path, text } of everything(language)) {
      assert.doesNotMatch(text, SIGNS, `${language} ${path}`);
      assert.doesNotMatch(text, COLOURS, `${language} ${path}`);
    }
  }
});

/** Capitals that lost their accent, in the words our texts begin with. */
const BARE_CAPITALS =
  /(?<![\p{L}’])(?:A(?= (?:la|l’|quel|qui|propos|partir|vous|nous|ce|chaque|droite|gauche)(?!\p{L}))|Etat|Etape|Ecri|Etes|Etre|Echange|Ecole|Elu(?!\p{L})|Egal|Equipe|Evit|Echec|Etonn|Evene|Eteign|Ca(?!\p{L}))/u;

test('French is set as printers set it', () => {
  for (const { path, text: all } of everything('fr')) {
    // What is to be typed in a file keeps to the rules of that file.
    const text = all.replace(/«\u00a0[\w,-]+: (?:…|true)\u00a0»|\/english.*/gu, '');
    const what = `${path}: ${text}`;
    assert.doesNotMatch(text, /\p{L}'\p{L}/u, what);
    // `PORT=8080:80` and `https://` are no punctuation.
    assert.doesNotMatch(text, /[^\u00a0\u202f\s][;!?](?=\s|$)|[\p{L}\p{N}»)]:(?=\s|$)/u, what);
    assert.doesNotMatch(text, / [:;!?»]|« |“|”|\.\.\./u, what);
    assert.doesNotMatch(text, BARE_CAPITALS, what);
  }
});

test('English is set as printers set it', () => {
  for (const { path, text } of everything('en').filter((one) => !one.text.startsWith('/francais'))) {
    const what = `${path}: ${text}`;
    assert.doesNotMatch(text, /\p{L}'\p{L}|«|»|\.\.\.|[ \u00a0\u202f][:;!?](?=\s|$)/u, what);
  }
});

/** By itself, a label says what happens: these say nothing without what stands around them. */
const BARE =
  /^(?:oui|non|ok|d’accord|ici|là|suite|suivant|suivante|précédent|plus|retour|valider|confirmer|continuer|annuler|choisir|envoyer|voir|lire|fermer|ouvrir|répondre|effacer|modifier|prendre|accepter|garder|pourquoi|yes|no|here|next|previous|more|back|confirm|continue|cancel|choose|send|see|read|close|open|answer|reply|erase|change|take|accept|keep|why)\P{L}*$/iu;
/** `Les effacer`: erase what? */
const PRONOUN = /^(?:le |la |les |l’)\p{Ll}+er\b|\b(?:le|la|les) (?:retirer|garder|laisser|effacer)\b|\b(?:it|them)$/iu;

test('a button says by itself what it does, and no two of a message say the same', () => {
  let seen = 0;
  for (const language of LANGUAGES) {
    const messages = [...FLOWS.flatMap((flow) => prompts(flow, language)), ...cards(language)];
    for (const { what, message } of messages) {
      const labels = message.choices.map(({ label }) => label);
      assert.equal(new Set(labels.map((label) => label.toLowerCase())).size, labels.length, `${what}: ${labels}`);
      for (const label of labels) {
        assert.doesNotMatch(label, BARE, what);
        assert.doesNotMatch(label, PRONOUN, what);
        assert.match(label, /^[\p{Lu}\p{N}«“]/u, what);
        seen += 1;
      }
    }
    const w = wording(language);
    const others = [w.doorButton, w.homeTell, w.finding.next, w.finding.read(2), w.staff.replyButton];
    for (const label of [
      ...others,
      discordSays[language].open,
      discordSays[language].thread,
      discordSays[language].menu,
    ]) {
      assert.doesNotMatch(label, BARE);
      assert.doesNotMatch(label, PRONOUN);
    }
  }
  assert.ok(seen > 300, String(seen));
});

test('a picture is described: where one is sent, and on the pages', () => {
  for (const language of LANGUAGES) {
    const w = wording(language).digest;
    assert.ok(wordsIn(w.mapAlt(12, 'Nord 4, Cantal 2', 99)) >= 12);
    for (const text of Object.values(exportWords[language].holds)) assert.ok(wordsIn(text) >= 6 && text.endsWith('.'));
  }
  const pages = [join(ROOT, 'README.md'), ...readdirSync(join(ROOT, 'docs')).map((name) => join(ROOT, 'docs', name))];
  for (const page of pages.filter((path) => path.endsWith('.md'))) {
    const text = readFileSync(page, 'utf8');
    for (const [image] of text.matchAll(/<img\b[^>]*>|!\[[^\]]*\]\([^)]*\)/g)) {
      const alt = /alt="([^"]*)"/.exec(image)?.[1] ?? /^!\[([^\]]*)\]/.exec(image)?.[1] ?? '';
      assert.ok(wordsIn(alt) >= 8, `${page}: ${image.slice(0, 80)}`);
    }
  }
});

const LABELS = FLOWS.flatMap((flow) => flow.fields.flatMap(({ label }) => [label.fr, label.en]));
const ANSWER = new RegExp(`^(?:${LABELS.join('|')}|Récit|Story)[\\s\u00a0]?(?::|[0-9A-Z]{5}-)`, 'u');

/** What the bot says in a written conversation: its lines, without what people wrote. */
function saidIn(path: string): string[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  const said = lines
    .filter((line) => /^ {2}(?! )/.test(line))
    .map((line) => line.trim().replace(/^(?:équipe|team) \| ?/, ''));
  // On a card, people's words stand behind the label of the question, or in its title.
  return said.filter((line) => !ANSWER.test(line));
}

test('what was said in the golden conversations, in the pictures and in digests keeps to it', () => {
  const under = (folder: string) => readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name));
  const folders = ['flows/territorial-governance/transcripts', 'test/flows/jardins/transcripts'];
  let read = 0;
  for (const path of folders.flatMap(under)) {
    for (const line of saidIn(path)) {
      assert.deepEqual(tooLong(line), [], path);
      assert.doesNotMatch(line, SIGNS, path);
      assert.doesNotMatch(line, /\p{L}'\p{L}|\.\.\./u, path);
      read += 1;
    }
  }
  assert.ok(read > 1_500, String(read));
  const others = [...under('docs/pictures'), ...under('test/digests')].filter((path) => path.endsWith('.txt'));
  for (const path of others) assert.doesNotMatch(readFileSync(path, 'utf8'), SIGNS, path);
});

test('typography leaves what is no French alone', () => {
  assert.equal(typographic('Voir https://exemple.invalid/a?b=c;d', 'fr'), 'Voir https://exemple.invalid/a?b=c;d');
});

// One conversation, told on every channel to the real command: the same case is in the store.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Practice, Told } from '../src/model.ts';
import { botOf } from './support/bot.ts';
import { TOKEN as DISCORD_TOKEN, openDiscord } from './support/discord.ts';
import { run, talk } from './support/run.ts';
import { APP_TOKEN, BOT_TOKEN, openSlack } from './support/slack.ts';
import { personIn } from './support/slack-people.ts';
import { openTelegram, TOKEN as TELEGRAM_TOKEN } from './support/telegram.ts';

/** What is written, and the sign of the reply that is waited for. */
const SCRIPT: [text: string, sign: RegExp][] = [
  ['bonjour', /Acceptez-vous/],
  ['1', /Question 1\/5/],
  ['Valbrume', /Question 2\/5/],
  ['La mairie (publique) prête une salle.\nL’association Clic (privée) anime. 👩‍👩‍👧', /Question 3\/5/],
  ['oui', /Par exemple/],
  [
    '# pas un titre\n- **gras** _souligné_ @everyone <b>&amp;</b> [lien](https://faux.invalid) {"$gt":""}',
    /Question 4\/5/,
  ],
  ['retour', /Interactions/],
  ['reprendre', /Question 4\/5/],
  ['Environ 120 personnes par an, dont la moitié revient aider', /Question 5\/5/],
  ['Une salle ouverte, et une personne payée pour coordonner', /Tout est juste/],
  ['modifier 1', /Réponse actuelle|actuelle/],
  ['Le quartier des Tilleuls, à Valbrume (92)', /Tout est juste/],
  ['1', /Son numéro est/],
];

const folder = mkdtempSync(join(tmpdir(), 'recueil-same-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Somebody who writes and waits for the reply. */
interface Teller {
  environment: Record<string, string>;
  tell(text: string, sign: RegExp): Promise<unknown>;
  end(): Promise<unknown>;
}

const TELLERS: Record<string, () => Promise<Teller>> = {
  async terminal() {
    const environment = { DATA_DIR: join(folder, 'terminal') };
    const session = talk(['chat'], environment);
    return {
      environment,
      async tell(text, sign) {
        session.write(text.replaceAll('\n', '\\n'));
        await session.until(sign);
      },
      end: () => session.end(),
    };
  },
  async telegram() {
    const telegram = await openTelegram();
    const environment = {
      TELEGRAM_BOT_TOKEN: TELEGRAM_TOKEN,
      TELEGRAM_API_ROOT: telegram.root,
      DATA_DIR: join(folder, 'telegram'),
    };
    const bot = botOf(environment);
    await bot.start();
    const person = telegram.person('moi');
    return {
      environment,
      tell: async (text, sign) => (await person.says(text)) && person.hears(sign),
      end: async () => {
        await bot.kill('SIGTERM');
        await telegram.stop();
      },
    };
  },
  async slack() {
    const slack = await openSlack();
    const environment = {
      ...{ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: slack.api },
      DATA_DIR: join(folder, 'slack'),
    };
    const bot = botOf(environment);
    await bot.start();
    const person = personIn(slack, 'moi');
    return {
      environment,
      tell: async (text, sign) => (await person.says(text)) && person.hears(sign),
      end: async () => {
        await bot.kill('SIGTERM');
        await slack.stop();
      },
    };
  },
  async discord() {
    const discord = await openDiscord();
    const environment = {
      DISCORD_BOT_TOKEN: DISCORD_TOKEN,
      DISCORD_API_URL: discord.api,
      DATA_DIR: join(folder, 'discord'),
    };
    const bot = botOf(environment);
    await bot.start();
    const person = discord.person('moi');
    return {
      environment,
      tell: async (text, sign) => (await person.says(text)) && person.hears(sign),
      end: async () => {
        await bot.kill('SIGTERM');
        await discord.stop();
      },
    };
  },
};

/** A case without what is its own: ids and moments. */
function essence({ answers, former, story, consent, ...practice }: Practice): object {
  const told = ({ text, label, thin, inStory, parts }: Told) => ({
    text,
    label,
    thin,
    inStory,
    parts: parts.map((part) => part.text),
  });
  const all = (some: Record<string, Told> = {}) =>
    Object.fromEntries(Object.entries(some).map(([key, one]) => [key, told(one)]));
  const { state, flow, language, order, headline, places } = practice;
  return {
    ...{ state, flow, language, order, headline, places },
    answers: all(answers),
    former: all(former),
    story: story?.text,
    consent: { version: consent.version, scope: consent.scope },
  };
}

async function caseOn(channel: string): Promise<object> {
  const teller = await TELLERS[channel]?.();
  assert.ok(teller);
  try {
    for (const [text, sign] of SCRIPT) await teller.tell(text, sign);
  } finally {
    await teller.end();
  }
  const { out, code, err } = await run(['practices', '--json'], teller.environment);
  assert.equal(code, 0, err);
  const [practice, ...others] = JSON.parse(out) as Practice[];
  assert.ok(practice && others.length === 0);
  return essence(practice);
}

const first = caseOn('terminal');

test('told in a terminal, the case holds every word', async () => {
  const texts = JSON.stringify(await first);
  for (const word of ['Tilleuls', 'Clic (privée)', '👩‍👩‍👧', '# pas un titre', '@everyone', '120 personnes'])
    assert.ok(texts.includes(word), word);
});

for (const channel of Object.keys(TELLERS).slice(1)) {
  test(`told on ${channel}, it is the same case`, async () => assert.deepEqual(await caseOn(channel), await first));
}

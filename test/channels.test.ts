// The fixtures of every channel: what comes in and what goes out. UPDATE=1 writes what is expected anew; read the difference.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Packet, parse as parseDiscord } from '../adapters/channels/discord/parse.ts';
import { render as renderDiscord, type Style } from '../adapters/channels/discord/render.ts';
import { parse as parseSlack } from '../adapters/channels/slack/parse.ts';
import { renderHome, render as renderSlack } from '../adapters/channels/slack/render.ts';
import { cuts } from '../adapters/channels/split.ts';
import { parse } from '../adapters/channels/telegram/parse.ts';
import { type Payload, render } from '../adapters/channels/telegram/render.ts';
import type { Address, Block, Inbound, Outbound } from '../src/model.ts';
import { messageRefusal, viewRefusal } from './support/slack-limits.ts';

interface In {
  what: string;
  update: unknown;
  inbound: Inbound | null;
}

interface Out {
  what: string;
  message: Outbound;
  /** How it looks where it goes, for channels where that differs. */
  style?: unknown;
  payloads: unknown[];
}

const STAFF: Address[] = [
  { channel: 'telegram', chat: '-100777' },
  { channel: 'telegram', chat: '-100777', thread: '12' },
];

interface Reading {
  parse(update: unknown): Inbound | null;
  render(message: Outbound, style: unknown): unknown[];
}

/** A direct message, a case's thread in the staff channel, and somebody's private thread. */
const DISCORD_CHANNELS: Record<string, { parent?: string; person?: string }> = {
  '400000000000000001': { person: '300000000000000001' },
  '600000000000000002': { parent: '600000000000000001' },
  '600000000000000003': { parent: '600000000000000009', person: '300000000000000001' },
};

const CHANNELS = {
  telegram: {
    parse: (update: unknown) =>
      parse(update, {
        me: { id: 999, username: 'recueil_test_bot' },
        staff: STAFF,
      }),
    render: (message: Outbound) => render(message, 'recueil_test_bot'),
  },
  slack: {
    parse: (update: unknown) =>
      parseSlack(update, {
        me: 'U0BOT',
        isStaff: ({ chat, thread }: Address) =>
          (chat === 'C0STAFF' && thread === undefined) || (chat === 'C0FIL' && thread === '1772440000.000100'),
        person: (user) => ({ U0P1: { name: 'Camille', locale: 'fr-FR' }, U0BOT: { name: 'Recueil' } })[user],
        isCommand: (words) => /^(?:modifier|chercher|lire) /.test(words),
        now: '1772442099.000000',
      }),
    render: renderSlack,
  },
  discord: {
    parse: (packet: unknown) =>
      parseDiscord(packet as Packet, {
        me: { id: '999000000000000001', name: 'recueil' },
        isStaff: ({ chat }: Address) => chat === '600000000000000001',
        channel: (id: string) => DISCORD_CHANNELS[id],
        isCommand: (word: string) => ['chercher', 'aide'].includes(word),
      }),
    render: (message: Outbound, style: unknown) => renderDiscord(message, (style ?? { card: false }) as Style),
  },
} satisfies Record<string, Reading>;

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

for (const [name, channel] of Object.entries<Reading>(CHANNELS)) {
  const folder = join(import.meta.dirname, '../adapters/channels', name, 'fixtures');
  const read = <T>(file: string): T => JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
  const write = (file: string, value: unknown) =>
    writeFileSync(join(folder, file), `${JSON.stringify(value, null, 2)}\n`);
  const ins = read<In[]>('in.json');
  const outs = read<Out[]>('out.json');

  if (process.env['UPDATE'] === '1') {
    const update = ins.map((one) => ({ ...one, inbound: channel.parse(one.update) }));
    write('in.json', update);
    write(
      'out.json',
      outs.map((one) => ({ ...one, payloads: channel.render(one.message, one.style) })),
    );
  }

  for (const { what, update, inbound } of read<In[]>('in.json')) {
    test(`${name} in: ${what}`, () => assert.deepEqual(plain(channel.parse(update)), inbound));
  }

  for (const { what, message, style, payloads } of read<Out[]>('out.json')) {
    test(`${name} out: ${what}`, () => assert.deepEqual(plain(channel.render(message, style)), payloads));
  }

  test(`${name}: no update, however broken, makes it throw`, () => {
    const broken = fc.constantFrom(...ins.map(({ update }) => update)).map(plain);
    fc.assert(
      fc.property(broken, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), fc.jsonValue(), (update, way, value) => {
        mutilate(update, way, value);
        const inbound = channel.parse(update);
        assert.ok(inbound === null || typeof inbound.text === 'string');
      }),
      { numRuns: 2_000 },
    );
  });
}

/** Puts anything in the place of something, as deep as the way leads. */
function mutilate(tree: unknown, way: number[], value: unknown): void {
  let at = tree;
  for (const [i, step] of way.entries()) {
    if (typeof at !== 'object' || at === null) return;
    const keys = Object.keys(at);
    const key = keys[step % keys.length];
    if (key === undefined) return;
    if (i === way.length - 1) (at as Record<string, unknown>)[key] = value;
    else at = (at as Record<string, unknown>)[key];
  }
}

// ---------------------------------------------------------------------------------------------------------- splitting

const words = fc.oneof(
  fc.lorem({ mode: 'sentences', maxCount: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 3_000 }),
  fc.constantFrom(
    '🌱'.repeat(4_096),
    'x'.repeat(9_000),
    `${'👩‍👩‍👧'.repeat(900)}\n\n${'mot '.repeat(2_000)}`,
    ' \n\n ',
    '',
  ),
);

test('nothing is lost by cutting but the blanks at a cut, and no piece is too long or broken', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 20, max: 4_096 }), (text, limit) => {
      const pieces = cuts(text, limit).map(([start, end]) => text.slice(start, end));
      assert.equal(pieces.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
      for (const piece of pieces) {
        assert.ok(piece.length <= limit);
        assert.equal(piece.isWellFormed(), text.isWellFormed());
      }
    }),
  );
});

test('a cut is made where a reader would pause', () => {
  const sentence = 'Les bénévoles accueillent chaque mardi. ';
  const pieces = cuts(sentence.repeat(10), 100).map(([start, end]) => sentence.repeat(10).slice(start, end));
  for (const piece of pieces) assert.match(piece.trim(), /\.$/);
  const paragraphs = 'Un premier paragraphe assez long.\n\nUn second. Et sa suite.';
  assert.deepEqual(cuts(paragraphs, 45)[0], [0, 33]);
});

const block: fc.Arbitrary<Block> = fc.record({
  as: fc.constantFrom('text' as const, 'heading' as const, 'quote' as const),
  spans: fc.array(
    fc.oneof(
      words,
      fc.record({ strong: fc.string({ minLength: 1 }) }),
      fc.record({ command: fc.constantFrom('aide', 'mes-recits', 'modifier 2', 'lire 7K3QM-0XTD2') }),
    ),
    { minLength: 1, maxLength: 4 },
  ),
});

test('whatever is said, Telegram gets messages within its limits, every word in order, and marks within their text', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), fc.boolean(), (blocks, closed) => {
      const choices = closed ? [{ id: 'p12.f-abcdefghijklmnopqrstuvwx', label: 'Oui' }] : [];
      const payloads: Payload[] = render({ language: 'fr', blocks, choices, closed }, 'bot');
      const bare = (text: string) => text.replace(/[\s\u2060]/g, '');
      const said = blocks.flatMap(({ spans }) =>
        spans.map((one) =>
          typeof one === 'string'
            ? one
            : 'strong' in one
              ? one.strong
              : `/${one.command.replace('mes-recits', 'mes_recits')}`,
        ),
      );
      assert.equal(bare(payloads.map(({ text }) => text).join('')), bare(said.join('')));
      for (const { text, entities } of payloads) {
        assert.ok(text.length <= 4_096);
        for (const { offset, length } of entities)
          assert.ok(offset >= 0 && length > 0 && offset + length <= text.length);
        assert.doesNotMatch(text.replace(/\/(?:aide|mes_recits|modifier|lire)/g, ''), /(?:^|\s)@\w|(?:^|\s)\/[A-Za-z]/);
      }
      assert.equal(payloads.slice(0, -1).filter((one) => one.reply_markup).length, 0);
    }),
  );
});

test('whatever is said, Slack gets messages within its limits, every word in order, and nothing live', () => {
  const bare = (text: string) => text.replaceAll('\u0000', '').replace(/\s/g, '');
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), fc.boolean(), (blocks, closed) => {
      const choices = closed ? [{ id: 'p12.f-abcdefghijklmnopqrstuvwx', label: 'Oui' }] : [];
      const message: Outbound = { language: 'fr', blocks, choices, closed };
      const payloads = renderSlack(message);
      const said = blocks.flatMap(({ spans }) =>
        spans.map((one) => (typeof one === 'string' ? one : 'strong' in one ? one.strong : `/recueil ${one.command}`)),
      );
      const shown = JSON.stringify(payloads.map((one) => one.blocks.filter(({ type }) => type !== 'actions')));
      const texts = [...shown.matchAll(/"text":("(?:[^"\\]|\\.)*")/g)].map(
        ([, text]) => JSON.parse(text ?? '') as string,
      );
      assert.equal(bare(texts.join('')), bare(said.join('')));
      for (const payload of payloads) assert.equal(messageRefusal({ ...plain(payload) }), undefined);
      assert.equal(viewRefusal(plain(renderHome(message))), undefined);
      assert.equal(payloads.slice(0, -1).filter((one) => one.blocks.some(({ type }) => type === 'actions')).length, 0);
    }),
  );
});

test('a page of one’s own with more than Slack shows says where the rest is', () => {
  const blocks: Block[] = Array.from({ length: 150 }, (_, i) => ({ as: 'text', spans: [`Récit ${i}`] }));
  const choices = [{ id: 'home.new', label: 'Raconter une pratique' }];
  const home = renderHome({ language: 'fr', blocks, choices, closed: true });
  assert.equal(viewRefusal(plain(home)), undefined);
  assert.match(JSON.stringify(home), /Récit 97[\s\S]*mes-recits[\s\S]*home\.new/);
});

/** What a reader of Discord sees of a message: no marks of ours, no backslash before a sign. */
const readDiscord = (text: string): string =>
  text
    .replace(/^(?:> |### )/gm, '')
    .replace(/(?<!\\)((?:\\\\)*)\*\*/g, '$1')
    .replace(/\\([^A-Za-z0-9\s])/g, '$1');

test('whatever is said, Discord gets messages within its limits, every word in order, and no mark that is not ours', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), fc.boolean(), (blocks, card) => {
      const choices = [{ id: 'p12.f-abcdefghijklmnopqrstuvwx', label: 'Oui' }];
      const payloads = renderDiscord({ language: 'fr', blocks, choices, closed: true }, { card });
      const texts = payloads.map(({ content, components }) => content ?? String(components[0]?.['content']));
      const bare = (text: string) => text.replace(/\s/g, '');
      const said = blocks.flatMap(({ spans }) =>
        spans.map((one) => (typeof one === 'string' ? one : 'strong' in one ? one.strong : `/${one.command}`)),
      );
      assert.equal(bare(texts.map(readDiscord).join('')), bare(said.join('')));
      for (const text of texts) assert.ok(text.length <= (card ? 4_000 : 2_000));
      for (const { allowed_mentions } of payloads) assert.deepEqual(allowed_mentions.parse, []);
    }),
  );
});

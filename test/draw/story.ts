// The story that the pictures show: a real house with a clock and three channels that only remember what they are given.
// Everything said is invented. What the team and the authors do is done as the adapters would hand it over.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openMemory, readOfficial } from '../../adapters/index.ts';
import { manualClock } from '../../src/clock.ts';
import { readAtlas } from '../../src/digest/atlas.ts';
import { createGather } from '../../src/digest/gather.ts';
import { createDraw } from '../../src/digest/picture.ts';
import { scheduleOf } from '../../src/digest/schedule.ts';
import { readFlow } from '../../src/flow.ts';
import { openHouse } from '../../src/house.ts';
import type { Address, Given, Inbound, Outbound } from '../../src/model.ts';
import { gazetteerOf } from '../../src/places/gazetteer.ts';
import type { Channel, Post } from '../../src/ports.ts';

/** One message as it stands in a chat. `under`: the message that it answers, and how that one begins. */
export type Said = { id: string; from: string; at: string; under?: string; answers?: string } & (
  | { text: string }
  | { message: Outbound; picture?: Uint8Array }
);

export type Platform = 'telegram' | 'slack' | 'discord';

const START = '2026-03-02T09:00:00.000Z';
const ZONE = 'Europe/Paris';
export const BOT = 'Recueil';

/** The team's place on each platform. */
export const PLACES: Record<Platform, Address> = {
  telegram: { channel: 'telegram', chat: '-1001234567890' },
  slack: { channel: 'slack', chat: 'C0EQUIPE' },
  discord: { channel: 'discord', chat: '1234567890123456789' },
};
const STAFF = Object.values(PLACES).map((address) => ({ address, language: 'fr' as const }));

export interface Story {
  /** Somebody writes to the bot in private, on Telegram. */
  says(name: string, text: string): Promise<void>;
  /** Somebody presses the last button of this label that the bot showed them. */
  presses(name: string, label: string): Promise<void>;
  /** Somebody of the team presses a button in their place, and fills in the form that opens where there are forms. */
  acts(name: string, on: Platform, choice: string, form?: Record<string, string>): Promise<void>;
  /** The number of the newest case. */
  newest(): Promise<string>;
  /** Lets time pass until then. */
  until(moment: string): Promise<void>;
  /** What stands in a place, or in the private chat of somebody. */
  chat(of: Platform | string): Said[];
  failures: unknown[];
}

interface Standing {
  /** Where it stands. */
  key: string;
  said: Said;
}

/** Ten letters as the installation draws them, always the same ones. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const numbered = (n: number): string =>
  [...createHash('sha256').update(`recueil ${n}`).digest().subarray(0, 10)].map((byte) => LETTERS[byte % 32]).join('');

export async function openStory(): Promise<Story> {
  const reading = readFlow(join(import.meta.dirname, '../../flows/territorial-governance/flow.yaml'), 'fr');
  const schedule = scheduleOf('0 9 * * 1', ZONE);
  if (!('flow' in reading) || !schedule) throw new Error('the flow or the schedule cannot be read');
  const clock = manualClock(START);
  const store = openMemory();
  const standing: Standing[] = [];
  const failures: unknown[] = [];
  let count = 0;
  let drawn = 0;
  const next = () => String(++count).padStart(6, '0');
  const hour = () =>
    new Date(clock.now()).toLocaleTimeString('fr-FR', { hour: '2-digit', minute: '2-digit', timeZone: ZONE });
  const given: Given = {
    flow: reading.flow,
    staff: STAFF,
    digest: { places: STAFF, schedule: schedule.name, next: schedule.next },
    forms: ['slack', 'discord'],
    language: 'fr',
    pauses: {},
    gazetteer: gazetteerOf(readOfficial),
  };
  const atlas = readAtlas();
  const draw = createDraw(atlas);
  const gather = createGather({
    ...{ store, clock, atlas, zone: ZONE, given: () => given },
    draw: async (tally, language) => draw(tally, language),
  });
  const channels = (['telegram', 'slack', 'discord'] as const).map((name) => remembering(name, remember));
  const house = await openHouse({
    ...{ store, clock, channels, gather, given: () => given, fresh: () => numbered(++drawn) },
    failed: (error) => void failures.push(error),
  });

  async function remember(post: Post): Promise<string[]> {
    const { message, to, edits, under } = post;
    const picture = message.attachment && post.content ? await bytesOf(await post.content()) : undefined;
    const card = standing.find(({ said }) => said.id === under)?.said;
    const former = standing.find(({ said }) => said.id === edits?.[0]);
    const id = former?.said.id ?? next();
    const said: Said = {
      ...{ id, from: BOT, at: former?.said.at ?? hour(), message },
      ...(picture ? { picture } : {}),
      ...(card && 'message' in card ? { under: card.id, answers: openingOf(card.message) } : {}),
      ...(former?.said.under ? { under: former.said.under, answers: former.said.answers ?? '' } : {}),
    };
    if (former) former.said = said;
    else standing.push({ key: keyOf(to), said });
    return [id];
  }

  async function pass(ms: number): Promise<void> {
    const rest = async () => {
      await house.settled();
      await house.turns.flush();
      await house.settled();
    };
    await rest();
    await clock.pass(ms, rest);
    await house.due.poll();
    await rest();
  }

  const receive = async (name: string, from: Address, more: Partial<Inbound>) => {
    const order = next();
    const base = { id: `m:${order}`, order, from, person: { id: name, name }, at: clock.now(), files: [], text: '' };
    const place = STAFF.some(({ address }) => address === from) ? 'staff' : 'private';
    const kind = more.choice === undefined ? 'message' : 'choice';
    await house.receive({ ...base, place, kind, ...(kind === 'choice' ? { id: `c:${order}` } : {}), ...more });
    // People take a moment to read.
    await pass(60_000);
  };

  return {
    failures,
    until: (moment) => pass(Date.parse(moment) - Date.parse(clock.now())),
    async says(name, text) {
      standing.push({ key: name, said: { id: next(), from: name, at: hour(), text } });
      await receive(name, privately(name), { text });
    },
    async presses(name, label) {
      const choices = standing.flatMap(({ key, said }) =>
        key === name && 'message' in said ? said.message.choices : [],
      );
      const choice = choices.findLast((one) => one.label === label);
      if (!choice) throw new Error(`${name} has no button ${label}`);
      await receive(name, privately(name), { choice: choice.id });
    },
    acts: (name, on, choice, form) => receive(name, PLACES[on], { choice, ...(form ? { form } : {}) }),
    async newest() {
      let last = { id: '', submittedAt: '' };
      for await (const one of store.practices()) if (one.submittedAt > last.submittedAt) last = one;
      return last.id;
    },
    chat: (of) => standing.filter(({ key }) => key === of).map(({ said }) => said),
  };
}

const privately = (name: string): Address => ({ channel: 'telegram', chat: name });

/** A place by its platform, a private chat by whose it is. */
const keyOf = ({ channel, chat }: Address): string =>
  Object.values(PLACES).some((place) => place.chat === chat) ? channel : chat;

const remembering = (name: Platform, remember: (post: Post) => Promise<string[]>): Channel => ({
  name,
  async start() {},
  async deliver(post) {
    const messages = await remember(post);
    return { messages, order: messages[0] ?? '' };
  },
  check: async () => [],
  async stop() {},
});

async function bytesOf(content: AsyncIterable<Uint8Array> | null): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content ?? []) chunks.push(chunk);
  return content === null ? undefined : Buffer.concat(chunks);
}

const openingOf = ({ blocks }: Outbound): string => {
  const text = (blocks[0]?.spans ?? []).map((span) => (typeof span === 'string' ? span : '')).join('');
  return text.length <= 30 ? text : `${text.slice(0, 30).trimEnd()}…`;
};

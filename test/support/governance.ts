// The collection the project was made for, as the tests tell it: its flow, a staff place, five answers, and what was said.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readFlow } from '../../src/flow.ts';
import type { Practice } from '../../src/model.ts';
import type { Post } from '../../src/ports.ts';
import type { World } from './world.ts';

const reading = readFlow(join(import.meta.dirname, '../../flows/territorial-governance/flow.yaml'), 'en');
assert.ok('flow' in reading);
export const { flow } = reading;

export const STAFF = [{ address: { channel: 'terminal', chat: 'staff' }, language: 'fr' as const }];

/** Long enough for no question to be asked again. */
export const TOLD = [
  'Le quartier des Tilleuls, à Valbrume',
  'La mairie et une association',
  'Un comité se réunit chaque mois',
  'Beaucoup de monde vient chaque année',
  'Une personne payée pour coordonner',
];

export const textOf = (post: Post | undefined): string =>
  (post?.message.blocks ?? [])
    .map(({ spans }) =>
      spans.map((one) => (typeof one === 'string' ? one : 'strong' in one ? one.strong : `/${one.command}`)).join(''),
    )
    .join('\n');

export const saidTo = (w: World, chat: string): string[] => w.posts.filter(({ to }) => to.chat === chat).map(textOf);

/** Writes each line and lets what follows happen. */
export async function says(w: World, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await w.say(text);
    await w.pass(2_000);
  }
}

export async function cases({ store }: World): Promise<Practice[]> {
  const found: Practice[] = [];
  for await (const one of store.practices()) found.push(one);
  return found;
}

// A prompt is worded when it goes out, not when it is decided: as the flow and the conversation stand then, and once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Flow } from '../src/model.ts';
import { ChannelError, type Post } from '../src/ports.ts';
import { flow, world } from './support/world.ts';

const wordsOf = (post: Post | undefined): string =>
  JSON.stringify(post?.message.blocks ?? []).replace(/[\u00a0\u202f]/g, ' ');

/** A flow that may be edited while the house stands. */
const edited = (): Flow => structuredClone(flow);

test('what is kept of a question that waits is where it stands, not its words', async () => {
  const { say, conversation } = await world({ pause: 2_000 });
  for (const text of ['bonjour', '1', 'Rue des Lilas, derrière l’école']) await say(text);
  const { outgoing, prompt } = await conversation();
  const waits = outgoing.find(({ key }) => key === prompt?.id);
  assert.equal(waits?.kind, 'prompt');
  const question = flow.fields.find(({ key }) => key === prompt?.field)?.question.fr ?? assert.fail();
  assert.ok(!JSON.stringify(outgoing).includes(question));
});

test('a question corrected in the flow before it goes out is asked as corrected', async () => {
  const now = edited();
  const { say, posts, pass } = await world({ flow: now, pause: 2_000 });
  for (const text of ['bonjour', '1', 'Rue des Lilas, derrière l’école']) await say(text);
  for (const field of now.fields) field.question.fr = `Autrement dit : ${field.question.fr}`;
  await pass(10_000);
  assert.match(wordsOf(posts.at(-1)), /Autrement dit/);
});

test('a question that the flow drops before it goes out says so, and how to go on', async () => {
  const now = edited();
  const { say, posts, pass, conversation } = await world({ flow: now, pause: 2_000 });
  for (const text of ['bonjour', '1', 'Rue des Lilas, derrière l’école']) await say(text);
  const { field } = (await conversation()).prompt ?? assert.fail();
  now.fields = now.fields.filter(({ key }) => key !== field);
  await pass(10_000);
  assert.match(wordsOf(posts.at(-1)), /C’est noté.*Une question n’est plus posée/);
  await say('/reprendre');
  await pass(10_000);
  assert.equal((await conversation()).prompt?.kind, 'recap');
});

test('a message of which a piece is out goes on as it began', async () => {
  const now = edited();
  const tried: Post[] = [];
  const onPost = async (post: Post) => {
    tried.push(post);
    if (tried.length > 1) return;
    await post.piece('1');
    throw new ChannelError('unknown-outcome', 'the line broke');
  };
  const first = await world({ flow: now, onPost });
  await first.say('bonjour');
  await first.pass(0);
  now.welcome.fr = 'Un autre accueil.';
  now.consent.text.fr = 'D’autres termes.';
  await first.pass(3_600_000);
  const [begun, rest] = tried;
  assert.ok(begun && rest && tried.length === 2);
  assert.deepEqual(rest.message, begun.message);
  assert.deepEqual([begun.out, rest.out, begun.key === rest.key], [[], ['1'], true]);
});

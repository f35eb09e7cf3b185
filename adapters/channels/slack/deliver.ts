// What goes out to Slack: messages new or in the place of others, one's own page, documents.
import type { webApi } from '@slack/bolt';
import type { Address, Attachment, Outbound } from '../../../src/model.ts';
import { ChannelError, type Clock, type Post, type Sent } from '../../../src/ports.ts';
import { codeOf, faultOf } from './faults.ts';
import type { People } from './people.ts';
import { type Payload, render, renderHome } from './render.ts';

export interface DeliverTools {
  client: webApi.WebClient;
  people: People;
  clock: Clock;
  /** Told of every failure, so that people hear of those they can mend. */
  failed(fault: ChannelError): void;
}

/** A message that cannot be changed any more: what is new is said anew. */
const UNCHANGEABLE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** The message it would stand under is gone, or takes none: it stands for itself. */
const THREADLESS = new Set(['thread_not_found', 'invalid_thread_ts', 'restricted_action_non_threadable_channel']);

/** A person's address: team and user. Anything else is a channel. */
export const userOf = ({ chat }: Address): string | undefined => /^[A-Z0-9]+\.([A-Z0-9]+)$/.exec(chat)?.[1];

export function createDeliver({ client, people, clock, failed }: DeliverTools): (post: Post) => Promise<Sent> {
  async function deliver(post: Post): Promise<Sent> {
    const user = userOf(post.to);
    if (user !== undefined && post.to.thread === 'home') return home(user, post.message);
    const channel = user === undefined ? post.to.chat : await people.conversation(user);
    return post.edits ? change(post, channel, post.edits) : say(post, channel);
  }

  /** The page is shown as it is now; should it not be, it will be with the next change. */
  async function home(user: string, message: Outbound): Promise<Sent> {
    await client.views.publish({ user_id: user, view: renderHome(message) as webApi.ViewsPublishArguments['view'] });
    return { messages: [] };
  }

  async function say(post: Post, channel: string): Promise<Sent> {
    let last: string | undefined;
    for (const payload of render(post.message).slice(post.out.length)) {
      if (last !== undefined) await post.piece(last);
      last = await write(channel, threadOf(post), payload);
    }
    const { attachment } = post.message;
    if (attachment && post.content) {
      if (last !== undefined) await post.piece(last);
      await upload(post, channel, attachment);
      return { messages: [], ...(last === undefined ? {} : { order: last }) };
    }
    return last === undefined ? { messages: [] } : { messages: [last], order: last };
  }

  /** What stands is changed, what is more is added, what is left over is taken away. */
  async function change(post: Post, channel: string, edits: string[]): Promise<Sent> {
    const payloads = render(post.message);
    const messages: string[] = [];
    for (const [i, payload] of payloads.entries()) {
      const at = edits[i];
      const changed = at !== undefined && (await rewrite(channel, at, payload));
      messages.push(changed ? at : await write(channel, threadOf(post), payload));
    }
    for (const ts of edits.slice(payloads.length)) {
      await client.chat.delete({ channel, ts }).catch((error: unknown) => {
        if (codeOf(error) !== 'message_not_found') throw error;
      });
    }
    return { messages };
  }

  async function rewrite(channel: string, ts: string, { text, blocks }: Payload): Promise<boolean> {
    try {
      await client.chat.update({ channel, ts, text, blocks: blocks as never });
      return true;
    } catch (error) {
      if (UNCHANGEABLE.has(codeOf(error) ?? '')) return false;
      throw error;
    }
  }

  async function write(channel: string, thread: string | undefined, { text, blocks }: Payload): Promise<string> {
    try {
      const { ts } = await client.chat.postMessage({
        ...{ channel, text, blocks: blocks as never, unfurl_links: false, unfurl_media: false },
        ...(thread === undefined ? {} : { thread_ts: thread }),
      });
      return ts ?? '';
    } catch (error) {
      if (thread === undefined || !THREADLESS.has(codeOf(error) ?? '')) throw error;
      return write(channel, undefined, { text, blocks });
    }
  }

  /** Always the bytes themselves: the library would read a string as the path of a file on this machine. */
  async function upload(post: Post, channel: string, { name, alt }: Attachment): Promise<void> {
    const content = await post.content?.();
    if (!content) return;
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    const thread = threadOf(post);
    const file = { file: Buffer.concat(chunks), filename: name, title: name, alt_text: alt, channel_id: channel };
    await client.filesUploadV2(thread === undefined ? file : { ...file, thread_ts: thread });
  }

  return async (post) => {
    const isHome = post.to.thread === 'home';
    try {
      return await deliver(post);
    } catch (error) {
      const fault = faultOf(error, Date.parse(clock.now()), userOf(post.to) !== undefined);
      failed(fault);
      // A page that cannot be shown closes no conversation and keeps nothing waiting.
      throw isHome && fault.kind !== 'retry' ? new ChannelError('refused', 'page') : fault;
    }
  };
}

/** In the thread that the person, or the place, is in, where nothing stands under anything; or else under a message. */
const threadOf = ({ to, under }: Post): string | undefined => to.thread ?? under;

// The content of a file that somebody sent, for the bot's own eyes: the token goes to Slack's own hosts and nowhere else.
import type { webApi } from '@slack/bolt';
import type { FileRef } from '../../../src/model.ts';
import { ChannelError, type Clock } from '../../../src/ports.ts';
import { contentOf } from '../download.ts';
import { codeOf, faultOf } from './faults.ts';

export interface FileTools {
  client: webApi.WebClient;
  token: string;
  /** Where the Web API is, when it is not Slack's own. */
  apiUrl: string | undefined;
  clock: Clock;
  failed(fault: ChannelError): void;
}

/** Milliseconds for the whole of a file: less than the lease of the work. */
const DOWNLOAD = 50_000;
/** Milliseconds before a missing scope is looked at again. */
const MENDING = 600_000;

export function createDownload({ client, token, apiUrl, clock, failed }: FileTools) {
  const isOurs = ({ protocol, hostname, origin }: URL): boolean =>
    (protocol === 'https:' && /(?:^|\.)slack(?:-files)?\.com$/.test(hostname)) ||
    (apiUrl !== undefined && origin === new URL(apiUrl).origin);

  async function addressOf({ ref }: FileRef): Promise<{ url: URL; type: string }> {
    const { file } = await client.files.info({ file: ref });
    const address = file?.url_private_download ?? file?.url_private ?? '';
    if (file?.mode === 'tombstone' || file?.mode === 'hidden_by_limit' || !URL.canParse(address)) {
      throw new ChannelError('permanent', 'gone', { missing: 'gone' });
    }
    const url = new URL(address);
    if (!isOurs(url)) throw new ChannelError('permanent', 'elsewhere', { missing: 'gone' });
    return { url, type: file?.mimetype ?? '' };
  }

  async function content(file: FileRef): Promise<AsyncIterable<Uint8Array>> {
    const { url, type } = await addressOf(file);
    // A redirection to another host takes no token along (https://fetch.spec.whatwg.org/#http-redirect-fetch).
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(DOWNLOAD),
    }).catch(() => undefined);
    if (answer?.status === 404 || answer?.status === 410) {
      throw new ChannelError('permanent', 'gone', { missing: 'gone' });
    }
    const content = contentOf(answer);
    if (!answer || !content) throw new ChannelError('retry', 'no answer');
    // Without the scope, Slack answers 200 with a page to sign in.
    if (/^text\/html/.test(answer.headers.get('content-type') ?? '') && type !== 'text/html') {
      await answer.body?.cancel();
      throw new ChannelError('retry', 'scope', { retryAt: new Date(Date.parse(clock.now()) + MENDING).toISOString() });
    }
    return content;
  }

  return async (file: FileRef): Promise<AsyncIterable<Uint8Array>> => {
    try {
      return await content(file);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'file_not_found' || code === 'file_deleted') {
        throw new ChannelError('permanent', 'gone', { missing: 'gone' });
      }
      const fault = faultOf(error, Date.parse(clock.now()));
      failed(fault);
      throw fault.kind === 'refused' ? new ChannelError('permanent', 'gone', { missing: 'gone' }) : fault;
    }
  };
}

// What a message on Slack says: its words as sent, its files, the addresses it hides, what it passes on. Pure.
import type { FileRef, Inbound } from '../../../src/model.ts';
import { attachmentsIn, filesIn, type Message } from './schema.ts';
import { readText } from './text.ts';
import type { Reader } from './who.ts';

export function contentOf(message: Message, reader: Reader): Pick<Inbound, 'text' | 'files' | 'links' | 'forwarded'> {
  const read = (text: string, blocks: unknown[] = []) => readText(text, blocks, (user) => reader.person(user)?.name);
  const own = read(message.text ?? '', message.blocks);
  const shared = attachmentsIn(message).filter(({ is_share: share, is_msg_unfurl: unfurl }) => share || unfurl);
  const others = shared.map(({ text }) => read(text ?? ''));
  const elsewhere = filesIn(message).flatMap(({ mode, url_private: url }) => (mode === 'external' && url ? [url] : []));
  const links = [...own.links, ...others.flatMap((one) => one.links), ...elsewhere];
  return {
    text: [own, ...others]
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join('\n'),
    files: filesIn(message).flatMap(fileOf),
    ...(links.length > 0 ? { links } : {}),
    ...(shared.some(({ is_share: share }) => share) ? { forwarded: true } : {}),
  };
}

/** A link to a document elsewhere is no content; a file that is gone is still told of, and found missing. */
const fileOf = ({ id, mode, name, mimetype, size }: ReturnType<typeof filesIn>[number]): FileRef[] =>
  mode === 'external'
    ? []
    : [
        {
          channel: 'slack',
          id,
          ref: id,
          ...(name ? { name } : {}),
          ...(mimetype ? { type: mimetype } : {}),
          ...(typeof size === 'number' ? { size } : {}),
        },
      ];

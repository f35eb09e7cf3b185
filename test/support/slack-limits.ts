// Slack's documented limits, as a reader of payloads that says why one would be refused
// (https://docs.slack.dev/reference/block-kit/blocks, /block-kit/block-elements, /views, /methods/chat.postMessage).

type Json = Record<string, unknown>;

const MOST = {
  text: 40_000,
  messageBlocks: 50,
  viewBlocks: 100,
  section: 3_000,
  header: 150,
  context: 10,
  actions: 25,
  label: 75,
  value: 2_000,
  id: 255,
  inputLabel: 2_000,
  input: 3_000,
  title: 24,
  metadata: 3_000,
};

class Refused extends Error {}

const refuse = (why: string): never => {
  throw new Refused(why);
};

const within = (text: unknown, most: number, what: string, least = 1): string =>
  typeof text === 'string' && text.length >= least && text.length <= most && text.isWellFormed()
    ? text
    : refuse(`${what}: ${typeof text === 'string' ? text.length : typeof text}`);

/** Why a message would be refused or do harm; undefined when it is good. */
export const messageRefusal = ({ text, blocks }: Json): string | undefined =>
  reason(() => {
    const said = within(text, MOST.text, 'no_text');
    // Whatever is between < and > is a link, a mention or a broadcast.
    if (/<[^>]*>?|>/.test(said)) refuse('live markup in the text');
    blocksOf(blocks ?? [], MOST.messageBlocks, 'message');
  });

export const viewRefusal = (view: Json): string | undefined =>
  reason(() => {
    if (view['type'] === 'modal') {
      for (const key of ['title', 'submit', 'close']) plain(view[key], MOST.title, key);
      within(view['callback_id'], MOST.id, 'callback_id');
      within(view['private_metadata'], MOST.metadata, 'private_metadata', 0);
    } else if (view['type'] !== 'home') refuse('type of view');
    blocksOf(view['blocks'], MOST.viewBlocks, String(view['type']));
  });

function reason(look: () => void): string | undefined {
  try {
    look();
    return undefined;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.message;
  }
}

function blocksOf(blocks: unknown, most: number, surface: string): void {
  const list = Array.isArray(blocks) && blocks.length <= most ? (blocks as Json[]) : refuse(`blocks of a ${surface}`);
  const ids: unknown[] = [];
  for (const block of list) {
    const read = BLOCKS[String(block['type'])] ?? refuse(`block ${String(block['type'])}`);
    if ((block['type'] === 'input') !== (surface === 'modal')) refuse('inputs belong to modals');
    ids.push(...read(block));
  }
  if (new Set(ids).size !== ids.length) refuse('the same action_id twice');
}

/** Each says which action ids it holds. */
const BLOCKS: Record<string, (block: Json) => unknown[]> = {
  header({ text }) {
    plain(text, MOST.header, 'header');
    return [];
  },
  section({ text }) {
    within((text as Json)['text'], MOST.section, 'section');
    return [];
  },
  context({ elements }) {
    for (const element of listOf(elements, MOST.context, 'context')) plain(element, MOST.section, 'context');
    return [];
  },
  rich_text({ elements }) {
    for (const { type, elements: runs } of listOf(elements, 100, 'rich_text')) {
      if (type !== 'rich_text_section' && type !== 'rich_text_quote') refuse(`rich text ${String(type)}`);
      const texts = listOf(runs, 1_000, 'rich_text').map((run) => {
        if (run['type'] !== 'text') refuse(`${String(run['type'])} in a rich text of ours`);
        return within(run['text'], MOST.section, 'rich_text');
      });
      within(texts.join(''), MOST.section, 'rich_text');
    }
    return [];
  },
  actions({ elements }) {
    return listOf(elements, MOST.actions, 'actions').map((element) => {
      if (element['type'] !== 'button') refuse('an element that is no button');
      plain(element['text'], MOST.label, 'label of a button');
      within(element['value'], MOST.value, 'value');
      return within(element['action_id'], MOST.id, 'action_id');
    });
  },
  input({ label, element, block_id: id }) {
    plain(label, MOST.inputLabel, 'label of an input');
    within(id, MOST.id, 'block_id');
    const { type, max_length: most, action_id: action } = element as Json;
    if (type !== 'plain_text_input' || Number(most) > MOST.input) refuse('input');
    return [within(action, MOST.id, 'action_id')];
  },
};

function plain(text: unknown, most: number, what: string): void {
  const { type, text: words } = (text ?? {}) as Json;
  if (type !== 'plain_text') refuse(`${what}: not plain`);
  within(words, most, what);
}

const listOf = (list: unknown, most: number, what: string): Json[] =>
  Array.isArray(list) && list.length > 0 && list.length <= most ? (list as Json[]) : refuse(`elements of ${what}`);

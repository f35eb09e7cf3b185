// What Discord refuses of a message or a form, by its documentation: the code of the error, or nothing
// (https://docs.discord.com/developers/resources/message#create-message, …/components/reference).

type Json = Record<string, unknown>;

const ILL_MADE = 50_035;
const EMPTY = 50_006;

/** Parameters of a message; anything else is a mistake of ours that the platform would not tell. */
const KNOWN = new Set([
  ...[
    'content',
    'components',
    'flags',
    'allowed_mentions',
    'attachments',
    'nonce',
    'enforce_nonce',
    'message_reference',
    'sent',
  ],
  ...['id', 'channel_id', 'author', 'timestamp', 'edited_timestamp', 'type', 'mentions'],
]);

export function refusalOf(payload: Json, kind: 'message' | 'modal' = 'message'): number | undefined {
  try {
    if (kind === 'modal') modal(payload);
    else message(payload);
    return undefined;
  } catch (error) {
    if (typeof error === 'number') return error;
    throw error;
  }
}

function need(good: boolean, code = ILL_MADE): void {
  if (!good) throw code;
}

const within = (text: unknown, least: number, most: number): void =>
  need(typeof text === 'string' && text.length >= least && text.length <= most && text.isWellFormed());

function message(payload: Json): void {
  for (const name of Object.keys(payload)) need(KNOWN.has(name));
  const components = (payload['components'] ?? []) as Json[];
  const v2 = (Number(payload['flags'] ?? 0) & (1 << 15)) !== 0;
  const content = String(payload['content'] ?? '');
  need(content.length <= 2_000 && content.isWellFormed());
  need(!v2 || content === '');
  need(content.trim() !== '' || components.length > 0 || payload['sent'] !== undefined, EMPTY);
  if (payload['nonce'] !== undefined) within(payload['nonce'], 1, 25);
  need(JSON.stringify((payload['allowed_mentions'] as Json | undefined)?.['parse']) === '[]');
  need(components.length <= (v2 ? 40 : 5));
  for (const one of components) component(one, v2);
  const ids = components.flatMap((one) =>
    ((one['components'] ?? []) as Json[]).flatMap((its) => (its['custom_id'] === undefined ? [] : [its['custom_id']])),
  );
  need(new Set(ids).size === ids.length);
  const text = components.reduce((all, one) => all + String(one['content'] ?? '').length, 0);
  need(text <= 4_000);
  const nested = components.reduce((all, one) => all + 1 + ((one['components'] ?? []) as Json[]).length, 0);
  need(nested <= 40);
  files(payload);
}

/** Each file that is described is there. */
function files(payload: Json): void {
  const sent = ((payload['sent'] ?? []) as Json[]).map(({ name }) => name);
  for (const { filename, description } of (payload['attachments'] ?? []) as Json[]) {
    if (filename === undefined) continue;
    within(description ?? '', 0, 1_024);
    if (payload['sent'] !== undefined) need(sent.includes(filename));
  }
}

function component(one: Json, v2: boolean): void {
  const type = Number(one['type']);
  if (type === 1) {
    const inner = one['components'] as Json[];
    need(inner.length >= 1 && inner.length <= 5);
    inner.forEach(inRow);
  } else if (type === 10) {
    need(v2);
    within(one['content'], 1, 4_000);
  } else need(v2 && (type === 12 || type === 13));
}

function inRow(one: Json): void {
  if (one['type'] === 3) {
    within(one['custom_id'], 1, 100);
    within(one['placeholder'] ?? '', 0, 150);
    const options = one['options'] as Json[];
    need(options.length >= 1 && options.length <= 25);
    for (const { label, value } of options) {
      within(label, 1, 100);
      within(value, 1, 100);
    }
    return;
  }
  need(one['type'] === 2);
  within(one['label'], 1, 80);
  if (one['style'] === 5) need(URL.canParse(String(one['url'])) && one['custom_id'] === undefined);
  else within(one['custom_id'], 1, 100);
}

function modal({ title, custom_id, components }: Json): void {
  within(title, 1, 45);
  within(custom_id, 1, 100);
  const labels = components as Json[];
  need(labels.length >= 1 && labels.length <= 5);
  for (const { type, label, component } of labels) {
    need(type === 18);
    within(label, 1, 45);
    const input = component as Json;
    need(input['type'] === 4 && (input['style'] === 1 || input['style'] === 2));
    within(input['custom_id'], 1, 100);
    need(Number(input['max_length']) >= 1 && Number(input['max_length']) <= 4_000);
  }
}

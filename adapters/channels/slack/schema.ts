// The part of Slack's payloads that is read, as zod: what does not fit is nothing for us
// (https://docs.slack.dev/reference/events, https://docs.slack.dev/reference/interaction-payloads). Pure.
import { z } from 'zod';

/** Seconds since 1970 and a count within them: what names a message in its channel, and orders it. */
const ts = z.string().regex(/^\d{9,11}\.\d{1,6}$/);
/** People, bots, channels, teams. */
const id = z.string().regex(/^[A-Z][A-Z0-9]{1,30}$/);

/** `mode` tells a pasted text, a link to elsewhere and what is no longer there from a file. */
const file = z.object({
  id,
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  mode: z.string().nullish(),
  url_private: z.string().nullish(),
});

const attachment = z.object({
  is_share: z.boolean().nullish(),
  is_msg_unfurl: z.boolean().nullish(),
  text: z.string().nullish(),
});

const message = z.object({
  subtype: z.string().optional(),
  user: id.optional(),
  bot_id: z.string().nullish(),
  team: id.nullish(),
  user_team: id.nullish(),
  text: z.string().nullish(),
  ts,
  thread_ts: ts.optional(),
  edited: z.object({ ts }).nullish(),
  files: z.array(z.unknown()).optional(),
  blocks: z.array(z.unknown()).optional(),
  attachments: z.array(z.unknown()).optional(),
});

const messageEvent = message.extend({
  type: z.literal('message'),
  channel: id,
  channel_type: z.string().optional(),
  ts: ts.optional(),
  event_ts: ts.optional(),
  deleted_ts: ts.optional(),
  message: message.optional(),
  previous_message: message.optional(),
});

const homeEvent = z.object({ type: z.literal('app_home_opened'), user: id, tab: z.string(), event_ts: ts.optional() });

export const eventSchema = z.object({
  type: z.literal('event_callback'),
  event_id: z.string(),
  team_id: id,
  enterprise_id: id.nullish(),
  authorizations: z.array(z.object({ enterprise_id: id.nullish() })).nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
  event: z.discriminatedUnion('type', [messageEvent, homeEvent]),
});

const user = z.object({ id, team_id: id.nullish(), name: z.string().nullish(), username: z.string().nullish() });
/** What every interaction says of who did it. */
const actor = { user, team: z.object({ id }).nullish(), enterprise: z.object({ id }).nullish() };

export const clickSchema = z.object({
  ...actor,
  type: z.literal('block_actions'),
  trigger_id: z.string(),
  channel: z.object({ id }).nullish(),
  container: z.object({ type: z.string(), thread_ts: ts.nullish() }).nullish(),
  view: z.object({ type: z.string() }).nullish(),
  message: z.object({ ts, thread_ts: ts.nullish() }).nullish(),
  actions: z.array(z.object({ action_id: z.string(), action_ts: ts, value: z.string().optional() })).min(1),
});

export const submissionSchema = z.object({
  ...actor,
  type: z.literal('view_submission'),
  view: z.object({
    id: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))),
    }),
  }),
});

export const shortcutSchema = z.object({
  ...actor,
  type: z.literal('message_action'),
  callback_id: z.string(),
  trigger_id: z.string(),
  channel: z.object({ id }),
  message,
});

export const commandSchema = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: id,
  user_name: z.string().optional(),
  team_id: id,
  enterprise_id: id.nullish(),
  channel_id: id,
  trigger_id: z.string(),
});

export type File = z.infer<typeof file>;
export type Attachment = z.infer<typeof attachment>;
export type Message = z.infer<typeof message>;
export type MessageEvent = z.infer<typeof messageEvent>;
export type EventBody = z.infer<typeof eventSchema>;
export type Click = z.infer<typeof clickSchema>;
export type Submission = z.infer<typeof submissionSchema>;
export type Shortcut = z.infer<typeof shortcutSchema>;
export type Command = z.infer<typeof commandSchema>;

/** What is malformed is left out: it takes no word away. */
const readable = <T>(shape: z.ZodType<T>, list: unknown[]): T[] =>
  list.flatMap((one) => {
    const read = shape.safeParse(one);
    return read.success ? [read.data] : [];
  });

export const filesIn = ({ files = [] }: Message): File[] => readable(file, files);
export const attachmentsIn = ({ attachments = [] }: Message): Attachment[] => readable(attachment, attachments);

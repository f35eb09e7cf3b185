// The part of Discord's gateway packets and answers that is read, as zod: what does not fit is no update for us
// (https://docs.discord.com/developers/events/gateway-events). Pure.
import { z } from 'zod';

/** 63 bits hold for some sixty years to come (https://docs.discord.com/developers/reference#snowflakes). */
const snowflake = z.string().regex(/^\d{1,19}$/);

const user = z.object({
  id: snowflake,
  username: z.string().default(''),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
});

const attachment = z.object({
  id: snowflake,
  filename: z.string().optional(),
  content_type: z.string().nullish(),
  size: z.number().optional(),
  url: z.string().optional(),
});

const said = z.object({
  content: z.string().default(''),
  attachments: z.array(attachment).default([]),
  sticker_items: z.array(z.unknown()).optional(),
  poll: z.unknown().optional(),
});

export const messageSchema = said.extend({
  id: snowflake,
  channel_id: snowflake,
  guild_id: snowflake.nullish(),
  author: user,
  timestamp: z.iso.datetime({ offset: true }),
  edited_timestamp: z.iso.datetime({ offset: true }).nullish(),
  type: z.int().default(0),
  webhook_id: snowflake.nullish(),
  mentions: z.array(z.object({ id: snowflake })).default([]),
  message_reference: z
    .object({ type: z.int().optional(), message_id: snowflake.nullish(), channel_id: snowflake.nullish() })
    .nullish(),
  message_snapshots: z.array(z.object({ message: said })).optional(),
});

export const deletionSchema = z.object({ id: snowflake, channel_id: snowflake, guild_id: snowflake.nullish() });

const input = z.object({ custom_id: z.string(), value: z.string().nullish() });

export const interactionSchema = z.object({
  id: snowflake,
  type: z.int(),
  token: z.string(),
  guild_id: snowflake.nullish(),
  channel_id: snowflake.optional(),
  channel: z.object({ type: z.int().optional(), parent_id: snowflake.nullish() }).optional(),
  user: user.optional(),
  member: z.object({ user }).optional(),
  locale: z.string().optional(),
  message: z.object({ id: snowflake, channel_id: snowflake.optional() }).nullish(),
  data: z
    .object({
      name: z.string().optional(),
      options: z.array(z.object({ name: z.string(), value: z.unknown() })).optional(),
      custom_id: z.string().optional(),
      values: z.array(z.string()).optional(),
      // A text input stands in a label, and formerly in a row.
      components: z.array(z.object({ component: input.optional(), components: z.array(input).optional() })).optional(),
    })
    .optional(),
});

/** A channel as REST gives it. */
export const channelSchema = z.object({
  id: snowflake,
  type: z.int(),
  name: z.string().nullish(),
  parent_id: snowflake.nullish(),
  owner_id: snowflake.nullish(),
  flags: z.int().optional(),
  recipients: z.array(user).optional(),
});

export type Message = z.infer<typeof messageSchema>;
export type Interaction = z.infer<typeof interactionSchema>;
export type ChannelInfo = z.infer<typeof channelSchema>;
export type User = z.infer<typeof user>;
export type Attachment = z.infer<typeof attachment>;

// The part of Telegram's updates that is read, as zod: what does not fit is no update for us
// (https://core.telegram.org/bots/api#update). Pure.
import { z } from 'zod';

/** Seconds since 1970. */
const moment = z.int().min(0).max(100_000_000_000);

const user = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});

const chat = z.object({ id: z.int(), type: z.string() });

const file = z.object({
  file_id: z.string(),
  file_unique_id: z.string(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  file_size: z.number().optional(),
});

const entity = z.object({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  url: z.string().optional(),
  user: user.optional(),
});

const location = z.object({ latitude: z.number(), longitude: z.number() });

const message = z.object({
  message_id: z.int(),
  date: moment,
  edit_date: moment.optional(),
  chat,
  from: user.optional(),
  sender_chat: z.object({ id: z.int() }).optional(),
  message_thread_id: z.int().optional(),
  is_topic_message: z.boolean().optional(),
  media_group_id: z.string().optional(),
  reply_to_message: z.object({ message_id: z.int(), from: user.optional() }).optional(),
  forward_origin: z.object({ type: z.string() }).optional(),
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
  photo: z.array(file).optional(),
  document: file.optional(),
  audio: file.optional(),
  voice: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  animation: file.optional(),
  contact: z.object({ first_name: z.string(), last_name: z.string().optional(), phone_number: z.string() }).optional(),
  location: location.optional(),
  venue: z.object({ title: z.string(), address: z.string() }).optional(),
});

export const updateSchema = z.object({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z
    .object({
      id: z.string(),
      from: user,
      data: z.string().optional(),
      message: z
        .object({
          message_id: z.int(),
          chat,
          // 0 when the message can no longer be read.
          date: z.int().optional(),
          message_thread_id: z.int().optional(),
          is_topic_message: z.boolean().optional(),
        })
        .optional(),
    })
    .optional(),
  my_chat_member: z
    .object({ chat, from: user, date: moment, new_chat_member: z.object({ status: z.string() }) })
    .optional(),
});

export type Update = z.infer<typeof updateSchema>;
export type Message = z.infer<typeof message>;
export type User = z.infer<typeof user>;
export type Entity = z.infer<typeof entity>;

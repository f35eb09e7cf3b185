// The shape of a flow file, as zod: what is checked at start, and what editors complete from (flows/flow.schema.json).
import { z } from 'zod';

/** Button labels: Slack takes 75 characters and Discord 80, with a number or a verb before ours. */
export const LABEL = 40;

const words = (text: z.ZodString) => z.strictObject({ fr: text, en: text });
const text = z.string().trim().min(1).max(4_000);
const line = z.string().trim().min(1).max(300);
const label = z.string().trim().min(1).max(LABEL);

const hour = z.int().min(0).max(23);

const field = z.strictObject({
  key: z
    .string()
    .max(24)
    .regex(/^[a-z][a-zA-Z0-9]*$/)
    .describe(
      'A name for the answer in the database, which never changes: letters and digits, beginning in lower case',
    ),
  kind: z.enum(['text', 'place', 'actors']).default('text').describe('What the answer is about'),
  headline: z.boolean().default(false).describe('The one field that names the practice in lists'),
  minimum: z.int().min(1).max(200).optional().describe('Letters and digits under which an answer is called thin'),
  label: words(label).describe('A few words, for buttons and the recap'),
  question: words(text),
  hint: words(line).describe('One line: what a good answer holds'),
  why: words(text).describe('Why it is asked'),
  example: words(text).describe('An invented example'),
  followUp: words(text).describe('What is asked, once, when the answer is thin'),
});

export const flowSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .max(60),
  title: words(line),
  welcome: words(text).describe('What this is, how many questions, how long it takes'),
  next: words(text).describe('What happens after the case is sent'),
  consent: z.strictObject({
    version: z.string().min(1).max(40).describe('Change it with the text: people are then asked again'),
    scope: z.enum(['report', 'public', 'named']).default('report').describe('Who may read a practice'),
    text: words(text).describe('Who reads it, what for, how long it is kept, how to remove it'),
  }),
  fields: z.array(field).min(1).max(50),
  limits: z
    .strictObject({
      answer: z.int().min(1_000).max(100_000).default(100_000),
      draft: z.int().min(1_000).max(1_000_000).default(1_000_000),
      story: z.int().min(100).max(10_000).default(600),
      drafts: z.int().min(1).max(3).default(3),
      parts: z.int().min(10).max(2_000).default(2_000),
    })
    .prefault({}),
  retention: z.strictObject({
    draft: z.int().min(30).max(3_650).describe('Days an untouched draft is kept'),
    practice: z.int().min(30).max(36_500).describe('Days a practice is kept'),
  }),
  reminders: z
    .strictObject({
      days: z.array(z.int().min(1).max(365)).max(3).default([1, 3, 10]),
      quiet: z.strictObject({ from: hour, until: hour }).default({ from: 21, until: 8 }),
      timeZone: z.string().default('Europe/Paris'),
    })
    .prefault({}),
  review: z
    .strictObject({
      untaken: z.int().min(1).max(365).default(7).describe('Days before a case nobody took is brought back'),
      unused: z.int().min(1).max(365).default(30).describe('Days before an accepted case nobody used is brought back'),
    })
    .prefault({}),
});

export type FlowFile = z.output<typeof flowSchema>;

/** The JSON Schema that editors complete flow files from. */
export const jsonSchema = (): object => z.toJSONSchema(flowSchema, { io: 'input' });

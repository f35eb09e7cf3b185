// Invented documents for the store tests.
import type { Conversation, Delivery, Digest, Part, Practice } from '../../src/model.ts';

const AT = '2026-03-02T09:00:00.000Z';

export const part = (id: string, text: string): Part => ({ id: `m:${id}`, order: id.padStart(6, '0'), at: AT, text });

export const conversation = (id: string, more: Partial<Conversation> = {}): Conversation => ({
  id,
  version: 1,
  outgoing: [],
  wakeAt: null,
  address: { channel: 'terminal', chat: 'moi' },
  person: { id: 'moi', name: 'moi' },
  language: 'fr',
  held: [],
  drafts: {},
  cases: [],
  notes: [],
  seen: [],
  reminders: { on: true, count: 0 },
  count: 0,
  activeAt: AT,
  ...more,
});

export const practice = (id: string, more: Partial<Practice> = {}): Practice => ({
  id,
  version: 1,
  outgoing: [],
  wakeAt: null,
  state: 'new',
  flow: 'jardins',
  language: 'fr',
  author: 'somebody',
  submittedAt: AT,
  consent: { version: '1', at: AT, scope: 'report' },
  order: ['territory', 'soil'],
  headline: 'Rue des Lilas',
  answers: {
    territory: { text: 'Rue des Lilas', parts: [part('1', 'Rue des Lilas')], label: 'Parcelle' },
    soil: { text: 'Argileuse', parts: [part('2', 'Argileuse')], label: 'Terre' },
  },
  history: [{ at: AT, by: 'somebody', what: 'submitted' }],
  messages: [`${id}/m:1`, `${id}/m:2`],
  ...more,
});

export const delivery = (id: string, more: Partial<Delivery> = {}): Delivery => ({
  id,
  version: 1,
  outgoing: [],
  wakeAt: null,
  to: { channel: 'terminal', chat: 'staff' },
  about: 'K',
  state: 'queued',
  messages: [],
  ...more,
});

export const digest = (id: string, more: Partial<Digest> = {}): Digest => ({
  id,
  version: 1,
  outgoing: [],
  wakeAt: null,
  to: { channel: 'terminal', chat: 'digest' },
  language: 'fr',
  schedule: '0 9 * * 1 Europe/Paris',
  next: AT,
  wanted: [],
  seen: [],
  ...more,
});

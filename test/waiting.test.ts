// Quiet hours: nobody is written to at night where they live, on either side of both clock changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awake } from '../src/talk/waiting.ts';

const reminders = { days: [1], quiet: { from: 21, until: 8 }, timeZone: 'Europe/Paris' };

const TABLE: [title: string, at: string, expected: string][] = [
  ['by day, at once', '2026-03-02T09:30:00.000Z', '2026-03-02T09:30:00.000Z'],
  ['just before the quiet hours', '2026-03-02T19:59:59.000Z', '2026-03-02T19:59:59.000Z'],
  ['in the evening, the next morning', '2026-03-02T20:00:00.000Z', '2026-03-03T07:00:00.000Z'],
  ['in the night, that morning', '2026-03-03T02:15:00.000Z', '2026-03-03T07:15:00.000Z'],
  ['the night clocks go forward', '2026-03-28T22:00:00.000Z', '2026-03-29T06:00:00.000Z'],
  ['the night clocks go back', '2026-10-24T21:30:00.000Z', '2026-10-25T07:30:00.000Z'],
];

for (const [title, at, expected] of TABLE) {
  test(title, () => assert.equal(awake(at, { reminders }), expected));
}

test('quiet hours that do not cross midnight, and none at all', () => {
  const noon = { ...reminders, quiet: { from: 12, until: 14 }, timeZone: 'UTC' };
  assert.equal(awake('2026-03-02T12:30:00.000Z', { reminders: noon }), '2026-03-02T14:30:00.000Z');
  const never = { ...reminders, quiet: { from: 8, until: 8 } };
  assert.equal(awake('2026-03-02T02:00:00.000Z', { reminders: never }), '2026-03-02T02:00:00.000Z');
});

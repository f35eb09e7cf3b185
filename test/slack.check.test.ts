// What `recueil check` finds of Slack, and that the manifest asks for what the adapter uses.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { SHORTCUT } from '../adapters/channels/slack/interaction.ts';
import { EVENTS, SCOPES } from '../adapters/channels/slack/scopes.ts';
import { readConfig } from '../src/config.ts';
import { SCOPES as ALL } from './support/slack.ts';
import { STAFF, type World, world } from './support/slack-channel.ts';

interface Manifest {
  display_information: { name: string; description: string; long_description: string };
  features: {
    app_home: { home_tab_enabled: boolean; messages_tab_enabled: boolean; messages_tab_read_only_enabled: boolean };
    shortcuts: { name: string; callback_id: string; description: string; type: string }[];
    slash_commands: { command: string; description: string; usage_hint: string }[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: {
    event_subscriptions: { bot_events: string[] };
    interactivity: { is_enabled: boolean };
    socket_mode_enabled: boolean;
  };
}

const source = readFileSync(join(import.meta.dirname, '../adapters/channels/slack/manifest.yaml'), 'utf8');
const manifest = parse(source) as Manifest;
const wrong = async ({ channel }: World): Promise<string[]> =>
  (await channel.check()).filter(({ ok }) => !ok).map(({ text }) => text);

describe('the manifest', () => {
  test('asks for what is used and nothing else, each scope with its reason in both languages', () => {
    assert.deepEqual([...manifest.oauth_config.scopes.bot].sort(), [...SCOPES].sort());
    assert.deepEqual([...SCOPES].sort(), [...ALL].sort());
    for (const scope of SCOPES) assert.match(source, new RegExp(`- ${scope} # .+ / .+`), scope);
    assert.deepEqual(manifest.settings.event_subscriptions.bot_events.sort(), Object.keys(EVENTS).sort());
  });

  test('opens the Messages tab, the buttons, the command and the shortcut', () => {
    const { app_home: home, shortcuts, slash_commands: commands } = manifest.features;
    assert.deepEqual(home, {
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
    assert.equal(manifest.settings.interactivity.is_enabled, true);
    assert.equal(manifest.settings.socket_mode_enabled, true);
    assert.deepEqual(
      commands.map(({ command }) => command),
      ['/recueil'],
    );
    assert.deepEqual(
      shortcuts.map(({ callback_id, type }) => [callback_id, type]),
      [[SHORTCUT, 'message']],
    );
  });

  // https://docs.slack.dev/reference/app-manifest
  test('keeps within the lengths of manifests', () => {
    const { name, description, long_description: long } = manifest.display_information;
    assert.ok(name.length <= 35 && description.length <= 140 && long.length >= 175 && long.length <= 4_000);
    for (const shortcut of manifest.features.shortcuts) {
      assert.ok(shortcut.name.length <= 24 && shortcut.description.length <= 150);
    }
    for (const command of manifest.features.slash_commands) {
      assert.ok(
        command.command.length <= 32 && command.description.length <= 2_000 && command.usage_hint.length <= 1_000,
      );
    }
  });
});

describe('recueil check', () => {
  test('finds nothing to do where all is well, and says which events cannot be seen', async () => {
    const w = await world();
    const findings = await w.channel.check();
    assert.deepEqual(
      findings.filter(({ ok }) => !ok),
      [],
    );
    assert.match(
      findings.map(({ text }) => text).join('\n'),
      /« Atelier »[\s\S]*message\.im[\s\S]*SLACK_CONFIG_TOKEN[\s\S]*C0STAFF/,
    );
  });

  test('names each scope that is missing with its use, and the event that will not come without it', async () => {
    const w = await world();
    for (const scope of ['im:history', 'groups:history', 'users:read']) w.slack.scopes.delete(scope);
    const lines = (await wrong(w)).join('\n');
    for (const one of ['im:history (pour lire', 'groups:history (pour lire', 'users:read (pour le nom']) {
      assert.ok(lines.includes(one), one);
    }
    assert.match(lines, /sans im:history, l’événement message\.im/);
    assert.match(lines, /sans groups:history, l’événement message\.groups/);
  });

  test('with a configuration token, names the events that are not subscribed to, and closed tabs and buttons', async () => {
    const w = await world({ configToken: 'xoxe-good' });
    w.slack.manifest = { ...manifest };
    assert.deepEqual(await wrong(w), []);
    w.slack.manifest = { settings: { event_subscriptions: { bot_events: ['message.im', 'app_home_opened'] } } };
    const lines = (await wrong(w)).join('\n');
    assert.match(lines, /message\.channels n’est pas coché[\s\S]*message\.groups n’est pas coché/);
    assert.match(lines, /onglet « Messages »[\s\S]*Interactivity/);
    const old = await world({ configToken: 'xoxe-old' });
    assert.match((await wrong(old)).join(), /12 heures/);
  });

  test('names staff channels where the bot is not, that are archived, or that others read', async () => {
    const w = await world({
      staff: [STAFF, ...['C0ABSENT', 'C0OLD', 'C0OUT', 'C0HIDDEN'].map((chat) => ({ channel: 'slack', chat }))],
    });
    w.slack.channels.set('C0ABSENT', { is_member: false });
    w.slack.channels.set('C0OLD', { is_archived: true });
    w.slack.channels.set('C0OUT', { is_ext_shared: true });
    const lines = await wrong(w);
    assert.match(lines[0] ?? '', /n’est pas dans slack:C0ABSENT.*\/invite/);
    assert.match(lines[1] ?? '', /slack:C0OLD est archivé/);
    assert.match(lines[2] ?? '', /slack:C0OUT est partagé/);
    assert.match(lines[3] ?? '', /n’est pas dans slack:C0HIDDEN/);
    assert.equal(lines.length, 4);
    w.slack.scopes.delete('channels:read');
    assert.match((await wrong(w)).join('\n'), /channels:read/);
  });

  test('says what to do of a refused token, of Socket Mode, and when Slack does not answer', async () => {
    assert.match((await wrong(await world({ token: 'xoxb-other' }))).join(), /refuse SLACK_BOT_TOKEN/);
    assert.match((await wrong(await world({ appToken: 'xapp-other' }))).join(), /refuse SLACK_APP_TOKEN/);
    assert.match((await wrong(await world({ apiUrl: 'http://127.0.0.1:1/api/' }))).join(), /ne répond pas/);
    const english = await world({ token: 'xoxb-other', language: 'en' });
    assert.match((await wrong(english)).join(), /refuses SLACK_BOT_TOKEN/);
    const http = await world({}, 'http');
    assert.match((await http.channel.check()).map(({ text }) => text).join(), /\/slack\/events/);
  });
});

test('settings: what is missing or ill-written is said, with the line to write', () => {
  const faultsOf = (environment: Record<string, string>): string => {
    const reading = readConfig({ LANG: 'fr', ...environment });
    return 'faults' in reading ? reading.faults.join('\n') : '';
  };
  const good = { SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_APP_TOKEN: 'xapp-1-A-2-abc' };
  assert.equal(faultsOf(good), '');
  assert.equal(faultsOf({ SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_SIGNING_SECRET: 'abc' }), '');
  assert.equal(faultsOf({ SLACK_APP_TOKEN: 'anything' }), '');
  assert.match(faultsOf({ SLACK_BOT_TOKEN: 'xoxb-1-2-abc' }), /SLACK_APP_TOKEN : il manque[\s\S]*SLACK_SIGNING_SECRET/);
  assert.match(faultsOf({ ...good, SLACK_BOT_TOKEN: 'xapp-1' }), /SLACK_BOT_TOKEN : ce n’est pas/);
  assert.match(faultsOf({ ...good, SLACK_APP_TOKEN: 'xoxb-1' }), /SLACK_APP_TOKEN : ce n’est pas/);
  assert.match(faultsOf({ ...good, SLACK_API_URL: 'https://slack.com' }), /SLACK_API_URL : .*\/api\//);
  assert.match(faultsOf({ ...good, SLACK_TOKEN: 'x' }), /SLACK_TOKEN : réglage inconnu/);
});

test('the place of a digest that the bot is not in is named, too', async () => {
  const w = await world({ digests: [{ channel: 'slack', chat: 'C0DIGEST' }] });
  assert.match((await wrong(w)).join('\n'), /slack:C0DIGEST/);
});

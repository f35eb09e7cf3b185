// The settings of Slack. Pure.
import type { Say, Value } from './reading.ts';

export interface SlackConfig {
  token: string;
  /** Socket Mode, or else HTTP with the signing secret. */
  appToken: string | undefined;
  signingSecret: string | undefined;
  /** With a slash at its end. */
  apiUrl: string | undefined;
  configToken: string | undefined;
}

/** Switched on by its token. */
export function readSlack(value: Value, say: Say, faults: string[]): SlackConfig | undefined {
  const token = value('SLACK_BOT_TOKEN');
  const appToken = value('SLACK_APP_TOKEN');
  const signingSecret = value('SLACK_SIGNING_SECRET');
  const apiUrl = value('SLACK_API_URL');
  const configToken = value('SLACK_CONFIG_TOKEN');
  if (token === undefined) return undefined;
  if (!/^xoxb-[\w-]+$/.test(token)) {
    faults.push(
      say(
        'SLACK_BOT_TOKEN : ce n’est pas une clé de bot. Copiez « Bot User OAuth Token » de la page « OAuth & Permissions » de votre application, de la forme xoxb-…',
        'SLACK_BOT_TOKEN: not a bot token. Copy the "Bot User OAuth Token" of the "OAuth & Permissions" page of your app, of the form xoxb-…',
      ),
    );
  }
  if (appToken === undefined && signingSecret === undefined) {
    faults.push(
      say(
        'SLACK_APP_TOKEN : il manque. Créez une clé « App-Level Token » (xapp-…) avec connections:write à la page « Basic Information » ; ou, pour recevoir par HTTP, écrivez SLACK_SIGNING_SECRET.',
        'SLACK_APP_TOKEN: missing. Make an "App-Level Token" (xapp-…) with connections:write on the "Basic Information" page; or, to receive over HTTP, write SLACK_SIGNING_SECRET.',
      ),
    );
  }
  if (appToken !== undefined && !/^xapp-[\w-]+$/.test(appToken)) {
    faults.push(
      say(
        'SLACK_APP_TOKEN : ce n’est pas une clé d’application. Elle est de la forme xapp-… (page « Basic Information », « App-Level Tokens »).',
        'SLACK_APP_TOKEN: not an app-level token. It is of the form xapp-… ("Basic Information" page, "App-Level Tokens").',
      ),
    );
  }
  if (apiUrl !== undefined && (!URL.canParse(apiUrl) || !apiUrl.endsWith('/api/'))) {
    faults.push(
      say(
        'SLACK_API_URL : écrivez une adresse qui finit par /api/, par exemple https://slack.com/api/',
        'SLACK_API_URL: write an address that ends in /api/, for instance https://slack.com/api/',
      ),
    );
  }
  return { token, appToken, signingSecret, apiUrl, configToken };
}

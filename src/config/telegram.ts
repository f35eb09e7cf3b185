// The settings of Telegram. Pure.
import type { Say, Value } from './reading.ts';

export interface TelegramConfig {
  token: string;
  apiRoot: string | undefined;
  /** Absent: long polling. */
  webhook: { url: string; secret: string } | undefined;
}

/** Ports that Telegram calls, '' being 443 (https://core.telegram.org/bots/api#setwebhook). */
const PORTS = ['', '443', '80', '88', '8443'];

/** Switched on by its token. */
export function readTelegram(value: Value, say: Say, faults: string[]): TelegramConfig | undefined {
  const token = value('TELEGRAM_BOT_TOKEN');
  const apiRoot = value('TELEGRAM_API_ROOT');
  const url = value('TELEGRAM_WEBHOOK_URL');
  const secret = value('TELEGRAM_WEBHOOK_SECRET');
  if (token === undefined) {
    if ((url ?? apiRoot ?? secret) !== undefined) faults.push(missing(say));
    return undefined;
  }
  if (!/^\d+:[A-Za-z0-9_-]+$/.test(token)) {
    faults.push(
      say(
        'TELEGRAM_BOT_TOKEN : ce n’est pas une clé de bot. Copiez celle que donne BotFather, de la forme 123456789:ABC…',
        'TELEGRAM_BOT_TOKEN: not a bot token. Copy the one BotFather gives, of the form 123456789:ABC…',
      ),
    );
  }
  if (apiRoot !== undefined && (!/^https?:/.test(apiRoot) || !URL.canParse(apiRoot) || apiRoot.endsWith('/'))) {
    faults.push(
      say(
        'TELEGRAM_API_ROOT : écrivez une adresse sans barre à la fin, par exemple http://localhost:8081',
        'TELEGRAM_API_ROOT: write an address without a slash at the end, for instance http://localhost:8081',
      ),
    );
  }
  if (url === undefined && secret === undefined) return { token, apiRoot, webhook: undefined };
  faults.push(...urlFaults(url, apiRoot, say));
  if (!/^[A-Za-z0-9_-]{16,256}$/.test(secret ?? '')) {
    faults.push(
      say(
        'TELEGRAM_WEBHOOK_SECRET : écrivez un secret de 16 à 256 lettres, chiffres, _ ou -, par exemple ce que donne « openssl rand -hex 32 »',
        'TELEGRAM_WEBHOOK_SECRET: write a secret of 16 to 256 letters, digits, _ or -, for instance what "openssl rand -hex 32" gives',
      ),
    );
  }
  return { token, apiRoot, webhook: { url: url ?? '', secret: secret ?? '' } };
}

const missing = (say: Say): string =>
  say(
    'TELEGRAM_BOT_TOKEN : il manque, et les autres réglages TELEGRAM_ ne servent à rien sans lui. Copiez la clé que donne BotFather.',
    'TELEGRAM_BOT_TOKEN: it is missing, and the other TELEGRAM_ settings do nothing without it. Copy the token BotFather gives.',
  );

/** A Bot API server of one's own may call over plain HTTP, and any port. */
function urlFaults(url: string | undefined, apiRoot: string | undefined, say: Say): string[] {
  if (url === undefined) {
    return [
      say(
        'TELEGRAM_WEBHOOK_URL : elle manque. Écrivez l’adresse que Telegram doit appeler, ou retirez TELEGRAM_WEBHOOK_SECRET.',
        'TELEGRAM_WEBHOOK_URL: it is missing. Write the address Telegram is to call, or take TELEGRAM_WEBHOOK_SECRET out.',
      ),
    ];
  }
  if (!URL.canParse(url) || !(url.startsWith('https://') || (apiRoot !== undefined && url.startsWith('http://')))) {
    return [
      say(
        'TELEGRAM_WEBHOOK_URL : écrivez une adresse https complète, par exemple https://recueil.exemple.org/telegram',
        'TELEGRAM_WEBHOOK_URL: write a whole https address, for instance https://recueil.example.org/telegram',
      ),
    ];
  }
  if (apiRoot !== undefined || PORTS.includes(new URL(url).port)) return [];
  return [
    say(
      'TELEGRAM_WEBHOOK_URL : Telegram n’appelle que les ports 443, 80, 88 et 8443. Changez celui de cette adresse ; PORT, où Recueil écoute, peut être un autre derrière un serveur web.',
      'TELEGRAM_WEBHOOK_URL: Telegram only calls ports 443, 80, 88 and 8443. Change that of this address; PORT, where Recueil listens, may be another behind a web server.',
    ),
  ];
}

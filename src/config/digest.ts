// When digests are due, as the environment says it.
import { isZone, type Schedule, scheduleOf } from '../digest/schedule.ts';
import { NEVER } from '../outgoing.ts';
import type { Say, Value } from './reading.ts';

/** When digests are due; with a fault, never. */
export function readSchedule(value: Value, say: Say, faults: string[]): Schedule {
  const zone = value('TZ_NAME') ?? 'Europe/Paris';
  const pattern = value('DIGEST_CRON') ?? '0 9 * * 1';
  const known = isZone(zone);
  if (!known) {
    faults.push(
      say(
        `TZ_NAME : « ${zone} » n’est pas un fuseau horaire. Écrivez par exemple Europe/Paris, Indian/Reunion ou America/Cayenne`,
        `TZ_NAME: "${zone}" is not a time zone. Write for instance Europe/Paris, Indian/Reunion or America/Cayenne`,
      ),
    );
  }
  const schedule = scheduleOf(pattern, known ? zone : 'UTC');
  if (!schedule) {
    faults.push(
      say(
        `DIGEST_CRON : « ${pattern} » ne se comprend pas, ou n’arrive jamais. Écrivez minute, heure, jour, mois et jour de la semaine, par exemple DIGEST_CRON="0 9 * * 1" pour le lundi à 9 h`,
        `DIGEST_CRON: "${pattern}" cannot be read, or never comes. Write minute, hour, day, month and weekday, for instance DIGEST_CRON="0 9 * * 1" for Monday at 9:00`,
      ),
    );
  }
  return schedule ?? { name: '', zone, next: () => NEVER, three: () => [] };
}

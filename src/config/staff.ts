// The settings of the team: its places, its people, and how it signs.
import type { Language, Place, Role } from '../model.ts';
import { readPlaces } from './places.ts';
import type { Say, Value } from './reading.ts';

export interface Staff {
  staff: Place[];
  /** By `channel:id`. */
  people: Record<string, Role>;
  signature: 'role' | 'name';
}

const PERSON = /^((?:terminal|telegram|slack|discord):[^/?\s]+)(?:\?role=(facilitator|rapporteur))?$/;

export function readStaff(value: Value, say: Say, faults: string[], language: Language): Staff {
  const staff = readPlaces('STAFF_TO', value('STAFF_TO') ?? 'terminal:staff', language, say, faults);
  const listed = (value('STAFF_PEOPLE') ?? '').split(/[\s,]+/).filter((one) => one !== '');
  const people = listed.flatMap((written): [string, Role][] => {
    const [, person, role = 'facilitator'] = PERSON.exec(written) ?? [];
    if (person === undefined) {
      faults.push(
        say(
          `STAFF_PEOPLE : « ${written} » n’est pas une personne. Écrivez canal:identifiant[?role=rapporteur], par exemple telegram:123456?role=facilitator`,
          `STAFF_PEOPLE: "${written}" is not a person. Write channel:id[?role=rapporteur], for instance telegram:123456?role=facilitator`,
        ),
      );
    }
    return person === undefined ? [] : [[person, role as Role]];
  });
  const signature = value('STAFF_SIGNATURE') ?? 'role';
  if (signature !== 'role' && signature !== 'name') {
    faults.push(say('STAFF_SIGNATURE : écrivez role ou name.', 'STAFF_SIGNATURE: write role or name.'));
  }
  return { staff, people: Object.fromEntries(people), signature: signature === 'name' ? 'name' : 'role' };
}

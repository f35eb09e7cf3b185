// Addresses as settings: a list of places, separated by commas or spaces.
import { placeOf } from '../address.ts';
import type { Language, Place } from '../model.ts';
import type { Say } from './reading.ts';

export function readPlaces(name: string, list: string, language: Language, say: Say, faults: string[]): Place[] {
  const all = list.split(/[\s,]+/).filter((written) => written !== '');
  return all.flatMap((written) => {
    const place = placeOf(written, language);
    if (place) return [place];
    faults.push(
      say(
        `${name} : « ${written} » n’est pas une adresse. Écrivez canal:lieu[/fil][?lang=fr], par exemple terminal:staff`,
        `${name}: "${written}" is not an address. Write channel:place[/thread][?lang=en], for instance terminal:staff`,
      ),
    );
    return [];
  });
}

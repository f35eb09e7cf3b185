// What digests need of the world; the letters and shapes of the map are loaded with the first picture.
import { realClock } from '../clock.ts';
import { readAtlas } from '../digest/atlas.ts';
import type { Draw, GatherTools } from '../digest/gather.ts';
import type { Given } from '../model.ts';
import type { Library, Store } from '../ports.ts';
import type { Session } from './session.ts';

export const digestOf = ({ config }: Pick<Session, 'config'>): NonNullable<Given['digest']> => {
  const { places, schedule } = config.digest;
  return { places, schedule: schedule.name, next: schedule.next };
};

export function gatherTools({ config, log }: Session, store: Store & Library, given: () => Given): GatherTools {
  const atlas = readAtlas();
  const draw: Draw = async (tally, language) => {
    try {
      return (await import('../digest/picture.ts')).createDraw(atlas)(tally, language);
    } catch (error) {
      // The words say the same: a machine that cannot draw still has its digest.
      log.error({ err: error }, 'the map of a digest could not be drawn');
      return null;
    }
  };
  return { store, given, clock: realClock, zone: config.digest.schedule.zone, atlas, draw };
}

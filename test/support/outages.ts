// No outage, for what is tested without a house: the store is there, and whoever finds it away is not told to try again.
import type { Outage } from '../../src/outage.ts';
import { StoreAway } from '../../src/ports.ts';

export const STEADY: Outage = {
  open: () => true,
  away: () => false,
  again: () => Promise.reject(new StoreAway()),
  met: () => undefined,
  saved: () => undefined,
  tells: () => false,
  stop: () => undefined,
};

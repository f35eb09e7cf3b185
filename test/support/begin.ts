// A channel that is given its turn at once, as where no other process is.
import type { Channel, Intake } from '../../src/ports.ts';

export async function begin(channel: Channel, intake: Intake): Promise<void> {
  await channel.start(intake);
  await channel.listen?.(new AbortController().signal);
}

// Looks at everything that can be set wrong, and says of each line that it is well or what to do.
import { fingerprint, written } from '../address.ts';
import { realClock } from '../clock.ts';
import { type Config, languageOf, readConfig } from '../config.ts';
import { readFlow } from '../flow.ts';
import { createLog } from '../log.ts';
import type { Flow } from '../model.ts';
import { channelsOf } from './channels.ts';
import { Exit, storeOf } from './session.ts';
import { cliWords } from './words.ts';

export async function check(environment: Record<string, string | undefined>): Promise<number> {
  const language = languageOf(environment);
  const say = cliWords[language];
  let wrong = 0;
  const line = (ok: boolean, text: string) => {
    if (!ok) wrong += 1;
    process.stdout.write(`${ok ? say.ok : say.todo} ${text}\n`);
  };
  const reading = readConfig(environment);
  if ('faults' in reading) {
    for (const fault of reading.faults) line(false, fault);
    return 2;
  }
  const { config } = reading;
  line(true, say.checkConfig);
  const flow = readFlow(config.flowFile, language);
  if ('faults' in flow) for (const fault of flow.faults) line(false, fault);
  else line(true, say.checkFlow(config.flowFile, flow.flow.fields.length));
  try {
    const store = await storeOf({ config, say });
    line(true, say.checkStore(store.name));
    const { parked } = await store.pulse();
    if (parked > 0) line(false, say.checkParked(parked));
    for (const { address } of config.digest.places) {
      const digest = await store.load('digest', fingerprint(address));
      if (digest?.gone !== undefined) line(false, say.checkDigestGone(written(address)));
    }
    await store.close();
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    const busy = error.message === say.locked(config.dataDir);
    line(busy, busy ? say.checkBusy(config.dataDir) : error.message);
  }
  const places = config.staff.map(({ address }) => written(address)).join(', ');
  line(true, say.checkStaff(places));
  line(true, digests(config));
  if ('flow' in flow) await checkChannels(config, flow.flow, line);
  return wrong === 0 ? 0 : 2;
}

/** Who gets digests, and the next three times, in the time zone they are reckoned in. */
function digests({ digest: { places, schedule }, language }: Config): string {
  const say = cliWords[language];
  if (places.length === 0) return say.checkDigestNowhere;
  const format = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    ...{ dateStyle: 'full', timeStyle: 'short', timeZone: schedule.zone },
  });
  const next = schedule.three(realClock.now()).map((moment) => format.format(new Date(moment)));
  return say.checkDigest(places.map(({ address }) => written(address)).join(', '), next, schedule.zone);
}

async function checkChannels(config: Config, flow: Flow, line: (ok: boolean, text: string) => void): Promise<void> {
  const say = cliWords[config.language];
  const listening = await channelsOf(config, flow, createLog(config.logLevel));
  if (listening.length === 0) line(true, say.checkNoChannel);
  const names = ['terminal', ...listening.map(({ name }) => name)];
  for (const [setting, list] of [
    ['STAFF_TO', config.staff],
    ['DIGEST_TO', config.digest.places],
  ] as const) {
    const off = list.filter(({ address }) => !names.includes(address.channel));
    for (const { address } of off) line(false, say.checkOff(setting, written(address), address.channel));
  }
  const isOnlyHere = config.staff.every(({ address }) => written(address) === 'terminal:staff');
  if (listening.length > 0 && isOnlyHere) line(true, say.checkStaffTerminal);
  for (const { ok, text } of (await Promise.all(listening.map((channel) => channel.check()))).flat()) line(ok, text);
}

// People who tell cases for as long as they are asked to, whatever happens to the bot meanwhile: they read what it shows,
// answer each question once, in one message or several in a row, and press again what nothing came of.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.ts';

/** Somebody's private chat with the bot, on any platform. */
export interface Chat {
  platform: string;
  /** Whether what a stranger writes while nobody listens is kept for later; if not, they greet again. */
  keeps: boolean;
  /** Written, and on its way; whether the platform has had it acknowledged by now, where it can say. */
  says(text: string): Promise<() => boolean>;
  presses(label: RegExp): Promise<unknown>;
  /** What the bot has shown since the last look. */
  news(): string[];
}

/** One case as its author told it: the messages of each answer, in order. */
export interface Telling {
  answers: string[][];
  /** The number the bot gave it. */
  id?: string;
}

export interface Diary {
  name: string;
  cases: Telling[];
  /** Questions shown again after their answer, in words. */
  again: string[];
  /** Where nothing came for too long, in words. */
  silences: string[];
  clicksRepeated: number;
  greetingsRepeated: number;
}

export interface Manners {
  chance: Chance;
  name: string;
  /** Whether to begin another case. */
  goesOn(): boolean;
  /** Milliseconds without an answer that count as one that never came. */
  patience: number;
}

const FIELDS = 5;
/** Milliseconds after which a button that did nothing is pressed again. */
const AGAIN = 3_000;
/** Milliseconds that somebody takes, at least, to read a question and answer it, counted from their own last message. */
const READING = 2_200;
const CONSENT = /Acceptez-vous/;
const RECAP = /Tout est juste/;
/** A message on its way while its answer arrives is no second question, within these milliseconds. */
const CROSSING = 1_500;
const OPENINGS = [
  'Le quartier des Tilleuls, à Valbrume, près du canal',
  'La mairie prête une salle & une association l’anime',
  'Un comité se réunit chaque trimestre <le mardi>',
  'Environ 80 personnes par an 🌱, la moitié revient aider',
  'Une personne *payée* pour coordonner_tout, __proto__ compris',
] as const;

interface Answered {
  at: number;
  acknowledged: () => boolean;
}

export async function live(chat: Chat, { chance, name, goesOn, patience }: Manners): Promise<Diary> {
  const diary: Diary = { name, cases: [], again: [], silences: [], clicksRepeated: 0, greetingsRepeated: 0 };

  const waiting: string[] = [];
  let spoke = 0;

  async function says(text: string): Promise<() => boolean> {
    spoke = Date.now();
    return chat.says(text);
  }

  /** What was shown a moment ago takes a moment, too, whenever they spoke last. */
  const reads = (): Promise<void> => sleep(Math.max(READING / 2, spoke + READING - Date.now()) + chance.below(300));

  async function tell(telling: Telling, mark: string): Promise<void> {
    const answered = new Map<number, Answered>();
    const done = new Set<string>();
    let furthest = 0;
    await opens();
    for (let tries = 0; telling.id === undefined && tries < 2; ) {
      const texts = await hears();
      if (texts.length === 0) {
        diary.silences.push(`${mark}: nothing for ${patience} ms after question ${furthest}`);
        tries += 1;
        await says('reprendre');
      }
      for (const text of texts) await react(text);
    }

    async function react(text: string): Promise<void> {
      const id = /Son numéro est ([0-9A-Z]{5}-[0-9A-Z]{5})/.exec(text)?.[1];
      const question = Number(/Question (\d)\/5/.exec(text)?.[1] ?? 0);
      if (id !== undefined) telling.id = id;
      else if (question > 0) await asked(question);
      else if (CONSENT.test(text)) await closes('consent', /^J’accepte/, CONSENT);
      else if (RECAP.test(text)) await closes('recap', /^Envoyer/, RECAP);
    }

    async function asked(question: number): Promise<void> {
      const before = answered.get(question);
      const isLate = before?.acknowledged() && Date.now() - before.at > CROSSING;
      if (question < furthest || isLate) diary.again.push(`${mark}: question ${question} after ${furthest}`);
      furthest = Math.max(furthest, question);
      if (before || question > FIELDS) return;
      await reads();
      const messages = Array.from({ length: chance.happens(0.3) ? 2 + chance.below(2) : 1 }, (_, i) =>
        words(`${mark}.${question}.${i + 1}`, OPENINGS[question - 1] ?? ''),
      );
      telling.answers[question - 1] = messages;
      const sent: (() => boolean)[] = [];
      for (const message of messages) sent.push(await says(message));
      answered.set(question, { at: Date.now(), acknowledged: () => sent.every((is) => is()) });
    }

    async function opens(): Promise<void> {
      if (diary.cases.length > 1) return void (await says('nouveau'));
      await says('bonjour');
      while (!chat.keeps && !(await comes(AGAIN))) {
        diary.greetingsRepeated += 1;
        await says('bonjour');
      }
    }

    /** Answers a closed question once, by word or by button; a click that died with the process is made again. */
    async function closes(what: string, label: RegExp, sign: RegExp): Promise<void> {
      if (what === 'recap') furthest = FIELDS + 1;
      if (done.has(what)) return;
      done.add(what);
      await reads();
      const clicks = chance.happens(0.5) ? 3 : 0;
      for (let tries = 0; tries < clicks; tries++) {
        const isTaken = (await took(chat.presses(label))) && (await comes(AGAIN));
        // The same asked again: the click came to nothing, or met a prompt that had been said anew meanwhile.
        if (isTaken && !waiting.every((text) => sign.test(text))) return;
        waiting.length = 0;
        diary.clicksRepeated += 1;
      }
      await says('1');
    }
  }

  async function comes(ms: number): Promise<boolean> {
    const deadline = Date.now() + ms;
    for (;;) {
      waiting.push(...chat.news());
      if (waiting.length > 0) return true;
      if (Date.now() > deadline) return false;
      await sleep(40);
    }
  }

  async function hears(): Promise<string[]> {
    await comes(patience);
    return waiting.splice(0);
  }

  function words(mark: string, opening: string): string {
    const lines = Array.from({ length: 1 + chance.below(3) }, () =>
      chance.one(['à suivre', 'plus\u00a0tard', '« bref »']),
    );
    return `${opening} (${mark})\n${lines.join('\n')}`;
  }

  while (goesOn()) {
    const telling: Telling = { answers: [] };
    diary.cases.push(telling);
    await tell(telling, `${name}.${diary.cases.length}`);
    if (telling.id === undefined) return diary;
  }
  return diary;
}

const took = (act: Promise<unknown>): Promise<boolean> =>
  act.then(
    () => true,
    () => false,
  );

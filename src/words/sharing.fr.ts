// What the bot says in French about who may read a case. `{/word}` is a command; type ordinary spaces (see fr.ts).
import type { Scope } from '../model.ts';

export const sharing = {
  choose: 'Choisir qui peut lire ce récit',
  ask: 'Qui peut lire ce récit ?',
  now: (who: string) => `Pour l’instant : ${who}.`,
  who: {
    report: 'l’équipe et les rapporteurs seulement',
    public: 'tout le monde, sans votre nom',
    named: 'tout le monde, avec le nom que vous donnez',
  } satisfies Record<Scope, string>,
  options: {
    report: 'L’équipe et les rapporteurs seulement',
    public: 'Tout le monde, sans mon nom',
    named: 'Tout le monde, avec mon nom',
  } satisfies Record<Scope, string>,
  keep: 'Ne rien changer',
  byline: 'Sous quel nom ? Écrivez-le comme il doit se lire.',
  forExample: (name: string) => `Par exemple : ${name}`,
  tooLong: (most: number) => `Ce nom est trop long : ${most} caractères au plus.`,
  done: (who: string) => `C’est noté. Ce récit peut être lu par : ${who}.`,
  already:
    'Les prochains bilans, recherches et fichiers suivront ce choix. Ce qui est déjà paru dans un rapport ne change pas.',
};

export type SharingWording = typeof sharing;

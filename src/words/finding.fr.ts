// What the bot says in French about finding cases. `{/word}` is a command; type ordinary spaces (see fr.ts).
import type { State } from '../model.ts';

const n = (value: number): string => value.toLocaleString('fr-FR');

export const finding = {
  howTitle: 'Chercher un récit',
  how: [
    '{/chercher mairie atelier} : les récits qui contiennent ces mots',
    '{/chercher associations} : par sorte d’acteurs (publics, privés, associations)',
    '{/chercher acceptés pas utilisés} : par état',
    '{/chercher depuis 2026-10} : par date',
    '{/chercher les miens} : seulement les vôtres',
    'Entre guillemets, un mot est toujours cherché comme un mot : {/chercher "nouveau"}.',
  ],
  tooLong: (length: number) =>
    `Cette recherche est trop longue (${n(length)} caractères). Quelques mots suffisent, par exemple {/chercher mairie atelier}.`,
  tooMany: (most: number) => `Une recherche compte ${n(most)} mots au plus. Gardez les plus rares.`,
  nothingAsked: 'Je n’ai trouvé aucun mot à chercher dans votre message.',
  title: (total: number) => `${n(total)} récit${total > 1 ? 's' : ''}`,
  many: (most: number) => `Plus de ${n(most)} récits`,
  manyHint: 'Voici ceux qui conviennent le mieux parmi les plus récents. Ajoutez un mot ou une date pour préciser.',
  onPage: (page: number, pages: number) => `Page ${n(page)} sur ${n(pages)}.`,
  sought: 'Recherche : ',
  states: {
    new: 'nouveau',
    inHand: 'pris en main',
    waiting: 'en attente d’une réponse',
    accepted: 'accepté',
    used: 'utilisé',
    setAside: 'mis de côté',
    withdrawn: 'retiré',
  } satisfies Record<State, string>,
  unused: 'pas encore utilisé',
  mine: 'les vôtres',
  since: (date: string) => `envoyé à partir du ${date}`,
  until: (date: string) => `envoyé jusqu’au ${date}`,
  instead: (typed: string, used: string) => `Aucun récit ne contient « ${typed} ». J’ai cherché « ${used} ».`,
  unknown: (typed: string) => `Aucun récit ne contient « ${typed} ».`,
  partly: 'Aucun récit ne contient tous ces mots. En voici qui en contiennent une partie.',
  none: 'Aucun récit ne correspond.',
  noneHint: 'Essayez avec moins de mots, ou avec un autre mot.',
  among: 'Je cherche parmi vos récits et ceux que leurs auteurs ont rendus publics.',
  read: (at: number) => `Lire le n° ${n(at)}`,
  next: 'Page suivante',
  readWhich: 'Quel récit ? Écrivez son numéro, par exemple {/lire 7K3QM-0XTD2}.',
  noSuch: (id: string) =>
    `Je ne trouve pas de récit ${id} que vous puissiez lire. Vérifiez son numéro, ou cherchez-le : {/chercher}.`,
  expired: 'Cette recherche n’est plus gardée. Écrivez-la de nouveau : {/chercher}.',
};

export type FindingWords = typeof finding;

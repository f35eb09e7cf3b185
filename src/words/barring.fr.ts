// What the bot says in French to somebody whose words the team takes no more. Type ordinary spaces (see fr.ts).
export const barring = {
  title: 'L’équipe a bloqué vos messages',
  reason: (text: string) => `Raison : ${text}`,
  means:
    'Ce que vous écrivez ici n’est plus gardé ni transmis. Vos récits restent à vous. Vous pouvez les relire ou les retirer : {/mes-recits}.',
  mayAppeal: 'Vous n’êtes pas d’accord ? Vous pouvez contester ce blocage, une fois : {/contester}.',
  appeal: 'Contester ce blocage',
  appealAsk: 'Écrivez vos raisons en un message. L’équipe le lira.',
  appealed: 'Votre contestation est transmise. L’équipe peut lever le blocage ; vous en serez averti.',
  lifted: 'L’équipe a levé le blocage. Vous pouvez de nouveau écrire.',
  notBarred: 'Vos messages ne sont pas bloqués.',
  unasked: 'L’équipe ne peut plus vous poser de question. Pour l’accepter de nouveau : {/questions}.',
  askable: 'L’équipe peut vous poser des questions sur vos récits.',
};

export type BarringWording = typeof barring;

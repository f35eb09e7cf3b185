// What the command line says to whoever runs it, in both languages.
import type { Language } from '../model.ts';

const fr = {
  usage: `Recueil recueille des récits de bonnes pratiques, une question à la fois.

  recueil [start]                 les canaux configurés ; sans aucun, une conversation ici
  recueil chat [--as NOM]         une conversation dans ce terminal [--staff : du côté de l’équipe]
  recueil practices [NUMÉRO]      les récits reçus, ou un récit en entier [--json] [--since AAAA-MM-JJ]
  recueil export [FICHIER]        emporte les récits : csv, xlsx, json, geojson, docx ou md, d’après la fin du nom
                                  [--format F] [--state É] [--since D] [--until D] [--territory LIEU]
                                  [--used | --not-used] [--words MOTS] [--public : ce que chacun peut lire]
  recueil sheet NUMÉRO [FICHIER]  un récit sur une page, à citer : md ou docx [--public]
  recueil ledger [RAPPORT]        quels récits sont prévus, utilisés ou non retenus, par rapport
  recueil digest --preview|--now  le bilan des lieux de DIGEST_TO : le montrer ici, ou l’envoyer
  recueil find MOTS…              les récits qui contiennent ces mots
  recueil flow FICHIER            vérifie un fichier de questions [--schema : son schéma JSON]
  recueil replay FICHIER          rejoue une conversation écrite
  recueil forget NUMÉRO           efface un récit, pour toujours
  recueil check                   vérifie la configuration, le stockage et les questions
`,
  unknownCommand: (name: string) => `Commande inconnue : ${name}.`,
  unknownOption: (message: string) => `Option inconnue ou incomplète : ${message}`,
  noChannel:
    'Aucun canal n’est configuré et l’entrée n’est pas un terminal. Lancez « recueil chat » pour lire une conversation sur l’entrée standard.',
  flowFaults: (count: number) => `${count} défaut${count > 1 ? 's' : ''} dans le fichier de questions :`,
  flowAdvice: (count: number) =>
    count > 1 ? `${count} conseils pour être lu plus facilement :` : 'Un conseil pour être lu plus facilement :',
  flowFine: (file: string, fields: number) => `${file} : tout est juste, ${fields} questions.`,
  flowMissing: 'Quel fichier ? Écrivez : recueil flow FICHIER',
  replayMissing: 'Quel fichier ? Écrivez : recueil replay FICHIER',
  forgetMissing: 'Quel récit ? Écrivez : recueil forget NUMÉRO',
  digestNowhere:
    'Aucun lieu ne reçoit de bilan. Écrivez par exemple DIGEST_TO=terminal:staff ; pour connaître l’adresse d’un lieu, écrivez-y /adresse.',
  digestHow: 'Montrer le bilan ou l’envoyer ? Écrivez : recueil digest --preview, ou recueil digest --now',
  digestFor: (address: string) => `Pour ${address} :`,
  digestSent: (address: string) => `Bilan envoyé à ${address}.`,
  digestWaits: (address: string) =>
    `Le bilan pour ${address} est gardé, mais n’est pas encore arrivé. Il sera envoyé dès que le lieu répond et que Recueil tourne. Pour en savoir plus : recueil check`,
  checkDigest: (places: string, next: string[], zone: string) =>
    `Bilans pour ${places} ; les trois prochains, heure de ${zone} : ${next.join(' ; ')}`,
  checkDigestNowhere: 'Pas de bilan : DIGEST_TO n’est pas réglé.',
  checkDigestGone: (address: string) =>
    `DIGEST_TO : ${address} ne reçoit plus les bilans. Remettez le bot dans ce lieu, ou corrigez l’adresse, puis relancez Recueil.`,
  unreadable: (file: string) => `Impossible de lire ${file}. Vérifiez son chemin et ses droits.`,
  replayDiffers: 'La conversation ne se déroule plus comme le fichier le dit.',
  badDate: (date: string, option: string) => `« ${date} » n’est pas une date. Écrivez par exemple ${option} 2026-11-24`,
  noSuchPractice: (id: string) => `Aucun récit ne porte le numéro ${id}. Pour la liste : recueil practices`,
  forgotten: (id: string) => `Le récit ${id} est effacé.`,
  locked: (dir: string) =>
    `Un autre processus Recueil utilise déjà les données de ${dir}. Arrêtez-le, ou choisissez un autre dossier avec DATA_DIR.`,
  unwritable: (dir: string) =>
    `Impossible d’écrire dans ${dir}. Vérifiez ses droits, ou choisissez un autre dossier avec DATA_DIR.`,
  mongoUnreachable:
    'La base MongoDB ne répond pas, ou refuse l’accès. Vérifiez MONGODB_URI (adresse, port, nom, mot de passe) et que le serveur est démarré.',
  listening: (names: string) => `Recueil écoute : ${names}. Ctrl-C pour arrêter.`,
  portTaken: (port: number) =>
    `Le port ${port} ne peut pas être ouvert. Un autre programme l’utilise peut-être : choisissez-en un autre avec PORT.`,
  tokenRefused: (channel: string) => `${channel} refuse la clé du bot. Pour savoir quoi faire : recueil check`,
  beginRefused: (channel: string) =>
    `${channel} refuse de démarrer avec ces réglages ; la ligne du journal ci-dessus dit pourquoi. Pour savoir quoi faire : recueil check`,
  stopped: 'Arrêt demandé. Tout est gardé : relancez la même commande pour continuer.',
  storeAway:
    'Le stockage ne répond plus. Ce qui était confirmé est gardé. Vérifiez-le, puis relancez la même commande.',
  ourFault: 'Une erreur imprévue est survenue. Ce qui était confirmé est gardé. Le journal ci-dessus dit où.',
  ok: 'ok :',
  todo: 'à faire :',
  checkConfig: 'Configuration',
  checkFlow: (file: string, fields: number) => `Questions : ${file}, ${fields} champs`,
  checkStore: (name: string) => `Stockage : ${name}`,
  checkBusy: (dir: string) => `Stockage : SQLite dans ${dir}, tenu par un processus Recueil en marche`,
  checkStaff: (places: string) => `Animateurs prévenus ici : ${places}`,
  checkParked: (count: number) =>
    `${count} message${count > 1 ? 's' : ''} mis de côté après cinq échecs (table parked). Mettez Recueil à jour, et signalez-le.`,
  checkNoChannel:
    'Aucun canal n’est branché : « recueil start » parle dans ce terminal. Pour Telegram, réglez TELEGRAM_BOT_TOKEN.',
  checkOff: (setting: string, address: string, channel: string) =>
    `${setting} : rien ne partira vers ${address}, car le canal ${channel} n’est pas branché. Réglez sa clé, ou retirez cette adresse.`,
  checkStaffTerminal:
    'STAFF_TO n’est pas réglé : les récits sont annoncés dans ce terminal. Pour un groupe : ajoutez-y le bot, écrivez-y /adresse.',
  staffMark: 'équipe',
  unknownFormat: (name: string) =>
    `« ${name} » n’est pas un format connu. Écrivez --format csv, xlsx, json, geojson, docx ou md, ou un nom de fichier qui finit ainsi.`,
  exportNeedsFile: (format: string) =>
    `Le format ${format} s’écrit dans un fichier. Écrivez par exemple : recueil export recits.${format}`,
  unknownState: (name: string, known: string) => `« ${name} » n’est pas un état. Écrivez l’un de : ${known}.`,
  usedAndNot: 'Choisissez --used ou --not-used, pas les deux.',
  cannotWrite: (file: string) =>
    `Impossible d’écrire ${file}. Vérifiez que le dossier existe, ses droits et la place libre. Rien n’a été laissé à moitié.`,
  exported: (count: number, file: string | undefined) =>
    `${count.toLocaleString('fr-FR')} récit${count > 1 ? 's' : ''}${file === undefined ? '.' : ` dans ${file}`}`,
  counting: (done: number) => `${done.toLocaleString('fr-FR')} récit${done > 1 ? 's' : ''} à emporter…`,
  writing: (done: number, of: number) => `${done.toLocaleString('fr-FR')} sur ${of.toLocaleString('fr-FR')}`,
  sheetMissing: 'Quel récit ? Écrivez : recueil sheet NUMÉRO [FICHIER]',
  sheetFormat: 'Une fiche s’écrit en md ou en docx.',
  notShown: (id: string) =>
    `Le récit ${id} ne peut pas être montré ainsi : il est réservé à l’équipe, ou son auteur l’a retiré.`,
  keptBack: (count: number) =>
    count > 1
      ? `${count.toLocaleString('fr-FR')} récits ne sont pas montrés : l’équipe doit d’abord relire les mots signalés.`
      : 'Un récit n’est pas montré : l’équipe doit d’abord relire les mots signalés.',
  nothingYet: 'Aucun récit pour le moment.',
  findRead: 'Pour lire un récit : recueil practices NUMÉRO',
  findNext: (page: string) => `Pour la suite, ajoutez : page ${page}`,
  row: (id: string, date: string, headline: string) => `${id}  ${date}  ${headline}`,
};

const en: typeof fr = {
  usage: `Recueil collects stories of good practice, one question at a time.

  recueil [start]                 the configured channels; with none, a conversation here
  recueil chat [--as NAME]        a conversation in this terminal [--staff: on the team’s side]
  recueil practices [NUMBER]      the stories received, or one in full [--json] [--since YYYY-MM-DD]
  recueil export [FILE]           takes the stories away: csv, xlsx, json, geojson, docx or md, by the end of the name
                                  [--format F] [--state S] [--since D] [--until D] [--territory PLACE]
                                  [--used | --not-used] [--words WORDS] [--public: what everyone may read]
  recueil sheet NUMBER [FILE]     one story on one page, to quote: md or docx [--public]
  recueil ledger [REPORT]         which stories are planned, used or not used, by report
  recueil digest --preview|--now  the digest of the places in DIGEST_TO: show it here, or send it
  recueil find WORDS…             the stories that hold these words
  recueil flow FILE               checks a file of questions [--schema: its JSON schema]
  recueil replay FILE             plays a written conversation again
  recueil forget NUMBER           erases a story, for ever
  recueil check                   checks configuration, store and questions
`,
  unknownCommand: (name) => `Unknown command: ${name}.`,
  unknownOption: (message) => `Unknown or incomplete option: ${message}`,
  noChannel:
    'No channel is configured and the input is not a terminal. Run "recueil chat" to read a conversation from standard input.',
  flowFaults: (count) => `${count} fault${count === 1 ? '' : 's'} in the file of questions:`,
  flowAdvice: (count) => (count > 1 ? `${count} ways to be read more easily:` : 'One way to be read more easily:'),
  flowFine: (file, fields) => `${file}: all is well, ${fields} questions.`,
  flowMissing: 'Which file? Write: recueil flow FILE',
  replayMissing: 'Which file? Write: recueil replay FILE',
  forgetMissing: 'Which story? Write: recueil forget NUMBER',
  digestNowhere:
    'No place gets a digest. Write for instance DIGEST_TO=terminal:staff; to learn the address of a place, write /address there.',
  digestHow: 'Show the digest or send it? Write: recueil digest --preview, or recueil digest --now',
  digestFor: (address) => `For ${address}:`,
  digestSent: (address) => `Digest sent to ${address}.`,
  digestWaits: (address) =>
    `The digest for ${address} is kept, but has not arrived yet. It is sent as soon as the place answers and Recueil runs. To know more: recueil check`,
  checkDigest: (places, next, zone) => `Digests for ${places}; the next three, ${zone} time: ${next.join('; ')}`,
  checkDigestNowhere: 'No digest: DIGEST_TO is not set.',
  checkDigestGone: (address) =>
    `DIGEST_TO: ${address} no longer takes digests. Put the bot back in that place, or correct the address, then start Recueil again.`,
  unreadable: (file) => `Cannot read ${file}. Check its path and its rights.`,
  replayDiffers: 'The conversation no longer goes as the file says.',
  badDate: (date, option) => `"${date}" is not a date. Write for instance ${option} 2026-11-24`,
  noSuchPractice: (id) => `No story has the number ${id}. For the list: recueil practices`,
  forgotten: (id) => `The story ${id} is erased.`,
  locked: (dir) =>
    `Another Recueil process is using the data in ${dir}. Stop it, or choose another folder with DATA_DIR.`,
  unwritable: (dir) => `Cannot write to ${dir}. Check its rights, or choose another folder with DATA_DIR.`,
  mongoUnreachable:
    'MongoDB does not answer, or refuses access. Check MONGODB_URI (address, port, name, password) and that the server runs.',
  listening: (names) => `Recueil is listening: ${names}. Ctrl-C to stop.`,
  portTaken: (port) => `Port ${port} cannot be opened. Another program may be using it: choose another with PORT.`,
  tokenRefused: (channel) => `${channel} refuses the bot's token. To know what to do: recueil check`,
  beginRefused: (channel) =>
    `${channel} refuses to begin with these settings; the line of the log above says why. To know what to do: recueil check`,
  stopped: 'Asked to stop. Everything is kept: run the same command again to continue.',
  storeAway: 'The store no longer answers. What was confirmed is kept. Check it, then run the same command again.',
  ourFault: 'Something unforeseen went wrong. What was confirmed is kept. The log above says where.',
  ok: 'ok:',
  todo: 'to do:',
  checkConfig: 'Configuration',
  checkFlow: (file, fields) => `Questions: ${file}, ${fields} fields`,
  checkStore: (name) => `Store: ${name}`,
  checkBusy: (dir) => `Store: SQLite in ${dir}, held by a running Recueil process`,
  checkStaff: (places) => `Facilitators told here: ${places}`,
  checkParked: (count) =>
    `${count} message${count === 1 ? '' : 's'} set aside after five failures (table parked). Update Recueil, and report it.`,
  checkNoChannel:
    'No channel is switched on: "recueil start" talks in this terminal. For Telegram, set TELEGRAM_BOT_TOKEN.',
  checkOff: (setting, address, channel) =>
    `${setting}: nothing will go to ${address}, because the channel ${channel} is not switched on. Set its token, or take this address out.`,
  checkStaffTerminal:
    'STAFF_TO is not set: stories are announced in this terminal. For a group: add the bot to it and write /address there.',
  staffMark: 'staff',
  unknownFormat: (name) =>
    `"${name}" is not a known format. Write --format csv, xlsx, json, geojson, docx or md, or a file name that ends so.`,
  exportNeedsFile: (format) =>
    `The format ${format} is written to a file. Write for instance: recueil export stories.${format}`,
  unknownState: (name, known) => `"${name}" is not a state. Write one of: ${known}.`,
  usedAndNot: 'Choose --used or --not-used, not both.',
  cannotWrite: (file) =>
    `Cannot write ${file}. Check that the folder exists, its rights and the free space. Nothing was left half done.`,
  exported: (count, file) =>
    `${count === 1 ? '1 story' : `${count.toLocaleString('en-GB')} stories`}${file === undefined ? '.' : ` in ${file}`}`,
  counting: (done) => `${done.toLocaleString('en-GB')} to take away…`,
  writing: (done, of) => `${done.toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')}`,
  sheetMissing: 'Which story? Write: recueil sheet NUMBER [FILE]',
  sheetFormat: 'A sheet is written as md or docx.',
  notShown: (id) => `The story ${id} cannot be shown so: it is for the team only, or its author has withdrawn it.`,
  findRead: 'To read a story: recueil practices NUMBER',
  findNext: (page) => `For more of them, add: page ${page}`,
  keptBack: (count) =>
    count > 1
      ? `${count.toLocaleString('en-GB')} stories are not shown: the team has to read the flagged words first.`
      : 'One story is not shown: the team has to read the flagged words first.',
  nothingYet: 'No story yet.',
  row: (id, date, headline) => `${id}  ${date}  ${headline}`,
};

export type CliWords = typeof fr;
export const cliWords: Record<Language, CliWords> = { fr, en };

// The words by which people, offices, children and illnesses are known in free text. Pure data.

/** Offices, which follow a title as a name would. */
export const OFFICE =
  /^(?:sous-|vice-|ex-)?(?:maires?|mairesse|préf[eè]te?|présidente?|directeurs?|directrice|recteur|rectrice|ministre|adjointe?|conseill[eè]re?|députée?|sénateur|sénatrice|proviseure?|principale?|curé|juge|procureure?|secrétaire|ambassadeur|ambassadrice|chef|cheffe|chancelier|trésori[eè]re?|responsable|commissaire|inspecteur|inspectrice|rapporteure?|nageur|maître|délégué?e?|mayor|president|chair|chairman|chairwoman|speaker|minister|director|secretary)$/iu;

/** What begins a sentence or stands for anybody, but names nobody. */
export const NO_NAME =
  /^(?:tout|toutes?|tous|je|tu|il|elle|on|nous|vous|ils|elles|un|une|ce|cet|cette|ces|mon|ma|mes|ton|ta|tes|son|sa|ses|notre|votre|leur|qui|que|quoi|où|et|ou|mais|donc|car|si|bonjour|bonsoir|merci|oui|non|pour|par|dans|sur|sous|avec|sans|chez|en|au|aux|ici|voilà|voici|faire|est|a|à|ai|dit|m|untel|unetelle|unetel|machin|chose|truc|tout-.*|je-.*|sans-.*|the|he|she|we|you|they|it|and|but|or|in|on|at|for|with|sir|madam)$/iu;

/** A child spoken of by itself: its age, its class, whose it is. Pupils in general are nobody. */
export const CHILD =
  /(?<![\p{L}-])(?:(?:petit-|beau-)?fils|(?:petite-|belle-)?fille|fillette|garçon(?:net)?|nièce|neveu|gamine?|benjamine?|cadette?|élève|lycéen(?:ne)?|collégien(?:ne)?|écoli[eè]re?|adolescente?|ado|bambin|enfant|mineure?|(?:mes|ses|leurs|nos|vos|deux|trois|quatre)(?: \p{L}{2,12})? (?:petits-)?(?:enfants|filles|garçons|fils|jumeaux|jumelles)|\d{1,2} ans|scolarisée?s?|inscrite?s? (?:à|au)|interne|son|daughter|nephew|niece|child|pupil|boy|girl|en (?:cp|ce[12]|cm[12]|[3-6]e|[3-6]ème|sixième|cinquième|quatrième|troisième|seconde|première|terminale|(?:petite|moyenne|grande) section))(?![\p{L}-])/giu;

/** Somebody by what they are to somebody else, and the author. */
export const KIN =
  /(?<![\p{L}])(?:(?:mon|ma|mes|ton|ta|son|sa|ses|leur|notre|votre|le|la|un|une|my|his|her|their|our|l[’'])(?: (?:petit|petite|grand|grande|vieux|vieille|ex|jeune|old|young))? ?(?:mari|femme|épou(?:x|se)|compagn(?:on|e)|conjointe?|père|mère|papa|maman|frère|sœur|soeur|fils|fille|enfant|bébé|petit-fils|petite-fille|grand-père|grand-mère|oncle|tante|cousine?|neveu|nièce|beau-\p{L}+|belle-\p{L}+|voisine?|amie?|copine?|copain|collègue|patronne?|élève|husband|wife|father|mother|brother|sister|son|daughter|child|uncle|aunt|cousin|neighbour|friend|colleague|boss)|(?:je|j[’'])(?=(?: ne| n[’'])? ?(?:suis|étais|ai|avais|souffre|fais|prends|sors)(?![\p{L}]))|i(?= (?:am|have|had|was|suffer)\b))(?![\p{L}-])/giu;

/** Illnesses, disabilities and treatments; adjectives in the singular, since the plural speaks of a public. */
export const CONDITION =
  /(?<![\p{L}-])(?:maladies? (?:d[’']|de )?(?:alzheimer|parkinson|charcot|crohn|lyme|mentale|chronique|rare|psychique)|alzheimer|parkinson|sclérose(?: en plaques)?|cancer|tumeur|leucémie|chimio(?:thérapie)?|radiothérapie|métastases?|diabète|diabétique|asthme|asthmatique|épilepsie|épileptique|avc|infarctus|crise cardiaque|insuffisance (?:rénale|cardiaque)|dialyse|dialysée?|greffée?|hépatite|tuberculose|vih|sida|séropositi(?:f|ve)|covid long|dépression|dépressi(?:f|ve)|burn-?out|bipolaire|schizophr(?:ène|énie)|psychotique|psychose|phobie|phobique|anorexi(?:e|que)|boulimi(?:e|que)|suicidaire|suicide|tentative de suicide|autiste|autisme|asperger|trisomique|trisomie|tdah|hyperacti(?:f|ve)|dyslexi(?:e|que)|dysphasi(?:e|que)|dysprax(?:ie|ique)|handicapée?|handicap (?:moteur|mental|psychique|visuel|auditif)|en situation de handicap|invalidité|fauteuil roulant|paraplégique|tétraplégique|hémiplégique|amputée?|paralysée?|aveugle|malvoyante?|sourde?|malentendante?|muet(?:te)?|alcoolique|alcoolisme|toxicomane|cure de (?:désintoxication|sevrage)|désintoxication|méthadone|antidépresseurs?|neuroleptiques?|anxiolytiques?|hospitalisée?|enceinte|fausse couche|ivg|avortement|endométriose|démence|ménopause|malade|diabetes|diabetic|depression|depressed|dementia|epilep(?:sy|tic)|asthma|autis(?:m|tic)|dyslexi(?:a|c)|stroke|wheelchair|pregnant|deaf|blind|hiv|alcoholic|schizophreni(?:a|c)|bipolar|disabled)(?![\p{L}-])/giu;

/** First names that are frequent in France, of every origin; beside an illness they name somebody. */
export const FIRST_NAMES = new Set(
  `Abdel Abdou Adam Adèle Adrien Agathe Agnès Ahmed Aïcha Alain Albert Alex Alexandre Alexis Ali Alice Aline Alix Amadou Amélie
  Amina Aminata Amine Ana André Andrée Angèle Anna Anne Annick Annie Anthony Antoine Antonio Arnaud Arthur Assia Aurélie Aurélien
  Awa Axel Ayoub Aziz Bakary Baptiste Béatrice Benjamin Benoît Bernadette Bernard Bilal Boubacar Brahim Brigitte Bruno Camille
  Carine Carmen Carole Caroline Catherine Cathy Cécile Cédric Céline Chantal Charles Charlotte Chloé Christelle Christian
  Christiane Christine Christophe Claire Clara Claude Claudine Clémence Clément Colette Coralie Corinne Cyril Damien Daniel Daniela
  Danielle David Delphine Denis Denise Diana Didier Dominique Driss Édith Edouard Élise Élodie Émilie Emma Emmanuel Enzo Éric
  Estelle Esther Étienne Eva Éva Évelyne Fabien Fabienne Fabrice Fanny Fanta Farid Farida Fathia Fatima Fatou Fatoumata Félix
  Fernand Fernande Florence Florian France Francine Francis Franck François Françoise Frédéric Gabriel Gaëlle Geneviève Georges
  Gérald Gérard Germaine Ghislaine Gilbert Gilles Ginette Gisèle Grégory Guillaume Guy Habib Hakim Hamid Hamza Hanane Hassan
  Hélène Henri Henriette Hervé Hugo Hugues Ibrahim Ibrahima Idriss Ilyes Imane Inès Irène Isabelle Ismaël Jacqueline Jacques Jade
  Jamila Janine Jean Jeanne Jeannine Jérémy Jérôme Jessica Joël Joëlle Johanna John José Josette Joseph Josiane Juan Jules Julie
  Julien Juliette Justine Kader Kamel Karim Karima Karine Kévin Khadija Khaled Laëtitia Laïla Lamine Latifa Laura Laure Laurence
  Laurent Léa Leila Leïla Léo Léon Liliane Lina Linda Lionel Lise Louis Louise Loïc Luc Lucas Lucie Lucien Lucienne Ludovic Lydia Lydie
  Madeleine Maëlle Maël Magali Malika Mamadou Manon Manuel Marc Marcel Marcelle Marguerite Maria Mariam Marianne Marie Marine Marion
  Marthe Martin Martine Maryse Mathieu Mathilde Matteo Matthieu Maud Maurice Max Maxime Mehdi Mélanie Mélissa Michel Michèle
  Micheline Mickaël Mina Mireille Moussa Mohamed Mohammed Monique Mourad Mustapha Myriam Nabil Nadège Nadia Nadine Naïma Nathalie
  Nathan Nicolas Nicole Nina Noah Noé Noémie Nora Noura Odette Odile Olga Olivia Olivier Omar Oumar Oumou Ousmane Pascal Pascale
  Patrice Patricia Patrick Paul Paulette Pauline Philippe Pierre Pierrette Quentin Rachel Rachid Rachida Raphaël Raymond Raymonde
  Régine Régis Rémi Renée René Richard Robert Roger Roland Romain Rosa Rosalie Roxane Sabine Sabrina Saïd Saïda Salim Salima Salimata
  Samia Samir Samira Samuel Sandra Sandrine Sara Sarah Sébastien Sekou Sélim Serge Séverine Simon Simone Sofia Soizic Solange
  Sonia Sophie Souad Stéphane Stéphanie Suzanne Sylvain Sylvie Tatiana Théo Thérèse Thierry Thomas Tiphaine Tom Valentin Valérie
  Vanessa Véronique Victor Victoria Vincent Violette Virginie Viviane William Xavier Yacine Yann Yannick Yasmina Yasmine Youssef
  Yves Yvette Yvonne Zahra Zineb Zoé Zohra`.split(/\s+/),
);

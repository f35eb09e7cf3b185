// Names that people use and the official code does not have: acronyms, short names, the régions of before 2016.

/** By code; each group's own site uses the name. */
export const ACRONYMS: Record<'epci' | 'departement' | 'region', Record<string, string[]>> = {
  epci: {
    '200093201': ['MEL', 'métropole lilloise', 'Lille Métropole'],
    '200046977': ['Grand Lyon', 'métropole lyonnaise', 'Métropole Grand Lyon'],
    '200054781': ['MGP'],
    '200054807': ['AMP', 'Aix-Marseille Métropole', 'Marseille Métropole', 'Métropole Aix-Marseille'],
    '200040715': ['Grenoble Métropole', 'métropole grenobloise'],
    '243400017': ['3M', 'Montpellier Métropole'],
    '248300543': ['TPM', 'Toulon Métropole'],
    '200030195': ['NCA', 'Nice Métropole', 'métropole niçoise'],
    '200023414': ['Rouen Métropole', 'métropole rouennaise'],
    '246700488': ['EMS', 'Strasbourg Eurométropole'],
    '243300316': ['métropole bordelaise'],
    '243100518': ['métropole toulousaine'],
    '244200770': ['SEM'],
    '200058782': ['SQY'],
    '200059889': ['GPSEO'],
    '244400610': ['Cap Atlantique'],
    '244400644': ['CARENE'],
    '200057974': ['GPSO'],
    '200057982': ['POLD'],
  },
  departement: {
    '974': ['Réunion', 'île de la Réunion'],
    '975': ['SPM'],
  },
  region: {
    '11': ['IDF', 'région parisienne'],
    '24': ['CVL', 'région Centre'],
    '27': ['BFC'],
    '32': ['HDF'],
    '52': ['PDL', 'Pays de Loire'],
    '53': ['BZH', 'Breizh'],
    '75': ['Nelle-Aquitaine'],
    '84': ['AURA', 'ARA'],
    '93': ['PACA', 'Région Sud'],
  },
};

/** The régions joined by the law 2015-29 of 16 January 2015 (https://www.legifrance.gouv.fr/loda/id/JORFTEXT000030109622). */
export const FORMER: Record<string, string[]> = {
  '27': ['Bourgogne', 'Franche-Comté'],
  '28': ['Haute-Normandie', 'Basse-Normandie'],
  '32': ['Nord-Pas-de-Calais', 'Picardie'],
  '44': ['Alsace', 'Lorraine', 'Champagne-Ardenne'],
  '75': ['Aquitaine', 'Limousin', 'Poitou-Charentes'],
  '76': ['Languedoc-Roussillon', 'Midi-Pyrénées'],
  '84': ['Auvergne', 'Rhône-Alpes'],
};

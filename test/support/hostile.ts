// Texts that break careless files: formulas, separators, markup, control characters, and more than a cell can hold.

export const FORMULAS = ['=1+1', '+cmd|calc', '@SUM(A1)', '-1', '\t=1+1', '\r=1+1', '＝1+1'];

export const HOSTILE = [
  ...FORMULAS,
  'un "mot"; deux; trois,\tquatre',
  'première ligne\nseconde ligne\n\nquatrième',
  '  des espaces autour  ',
  '<b>gras</b> &amp; ]]> <!-- --> <w:p/>',
  '_x0041_ et _x000D_',
  '🌱👩🏽‍🌾 ﷽ שלום العربية 漢字',
  'un\u0000deux\u0001trois\u001fquatre\ufffe',
  'seul \ud83c et \udf31 seul',
  '# titre\n- liste\n1. liste\n> citation\n    code\n![image](x) [lien](y) `code` ~~x~~ | a | b |\n---',
  "'apostrophe devant",
  '007',
  '3/4',
  '__proto__',
  'constructor',
  'toString',
];

/** Three cells and a little more, a surrogate pair astride each limit. */
export const LONG = `${'x'.repeat(32_765)}🌱${'y'.repeat(32_763)}🌱${'z'.repeat(34_000)}`;

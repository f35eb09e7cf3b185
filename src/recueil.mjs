#!/usr/bin/env node
// The way in: checks that this Node can run TypeScript as it is, then starts src/main.ts. Plain JavaScript on purpose.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < NEEDED) {
  process.stderr.write(
    `Recueil a besoin de Node ${NEEDED} ou plus récent ; celui-ci est ${process.versions.node}.\n` +
      'Dans le dossier du projet, « npm ci » installe le bon ; lancez ensuite « npm start » ou « npx recueil ».\n' +
      `Recueil needs Node ${NEEDED} or newer; this is ${process.versions.node}.\n` +
      'In the project folder, "npm ci" installs the right one; then run "npm start" or "npx recueil".\n',
  );
  process.exit(2);
}
// What was compiled once is not compiled again: a start takes half the time. Where nothing can be written, it just takes longer.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/recueil/compiled', import.meta.url)));
await import('./main.ts');

// Makes lib/ and LICENSE, which are not in the repository: of the element's modules, as the server has
// them. npm runs it before it packs.
import { cpSync, rmSync, writeFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
const HERE = new URL('./', import.meta.url);
const LIB = new URL('lib/', HERE);

rmSync(LIB, { recursive: true, force: true });
cpSync(new URL('webapp/assets/slipway-upload/', ROOT), LIB, { recursive: true });
cpSync(new URL('LICENSE', ROOT), new URL('LICENSE', HERE));

const { FETCHED, TEXTS } = await import(new URL('texts.js', LIB));

// Each import names its file, so that bundlers see it and make a chunk of it.
const imports = FETCHED.map((language) => `  ${language}: () => import('./texts/${language}.js'),\n`);
writeFileSync(
  new URL('languages.js', LIB),
  `// The texts of all languages but English, each fetched when a page is in it.\nexport const LANGUAGES = {\n${imports.join('')}};\n`);

const union = (names) => names.map((name) => `\n  | '${name}'`).join('');
writeFileSync(
  new URL('keys.d.ts', LIB),
  `/** The languages that there are texts in. */
export type Language =${union(['en', ...FETCHED])};

/** The keys of the texts. */
export type TextKey =${union(Object.keys(TEXTS.en))};
`);

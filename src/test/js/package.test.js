import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { FETCHED } from '../../../webapp/assets/slipway-upload/texts.js';

const ROOT = new URL('../../../', import.meta.url);
const PACKAGE = new URL('clients/npm/', ROOT);
const files = (folder) => readdirSync(folder, { recursive: true });

test('is assembled of all modules, and can be imported where there is no browser', async () => {
  await import(new URL('assemble.js', PACKAGE));
  assert.deepEqual(
    files(new URL('lib/', PACKAGE)).sort(),
    [...files(new URL('webapp/assets/slipway-upload/', ROOT)), 'keys.d.ts', 'languages.js'].sort());
  assert.ok(existsSync(new URL('LICENSE', PACKAGE)));
  const { SlipwayUpload } = await import(new URL('index.js', PACKAGE));
  assert.equal(typeof SlipwayUpload, 'function');
  const { LANGUAGES } = await import(new URL('lib/languages.js', PACKAGE));
  assert.deepEqual(Object.keys(LANGUAGES), FETCHED);
  for (const language of FETCHED) {
    assert.ok((await LANGUAGES[language]()).default.choose, language);
  }
});

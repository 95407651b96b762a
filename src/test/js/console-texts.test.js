import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { FETCHED } from '../../../webapp/assets/slipway-upload/texts.js';
import { categories, formsOf, names, without } from './plurals.js';

const place = new URL('../../../webapp/assets/console/', import.meta.url);
const textsOf = async (lang) => (await import(new URL(`texts/${lang}.js`, place).href)).default;

test('the console has the languages of the uploader', () => {
  const files = readdirSync(new URL('texts/', place)).map((name) => name.replace('.js', ''));
  assert.deepEqual(files.sort(), ['en', ...FETCHED].sort());
});

for (const lang of ['en', ...FETCHED]) {
  test(`the console has every text in ${lang}, with every plural form`, async () => {
    const english = await textsOf('en');
    const texts = await textsOf(lang);
    const sizes = categories(lang);
    assert.deepEqual(Object.keys(texts), Object.keys(english));
    for (const [key, text] of Object.entries(texts)) {
      assert.equal(typeof text, typeof english[key], key);
      if (typeof text === 'object') {
        assert.deepEqual(Object.keys(text).sort(), [...sizes.keys()].sort(), key);
      }
      const asked = names(formsOf(english[key]).other);
      for (const [category, form] of Object.entries(formsOf(text))) {
        assert.ok(form.trim().length > 0, key);
        const isOneNumber = typeof text === 'object' && sizes.get(category) === 1;
        const [said, wanted] = isOneNumber
          ? [without(names(form), 'count'), without(asked, 'count')] : [names(form), asked];
        assert.deepEqual(said, wanted, `${key} ${category}`);
      }
    }
  });
}

test('the console says no text that is not there, and has none that it never says', async () => {
  const source = readdirSync(place).filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(new URL(name, place), 'utf8')).join('\n');
  const english = Object.keys(await textsOf('en'));
  const said = [...source.matchAll(/\bsay\('(\w+)'/g)].map(([, key]) => key);
  assert.deepEqual(said.filter((key) => !english.includes(key)), []);
  assert.deepEqual(english.filter((key) => !source.includes(`'${key}'`)), []);
});

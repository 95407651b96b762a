import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { FETCHED, TEXTS, Texts, fetchTexts, textsFrom } from '../../../webapp/assets/slipway-upload/texts.js';

const there = new URL('../../../webapp/assets/slipway-upload/texts/', import.meta.url);
const fetched = (language) => import(new URL(`${language}.js`, there).href);

textsFrom(fetched);

// Other files may have their tests in the same process.
afterEach(() => delete TEXTS.da);

test('has every language that there is a file of', () => {
  const files = readdirSync(there).map((name) => name.replace('.js', ''));
  assert.deepEqual([...FETCHED, 'en'].sort(), files.sort());
});

test('reads as English where texts cannot be fetched', async () => {
  textsFrom(() => Promise.reject(new Error('offline')));
  await fetchTexts('da');
  assert.equal(new Texts('da').lang, 'en');
  assert.equal(new Texts('da').say('done'), TEXTS.en.done);
  textsFrom(fetched);
});

test('fetches the texts of a language once, and nothing for others', async () => {
  assert.equal(fetchTexts('en-GB'), null);
  assert.equal(fetchTexts('xx'), null);
  await fetchTexts('da-DK');
  assert.equal(fetchTexts('da'), null);
  assert.notEqual(new Texts('da-DK').say('done'), TEXTS.en.done);
});

test('leaves the texts of a page as they are', async () => {
  TEXTS.da = { done: 'Så er den hjemme' };
  assert.equal(fetchTexts('da'), null);
  assert.equal(new Texts('da').say('done'), 'Så er den hjemme');
});

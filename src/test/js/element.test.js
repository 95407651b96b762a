import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SlipwayUpload } from '../../../webapp/assets/slipway-upload/element.js';
import { TEXTS } from '../../../webapp/assets/slipway-upload/texts.js';

test('can be imported where there are no elements, as on a server that renders pages', () => {
  assert.equal(globalThis.HTMLElement, undefined);
  assert.equal(SlipwayUpload.texts, TEXTS);
});

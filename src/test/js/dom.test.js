import assert from 'node:assert/strict';
import { test } from 'node:test';
import { together } from '../../../webapp/assets/slipway-upload/dom.js';

test('breaks no part of a line, and begins none with a dot', () => {
  assert.equal(together(['2 of 3', '43 kB/s']), '2\u00a0of\u00a03\u00a0· 43\u00a0kB/s');
});

test('keeps the parts apart that are read from the right, as a speed would else come before a percentage', () => {
  assert.equal(together(['من 3، 27\u200e%\u200e', '43 ث']),
    '\u2068من\u00a03،\u00a027\u200e%\u200e\u2069\u00a0· \u206843\u00a0ث\u2069');
});

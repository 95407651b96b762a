import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAccepted, refusal } from '../../../webapp/assets/slipway-upload/accept.js';

const file = (name, type, size = 10) => ({ name, type, size });
const form = { maxBytes: 100, accept: 'image/*' };

test('takes a type, a family of types and an ending, in any case', () => {
  assert.ok(isAccepted(file('a', 'image/png'), 'image/png'));
  assert.ok(isAccepted(file('a', 'IMAGE/PNG'), ' Image/* '));
  assert.ok(isAccepted(file('a.HEIC', 'x/y'), '.heic'));
  assert.ok(isAccepted(file('a', 'video/mp4'), 'image/*, video/*'));
});

test('refuses what no part of the list names', () => {
  assert.ok(!isAccepted(file('a.png', 'text/plain'), 'image/*'));
  assert.ok(!isAccepted(file('a', 'image/pngx'), 'image/png'));
  assert.ok(!isAccepted(file('a', 'images/png'), 'image/*'));
  assert.ok(!isAccepted(file('heic', 'x/y'), '.heic'));
});

test('leaves what it cannot tell to the server', () => {
  assert.ok(isAccepted(file('a', ''), 'image/*'));
  assert.ok(isAccepted(file('a', 'text/plain'), ' , '));
  assert.ok(isAccepted(file('00001.MTS', 'model/vnd.mts'), 'video/*'));
  assert.ok(isAccepted(file('a.ts', 'text/vnd.trolltech.linguist'), 'video/mp2t'));
});

test('says why a file is refused, the size first', () => {
  assert.equal(refusal(file('a', 'text/plain', 0), form).code, 'empty');
  assert.equal(refusal(file('a', 'text/plain', 101), form).code, 'too_large');
  assert.equal(refusal(file('a', 'text/plain', 100), form).code, 'wrong_type');
  assert.equal(refusal(file('a', 'image/png', 100), form), null);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAnimated, shrunk } from '../../../webapp/assets/slipway-upload/shrink.js';

const bytes = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const PNG = '\x89PNG\r\n\x1a\n';
const chunk = (type, length = 4) =>
  `\0\0${String.fromCharCode(length >> 8, length & 255)}${type}${'x'.repeat(length)}CRC!`;

test('knows a picture that moves', () => {
  assert.ok(isAnimated(bytes(`RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0`)));
  assert.ok(isAnimated(bytes(PNG + chunk('IHDR', 13) + chunk('iCCP', 700) + chunk('acTL', 8))));
});

test('knows one that does not', () => {
  assert.ok(!isAnimated(bytes(`RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0`)));
  assert.ok(!isAnimated(bytes(`RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\x02\0\0\0`)));
  assert.ok(!isAnimated(bytes(PNG + chunk('IHDR', 13) + chunk('IDAT') + chunk('acTL', 8))));
  assert.ok(!isAnimated(bytes(PNG + chunk('IHDR', 900).slice(0, 30))));
  assert.ok(!isAnimated(bytes('\xff\xd8\xff')));
  assert.ok(!isAnimated(bytes('')));
});

test('leaves a file as it is that is no such picture, or that cannot be read', async () => {
  for (const type of ['image/gif', 'image/heic', 'video/mp4', 'image/jpeg']) {
    const file = new File(['abc'], 'a', { type });
    assert.equal(await shrunk(file, 10), file, type);
  }
});

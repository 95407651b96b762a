import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asMetadata, further, renewed } from '../../../webapp/assets/slipway-upload/fields.js';

const BACK = 'https://www.test/back?theme=a%20b&photo_id=7';
const address = (sent, now, back = BACK) => renewed(back, sent, now).href;

test('leaves out what is for the server or from a client library', () => {
  const fields = ['upload_token', 'format', 'type', 'flowChunkNumber', 'resumableType', '', 'flower'];
  assert.deepEqual(further(fields.map((name) => [name, '1'])), []);
  assert.deepEqual(further([['flo', '1'], ['Format', '2']]), [['flo', '1'], ['Format', '2']]);
});

test('ends lines as forms do', () => {
  assert.deepEqual(further([['text', 'a\nb\r\nc\rd\n']]), [['text', 'a\r\nb\r\nc\r\nd\r\n']]);
});

test('sends fields whole, as many as fit, and counts the others', () => {
  assert.deepEqual(asMetadata([]), {});
  const long = 'x'.repeat(2_980);
  const fields = [['a', '1'], ['b', long], ['c', 'å'.repeat(1_000)], ['d', '4'], ['c', '2'], ['a', '2']];
  assert.deepEqual(asMetadata(fields), { form_fields: `a=1&a=2&b=${long}&d=4`, form_fields_omitted: '2' });
  assert.deepEqual(asMetadata([['c', 'å'.repeat(1_000)]]), { form_fields_omitted: '1' });
});

test('tells the fields as they are now', () => {
  const sent = [['caption', ''], ['tag', '1'], ['tag', '2']];
  const back = `${BACK}&caption=&tag=1&tag=2`;
  assert.equal(address(sent, [['caption', 'Late'], ['tag', '2']], back),
    'https://www.test/back?theme=a+b&photo_id=7&caption=Late&tag=2');
  assert.equal(address([], [['caption', 'Late']]), 'https://www.test/back?theme=a+b&photo_id=7&caption=Late');
});

test('leaves an address alone in which all is told', () => {
  const sent = [['caption', 'A']];
  assert.equal(address(sent, sent, `${BACK}&caption=A`), `${BACK}&caption=A`);
  assert.equal(address([], []), BACK);
});

test('overrides nothing that the site or the server says', () => {
  assert.equal(address([['photo_id', '8']], [['photo_id', '9']]), BACK);
  assert.equal(address([['theme', 'b']], [['theme', 'c']]), BACK);
  assert.equal(address([['photo.id', '8']], [['photo.id', '8']]), BACK);
});

test('brings back no field that the way back has no room for', () => {
  const back = `${BACK}&fields_omitted=1`;
  assert.equal(address([['caption', 'long']], [['caption', 'long']], back), back);
});

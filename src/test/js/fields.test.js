import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asMetadata, further, renewed } from '../../../webapp/assets/slipway-upload/fields.js';

// A query that a site may have signed, so that it stays as it is, byte by byte.
const SITE = 'https://www.test/back?theme=a%20b&flag&&sig=%7e*';
const OWN = 'domain=media.test&upload_token=abc&photo_id=7&tree_id=1&token=x';
const BACK = `${SITE}&${OWN}`;
const address = (sent, now, back = BACK) => renewed(back, sent, now).href;

test('leaves out what is for the server or from a client library, and secrets', () => {
  const fields = ['upload_token', 'password', 'oauth_token', 'format', 'type', 'flowChunkNumber', 'resumableType', ''];
  assert.deepEqual(further(fields.map((name) => [name, '1'])), []);
  assert.deepEqual(further([['flowers', '1'], ['Format', '2']]), [['flowers', '1'], ['Format', '2']]);
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

test('tells the fields as they are now, before what the server says', () => {
  const sent = [['caption', ''], ['tag', '1'], ['tag', '2'], ['place', 'Ærø']];
  const back = `${SITE}&caption=&tag=1&tag=2&place=%C3%86r%C3%B8&case=7&${OWN}`;
  assert.equal(address(sent, [['caption', 'Late & long'], ['tag', '2'], ['place', 'Ærø']], back),
    `${SITE}&place=%C3%86r%C3%B8&case=7&caption=Late+%26+long&tag=2&${OWN}`);
  assert.equal(address([], [['caption', 'Late']]), `${SITE}&caption=Late&${OWN}`);
  assert.equal(address([['a', '1']], [], `https://www.test/back?a=1&${OWN}#x`), `https://www.test/back?${OWN}#x`);
});

test('leaves an address alone in which all is told', () => {
  const sent = [['caption', 'A']];
  assert.equal(address(sent, sent, `${SITE}&caption=A&${OWN}`), `${SITE}&caption=A&${OWN}`);
  assert.equal(address([], []), BACK);
});

test('overrides nothing that the site or the server says', () => {
  assert.equal(address([['photo_id', '8']], [['photo_id', '9']]), BACK);
  assert.equal(address([['theme', 'b']], [['theme', 'c']]), BACK);
  assert.equal(address([['photo.id', '8']], [['photo.id', '8']]), BACK);
});

test('leaves a field alone that is the site\'s, though the form said the same', () => {
  const sent = [['theme', 'a b'], ['tag', '1']];
  const now = [['theme', 'c'], ['tag', '1']];
  const back = `${SITE}&tag=1&${OWN}&fields_omitted=1`;
  assert.equal(address(sent, now, back), back);
});

test('adds no name that a site may take for what it or the server says', () => {
  const names = [
    'photo.id', 'photo id', 'photo[id', 'photo_id[x]', 'photo.id[]', 'photo_id.x', '[photo_id]', ']photo_id',
    'photo_id]', '.photo_id', ' photo_id ', 'photo_id\0x', 'PHOTO_ID', 'ｐhoto_id', 'ToKen', 'to\u212Aen',
    'error_message', 'Error.Code', 'fields_omitted', 'upload_token[]', 'replace.token', 'domain', 'tree_id', 'photo-id',
  ];
  for (const name of names) {
    assert.equal(address([], [[name, '666']]), BACK, JSON.stringify(name));
  }
  assert.equal(address([], [['flag', '666']]), BACK);
  for (const name of ['THEME', 'theme[]', 'flag[a]']) {
    assert.equal(address([], [[name, '666']]), `${BACK}&fields_omitted=1`, name);
  }
  const others = ['photo', '_token', 'photo_ids', 'id', 'photos_id', 'tokens', 'theme_id', 'tag[]', 'påske', 'a.b'];
  for (const name of others) {
    assert.equal(new URL(address([['a.c', '2']], [['a.c', '2'], [name, '1']])).searchParams.get(name), '1', name);
  }
});

test('has room for so many bytes, leaves out whole fields and counts them', () => {
  const long = 'ø'.repeat(600);
  const sent = [['text', ''], ['tag', '1']];
  const back = `${SITE}&text=&tag=1&${OWN}`;
  assert.equal(address(sent, [['text', long], ['tag', '2']], back), `${SITE}&tag=2&${OWN}&fields_omitted=1`);
  const fitting = 'x'.repeat(3_500 - 23 - '&text='.length - BACK.length);
  assert.equal(address([], [['text', fitting]]), `${SITE}&text=${fitting}&${OWN}`);
  assert.equal(address([], [['text', `${fitting}x`]]), `${BACK}&fields_omitted=1`);
});

test('adds to what the server left out, and brings nothing of that back', () => {
  const back = `${SITE}&tag=1&${OWN}&fields_omitted=1`;
  const sent = [['caption', 'long'], ['tag', '1']];
  assert.equal(address(sent, [['caption', 'short'], ['tag', '1']], back), back);
  assert.equal(address(sent, [['caption', 'long'], ['tag', '2']], back), `${SITE}&tag=2&${OWN}&fields_omitted=1`);
  assert.equal(address(sent, [['caption', 'long'], ['tag', 'x'.repeat(3_500)]], back), `${BACK}&fields_omitted=2`);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../../webapp/assets/slipway-upload/failure.js';
import { Texts } from '../../../webapp/assets/slipway-upload/texts.js';

const answer = (status, reply = {}, headers = {}) => ({
  status,
  json: () => ({ status: 'error', code: 'invalid_input', ...reply }),
  header: (name) => headers[name] ?? null,
});

const texts = {
  say: (key, values = {}) => `${key} ${values.size ?? ''} ${values.limit ?? ''}`.trim(),
  size: (bytes) => `${bytes}B`,
  sizes: (...all) => all.map((bytes) => `${bytes}B`),
  isOwn: () => false,
};

test('may pass where the server is busy, ill or still at work', () => {
  for (const status of [408, 409, 423, 425, 429, 500, 502, 503, 507]) {
    assert.equal(Failure.of(answer(status)).passing, true, status);
  }
  for (const status of [400, 401, 403, 404, 410, 413, 415]) {
    assert.equal(Failure.of(answer(status)).passing, false, status);
  }
});

test('may pass, too, where another answered in place of the server', () => {
  const other = (status, said = { status: 'error', message: 'No route', code: 'no_route' }) =>
    ({ status, json: () => said, header: () => null });
  for (const status of [200, 404, 405, 410, 503]) {
    assert.equal(Failure.of(other(status)).passing, true, status);
  }
  for (const status of [400, 401, 403, 413, 431]) {
    assert.equal(Failure.of(other(status)).passing, false, status);
  }
  assert.equal(Failure.of(other(404, {})).passing, true);
  assert.equal(Failure.of(other(404)).text(texts, 9, 5), 'unknown', 'its words are for nobody here');
});

test('goes by its code where the status is that of a success', () => {
  assert.equal(Failure.of(answer(200, { code: 'server_error' })).passing, true);
  assert.equal(Failure.of(answer(200, { code: 'rate_limited' })).passing, true);
  assert.equal(Failure.of(answer(200, { code: 'too_large' })).passing, false);
});

test('has the code, the words and the wait of the reply', () => {
  const failure = Failure.of(
    answer(429, { code: 'rate_limited', message: 'Too many' }, { 'Retry-After': '7' }));
  assert.equal(failure.code, 'rate_limited');
  assert.equal(failure.message, 'Too many');
  assert.equal(failure.status, 429);
  assert.equal(failure.retryAfter, 7);
});

test('does without a reply that says nothing, and without a date to wait for', () => {
  const failure = Failure.of(answer(502, { code: undefined }, { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }));
  assert.equal(failure.code, 'http_502');
  assert.equal(failure.retryAfter, 0);
});

test('is final only where the file itself is refused', () => {
  for (const code of ['empty', 'wrong_type', 'too_large', 'unreadable', 'error_processing_upload']) {
    assert.ok(new Failure(code).isFinal, code);
  }
  for (const code of ['network', 'invalid_upload_token', 'rate_limited', 'http_500']) {
    assert.ok(!new Failure(code).isFinal, code);
  }
});

test('speaks in the words of the page, else in those of the server', () => {
  assert.equal(new Failure('too_large').text(texts, 9, 5), 'tooLarge 9B 5B');
  assert.equal(new Failure('network').text(texts, 9, 5), 'network 9B 5B');
  assert.equal(new Failure('odd', { message: 'Odd' }).text(texts, 9, 5), 'Odd');
  assert.equal(new Failure('odd').text(texts, 9, 5), 'unknown');
  const refused = answer(400, { message: 'The body has too many parts.', error_message: 'For mange felter.' });
  assert.equal(Failure.of(refused).text(texts, 9, 5), 'For mange felter.');
});

test('leaves it to the server to say why a link takes no more, unless the page has words of its own', () => {
  const refused = Failure.of(answer(404, { code: 'invalid_upload_token', error_message: 'Linket er fyldt.' }));
  assert.equal(refused.text(texts, 9, 5), 'Linket er fyldt.');
  assert.match(refused.text({ ...texts, isOwn: (key) => key === 'token' }, 9, 5), /^token/);
  assert.match(new Failure('invalid_upload_token').text(texts, 9, 5), /^token/);
});

test('names no limit that the page does not know', () => {
  const failure = new Failure('too_large', { message: 'At most 5 bytes' });
  assert.equal(failure.text(texts, 9, Number.POSITIVE_INFINITY), 'At most 5 bytes');
  assert.equal(failure.text(texts, 9, 10), 'At most 5 bytes', 'the token takes less');
});

test('says why a file waits for its next try', () => {
  const key = (status, code) => Failure.of(answer(status, { code })).waitingKey;
  assert.equal(key(429, 'rate_limited'), 'waitingMany');
  assert.equal(key(503, 'server_error'), 'waitingServer');
  assert.equal(key(503, 'upload_in_progress'), 'waitingOther');
  assert.equal(key(423, 'invalid_input'), 'waitingOther', 'of the same file, from another tab');
  assert.equal(key(502), 'waitingServer');
  assert.equal(new Failure('network', { passing: true }).waitingKey, 'waiting');
});

test('has words for what somebody on the way answers', () => {
  const said = (status) => Failure.of({ status, json: () => ({}), header: () => null }).text(texts, 9, 99);
  assert.match(said(413), /^onTheWay/);
  assert.match(said(429), /^busy/);
  assert.match(said(503), /^busy/);
  assert.match(said(403), /^unknown/);
});

test('tells which types are accepted', () => {
  const words = new Texts('en');
  const said = (accept) => new Failure('wrong_type').text(words, 9, 99, accept);
  assert.equal(said('image/*, video/*, .mts'), 'This file type is not accepted here. Accepted: photos and videos.');
  assert.equal(said('.pdf,.jpg'), 'This file type is not accepted here. Accepted: PDF and JPG.');
  assert.equal(said(''), 'This file type is not accepted here.');
});

const refusedFile = new Failure('error_processing_upload', { status: 415, said: 'It is text/plain.' });
const said = (failure, own) => failure.text(new Texts('en', own), 9, Infinity, 'image/*');

test('leaves it to the server to say what a file is, but where the page has words of its own', () => {
  assert.equal(said(refusedFile), 'It is text/plain.');
  assert.equal(said(refusedFile, { wrongTypeOf: 'Only {types}!' }), 'Only photos!');
  assert.equal(said(new Failure('error_processing_upload')),
    'This file type is not accepted here. Accepted: photos.');
  assert.equal(said(new Failure('wrong_type')), 'This file type is not accepted here. Accepted: photos.');
});

test('says that another upload goes on while that is waited for', () => {
  const runs = new Failure('upload_in_progress', { status: 503 });
  assert.equal(runs.waitingKey, 'waitingOther');
  assert.match(said(runs), /still in progress/);
});

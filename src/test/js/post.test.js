import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Post } from '../../../webapp/assets/slipway-upload/post.js';
import { NOT_FOUND, NO_ROUTE, answering, form } from './network.js';

const stored = { status: 'ok', upload: { photo_id: '7', tree_id: '1', token: 'x' } };
const run = (page = form()) =>
  new Post(page, new File(['abc'], 'a.jpg')).run({ onprogress: () => {} });

test('gives the upload of a reply that says it is stored', async () => {
  const requests = answering(() => ({ status: 200, body: stored }));
  assert.deepEqual(await run(form([['caption', 'A & B']])), stored.upload);
  assert.deepEqual([...requests[0].body.keys()], ['format', 'upload_token', 'caption', 'file']);
  assert.equal(requests[0].headers['Accept-Language'], 'da');
});

test('says what the visitor calls the file', async () => {
  const requests = answering(() => ({ status: 200, body: stored }));
  await new Post(form(), new File(['abc'], 'a.jpg'), () => 'Blå').run({ onprogress: () => {} });
  assert.equal(requests[0].body.get('photo_title'), 'Blå');
});

test('takes no refusal for a success, whatever its status', async () => {
  answering(() => ({
    status: 200,
    body: { status: 'error', code: 'error_processing_upload', message: 'Not taken' },
  }));
  await assert.rejects(run(), { code: 'error_processing_upload', message: 'Not taken', passing: false });
});

test('counts nothing of a refused try as sent', async () => {
  answering(() => ({ status: 503, body: { status: 'error', code: 'busy' } }));
  const progress = [];
  const post = new Post(form(), new File(['abc'], 'a.jpg'));
  await assert.rejects(post.run({ onprogress: (bytes) => progress.push(bytes) }), { name: 'Failure' });
  assert.equal(progress.at(-1), 0);
});

test('takes nothing for a success that names no photo', async () => {
  for (const body of [{ status: 'ok' }, { status: 'ok', upload: {} }, { upload: stored.upload }]) {
    answering(() => ({ status: 200, body }));
    await assert.rejects(run(), { name: 'Failure' });
  }
});

test('tries again where something else answers in place of the server', async () => {
  for (const answer of [NOT_FOUND, NO_ROUTE, { status: 200, body: '<h1>Back soon</h1>' }, { status: 405 }, null]) {
    answering(() => answer);
    await assert.rejects(run(), { passing: true });
  }
  answering(() => ({ status: 413, body: 'nginx' }));
  await assert.rejects(run(), { passing: false, code: 'http_413' });
});

test('does not try again where the server itself says that the token is none', async () => {
  answering(() => ({ status: 404, body: { status: 'error', code: 'invalid_upload_token' } }));
  await assert.rejects(run(), { passing: false, code: 'invalid_upload_token' });
});

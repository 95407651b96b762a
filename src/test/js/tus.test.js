import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Pieces } from '../../../webapp/assets/slipway-upload/pieces.js';
import { Tus } from '../../../webapp/assets/slipway-upload/tus.js';
import { NOT_FOUND, NO_ROUTE, answering, form } from './network.js';

const OURS = { 'Tus-Resumable': '1.0.0' };
const stored = { status: 'ok', upload: { photo_id: '7', tree_id: '1', token: 'x' } };
const file = new File(['0123456789'], 'a.jpg', { type: 'image/jpeg' });

let memory;

beforeEach(() => {
  memory = {
    url: undefined,
    find: async () => memory.url,
    note: async (of, url) => (memory.url = url),
    forget: async () => (memory.url = undefined),
  };
});

/** A server that knows one upload; what `instead` gives is answered in its place. */
function server(instead = () => undefined) {
  let offset = 0;
  return answering((request) => {
    const other = instead(request);
    if (other !== undefined) {
      return other;
    }
    switch (request.method) {
      case 'POST':
        return { status: 201, headers: { ...OURS, Location: '/files/1' } };
      case 'HEAD':
        return { status: 200, headers: { ...OURS, 'Upload-Offset': String(offset) } };
      case 'PATCH':
        offset += request.body.size;
        return { status: 204, headers: { ...OURS, 'Upload-Offset': String(offset) } };
      default:
        return { status: 200, headers: OURS, body: stored };
    }
  });
}

const upload = (page = form()) => new Tus(page, file, memory, pieces(4));
const pieces = (bytes) => new Pieces({ number: () => bytes });
const run = (tus) => tus.run({ onprogress: () => {} });
const methods = (requests) => requests.map(({ method }) => method).join(' ');

test('sends a file in pieces, and forgets it once it is stored', async () => {
  const requests = server();
  assert.deepEqual(await run(upload()), stored.upload);
  assert.equal(methods(requests), 'POST PATCH PATCH PATCH GET');
  assert.equal(memory.url, undefined);
});

test('goes on where it was when its server is back, and forgets nothing meanwhile', async () => {
  let isAway = false;
  const requests = server(({ method }) => {
    isAway ||= method === 'PATCH' && requests.length === 3;
    return isAway ? NOT_FOUND : undefined;
  });
  const tus = upload();
  for (let tries = 0; tries < 3; tries++) {
    await assert.rejects(run(tus), { passing: true });
    assert.equal(memory.url, 'https://media.test/files/1');
  }
  server(({ method }) => (method === 'POST' ? null : undefined));
  await run(tus);
  assert.equal(memory.url, undefined);
});

test('begins anew only where the server itself does not know the upload', async () => {
  memory.url = 'https://media.test/files/0';
  const requests = server(({ method, path }) =>
    method === 'HEAD' && path === '/files/0' ? { status: 404, headers: OURS } : undefined);
  await run(upload());
  assert.equal(methods(requests), 'HEAD POST PATCH PATCH PATCH GET');
});

test('waits where something else answers in place of the server', async () => {
  const page = { status: 200, body: '<h1>Back soon</h1>' };
  const good = { status: 200, body: { status: 'ok' } };
  for (const method of ['POST', 'HEAD', 'PATCH', 'GET']) {
    for (const answer of [NOT_FOUND, NO_ROUTE, page, good]) {
      memory.url = method === 'HEAD' ? 'https://media.test/files/1' : undefined;
      server((request) => (request.method === method ? answer : undefined));
      await assert.rejects(run(upload()), { passing: true }, `${method} ${answer.status}`);
      assert.equal(memory.url, method === 'POST' ? undefined : 'https://media.test/files/1', 'forgets nothing');
    }
  }
});

test('leaves an upload only where a server of tus says that it is none', async () => {
  const body = { status: 'error', code: 'invalid_input' };
  server(({ method }) => (method === 'PATCH' ? { status: 404, body } : undefined));
  await assert.rejects(run(upload()), { passing: false });
  assert.equal(memory.url, 'https://media.test/files/1');
});

test('takes another key for the upload that it begins anew', async () => {
  let isGone = true;
  const requests = server(({ method }) => {
    const isNow = isGone && method === 'PATCH';
    isGone &&= !isNow;
    return isNow ? { status: 404, headers: OURS, body: { status: 'error', code: 'invalid_input' } } : undefined;
  });
  const tus = upload();
  await assert.rejects(run(tus), { passing: true });
  await run(tus);
  const keys = requests.filter(({ method }) => method === 'POST').map(({ headers }) => headers['Idempotency-Key']);
  assert.equal(new Set(keys).size, 2);
});

test('keeps an upload that somebody in between forbids to ask for', async () => {
  memory.url = 'https://media.test/files/1';
  server(({ method }) => (method === 'HEAD' ? { status: 403, body: 'Forbidden' } : undefined));
  await assert.rejects(run(upload()), { passing: false });
  assert.equal(memory.url, 'https://media.test/files/1');
});

test('takes no end for a success that names no photo', async () => {
  for (const body of [{ status: 'ok', upload: {} }, { status: 'error', code: 'too_large' }]) {
    server(({ method }) => (method === 'GET' ? { status: 200, headers: OURS, body } : undefined));
    await assert.rejects(run(upload()), { name: 'Failure' });
  }
});

test("brings the form's further fields, and says once more what it brought", async () => {
  const requests = server();
  const tus = upload(form([['caption', 'Blå & grøn'], ['tag', '1'], ['tag', '2'], ['format', 'json']]));
  await run(tus);
  const metadata = Object.fromEntries(requests[0].headers['Upload-Metadata'].split(',')
    .map((pair) => pair.split(' '))
    .map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
  assert.equal(metadata.form_fields, 'caption=Bl%C3%A5+%26+gr%C3%B8n&tag=1&tag=2');
  assert.equal(metadata.upload_token, 'abc');
  assert.ok(requests.every(({ headers }) => headers['Accept-Language'] === 'da'));
  assert.deepEqual(tus.fields, [['caption', 'Blå & grøn'], ['tag', '1'], ['tag', '2']]);
});

test('sends smaller pieces where somebody on the way does not take them', async () => {
  const big = new File([new Uint8Array(1 << 20)], 'a.jpg');
  const sizes = [];
  server(({ method, body }) => {
    if (method !== 'PATCH') {
      return undefined;
    }
    sizes.push(body.size);
    return body.size > 300_000 ? { status: 413, body: '<h1>413</h1>' } : undefined;
  });
  const tus = new Tus(form(), big, memory, pieces(1 << 20));
  assert.deepEqual(await run(tus), stored.upload);
  assert.deepEqual(sizes.slice(0, 3), [1 << 20, 1 << 19, 1 << 18]);
  assert.equal(sizes.length, 6, 'each of the same size from then on');
});

test('gives up where not even small pieces are taken, and where the server itself refuses', async () => {
  const big = new File([new Uint8Array(1 << 20)], 'a.jpg');
  const requests = server(({ method }) => (method === 'PATCH' ? { status: 413, body: 'no' } : undefined));
  await assert.rejects(run(new Tus(form(), big, memory, pieces(1 << 20))), { code: 'http_413', passing: false });
  assert.equal(requests.at(-1).body.size, 64 << 10);
  const body = { status: 'error', code: 'too_large' };
  const asked = server(({ method }) => (method === 'PATCH' ? { status: 413, headers: OURS, body } : undefined));
  await assert.rejects(run(new Tus(form(), big, memory, pieces(1 << 20))), { code: 'too_large' });
  assert.equal(asked.filter(({ method }) => method === 'PATCH').length, 1);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { send } from '../../../webapp/assets/slipway-upload/transfer.js';
import { SILENCE, answering } from './network.js';

const SECOND = 1000;

/** Lets what waits for a promise run. */
const soon = () => new Promise((resolve) => setImmediate(resolve));

async function pass(timers, seconds) {
  for (let i = 0; i < seconds; i++) {
    timers.tick(SECOND);
    await soon();
  }
}

/** Sends some bytes to a network that says nothing; gives its request and how it ends. */
async function silence(t, ask) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let request;
  answering((asked, made) => {
    request = made;
    return SILENCE;
  });
  const end = { of: null };
  send({ method: 'POST', url: 'https://media.test/', body: 'abc', ask })
    .then((answer) => (end.of = answer), (failure) => (end.of = failure));
  await soon();
  return { request, end };
}

test('ends a connection on which no byte goes any more', async (t) => {
  const { request, end } = await silence(t, async () => {});
  await pass(t.mock.timers, 89);
  request.upload.onprogress({ loaded: 1 });
  await pass(t.mock.timers, 89);
  assert.equal(end.of, null);
  await pass(t.mock.timers, 2);
  assert.equal(end.of.code, 'network');
  assert.ok(request.isAborted);
});

test('waits for an answer as long as the server lives, once all bytes are gone', async (t) => {
  let asked = 0;
  const { request, end } = await silence(t, async () => asked++);
  request.upload.onload();
  await pass(t.mock.timers, 600);
  assert.equal(end.of, null);
  assert.equal(asked, 20);
  request.status = 200;
  request.onload();
  await soon();
  assert.equal(end.of.status, 200);
  await pass(t.mock.timers, 60);
  assert.ok(asked <= 21, 'asks no more');
});

test('gives a connection up where the server does not answer twice, one after the other', async (t) => {
  let asked = 0;
  const { request, end } = await silence(t, async () => {
    asked++;
    if (asked !== 2) {
      throw new Error('No network');
    }
  });
  request.upload.onload();
  await pass(t.mock.timers, 119);
  assert.equal(end.of, null);
  await pass(t.mock.timers, 2);
  assert.equal(end.of.code, 'network');
  assert.ok(request.isAborted);
});

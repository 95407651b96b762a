import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { delay, wait } from '../../../webapp/assets/slipway-upload/backoff.js';

let page;

beforeEach(() => {
  page = { window: new EventTarget(), navigator: { onLine: true } };
  for (const [name, value] of Object.entries(page)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
});

/** A wait, with what it came to so far. */
function waiting(millis) {
  const abort = new AbortController();
  const wake = new EventTarget();
  const state = { end: 'none', abort, wake };
  wait(millis, abort.signal, wake).then(
    () => (state.end = 'over'),
    (reason) => (state.end = reason));
  return state;
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('waits twice as long each time, up to half a minute', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 50].map((tries) => delay(tries, 0, 1)),
    [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test('spreads the wait over its second half', () => {
  assert.equal(delay(1, 0, 0), 1000);
  assert.equal(delay(1, 0, 0.5), 1500);
  for (let i = 0; i < 100; i++) {
    const millis = delay(3, 0);
    assert.ok(millis >= 4000 && millis <= 8000, String(millis));
  }
});

test('waits as long as the server asks, five minutes at most', () => {
  assert.equal(delay(0, 20, 1), 20_000);
  assert.equal(delay(5, 1, 1), 30_000);
  assert.equal(delay(0, 86_400, 1), 300_000);
});

test('ends in time, early when the network is back or it is woken', async () => {
  const short = waiting(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(short.end, 'over');
  const online = waiting(60_000);
  const woken = waiting(60_000);
  woken.wake.dispatchEvent(new Event('wake'));
  await settle();
  assert.equal(woken.end, 'over');
  assert.equal(online.end, 'none');
  page.window.dispatchEvent(new Event('online'));
  await settle();
  assert.equal(online.end, 'over');
});

test('does not end while there is no network', async () => {
  page.navigator.onLine = false;
  const state = waiting(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(state.end, 'none');
  page.window.dispatchEvent(new Event('online'));
  await settle();
  assert.equal(state.end, 'over');
});

test('fails with the reason when it is aborted, and leaves no listener', async () => {
  const removed = mock.method(page.window, 'removeEventListener');
  const state = waiting(60_000);
  state.abort.abort('no more');
  await settle();
  assert.equal(state.end, 'no more');
  assert.equal(removed.mock.callCount(), 1);
});

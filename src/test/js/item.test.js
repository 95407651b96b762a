import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Item } from '../../../webapp/assets/slipway-upload/item.js';

const FILE = new File(['abcd'], 'a.jpg');

/** One that has sent two bytes and is paused. */
async function paused(isKept) {
  const transport = {
    isKept,
    run: ({ signal, onprogress }) => new Promise((resolve, reject) => {
      onprogress(2);
      signal.addEventListener('abort', () => reject(signal.reason));
    }),
  };
  const item = new Item(FILE, async () => transport);
  const isUnderWay = new Promise((resolve) => item.addEventListener('progress', resolve, { once: true }));
  item.queue();
  const end = item.send();
  await isUnderWay;
  assert.equal(item.sent, 2);
  item.pause();
  await end;
  return item;
}

test('keeps what is sent while it is paused only where the server keeps it', async () => {
  assert.equal((await paused(true)).sent, 2);
  const anew = await paused(false);
  assert.equal(anew.sent, 0);
  assert.equal(anew.state, 'paused');
});

test('keeps while it is paused in the queue what an earlier page has sent', () => {
  const item = new Item(FILE, async () => assert.fail('not its turn'));
  item.sent = 3;
  item.queue();
  item.pause();
  assert.equal(item.sent, 3);
});

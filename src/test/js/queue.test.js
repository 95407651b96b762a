import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue } from '../../../webapp/assets/slipway-upload/queue.js';

class Item extends EventTarget {
  state = 'ready';
  sent = 0;
  failure = { isFinal: false };
  isCancelled = false;

  constructor(size = 100) {
    super();
    this.file = { size };
  }

  get isPending() {
    return ['queued', 'sending', 'waiting'].includes(this.state);
  }

  become(state) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }

  send() {
    this.become('sending');
  }

  cancel() {
    this.isCancelled = true;
  }
}

function queue(atOnce, items, onchange = () => {}, onprogress = () => {}) {
  const all = new Queue(atOnce, onchange, onprogress);
  items.forEach((item) => all.add(item));
  return all;
}

const states = (items) => items.map((item) => item.state);

test('sends only so many at once, in the order they came', () => {
  const items = [1, 2, 3, 4].map(() => new Item());
  queue(2, items);
  items.forEach((item) => item.become('queued'));
  assert.deepEqual(states(items), ['sending', 'sending', 'queued', 'queued']);
  items[1].become('done');
  assert.deepEqual(states(items), ['sending', 'done', 'sending', 'queued']);
  items[0].become('failed');
  assert.deepEqual(states(items), ['failed', 'done', 'sending', 'sending']);
});

test('keeps the place of one that waits for its next try', () => {
  const items = [new Item(), new Item()];
  queue(1, items);
  items.forEach((item) => item.become('queued'));
  items[0].become('waiting');
  assert.deepEqual(states(items), ['waiting', 'queued']);
});

test('gives the place of one that is taken out to the next', () => {
  const items = [new Item(), new Item()];
  const all = queue(1, items);
  items.forEach((item) => item.become('queued'));
  all.remove(items[0]);
  assert.ok(items[0].isCancelled);
  assert.equal(items[1].state, 'sending');
  assert.deepEqual(all.items, [items[1]]);
});

test('is busy while one is pending, and done when all are', () => {
  const items = [new Item(), new Item()];
  const all = queue(1, items);
  assert.equal(queue(1, []).isDone, false);
  assert.equal(all.isBusy, false);
  items[0].become('queued');
  assert.equal(all.isBusy, true);
  items.forEach((item) => item.become('done'));
  assert.equal(all.isBusy, false);
  assert.equal(all.isDone, true);
});

test('counts by bytes, without what was refused or has failed', () => {
  const items = [new Item(300), new Item(100), new Item(1000)];
  const all = queue(1, items);
  items[2].failure = { isFinal: true };
  items[2].state = 'failed';
  items[0].sent = 100;
  assert.deepEqual(all.taken, [items[0], items[1]]);
  assert.equal(all.fraction, 0.25);
  items[0].state = 'failed';
  assert.equal(all.fraction, 0);
  assert.equal(queue(1, []).fraction, 0);
});

test('tells of each change and of progress', () => {
  const told = [];
  const item = new Item();
  queue(1, [item], (one) => told.push(one.state), (one) => told.push(one.sent));
  item.become('queued');
  item.sent = 7;
  item.dispatchEvent(new Event('progress'));
  assert.deepEqual(told, ['queued', 'sending', 7]);
});

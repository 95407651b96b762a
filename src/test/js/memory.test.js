import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Memory } from '../../../webapp/assets/slipway-upload/memory.js';

const URL = 'https://media.test/files/1';
const file = new File(['0123456789'], 'a.jpg');

let stored;
let here;
let there;

beforeEach(() => {
  stored = new Map();
  globalThis.location = { origin: 'https://a.test', pathname: '/', search: '' };
  globalThis.localStorage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
    removeItem: (key) => stored.delete(key),
  };
  here = new Memory('https://media.test/files/');
  there = new Memory('https://media.test/files/');
});

test('leaves an upload to the page that is at work on it', async () => {
  await here.note(file, URL, 5);
  assert.equal(await here.find(file), URL);
  assert.equal(await there.find(file), undefined);
  assert.deepEqual(there.list().map(({ isElsewhere }) => isElsewhere), [true]);
  await there.note(file, 'https://media.test/files/2', 1);
  await there.forget(file);
  await there.touch(file);
  assert.equal(await here.find(file), URL);
});

test('gives an upload to another page once the first has left it', async () => {
  await here.note(file, URL, 5);
  await here.leave(file);
  assert.equal(await there.find(file), URL);
  await there.touch(file);
  assert.equal(await here.find(file), undefined);
  there.release();
  assert.equal(await here.find(file), URL);
  assert.equal(here.list()[0].sent, 5);
});

test('takes a page for gone that has noted nothing for long', async (t) => {
  t.mock.timers.enable({ apis: ['Date'] });
  await here.note(file, URL, 5);
  t.mock.timers.tick(69_000);
  assert.equal(await there.find(file), undefined);
  await here.touch(file);
  t.mock.timers.tick(69_000);
  assert.equal(await there.find(file), undefined);
  t.mock.timers.tick(2_000);
  assert.equal(await there.find(file), URL);
});

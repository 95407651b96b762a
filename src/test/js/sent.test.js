import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { withKey } from '../../../webapp/assets/slipway-upload/key.js';
import { Sent } from '../../../webapp/assets/slipway-upload/sent.js';

const TOKEN = 'secret-token';
const file = new File(['abc'], 'a.jpg');
const other = new File(['xyz'], 'b.jpg');

let kept;
let sent;

const page = () => new Sent(async ({ name }) => name);

beforeEach(() => {
  kept = new Map();
  globalThis.localStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
  sent = page();
});

test('gives a file its key of before, after a reload', async () => {
  const { key, isOfBefore } = await sent.keys(TOKEN, file).get();
  assert.equal(isOfBefore, false);
  assert.deepEqual(await page().keys(TOKEN, file).get(), { key, isOfBefore: true });
  assert.notEqual((await page().keys('another', file).get()).key, key);
  assert.notEqual((await page().keys(TOKEN, other).get()).key, key);
});

test('knows which files a token has received', async () => {
  await sent.keys(TOKEN, file).get();
  await sent.keys(TOKEN, other).get();
  assert.equal(sent.hasAny(TOKEN), false);
  await sent.stored(TOKEN, file);
  assert.equal(page().hasAny(TOKEN), true);
  assert.deepEqual([...(await page().among(TOKEN, [file, other]))], [file]);
  assert.equal(page().hasAny('another'), false);
});

test('keeps no token', async () => {
  await sent.keys(TOKEN, file).get();
  assert.equal(kept.size, 1);
  assert.ok(![...kept].flat().some((text) => text.includes(TOKEN)));
});

test('forgets a file that is given up', async () => {
  const keys = sent.keys(TOKEN, file);
  await keys.get();
  await keys.forget();
  assert.equal(kept.size, 0);
});

test('forgets after a week', async (t) => {
  t.mock.timers.enable({ apis: ['Date'] });
  await sent.keys(TOKEN, file).get();
  await sent.stored(TOKEN, file);
  t.mock.timers.tick(7 * 24 * 3600 * 1000 + 1);
  assert.equal(page().hasAny(TOKEN), false);
});

test('works where nothing can be kept', async () => {
  globalThis.localStorage = undefined;
  const keys = sent.keys(TOKEN, file);
  const first = await keys.get();
  assert.equal(first.isOfBefore, false);
  assert.deepEqual(await keys.get(), first);
  await sent.stored(TOKEN, file);
  assert.equal(sent.hasAny(TOKEN), false);
});

test('takes another key where that of before is refused', async () => {
  const { key } = await sent.keys(TOKEN, file).get();
  const tried = [];
  const refusing = async (one) => {
    tried.push(one);
    if (one === key) {
      throw Object.assign(new Error(), { status: 422 });
    }
    return 'stored';
  };
  assert.equal(await withKey(page().keys(TOKEN, file), refusing), 'stored');
  assert.equal(tried.length, 2);
  assert.deepEqual(await page().keys(TOKEN, file).get(), { key: tried[1], isOfBefore: true });
  await assert.rejects(withKey(page().keys(TOKEN, file), async () => { throw Object.assign(new Error(), { status: 500 }); }));
});

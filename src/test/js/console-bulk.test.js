import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toEach } from '../../../webapp/assets/console/bulk.js';
import { Selection } from '../../../webapp/assets/console/selection.js';

const page = (...ids) => ids.map((id) => [id, { id }]);

test('does something to a few at a time, and tells of each that failed', async () => {
  let running = 0;
  let most = 0;
  const told = [];
  const things = Array.from({ length: 20 }, (_, index) => index);
  const { done, failed } = await toEach(things, async (thing) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => { setTimeout(resolve, 1); });
    running -= 1;
    if (thing % 5 === 0) {
      throw new Error(`no ${thing}`);
    }
    return -thing;
  }, (count) => told.push(count));
  assert.equal(most, 4);
  assert.deepEqual(told, things.map((thing) => thing + 1));
  assert.deepEqual(failed.map(({ thing, reason }) => [thing, reason]).sort(([one], [other]) => one - other),
    [[0, 'no 0'], [5, 'no 5'], [10, 'no 10'], [15, 'no 15']]);
  assert.equal(done.length, 16);
  assert.ok(done.every(({ thing, result }) => result === -thing));
  assert.deepEqual(await toEach([], assert.fail), { done: [], failed: [] });
});

test('chooses a range from the one chosen last, either way', () => {
  const selection = new Selection();
  selection.shows(page('a', 'b', 'c', 'd', 'e'));
  selection.set('d', true);
  selection.set('b', true, true);
  assert.deepEqual(selection.all.map(({ id }) => id).sort(), ['b', 'c', 'd']);
  selection.set('c', false, true);
  assert.deepEqual(selection.all.map(({ id }) => id), ['d']);
  selection.set('e', true, true);
  assert.equal(selection.count, 3);
});

test('keeps what is chosen on other pages, and begins no range there', () => {
  const selection = new Selection();
  selection.shows(page('a', 'b'));
  selection.set('b', true);
  selection.shows(page('c', 'd', 'e'));
  assert.equal(selection.elsewhere, 1);
  selection.set('e', true, true);
  assert.deepEqual(selection.all.map(({ id }) => id).sort(), ['b', 'e']);
  selection.setPage();
  assert.equal(selection.count, 4);
  selection.shows([['b', { id: 'b', title: 'new' }]]);
  assert.equal(selection.elsewhere, 3);
  assert.ok(selection.all.some(({ title }) => title === 'new'));
  selection.remove('b');
  assert.ok(!selection.has('b'));
  selection.clear();
  assert.equal(selection.count, 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { questions } from '../../../webapp/assets/console/latest.js';

test('only the last question counts, in whichever order the answers come', () => {
  const ask = questions();
  const isFirst = ask();
  assert.equal(isFirst(), true);
  const isSecond = ask();
  assert.equal(isFirst(), false);
  assert.equal(isSecond(), true);
  const other = questions();
  other();
  assert.equal(isSecond(), true);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesOf } from '../../../webapp/assets/slipway-upload/drop.js';

const file = (name) => ({ name, isFile: true, file: (resolve) => resolve(new File(['a'], name)) });

function folder(name, ...entries) {
  const createReader = () => {
    const left = [entries, []];
    return { readEntries: (resolve) => resolve(left.shift()) };
  };
  return { name, isDirectory: true, createReader };
}

const names = async (...entries) => {
  const items = entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry }));
  return (await filesOf({ items, files: [] })).map(({ name }) => name);
};

test('takes what is in dropped folders, but for what systems leave there', async () => {
  const dropped = folder(
    'party', file('.DS_Store'), file('a.jpg'), file('._a.jpg'), folder('more', file('Thumbs.db'), file('b.jpg')));
  assert.deepEqual(await names(dropped, file('c.jpg')), ['a.jpg', 'b.jpg', 'c.jpg']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Either } from '../../../webapp/assets/slipway-upload/either.js';
import { Failure } from '../../../webapp/assets/slipway-upload/failure.js';
import { Pieces } from '../../../webapp/assets/slipway-upload/pieces.js';

const MIB = 1 << 20;
const ofProxy = new Failure('http_413', { status: 413, isOfProxy: true });
const said = (name) => ({ run: async () => name, discard: () => name, fields: [name] });
const refused = (failure) => ({ run: async () => { throw failure; } });
const pieces = () => new Pieces({ number: () => undefined });

test('sends a file whole as long as nobody objects', async () => {
  const either = new Either(said('whole'), () => said('pieces'), pieces(), MIB);
  assert.equal(await either.run({}), 'whole');
  assert.deepEqual(either.fields, ['whole']);
});

test('sends a file in pieces that a proxy did not take, and from then on all that are as large', async () => {
  const all = pieces();
  const either = new Either(refused(ofProxy), () => said('pieces'), all, 2 * MIB);
  assert.equal(await either.run({}), 'pieces');
  assert.equal(either.discard(), 'pieces');
  assert.equal(all.bytes, MIB);
  const run = (size) => new Either(said('whole'), () => said('pieces'), all, size).run({});
  assert.equal(await run(2 * MIB), 'pieces');
  assert.equal(await run(MIB), 'whole');
});

test('goes by what the server itself says, and by a proxy where there are no pieces', async () => {
  const ours = new Failure('too_large', { status: 413 });
  await assert.rejects(new Either(refused(ours), () => said('pieces'), pieces(), MIB).run({}), ours);
  await assert.rejects(new Either(refused(ofProxy), null, pieces(), MIB).run({}), ofProxy);
  await assert.rejects(new Either(refused(ofProxy), () => said('pieces'), pieces(), 9).run({}), ofProxy);
});

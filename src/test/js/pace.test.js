import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from '../../../webapp/assets/slipway-upload/pace.js';

test('says nothing before it can tell', () => {
  const pace = new Pace();
  assert.equal(pace.speed, 0);
  pace.note(0, 0);
  pace.note(700, 799);
  assert.equal(pace.speed, 0);
  assert.equal(pace.secondsFor(100), null);
});

test('tells bytes a second and the time that is left', () => {
  const pace = new Pace();
  pace.note(0, 0);
  pace.note(1000, 1000);
  assert.equal(pace.speed, 1000);
  assert.equal(pace.secondsFor(500), 0.5);
});

test('forgets what was longer ago than its window', () => {
  const pace = new Pace();
  for (let second = 0; second <= 10; second++) {
    pace.note(second * 10, second * 1000);
  }
  for (let second = 11; second <= 20; second++) {
    pace.note(100 + (second - 10) * 1000, second * 1000);
  }
  assert.equal(pace.speed, 1000);
});

test('stands still after a pause that fills the window', () => {
  const pace = new Pace();
  pace.note(0, 0);
  pace.note(500, 1000);
  pace.note(500, 10_000);
  pace.note(500, 20_000);
  assert.equal(pace.speed, 0);
  assert.equal(pace.secondsFor(1), null);
});

test('starts anew when fewer bytes are there than before', () => {
  const pace = new Pace();
  pace.note(0, 0);
  pace.note(9000, 1000);
  pace.note(100, 2000);
  assert.equal(pace.speed, 0);
  pace.note(300, 3000);
  assert.equal(pace.speed, 200);
});

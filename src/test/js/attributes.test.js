import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adopt, isOn, number, reflect } from '../../../webapp/assets/slipway-upload/attributes.js';

/** What stands for an element. */
class Host {
  #attributes = new Map();

  hasAttribute(name) {
    return this.#attributes.has(name);
  }

  getAttribute(name) {
    return this.#attributes.get(name) ?? null;
  }

  setAttribute(name, value) {
    this.#attributes.set(name, String(value));
  }

  removeAttribute(name) {
    this.#attributes.delete(name);
  }
}

reflect(Host.prototype);

test('takes a flag for set, whatever its value but false', () => {
  const host = new Host();
  assert.equal(isOn(host, 'auto'), false);
  for (const [value, on] of [['', true], ['true', true], ['auto', true], ['false', false]]) {
    host.setAttribute('auto', value);
    assert.equal(isOn(host, 'auto'), on, value);
    assert.equal(host.auto, on, value);
  }
});

test('takes numbers above 0 only', () => {
  const host = new Host();
  for (const value of ['', '0', '-1', 'many', 'Infinity0']) {
    host.setAttribute('max-files', value);
    assert.equal(number(host, 'max-files'), undefined, value);
    assert.equal(host.maxFiles, null, value);
  }
  host.setAttribute('max-files', '3');
  assert.equal(host.maxFiles, 3);
});

test('has a property for each attribute, which sets it and takes it away', () => {
  const host = new Host();
  Object.assign(host, { dropAnywhere: true, maxBytes: 5, filesUrl: '/files/', theme: 'dark' });
  assert.equal(host.getAttribute('drop-anywhere'), '');
  assert.equal(host.getAttribute('max-bytes'), '5');
  assert.equal(host.getAttribute('files-url'), '/files/');
  assert.equal(host.theme, 'dark');
  Object.assign(host, { dropAnywhere: false, maxBytes: null, filesUrl: undefined });
  for (const attribute of ['drop-anywhere', 'max-bytes', 'files-url']) {
    assert.equal(host.hasAttribute(attribute), false, attribute);
  }
});

test('takes what was set before there were such properties', () => {
  const host = new Host();
  for (const [name, value] of [['maxFiles', 4], ['titles', true]]) {
    Object.defineProperty(host, name, { value, writable: true, configurable: true, enumerable: true });
  }
  adopt(host, []);
  assert.equal(host.getAttribute('max-files'), '4');
  assert.equal(host.getAttribute('titles'), '');
  host.maxFiles = 2;
  assert.equal(host.getAttribute('max-files'), '2');
});

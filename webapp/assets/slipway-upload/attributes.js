// The element's attributes, and the properties of the same meaning, which frameworks set.

/** By kind: those that are there or not, numbers above 0, and texts. */
const FLAGS = ['auto', 'drop-anywhere', 'titles'];
const NUMBERS = ['max-bytes', 'max-files', 'max-pixels', 'piece-bytes', 'resumable-from'];
const WORDS = ['files-url', 'theme'];

/** Whether a flag is set. Some frameworks write `false` where an attribute is not to be there. */
export function isOn(host, flag) {
  return host.hasAttribute(flag) && host.getAttribute(flag) !== 'false';
}

/** An attribute that is a number above 0; undefined where it is not. */
export function number(host, attribute) {
  const value = Number(host.getAttribute(attribute));
  return value > 0 ? value : undefined;
}

/** Gives a prototype a property for each attribute, such as `maxFiles`; null takes the attribute away. */
export function reflect(prototype) {
  const define = (attribute, get) =>
    Object.defineProperty(prototype, property(attribute), {
      get() {
        return get(this, attribute);
      },
      set(value) {
        put(this, attribute, value);
      },
      configurable: true,
      enumerable: true,
    });
  FLAGS.forEach((flag) => define(flag, isOn));
  NUMBERS.forEach((attribute) => define(attribute, (host) => number(host, attribute) ?? null));
  WORDS.forEach((attribute) => define(attribute, (host) => host.getAttribute(attribute)));
}

/** Takes properties that were set before the element was defined, which would hide its own. */
export function adopt(host, more) {
  for (const name of [...[...FLAGS, ...NUMBERS, ...WORDS].map(property), ...more]) {
    if (Object.hasOwn(host, name)) {
      const value = host[name];
      delete host[name];
      host[name] = value;
    }
  }
}

function put(host, attribute, value) {
  if (value === null || value === undefined || value === false) {
    host.removeAttribute(attribute);
  } else {
    host.setAttribute(attribute, value === true ? '' : value);
  }
}

function property(attribute) {
  return attribute.replace(/-(\w)/g, (dash, letter) => letter.toUpperCase());
}

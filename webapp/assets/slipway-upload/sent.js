// Remembers over a reload which files a token has received, in localStorage.
import { hash } from './memory.js';
import { randomKey } from './key.js';

const PREFIX = 'slipway-sent:';
const KEPT_MILLIS = 7 * 24 * 3600 * 1000;

/**
 * The Idempotency-Keys of the files that are sent with a token. A file that is chosen again after a
 * reload is sent with its key, so that it makes no second photo and takes no other use.
 */
export class Sent {
  #print;

  /** `print(file)` gives a promise of what tells a file from others. */
  constructor(print) {
    this.#print = print;
  }

  /** The key of a file as of `ownKey`, but that an earlier page may have sent the file with it. */
  keys(token, file) {
    let now;
    return {
      get: () => (now ??= this.#key(token, file)),
      renew: async () => {
        const key = await this.#renew(token, file);
        now = Promise.resolve({ key, isOfBefore: false });
        return key;
      },
      url: async () => (await this.#known(token, file))?.url,
      keepUrl: (url) => this.#change(token, file, { url }),
      forget: async () => this.#put(token, await this.#print(file).catch(() => null), null),
    };
  }

  async #key(token, file) {
    const print = await this.#print(file).catch(() => null);
    const known = this.#read(token)[print];
    if (known) {
      return { key: known.key, isOfBefore: true };
    }
    const key = randomKey();
    this.#put(token, print, { key });
    return { key, isOfBefore: false };
  }

  async #renew(token, file) {
    const key = randomKey();
    this.#put(token, await this.#print(file).catch(() => null), { key });
    return key;
  }

  /** Notes that a file is stored. */
  async stored(token, file) {
    await this.#change(token, file, { isStored: true });
  }

  /** Whether any file of a token is stored. */
  hasAny(token) {
    return Object.values(this.#read(token)).some(({ isStored }) => isStored);
  }

  /** Those of some files that are stored, as a Set. */
  async among(token, files) {
    const known = this.#read(token);
    const prints = await Promise.all(files.map((file) => this.#print(file).catch(() => null)));
    return new Set(files.filter((_, i) => known[prints[i]]?.isStored));
  }

  async #known(token, file) {
    return this.#read(token)[await this.#print(file).catch(() => null)];
  }

  /** One that goes on with an upload of an earlier page has asked for no key. */
  async #change(token, file, change) {
    const known = (await this.#known(token, file)) ?? { key: randomKey() };
    this.#put(token, await this.#print(file).catch(() => null), { ...known, ...change });
  }

  #put(token, print, entry) {
    if (token === '' || print === null) {
      return;
    }
    try {
      const entries = this.#read(token);
      if (entry) {
        entries[print] = { ...entry, at: Date.now() };
      } else {
        delete entries[print];
      }
      if (Object.keys(entries).length === 0) {
        localStorage.removeItem(place(token));
      } else {
        localStorage.setItem(place(token), JSON.stringify(entries));
      }
    } catch {
      // Full, or forbidden in private windows: a file that is chosen again is sent as another one.
    }
  }

  #read(token) {
    try {
      const since = Date.now() - KEPT_MILLIS;
      const entries = Object.entries(JSON.parse(localStorage.getItem(place(token))) ?? {});
      return Object.fromEntries(entries.filter(([, { at }]) => at > since));
    } catch {
      return {};
    }
  }
}

/** The token is a secret, and is kept as a hash. */
function place(token) {
  return PREFIX + hash(new TextEncoder().encode(token));
}

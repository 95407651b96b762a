// Remembers unfinished uploads over a reload, in localStorage.
import { randomKey } from './key.js';

const PREFIX = 'slipway-upload:';
const SAMPLE_BYTES = 16 << 10;
const KEPT_MILLIS = 7 * 24 * 3600 * 1000;

/** A page that has noted nothing for so long is gone; one in the background notes once a minute. */
const BUSY_MILLIS = 70_000;

/** How often an upload that brings nothing is noted to be at work. */
const TOUCH_MILLIS = 5_000;

/**
 * The unfinished uploads of one page, which may be open several times: an upload that one of these
 * is at work on is `isElsewhere` to the others. They belong to the page's address and not to its upload
 * token, as most sites issue a new one each time the page is shown. The address is kept as a hash:
 * it may hold secrets.
 */
export class Memory {
  #place;
  #id = randomKey();
  #prints = new WeakMap();

  constructor(endpoint) {
    const page = location.origin + location.pathname + location.search;
    this.#place = PREFIX + hash(new TextEncoder().encode(`${page}\n${endpoint}`));
  }

  /** The unfinished uploads: `{print, url, name, size, sent, isElsewhere}`. */
  list() {
    const since = Date.now() - KEPT_MILLIS;
    return Object.entries(this.#read())
      .filter(([, entry]) => entry.at > since)
      .map(([print, entry]) => ({ print, ...entry, isElsewhere: this.#isElsewhere(entry) }));
  }

  /** The address of a file's unfinished upload, or undefined. */
  async find(file) {
    const print = await this.print(file);
    return this.list().find((entry) => entry.print === print && !entry.isElsewhere)?.url;
  }

  /** Whether another page is at work on a file's upload. */
  async isElsewhere(file) {
    return this.#isElsewhere(this.#read()[await this.print(file)]);
  }

  /** Notes how far a file's upload is. */
  async note(file, url, sent) {
    const print = await this.print(file);
    const { name, size } = file;
    this.#change((entries) => {
      if (!this.#isElsewhere(entries[print])) {
        entries[print] = { url, name, size, sent, at: Date.now(), by: this.#id };
      }
    });
  }

  /** Notes that a file's upload, if there is one, is at work here. */
  async touch(file) {
    const entry = this.#read()[await this.print(file)];
    if (entry && !this.#isElsewhere(entry) && (entry.by !== this.#id || Date.now() - entry.at > TOUCH_MILLIS)) {
      await this.note(file, entry.url, entry.sent);
    }
  }

  /** Notes that a file's upload is at work here no more. */
  async leave(file) {
    const print = await this.print(file).catch(() => null);
    this.#release((each) => each === print);
  }

  /** The same of all. */
  release() {
    this.#release(() => true);
  }

  #release(isMeant) {
    const mine = Object.entries(this.#read())
      .filter(([print, { by }]) => by === this.#id && isMeant(print));
    if (mine.length > 0) {
      this.#change((entries) => mine.forEach(([print, entry]) => (entries[print] = { ...entry, by: '' })));
    }
  }

  #isElsewhere(entry) {
    return Boolean(entry?.by) && entry.by !== this.#id && Date.now() - entry.at < BUSY_MILLIS;
  }

  async forget(file) {
    const print = await this.print(file);
    if (!this.#isElsewhere(this.#read()[print])) {
      this.drop(print);
    }
  }

  /** Forgets the upload of a file known by its print only. */
  drop(print) {
    this.#change((entries) => {
      delete entries[print];
    });
  }

  /**
   * What tells a file from others: name, size, and samples of its bytes. Its time of change would
   * not do, as phones copy a picture anew each time it is chosen.
   */
  print(file) {
    if (!this.#prints.has(file)) {
      this.#prints.set(file, samples(file).then((bytes) => `${hash(bytes)}-${file.size}`));
    }
    return this.#prints.get(file);
  }

  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.#place)) ?? {};
    } catch {
      return {};
    }
  }

  #change(change) {
    const entries = this.#read();
    change(entries);
    try {
      if (Object.keys(entries).length === 0) {
        localStorage.removeItem(this.#place);
      } else {
        localStorage.setItem(this.#place, JSON.stringify(entries));
      }
    } catch {
      // Full, or forbidden in private windows: uploads work, and start anew after a reload.
    }
  }
}

async function samples(file) {
  const middle = Math.floor(file.size / 2);
  const parts = [
    `${file.name}\n${file.type}\n`,
    file.slice(0, SAMPLE_BYTES),
    file.slice(middle, middle + SAMPLE_BYTES),
    file.slice(Math.max(0, file.size - SAMPLE_BYTES)),
  ];
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** FNV-1a of 64 bits, as crypto.subtle is missing on pages without TLS. */
export function hash(bytes) {
  let value = 0xcbf29ce484222325n;
  for (const byte of bytes) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16);
}

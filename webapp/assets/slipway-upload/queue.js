// All files of one uploader, a few of them under way at once.
import { Pace } from './pace.js';

/** Runs items; tells of them through `onchange(item)` and `onprogress(item)`. */
export class Queue {
  items = [];

  /** How fast all of them go together. */
  #pace = new Pace();
  #atOnce;
  #onchange;
  #onprogress;

  constructor(atOnce, onchange, onprogress) {
    this.#atOnce = atOnce;
    this.#onchange = onchange;
    this.#onprogress = onprogress;
  }

  add(item) {
    this.items.push(item);
    item.addEventListener('change', () => {
      if (!this.isBusy) {
        this.#pace.clear();
      }
      this.#onchange(item);
      this.#next();
    });
    item.addEventListener('progress', () => {
      this.#pace.note(this.#sent);
      this.#onprogress(item);
    });
  }

  /** Takes an item out and ends it. */
  remove(item) {
    this.items = this.items.filter((other) => other !== item);
    this.#next();
    return item.cancel();
  }

  in(...states) {
    return this.items.filter((item) => states.includes(item.state));
  }

  get isBusy() {
    return this.items.some((item) => item.isPending);
  }

  /** Those that count: all but the files refused before a byte was sent. */
  get taken() {
    return this.items.filter((item) => !(item.state === 'failed' && item.failure.isFinal));
  }

  /** How many of them take a place of those that are allowed. */
  get counted() {
    return this.taken.filter((item) => !item.isStored).length;
  }

  /** Whether every file is uploaded, and there is one. */
  get isDone() {
    return this.items.length > 0 && this.items.every((item) => item.state === 'done');
  }

  /** Bytes of all that count. */
  get size() {
    return this.taken.reduce((sum, item) => sum + item.file.size, 0);
  }

  get #sent() {
    return this.taken
      .filter((item) => item.state !== 'failed')
      .reduce((sum, item) => sum + item.sent, 0);
  }

  /** How much of all is sent, from 0 to 1. */
  get fraction() {
    return this.size === 0 ? 0 : this.#sent / this.size;
  }

  /** Bytes a second of all that is sent; 0 while it is too early to tell. */
  get speed() {
    return this.#pace.speed;
  }

  /** Seconds until all that is under way is sent; null while it is too early to tell. */
  get secondsLeft() {
    const left = this.items
      .filter((item) => item.isPending)
      .reduce((sum, item) => sum + item.file.size - item.sent, 0);
    return left > 0 ? this.#pace.secondsFor(left) : null;
  }

  #next() {
    // One by one, as a start makes a change, which comes here again.
    const isFree = () => this.in('sending', 'waiting').length < this.#atOnce;
    for (let item = this.in('queued')[0]; item && isFree(); item = this.in('queued')[0]) {
      item.send();
    }
  }
}

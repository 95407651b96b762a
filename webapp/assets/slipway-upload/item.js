// One file and how far its upload is.
import { delay, wait } from './backoff.js';
import { Failure } from './failure.js';
import { Pace } from './pace.js';

/** Tries without a byte of progress before the visitor is asked. */
const MOST_TRIES = 8;

/**
 * A file being uploaded. Its `state`: `ready` for the visitor to start, `queued` for its turn,
 * `sending`, `waiting` for the next try, `paused`, `done`, `failed`. Tells each change of it as an
 * event `change`, and bytes as `progress`.
 */
export class Item extends EventTarget {
  state = 'ready';
  sent = 0;
  failure = null;

  /** Why it waits for the next try. */
  setback = null;
  upload = null;

  /** Whether its upload token has received it, as an earlier page noted. */
  isStored = false;
  pace = new Pace();

  /** What the visitor calls it. */
  title = '';
  #prepare;
  #transport;
  #abort;

  /**
   * Of a file that was chosen, which may be sent as another. `prepare` gives a promise of its
   * transport, given the item, and may set its `file`.
   */
  constructor(file, prepare, failure) {
    super();
    this.file = file;
    this.chosen = file;
    this.#prepare = prepare;
    if (failure) {
      this.failure = failure;
      this.state = 'failed';
    }
  }

  /** Whether it may still be called something else. */
  get isOpen() {
    return this.state === 'ready';
  }

  /** The form's further fields as they were sent with it. */
  get fields() {
    return this.#transport.fields;
  }

  get isPending() {
    return ['queued', 'sending', 'waiting'].includes(this.state);
  }

  /** Seconds until the next try, while it waits for one. */
  get secondsToTry() {
    return Math.ceil((this.tryAt - performance.now()) / 1000);
  }

  queue() {
    if (['ready', 'paused'].includes(this.state) || this.canRetry) {
      this.failure = null;
      this.#to('queued');
    }
  }

  get canRetry() {
    return this.state === 'failed' && !this.failure.isFinal;
  }

  /** Sends the file until it is done, failed, paused or cancelled. */
  async send() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      this.upload = await this.#sendAndRetry(signal);
      this.sent = this.file.size;
      this.#to('done');
    } catch (error) {
      if (!signal.aborted) {
        this.failure = error instanceof Failure ? error : new Failure('unknown');
        this.#to('failed');
      }
    }
  }

  pause() {
    if (this.isPending) {
      this.#abort?.abort();
      if (this.#transport && !this.#transport.isKept) {
        this.sent = 0;
      }
      this.#to('paused');
    }
  }

  /** Tries at once, while it waits. */
  wake() {
    this.dispatchEvent(new Event('wake'));
  }

  /** Ends it for good, on the server too. */
  async cancel() {
    const hasStarted = this.#abort !== undefined;
    this.#abort?.abort();
    if (hasStarted && this.state !== 'done') {
      await this.#transport?.discard();
    }
  }

  async #sendAndRetry(signal) {
    let tries = 0;
    for (;;) {
      const before = this.sent;
      this.pace.clear();
      this.#to('sending');
      try {
        this.#transport ??= await this.#prepare(this);
        signal.throwIfAborted();
        return await this.#transport.run({ signal, onprogress: (sent) => this.#progress(sent) });
      } catch (error) {
        await this.#checkReadable(error, signal);
        tries = this.sent > before ? 0 : tries + 1;
        if (!error.passing || tries > MOST_TRIES) {
          throw error;
        }
        this.setback = error;
        await this.#waitToTry(delay(tries, error.retryAfter), signal);
      }
    }
  }

  /** A file that was changed on the disk fails to be sent just as without a network. */
  async #checkReadable(error, signal) {
    signal.throwIfAborted();
    if (error.code === 'network') {
      await this.file.slice(0, 1).arrayBuffer().catch(() => {
        throw new Failure('unreadable');
      });
    }
  }

  async #waitToTry(millis, signal) {
    this.tryAt = performance.now() + millis;
    this.#to('waiting');
    await wait(millis, signal, this);
  }

  #progress(sent) {
    this.sent = sent;
    this.pace.note(sent);
    this.dispatchEvent(new Event('progress'));
  }

  #to(state) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

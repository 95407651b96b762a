// A small file: one multipart form, as the page's own form would send it.
import { uploaded } from './failure.js';
import { further } from './fields.js';
import { ownKey, withKey } from './key.js';
import { send } from './transfer.js';

/** Sends one file. Its key makes a repeat, after an answer that was lost, no second photo. */
export class Post {
  #keys;
  #form;
  #file;
  #title;

  /** The form's further fields as they were sent last. */
  fields = [];

  /**
   * `title` gives what the visitor calls it; empty for nothing. `keys` gives its key, by `get()`, and
   * another by `renew()`.
   */
  constructor(form, file, title = () => '', keys = ownKey()) {
    this.#form = form;
    this.#file = file;
    this.#title = title;
    this.#keys = keys;
  }

  /** Whether what is sent stays sent when it is paused. */
  get isKept() {
    return false;
  }

  /** One try; gives the reply's `upload`. */
  async run(how) {
    try {
      return await withKey(this.#keys, (key) => this.#send(key, how));
    } catch (error) {
      if (!how.signal?.aborted) {
        // The next try sends all of it again.
        how.onprogress(0);
      }
      throw error;
    }
  }

  async #send(key, { signal, onprogress }) {
    const fields = this.#form.fields();
    this.fields = further(fields);
    const body = new FormData();
    // First, so that the server knows how to answer whatever it meets, and the file last, so that
    // it knows the token before the bytes come.
    body.append('format', 'json');
    for (const [name, value] of fields.filter(([name]) => name !== 'format')) {
      body.append(name, value);
    }
    if (this.#title() !== '') {
      body.append('photo_title', this.#title());
    }
    body.append('file', this.#file, this.#file.name);
    onprogress(0);
    const answer = await send({
      method: 'POST',
      url: this.#form.action,
      headers: { 'Idempotency-Key': key, 'Accept-Language': this.#form.lang },
      body,
      signal,
      onprogress: (sent) => onprogress(Math.min(sent, this.#file.size)),
      ask: () => this.#form.ask(),
    });
    return uploaded(answer);
  }

  /** Nothing of it is left on the server once it is aborted. */
  discard() {
    return this.#keys.forget();
  }
}

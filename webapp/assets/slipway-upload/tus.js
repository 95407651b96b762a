// A big file: tus 1.0.0 (https://tus.io/protocols/resumable-upload), which goes on where it was cut.
import { Failure, isOfTus, uploaded } from './failure.js';
import { asMetadata, further } from './fields.js';
import { ownKey, withKey } from './key.js';
import { send } from './transfer.js';

const VERSION = { 'Tus-Resumable': '1.0.0' };
const NOTE_MILLIS = 1_000;

/** Sends one file in pieces; each try asks how much the server has and goes on from there. */
export class Tus {
  /** Have the server give the same upload to a creation that is repeated, as its answer was lost. */
  #keys;
  #said = null;
  #form;
  #file;
  #memory;
  #pieces;
  #title;
  #url;
  #noted = 0;

  /** The form's further fields as they were sent; none when an earlier visit did so. */
  fields = [];

  /**
   * `memory` keeps the upload's address over a reload of the page; `pieces` has their size; `title`
   * gives what the visitor calls the file, empty for nothing; `keys` is as of `Post`.
   */
  constructor(form, file, memory, pieces, title = () => '', keys = ownKey()) {
    this.#form = form;
    this.#file = file;
    this.#memory = memory;
    this.#pieces = pieces;
    this.#title = title;
    this.#keys = keys;
  }

  get #headers() {
    return { ...VERSION, 'Accept-Language': this.#form.lang };
  }

  /** Whether what is sent stays sent when it is paused. */
  get isKept() {
    return true;
  }

  /** One try; gives the reply's `upload`. */
  async run({ signal, onprogress }) {
    this.#url ??= (await this.#memory.find(this.#file)) ?? (await this.#keys.url());
    let offset = this.#url ? await this.#offset(signal) : null;
    offset ??= await withKey(this.#keys, (key) => this.#create(key, signal));
    onprogress(offset);
    while (offset < this.#file.size) {
      offset = await this.#patch(offset, signal, onprogress);
      await this.#memory.note(this.#file, this.#url, offset);
    }
    const upload = await this.#finished(signal);
    await this.#memory.forget(this.#file);
    return upload;
  }

  /** Has the server drop what it has of the file, unless another page is at work on it. */
  async discard() {
    if (await this.#memory.isElsewhere(this.#file)) {
      return;
    }
    const url = this.#url ?? (await this.#memory.find(this.#file));
    await this.#memory.forget(this.#file);
    await this.#keys.forget();
    if (url) {
      await drop(url);
    }
  }

  /**
   * Creates the upload; gives how much of it the server has, if this repeats a creation. What is
   * said of the file stays as it was then: the key stands for it.
   */
  async #create(key, signal) {
    if (this.#said === null) {
      this.fields = further(this.#form.fields());
      this.#said = metadata({
        filename: this.#file.name,
        filetype: this.#file.type || 'application/octet-stream',
        upload_token: this.#form.token,
        ...(this.#title() !== '' && { photo_title: this.#title() }),
        ...asMetadata(this.fields),
      });
    }
    const answer = await send({
      method: 'POST',
      url: this.#form.filesUrl,
      headers: {
        ...this.#headers,
        'Idempotency-Key': key,
        'Upload-Length': String(this.#file.size),
        'Upload-Metadata': this.#said,
      },
      signal,
    });
    if (!answer.isOk || !isOfTus(answer)) {
      throw Failure.of(answer);
    }
    this.#url = new URL(answer.header('Location'), this.#form.filesUrl).href;
    const offset = Number(answer.header('Upload-Offset'));
    await this.#keys.keepUrl(this.#url);
    await this.#memory.note(this.#file, this.#url, offset);
    return offset;
  }

  /** How much the server has; null when it does not know the upload (any more). */
  async #offset(signal) {
    const answer = await send({ method: 'HEAD', url: this.#url, headers: this.#headers, signal });
    if (answer.isOk && isOfTus(answer)) {
      return Number(answer.header('Upload-Offset'));
    }
    const failure = Failure.of(answer);
    if (failure.passing || !isOfTus(answer)) {
      throw failure;
    }
    await this.#leave();
    return null;
  }

  /** The next try begins another upload. */
  async #leave() {
    await this.#memory.forget(this.#file);
    this.#url = null;
    this.#said = null;
    await this.#keys.renew();
  }

  async #patch(offset, signal, onprogress) {
    const piece = this.#file.slice(offset, offset + this.#pieces.bytes);
    const answer = await send({
      method: 'PATCH',
      url: this.#url,
      headers: {
        ...this.#headers,
        'Content-Type': 'application/offset+octet-stream',
        'Upload-Offset': String(offset),
      },
      body: piece,
      signal,
      onprogress: (sent) => {
        onprogress(offset + sent);
        this.#note(offset + sent);
      },
      ask: () => this.#form.ask(),
    });
    if (!answer.isOk || !isOfTus(answer)) {
      const failure = Failure.of(answer);
      onprogress(offset);
      if (failure.isOfProxy && failure.status === 413 && this.#pieces.refused(piece.size)) {
        return offset;
      }
      if (isOfTus(answer) && [404, 410].includes(answer.status)) {
        // The server gave the upload up, or another visitor has it.
        failure.passing = true;
        await this.#leave();
      }
      throw failure;
    }
    const now = Number(answer.header('Upload-Offset'));
    if (!(now > offset)) {
      throw new Failure('network', { passing: true });
    }
    onprogress(now);
    return now;
  }

  /** Remembers about how far it is, as a reload may come in the midst of a piece. */
  #note(sent) {
    const now = Date.now();
    if (now - this.#noted > NOTE_MILLIS) {
      this.#noted = now;
      this.#memory.note(this.#file, this.#url, sent);
    }
  }

  async #finished(signal) {
    const answer = await send({
      method: 'GET',
      url: this.#url,
      headers: { ...this.#headers, Accept: 'application/json' },
      signal,
    });
    return uploaded(answer);
  }
}

/** Has the server drop an unfinished upload; where that fails, it expires there. */
export async function drop(url) {
  try {
    await send({ method: 'DELETE', url, headers: VERSION });
  } catch {
    // Offline, most likely.
  }
}

function metadata(values) {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(',');
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

// Tells of the uploads: the page by events, and those who do not see the screen in words.

/** The news of one uploader. */
export class News {
  #host;
  #form;
  #queue;

  /** The files that were told to have stopped. */
  #stopped = new Set();

  constructor(host, form, queue) {
    this.#host = host;
    this.#form = form;
    this.#queue = queue;
  }

  /** Some bytes of a file are sent. */
  progressed(item, view, texts) {
    this.#tell('progress', item);
    const { name, size } = item.file;
    if (item.sent > 0 && this.#stopped.delete(item)) {
      view.announce('resumedOf', { name });
      return;
    }
    const quarter = Math.floor((4 * item.sent) / size);
    if (quarter !== item.announced && quarter > 0 && quarter < 4) {
      item.announced = quarter;
      view.announce('percentOf', { name, percent: texts.percent(quarter / 4) });
    }
  }

  /** A file is in another state. */
  changed(item, view, texts) {
    const { name } = item.file;
    this.#tell('progress', item);
    if (['paused', 'waiting'].includes(item.state)) {
      this.#stopped.add(item);
    }
    if (item.state === 'waiting') {
      this.#waits(item, view, texts);
    } else if (['paused', 'done'].includes(item.state)) {
      view.announce(`${item.state}Of`, { name });
    } else if (item.state === 'failed') {
      this.#failed(item, view, texts);
    }
  }

  #waits(item, view, texts) {
    if (navigator.onLine === false) {
      this.offline(view);
    } else {
      const message = texts.wait(item.setback.waitingKey, item.secondsToTry);
      view.announce('errorOf', { name: item.file.name, message });
    }
  }

  /** The network is gone, while files are under way: the same for all of them. */
  offline(view) {
    if (this.#queue.isBusy) {
      view.announce('offline');
    }
  }

  /** All is uploaded; whether the page leaves it to the uploader to go on to return_url. */
  done(uploads, callback) {
    return this.#dispatch('done', { uploads, callback_url: callback?.href ?? null });
  }

  #failed(item, view, texts) {
    const { code, status } = item.failure;
    const message = item.failure.text(texts, item.file.size, this.#form.maxBytes, this.#form.accept);
    if (this.#tell('error', item, { code, status, message })) {
      view.announce('errorOf', { name: item.file.name, message });
    } else {
      view.quiet(item);
      view.announce('errorOf', { name: item.file.name, message: texts.say('failed') });
    }
  }

  /** Tells the page; whether it leaves the rest to the uploader. */
  #tell(what, item, more) {
    const { file, state, sent } = item;
    const total = this.#queue.fraction;
    return this.#dispatch(what, { file, state, sent, size: file.size, total, ...more });
  }

  #dispatch(what, detail) {
    const event = { detail, bubbles: true, composed: true, cancelable: true };
    return this.#host.dispatchEvent(new CustomEvent(`slipway-${what}`, event));
  }
}

// A small file: one form, or pieces where a proxy on the way does not take it whole.

/** A transport that is `whole` until a proxy refuses that, and then `inPieces()`. */
export class Either {
  #now;
  #inPieces;
  #pieces;
  #size;

  constructor(whole, inPieces, pieces, size) {
    this.#now = whole;
    this.#inPieces = inPieces;
    this.#pieces = pieces;
    this.#size = size;
  }

  get fields() {
    return this.#now.fields;
  }

  get isKept() {
    return this.#now.isKept;
  }

  /** One try; gives the reply's `upload`. */
  async run(how) {
    if (this.#inPieces && this.#size >= this.#pieces.from) {
      this.#divide();
    }
    try {
      return await this.#now.run(how);
    } catch (error) {
      if (!this.#inPieces || !error.isOfProxy || error.status !== 413 || !this.#pieces.refused(this.#size)) {
        throw error;
      }
      this.#divide();
      return this.#now.run(how);
    }
  }

  #divide() {
    this.#now = this.#inPieces();
    this.#inPieces = null;
  }

  discard() {
    return this.#now.discard();
  }
}

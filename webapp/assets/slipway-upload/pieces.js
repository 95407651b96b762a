// How much one request may bring, as the page and proxies on the way have it.

const MIB = 1 << 20;

/** No proxy of use takes less. */
const LEAST = 64 << 10;

/** The bounds of one page's requests; a 413 of somebody on the way lowers them for all files. */
export class Pieces {
  #form;
  #mostBytes = Infinity;
  #mostWhole = Infinity;

  constructor(form) {
    this.#form = form;
  }

  /** Bytes of a piece at most. */
  get bytes() {
    return Math.min(this.#form.number('piece-bytes') ?? 32 * MIB, this.#mostBytes);
  }

  /** A file of so many bytes or more goes in pieces. */
  get from() {
    return Math.min(this.#form.number('resumable-from') ?? 8 * MIB, this.#mostWhole);
  }

  /** Notes that a request of so many bytes was too large; whether a smaller one is to be tried. */
  refused(bytes) {
    this.#mostWhole = Math.min(this.#mostWhole, bytes);
    this.#mostBytes = Math.min(this.#mostBytes, Math.max(LEAST, Math.floor(bytes / 2)));
    return this.bytes < bytes;
  }
}

// How fast an upload goes, and what may be told from that.

const WINDOW_MILLIS = 8_000;
const LEAST_MILLIS = 800;

/** The speed over the last seconds. */
export class Pace {
  #samples = [];

  /** Notes how many bytes are there by now; fewer than before start it anew. */
  note(bytes, now = performance.now()) {
    if (bytes < (this.#samples.at(-1)?.bytes ?? 0)) {
      this.clear();
    }
    this.#samples.push({ bytes, now });
    while (now - this.#samples[0].now > WINDOW_MILLIS && this.#samples.length > 2) {
      this.#samples.shift();
    }
  }

  clear() {
    this.#samples = [];
  }

  /** Bytes a second; 0 while it is too early to tell. */
  get speed() {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    const millis = first ? last.now - first.now : 0;
    return millis < LEAST_MILLIS ? 0 : ((last.bytes - first.bytes) * 1000) / millis;
  }

  /** Seconds for that many bytes more; null while it is too early to tell. */
  secondsFor(bytes) {
    const { speed } = this;
    return speed > 0 ? bytes / speed : null;
  }
}

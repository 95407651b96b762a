// What is chosen of a list, on its page and on others: things by their number.
export class Selection {
  #chosen = new Map();
  #page = new Map();
  #last = null;

  /** Says what the page has now; what was chosen stays so. */
  shows(things) {
    this.#page = new Map(things);
    this.#last = null;
    for (const [id, thing] of this.#page) {
      if (this.#chosen.has(id)) {
        this.#chosen.set(id, thing);
      }
    }
  }

  has(id) {
    return this.#chosen.has(id);
  }

  /** All that is chosen. */
  get all() {
    return [...this.#chosen.values()];
  }

  get count() {
    return this.#chosen.size;
  }

  /** How many of them the page does not show. */
  get elsewhere() {
    return [...this.#chosen.keys()].filter((id) => !this.#page.has(id)).length;
  }

  /** Chooses one of the page or leaves it, and, for a range, all from the one before to it. */
  set(id, isChosen, isRange = false) {
    const ids = [...this.#page.keys()];
    const [from, to] = isRange && this.#last !== null
      ? [ids.indexOf(this.#last), ids.indexOf(id)].sort((one, other) => one - other)
      : [ids.indexOf(id), ids.indexOf(id)];
    for (const each of ids.slice(from, to + 1)) {
      this.#put(each, isChosen);
    }
    this.#last = id;
  }

  setPage() {
    this.#page.forEach((_, id) => this.#put(id, true));
  }

  clear() {
    this.#chosen.clear();
  }

  remove(id) {
    this.#chosen.delete(id);
  }

  #put(id, isChosen) {
    if (isChosen) {
      this.#chosen.set(id, this.#page.get(id));
    } else {
      this.#chosen.delete(id);
    }
  }
}

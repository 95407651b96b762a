// What is below the files: how far all is, and what comes next.
import { h } from './dom.js';

/** The foot. `acts` has the functions `start` and `goOn`. */
export class Foot {
  #texts;
  #total = h('p', { class: 'total' });
  #start;
  #goOn;

  constructor(texts, acts) {
    this.#texts = texts;
    this.#start = h('button', { type: 'button', class: 'primary', part: 'button', onclick: acts.start });
    this.#goOn = h('button', { type: 'button', class: 'secondary', onclick: acts.goOn }, texts.say('goOn'));
    this.element = h('div', { class: 'foot' }, this.#total, this.#goOn, this.#start);
  }

  /** Shows all that is; `leaving` when the visitor is on the way to return_url. */
  show(queue, leaving) {
    const ready = queue.in('ready').length;
    const done = queue.in('done').length;
    const all = queue.items.length;
    const isStuck = done > 0 && done < all && queue.in('done', 'failed').length === all;
    this.#start.hidden = ready === 0;
    this.#start.textContent = this.#texts.say('upload', { count: ready });
    this.#goOn.hidden = !isStuck;
    this.showTotal(queue, leaving);
    this.element.hidden = this.#start.hidden && this.#goOn.hidden && this.#total.textContent === '';
  }

  /** Shows how far all is. */
  showTotal(queue, leaving) {
    this.#total.textContent = this.#totalText(queue, leaving);
  }

  #totalText(queue, leaving) {
    const texts = this.#texts;
    const count = queue.taken.length;
    if (queue.isDone) {
      return texts.say(leaving ? 'leaving' : 'allDone');
    }
    if (count < 2 || queue.in('ready').length === count) {
      return '';
    }
    const percent = texts.percent(queue.fraction);
    return texts.say('total', { done: queue.in('done').length, count, percent });
  }
}

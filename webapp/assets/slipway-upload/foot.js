// What is below the files: how far all is, and what comes next.
import { h, icon, together } from './dom.js';

/** The foot. `acts` has the functions `start`, `goOn`, `pauseAll`, `resumeAll` and `cancelAll`. */
export class Foot {
  #texts;
  #total = h('p', { class: 'total' });
  #start;
  #goOn;
  #pauseAll;
  #resumeAll;
  #cancelAll;

  constructor(texts, acts) {
    this.#texts = texts;
    this.#start = h('button', { type: 'button', class: 'primary', part: 'button', onclick: acts.start });
    this.#goOn = h('button', { type: 'button', class: 'secondary', onclick: acts.goOn }, texts.say('goOn'));
    this.#pauseAll = this.#ofAll('pauseAll', 'pause', acts);
    this.#resumeAll = this.#ofAll('resumeAll', 'play', acts);
    this.#cancelAll = this.#ofAll('cancelAll', 'close', acts);
    // Never where the button to start was, as some tap that once more.
    this.#cancelAll.classList.add('cancel');
    this.element = h('div', { class: 'foot', part: 'foot' }, this.#total, this.#cancelAll, this.#goOn,
      this.#pauseAll, this.#resumeAll, this.#start);
  }

  #ofAll(act, sign, acts) {
    // The second click of a double one was meant for the button that was there before.
    const onclick = (event) => {
      if (event.detail < 2) {
        acts[act](event);
      }
    };
    return h('button', { type: 'button', class: 'all', onclick }, icon(sign), this.#texts.say(act));
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
    const { isBusy } = queue;
    const isPaused = !isBusy && queue.in('paused').length > 0;
    this.#pauseAll.hidden = all < 2 || !isBusy;
    this.#resumeAll.hidden = all < 2 || !isPaused;
    this.#cancelAll.hidden = all < 2 || !(isBusy || isPaused);
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
    if (count < 2) {
      return '';
    }
    if (queue.in('ready').length === count) {
      return texts.size(queue.size);
    }
    const percent = texts.percent(queue.fraction);
    const said = [texts.say('total', { done: queue.in('done').length, count, percent })];
    const seconds = queue.in('sending').length > 0 ? queue.secondsLeft : null;
    if (seconds !== null) {
      said.push(texts.speed(queue.speed), texts.say('left', { time: texts.time(seconds) }));
    }
    return together(said);
  }
}

// What the visitor sees.
import { h, icon } from './dom.js';
import { Foot } from './foot.js';
import { Row } from './row.js';
import { Zone } from './zone.js';

/**
 * The uploader's own part of the page. `acts` has the functions `choose(files)`, `start`, `goOn`,
 * `pauseAll`, `resumeAll`, `cancelAll`, `pause`, `resume`, `retry`, `remove` (each of an item) and
 * `discard` (of an unfinished upload).
 */
export class View {
  #texts;
  #form;
  #acts;
  #rows = new Map();
  #slot = h('slot');
  #list;
  #zone;
  #foot;
  #shownUnfinished = '';
  #unfinished = h('div', { class: 'unfinished' });
  #notice = h('p', { class: 'notice', role: 'alert', hidden: true });
  #live = h('p', { class: 'unseen', role: 'status' });

  constructor(form, texts, acts) {
    this.#form = form;
    this.#texts = texts;
    this.#acts = acts;
    this.#zone = new Zone(form, texts, acts.choose);
    this.#list = h('ul', { class: 'files', 'aria-label': texts.say('files'), tabindex: -1, hidden: true });
    this.#foot = new Foot(texts, acts);
    this.element = h('div', { class: 'uploader', lang: texts.lang, dir: texts.dir },
      this.#slot,
      this.#zone.element, this.#notice, this.#unfinished, this.#list, this.#foot.element, this.#live);
  }

  /** Shows all that is; `leaving` when the visitor is on the way to return_url. */
  show(queue, leaving) {
    this.#slot.hidden = !this.#form.hasMore;
    const room = leaving ? 0 : this.#form.maxFiles - queue.taken.length;
    this.#zone.show(room, queue.items.length > 0);
    this.#showRows(queue.items);
    this.#foot.show(queue, leaving);
  }

  /** Shows how far all is. */
  showTotal(queue, leaving) {
    this.#foot.showTotal(queue, leaving);
  }

  showItem(item) {
    this.#rows.get(item)?.show();
  }

  /** Has a row say no more of its failure than that there is one: the page says the rest. */
  quiet(item) {
    this.#rows.get(item).isQuiet = true;
    this.showItem(item);
  }

  /** Says something above the list, until the next call; nothing with an empty text. */
  notice(text) {
    this.#notice.textContent = text;
    this.#notice.hidden = text === '';
  }

  /** Says something to screen readers. */
  announce(key, values) {
    this.#live.textContent = this.#texts.say(key, values);
  }

  /** Shows uploads that an earlier visit did not finish. */
  showUnfinished(entries) {
    const now = JSON.stringify(entries);
    if (now === this.#shownUnfinished) {
      return;
    }
    this.#shownUnfinished = now;
    const texts = this.#texts;
    this.#unfinished.hidden = entries.length === 0;
    this.#unfinished.replaceChildren(
      h('p', { class: 'heading', id: 'unfinished' }, texts.say('unfinished')),
      h('ul', { 'aria-labelledby': 'unfinished' }, ...entries.map((entry) => this.#unfinishedRow(entry))));
  }

  /** Puts the focus where a removed file was: on the next, or on the field to choose files with. */
  focusAfter(index, items) {
    const next = items[Math.min(index, items.length - 1)];
    const button = next && this.#rows.get(next).element.querySelector('button:not([hidden])');
    (button ?? this.#zone).focus();
  }

  focusList() {
    this.#list.focus();
  }

  close() {
    this.#rows.forEach((row) => row.close());
    this.element.remove();
  }

  #unfinishedRow(entry) {
    const texts = this.#texts;
    const { name } = entry;
    const title = texts.say('discard', { name });
    const percent = texts.percent(entry.sent / entry.size);
    return h('li', {}, h('span', {}, texts.say('again', { name, percent })),
      h('button', { type: 'button', class: 'act', 'aria-label': title, title, onclick: () => this.#acts.discard(entry) },
        icon('close')));
  }

  #showRows(items) {
    for (const [item, row] of this.#rows) {
      if (!items.includes(item)) {
        row.close();
        this.#rows.delete(item);
      }
    }
    for (const item of items) {
      if (!this.#rows.has(item)) {
        const row = new Row(item, this.#texts, this.#form, this.#acts);
        this.#rows.set(item, row);
        this.#list.append(row.element);
      }
      this.showItem(item);
    }
    this.#list.hidden = items.length === 0;
  }
}

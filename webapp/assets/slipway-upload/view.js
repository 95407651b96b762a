// What the visitor sees.
import { h, icon } from './dom.js';
import { Row } from './row.js';

/**
 * The uploader's own part of the page. `acts` has the functions `choose(files)`, `start`, `goOn`,
 * `pause`, `resume`, `retry`, `remove` (each of an item) and `discard` (of an unfinished upload).
 */
export class View {
  #texts;
  #form;
  #acts;
  #rows = new Map();
  #list;
  #zone;
  #input;
  #choose = h('span', { class: 'choose' });
  #hint = h('span', { class: 'hint' });
  #limits = h('span', { class: 'limits', id: 'limits' });
  #unfinished = h('div', { class: 'unfinished' });
  #notice = h('p', { class: 'notice', role: 'alert', hidden: true });
  #total = h('p', { class: 'total' });
  #start = h('button', { type: 'button', class: 'primary', part: 'button' });
  #goOn = h('button', { type: 'button', class: 'secondary' });
  #foot = h('div', { class: 'foot' }, this.#total, this.#goOn, this.#start);
  #live = h('p', { class: 'unseen', role: 'status' });

  constructor(form, texts, acts) {
    this.#form = form;
    this.#texts = texts;
    this.#acts = acts;
    this.#input = h('input', {
      type: 'file',
      class: 'unseen',
      id: 'choose',
      accept: form.accept || undefined,
      multiple: form.maxFiles > 1,
      'aria-describedby': 'limits',
    });
    this.#input.addEventListener('change', () => {
      acts.choose([...this.#input.files]);
      this.#input.value = '';
    });
    this.#zone = h('div', { class: 'zone', part: 'zone' }, this.#input,
      h('label', { for: 'choose' }, h('span', { class: 'badge' }, icon('upload')),
        h('span', { class: 'words' }, this.#choose,
          h('span', { class: 'now' }, texts.say('dropNow')), this.#hint, this.#limits)));
    this.#list = h('ul', { class: 'files', 'aria-label': texts.say('files'), tabindex: -1, hidden: true });
    this.#start.addEventListener('click', acts.start);
    this.#goOn.addEventListener('click', acts.goOn);
    this.#limits.textContent = this.#limitsText();
    this.element = h('div', { class: 'uploader', lang: texts.lang },
      h('slot', { hidden: !form.hasMore }),
      this.#zone, this.#notice, this.#unfinished, this.#list, this.#foot, this.#live);
  }

  /** Shows all that is; `leaving` when the visitor is on the way to return_url. */
  show(queue, leaving) {
    const texts = this.#texts;
    const room = this.#form.maxFiles - queue.taken.length;
    const hasItems = queue.items.length > 0;
    this.#zone.hidden = room <= 0 || leaving;
    this.#zone.classList.toggle('slim', hasItems);
    this.#choose.textContent = texts.say(hasItems ? 'more' : 'choose', { count: room });
    this.#hint.textContent = texts.say('drop', { count: room });
    this.#showRows(queue.items);
    this.#showFoot(queue, leaving);
  }

  /** Shows how far all is. */
  showTotal(queue, leaving) {
    this.#total.textContent = this.#totalText(queue, leaving);
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
    (button ?? this.#input).focus();
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
        const row = new Row(item, this.#texts, this.#form.maxBytes, this.#acts);
        this.#rows.set(item, row);
        this.#list.append(row.element);
      }
      this.showItem(item);
    }
    this.#list.hidden = items.length === 0;
  }

  #showFoot(queue, leaving) {
    const texts = this.#texts;
    const ready = queue.in('ready').length;
    const done = queue.in('done').length;
    const isStuck = done > 0 && done < queue.items.length && queue.in('done', 'failed').length === queue.items.length;
    this.#start.hidden = ready === 0;
    this.#start.textContent = texts.say('upload', { count: ready });
    this.#goOn.hidden = !isStuck;
    this.#goOn.textContent = texts.say('goOn');
    this.showTotal(queue, leaving);
    this.#foot.hidden = this.#start.hidden && this.#goOn.hidden && this.#total.textContent === '';
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

  #limitsText() {
    const { maxFiles, maxBytes } = this.#form;
    const said = [];
    if (maxFiles > 1) {
      said.push(this.#texts.say('limitCount', { count: maxFiles }));
    }
    if (Number.isFinite(maxBytes)) {
      said.push(this.#texts.say('limitSize', { size: this.#texts.size(maxBytes), count: maxFiles }));
    }
    return said.join(' · ');
  }
}

// One file in the list.
import { h, icon, together } from './dom.js';
import { Preview } from './preview.js';

/** What the one button before the last does, by state. */
const ACTIONS = { queued: 'pause', sending: 'pause', paused: 'resume', waiting: 'retry', failed: 'retry' };
const ICONS = { pause: 'pause', resume: 'play', retry: 'retry' };

/** Letters of a title, as the server keeps them. */
const MOST_TITLE = 1000;

/** Shows an item. `acts` has the functions `pause`, `resume`, `retry` and `remove`. */
export class Row {
  #item;
  #texts;
  #form;
  #preview;
  #action;
  #status = h('p', { class: 'status', part: 'status' });
  #bar;
  #title;

  constructor(item, texts, form, acts) {
    this.#item = item;
    this.#texts = texts;
    this.#form = form;
    this.#preview = new Preview(item.file);
    const { name } = item.file;
    this.#bar = h('progress', { max: 100, value: 0, 'aria-label': name });
    this.#action = h('button', { type: 'button', class: 'act' });
    this.#action.addEventListener('click', () => acts[this.#action.dataset.act](item));
    this.removeButton = h(
      'button', { type: 'button', class: 'act', onclick: () => acts.remove(item) }, icon('close'));
    this.#title = h('input', {
      type: 'text', class: 'title', dir: 'auto', maxlength: MOST_TITLE, autocomplete: 'off', value: item.title,
      placeholder: texts.say('title'), 'aria-label': texts.say('titleOf', { name }),
      oninput: () => (item.title = this.#title.value),
    });
    this.element = h('li', { part: 'file' },
      this.#preview.element,
      h('div', { class: 'about' },
        h('p', { class: 'name', title: name, dir: 'auto' }, name), this.#title, this.#status, this.#bar),
      h('div', { class: 'acts' }, this.#action, this.removeButton, h('span', { class: 'tick' }, icon('check'))));
    this.show();
  }

  close() {
    this.#preview.close();
    this.element.remove();
  }

  show() {
    const { state, file, sent } = this.#item;
    if (this.element.dataset.state !== state) {
      this.element.dataset.state = state;
      this.#showActions(state, file.name);
    }
    this.#title.hidden = !this.#form.hasTitles || !(this.#item.isOpen || this.#title.value);
    this.#title.readOnly = !this.#item.isOpen;
    this.#bar.value = Math.floor((sent * 100) / Math.max(1, file.size));
    const text = this.#text();
    if (this.#status.textContent !== text) {
      this.#status.textContent = text;
    }
  }

  #showActions(state, name) {
    const texts = this.#texts;
    const hasAction = state in ACTIONS && (state !== 'failed' || this.#item.canRetry);
    this.#action.hidden = !hasAction;
    if (hasAction && this.#action.dataset.act !== ACTIONS[state]) {
      const act = ACTIONS[state];
      this.#action.dataset.act = act;
      this.#action.replaceChildren(icon(ICONS[act]));
      label(this.#action, texts.say(act, { name }));
    }
    this.removeButton.hidden = state === 'done';
    label(this.removeButton, texts.say(this.#item.isPending ? 'cancel' : 'remove', { name }));
    this.#bar.hidden = !['queued', 'sending', 'waiting', 'paused'].includes(state);
  }

  #text() {
    const texts = this.#texts;
    const { state, file, sent, failure } = this.#item;
    const size = texts.size(file.size);
    switch (state) {
      case 'sending':
        return this.#progress(size);
      case 'waiting':
        return navigator.onLine === false
          ? texts.say('offline')
          : texts.wait(this.#item.setback.waitingKey, this.#item.secondsToTry);
      case 'paused':
        return texts.say('paused', { percent: texts.percent(sent / file.size) });
      case 'ready':
        return sent > 0
          ? texts.say('readyAgain', { size, percent: texts.percent(sent / file.size) })
          : size;
      case 'failed':
        return this.isQuiet ? texts.say('failed') : failure.text(texts, file.size, this.#form.maxBytes, this.#form.accept);
      default:
        return texts.say(state, { size });
    }
  }

  #progress(size) {
    const texts = this.#texts;
    const { file, sent, pace } = this.#item;
    if (sent >= file.size) {
      return texts.say('finishing');
    }
    if (sent === 0) {
      return texts.say('starting');
    }
    const said = [texts.say('progress', { sent: texts.size(sent), size })];
    const seconds = pace.secondsFor(file.size - sent);
    if (seconds !== null) {
      said.push(texts.speed(pace.speed));
      said.push(texts.say('left', { time: texts.time(seconds) }));
    }
    return together(said);
  }
}

function label(button, text) {
  button.setAttribute('aria-label', text);
  button.title = text;
}

// Where files are chosen, dropped and pasted.
import { h, icon } from './dom.js';

/** The field for files and what it says. */
export class Zone {
  #texts;
  #input;
  #choose = h('span', { class: 'choose' });
  #hint = h('span', { class: 'hint' });

  /** `onchoose` gets the files. */
  constructor(form, texts, onchoose) {
    this.#texts = texts;
    this.#input = h('input', {
      type: 'file',
      class: 'unseen',
      id: 'choose',
      accept: form.accept || undefined,
      multiple: form.maxFiles > 1,
      'aria-describedby': 'limits',
      onchange: () => {
        onchoose([...this.#input.files]);
        this.#input.value = '';
      },
    });
    const now = h('span', { class: 'now' }, texts.say('dropNow'));
    const limits = h('span', { class: 'limits', id: 'limits' }, limitsText(form, texts));
    this.element = h('div', { class: 'zone', part: 'zone' }, this.#input,
      h('label', { for: 'choose' }, h('span', { class: 'badge' }, icon('upload')),
        h('span', { class: 'words' }, this.#choose, now, this.#hint, limits)));
  }

  /** Shows that there is room for so many files; `hasItems` when some are there. */
  show(room, hasItems) {
    this.element.hidden = room <= 0;
    this.element.classList.toggle('slim', hasItems);
    this.#choose.textContent = this.#texts.say(hasItems ? 'more' : 'choose', { count: room });
    this.#hint.textContent = this.#texts.say('drop', { count: room });
  }

  focus() {
    this.#input.focus();
  }
}

function limitsText({ maxFiles, maxBytes }, texts) {
  const said = [];
  if (maxFiles > 1) {
    said.push(texts.say('limitCount', { count: maxFiles }));
  }
  if (Number.isFinite(maxBytes)) {
    said.push(texts.say('limitSize', { size: texts.size(maxBytes), count: maxFiles }));
  }
  return said.join(' · ');
}

// Where files are chosen, dropped and pasted.
import { isAccepted } from './accept.js';
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
        h('span', { class: 'words' }, this.#choose, now, this.#hint, limits)),
      h('div', { class: 'cameras' }, ...cameras(form, texts, onchoose)));
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

/**
 * Fields that open the camera, for phones: their pickers of photos have none (Android 14 and later),
 * and a field for photos and videos at once cannot say which of the two it is to take.
 */
function cameras(form, texts, onchoose) {
  const camera = (id, type, example, sign, key) => {
    if (!isAccepted(example, form.accept)) {
      return [];
    }
    const onchange = ({ target }) => {
      onchoose([...target.files]);
      target.value = '';
    };
    return [
      h('input', { type: 'file', class: 'unseen', id, accept: type, capture: 'environment', onchange }),
      h('label', { for: id }, icon(sign), texts.say(key)),
    ];
  };
  return [
    ...camera('photo', 'image/*', { name: 'a.jpg', type: 'image/jpeg' }, 'camera', 'takePhoto'),
    ...camera('video', 'video/*', { name: 'a.mp4', type: 'video/mp4' }, 'video', 'takeVideo'),
  ];
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

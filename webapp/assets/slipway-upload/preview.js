// A small picture of a file that is not uploaded yet.
import { h, icon } from './dom.js';

/** Shows a file's picture, or an icon where the browser cannot. */
export class Preview {
  #url;
  #picture = null;

  constructor(file) {
    this.element = h('div', { class: 'preview' });
    this.#icon(file);
    if (/^(image|video)\//.test(file.type)) {
      this.#url = URL.createObjectURL(file);
      this.#show(file);
    }
  }

  /** Lets go of the file, also while it is loaded: browsers complain of one that is gone by then. */
  close() {
    this.#picture?.removeAttribute('src');
    this.#picture?.load?.();
    URL.revokeObjectURL(this.#url);
  }

  #show(file) {
    const isVideo = file.type.startsWith('video/');
    const picture = isVideo
      ? h('video', { preload: 'metadata', tabindex: -1, 'aria-hidden': 'true' })
      : h('img', { alt: '', decoding: 'async' });
    this.#picture = picture;
    picture.muted = true;
    const ready = isVideo ? 'loadeddata' : 'load';
    picture.addEventListener(ready, () => this.element.replaceChildren(picture));
    picture.addEventListener('error', () => this.close());
    // A little into a video, as many begin in black.
    picture.src = isVideo ? `${this.#url}#t=0.1` : this.#url;
  }

  #icon(file) {
    const kind = /^(image|video)\//.exec(file.type)?.[1];
    this.element.append(icon({ image: 'picture', video: 'video' }[kind] ?? 'file'));
  }
}

// A small picture of a file that is not uploaded yet.
import { h, icon } from './dom.js';

/** Shows a file's picture, or an icon where the browser cannot. */
export class Preview {
  #url;
  #video = null;

  constructor(file) {
    this.element = h('div', { class: 'preview' });
    this.#icon(file);
    if (/^(image|video)\//.test(file.type)) {
      this.#url = URL.createObjectURL(file);
      this.#show(file);
    }
  }

  /** Lets go of a video, also while it is loaded: browsers complain of one that is gone by then. */
  close() {
    if (this.#video) {
      this.#video.removeAttribute('src');
      this.#video.load();
      URL.revokeObjectURL(this.#url);
    }
  }

  #show(file) {
    const isVideo = file.type.startsWith('video/');
    const picture = isVideo ? this.#playing() : this.#still();
    const ready = isVideo ? 'loadeddata' : 'load';
    picture.addEventListener(ready, () => this.element.replaceChildren(picture));
    // A little into a video, as many begin in black.
    picture.src = isVideo ? `${this.#url}#t=0.1` : this.#url;
  }

  #playing() {
    const video = h('video', { preload: 'metadata', tabindex: -1, 'aria-hidden': 'true' });
    video.muted = true;
    video.addEventListener('error', () => this.close());
    this.#video = video;
    return video;
  }

  /**
   * Needs the file until it is loaded only. What it shows is not taken from it: Chromium keeps a picture
   * that loses its `src` outside of the page, and all around it, as long as the page is open.
   */
  #still() {
    const picture = h('img', { alt: '', decoding: 'async' });
    for (const end of ['load', 'error']) {
      picture.addEventListener(end, () => URL.revokeObjectURL(this.#url));
    }
    return picture;
  }

  #icon(file) {
    const kind = /^(image|video)\//.exec(file.type)?.[1];
    this.element.append(icon({ image: 'picture', video: 'video' }[kind] ?? 'file'));
  }
}

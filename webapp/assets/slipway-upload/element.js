// The element itself: its life in the page, its texts, and what scripts of the page may call.
import { Form } from './form.js';
import { Session } from './session.js';
import { SHEET } from './styles.js';
import { TEXTS, Texts } from './texts.js';

/**
 * `<slipway-upload>`. Attributes: `max-files`, `max-bytes`, `auto` (starts without a click),
 * `drop-anywhere` (takes what is dropped anywhere on the page), `theme` (`light` or `dark`), `resumable-from` and `piece-bytes` (bytes), `files-url`, `lang`, and
 * `text-<key>` for each text. Events: `slipway-progress`, `slipway-done`, `slipway-error`.
 */
export class SlipwayUpload extends HTMLElement {
  static observedAttributes = ['lang', 'max-files', 'max-bytes'];

  /** The texts by language, for pages to add theirs to. */
  static texts = TEXTS;

  #session = null;
  #search = new MutationObserver(() => this.#take());

  /** Those of a form that is gone, for the one that takes its place. */
  #files = [];
  #ownTexts = {};

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [SHEET];
  }

  connectedCallback() {
    this.#take();
    this.#search.observe(this, { childList: true, subtree: true });
  }

  /** One that is only moved in the page goes on. */
  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#search.disconnect();
        this.#leave();
        this.#files = [];
      }
    });
  }

  attributeChangedCallback() {
    this.#retext();
  }

  /** Own texts by their key, in the place of those of the language. */
  get texts() {
    return { ...this.#ownTexts };
  }

  set texts(texts) {
    this.#ownTexts = { ...texts };
    this.#retext();
  }

  /** The finished uploads: `{file, photo_id, tree_id, token, callback_url}`. */
  get uploads() {
    return this.#session?.uploads ?? [];
  }

  /** Adds files as if the visitor had chosen them. */
  add(files) {
    this.#session?.add(files);
  }

  /** Starts the files that are ready, if the form is filled in. */
  start() {
    this.#session?.start();
  }

  /** Pauses all that is under way. */
  pause() {
    this.#session?.pause();
  }

  /** Resumes all that is paused. */
  resume() {
    this.#session?.resume();
  }

  /**
   * Takes over the form there is, which may have come in the place of another. Until there is one,
   * and where none is found, the page's own stays as it is.
   */
  #take() {
    const form = Form.of(this);
    if (this.#session?.isOf(form)) {
      return;
    }
    this.#leave();
    if (form) {
      this.#session = new Session(this, form, this.#allTexts());
      if (this.#files.length > 0) {
        this.#session.add(this.#files.splice(0));
      }
    }
  }

  #leave() {
    if (this.#session) {
      this.#files = this.#session.files;
      this.#session.close();
      this.#session = null;
    }
    this.shadowRoot.replaceChildren(document.createElement('slot'));
  }

  #retext() {
    this.#session?.retext(this.#allTexts());
  }

  #allTexts() {
    const lang = this.closest('[lang]')?.lang || document.documentElement.lang || navigator.language;
    const own = {};
    for (const { name, value } of this.attributes) {
      if (name.startsWith('text-')) {
        own[name.slice(5).replace(/-(\w)/g, (dash, letter) => letter.toUpperCase())] = value;
      }
    }
    return new Texts(lang, { ...own, ...this.#ownTexts });
  }
}

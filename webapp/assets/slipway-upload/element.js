// The element itself: its life in the page, its texts, and what scripts of the page may call.
import { adopt, reflect } from './attributes.js';
import { Form } from './form.js';
import { Session } from './session.js';
import { sheet } from './styles.js';
import { TEXTS, Texts, fetchTexts } from './texts.js';

/** Attributes that all of what is shown goes by. */
const SHOWN = /^(drop-anywhere|lang|max-bytes|max-files|text-.+|titles)$/;

/** A server that renders pages imports the element, and has none. */
const Base = globalThis.HTMLElement ?? class {};

/**
 * `<slipway-upload>`. Its attributes are those of `attributes.js`, `lang`, and `text-<key>` for each
 * text. Events: `slipway-progress`, `slipway-done`, `slipway-error`.
 */
export class SlipwayUpload extends Base {
  /** The texts by language, for pages to add theirs to. */
  static texts = TEXTS;

  static {
    reflect(this.prototype);
  }

  #session = null;
  #search = new MutationObserver(() => this.#take());
  #changes = new MutationObserver((changes) => {
    if (changes.some((change) => this.#isShown(change))) {
      this.#retext();
    }
  });

  /** Those of a form that is gone, for the one that takes its place. */
  #files = [];

  /** What scripts asked for before there was a session. */
  #asked = [];
  #ownTexts = {};

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet()];
  }

  connectedCallback() {
    adopt(this, ['texts']);
    this.#take();
    this.#search.observe(this, { childList: true, subtree: true, attributeFilter: ['disabled', 'style'] });
    this.#changes.observe(this, { attributeOldValue: true });
  }

  /** One that is only moved in the page goes on. */
  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#search.disconnect();
        this.#changes.disconnect();
        this.#leave();
        this.#files = [];
        this.#asked = [];
      }
    });
  }

  /** Own texts by their key, in the place of those of the language. */
  get texts() {
    return { ...this.#ownTexts };
  }

  /** Frameworks set them anew, and the same, with each change of their page. */
  set texts(texts) {
    const before = this.#ownTexts;
    this.#ownTexts = { ...texts };
    if (JSON.stringify(before) !== JSON.stringify(this.#ownTexts)) {
      this.#retext();
    }
  }

  /** The finished uploads: `{file, photo_id, tree_id, token, callback_url}`. */
  get uploads() {
    return this.#session?.uploads ?? [];
  }

  /** Adds files as if the visitor had chosen them. */
  add(files) {
    this.#ask((session) => session.add(files));
  }

  /** Starts the files that are ready, if the form is filled in. */
  start() {
    this.#ask((session) => session.start());
  }

  /** Pauses all that is under way. */
  pause() {
    this.#ask((session) => session.pause());
  }

  /** Resumes all that is paused. */
  resume() {
    this.#ask((session) => session.resume());
  }

  #ask(act) {
    if (this.#session) {
      act(this.#session);
    } else {
      this.#asked.push(act);
    }
  }

  /**
   * Takes over the form there is, which may have come in the place of another, or has been made again
   * what it was. Until there is one and the texts are there, the page's own stays as it is.
   */
  #take() {
    const form = Form.of(this);
    if (this.#session?.isOf(form)) {
      this.#session.hold();
      return;
    }
    this.#leave();
    const texts = form && fetchTexts(this.#lang);
    if (texts) {
      texts.then(() => this.isConnected && this.#take());
    } else if (form) {
      this.#session = new Session(this, form, this.#allTexts());
      if (this.#files.length > 0) {
        this.#session.add(this.#files.splice(0));
      }
      this.#asked.splice(0).forEach((act) => act(this.#session));
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

  #isShown({ attributeName, oldValue }) {
    return SHOWN.test(attributeName) && this.getAttribute(attributeName) !== oldValue;
  }

  async #retext() {
    const missing = fetchTexts(this.#lang);
    if (missing) {
      await missing;
    }
    this.#session?.retext(this.#allTexts());
  }

  get #lang() {
    return this.closest('[lang]')?.lang || document.documentElement.lang || navigator.language;
  }

  #allTexts() {
    const own = {};
    for (const { name, value } of this.attributes) {
      if (name.startsWith('text-')) {
        own[name.slice(5).replace(/-(\w)/g, (dash, letter) => letter.toUpperCase())] = value;
      }
    }
    return new Texts(this.#lang, { ...own, ...this.#ownTexts });
  }
}

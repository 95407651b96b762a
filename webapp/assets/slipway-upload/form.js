// The page's own form: what it says about the upload, and how it makes room for the uploader.
import { isOn, number } from './attributes.js';

const MOST_UPLOADS = 10;

/** How long an answer about the token is waited for. */
const ASK_MILLIS = 20_000;

/** The ordinary form around or in the element. */
export class Form {
  /** The language that the server is to tell refusals in. */
  lang = 'en';

  #host;
  #form;
  #input;
  #hidden = [];

  constructor(host, form) {
    this.#host = host;
    this.#form = form;
    this.#input = form.querySelector('input[type=file]');
  }

  /** The form of an element, or null while the page has none there. */
  static of(host) {
    const form = host.querySelector('form') ?? host.closest('form');
    return form?.querySelector('input[type=file]') ? new Form(host, form) : null;
  }

  /** Whether it is the same form with the same file field. */
  isSame(other) {
    return other.#form === this.#form && other.#input === this.#input;
  }

  get action() {
    return this.#form.action;
  }

  /** Where resumable uploads go: beside the API, unless the page says otherwise. */
  get filesUrl() {
    const own = this.#host.getAttribute('files-url');
    return new URL(own ?? '../../files/', own ? document.baseURI : this.action).href;
  }

  /**
   * Asks the server how the token stands: a sign of life, whatever the answer. A simple request, to
   * which no browser has to ask for leave.
   */
  ask() {
    const fields = new FormData(this.#form);
    const token = fields.get('upload_token') ?? fields.get('replace_token') ?? '';
    return fetch(new URL('../upload-token/status', this.action), {
      method: 'POST',
      body: new URLSearchParams({ upload_token: token, format: 'json' }),
      credentials: 'omit',
      signal: AbortSignal.timeout(ASK_MILLIS),
    });
  }

  get token() {
    return new FormData(this.#form).get('upload_token') ?? '';
  }

  /** Whether big files may go in pieces: tokens that replace a photo's file are for forms only. */
  get isResumable() {
    return !new FormData(this.#form).has('replace_token');
  }

  get target() {
    return this.#form.target || '_self';
  }

  /** Types that the file field takes, as its `accept` has them. */
  get accept() {
    return this.#input.accept;
  }

  get maxFiles() {
    return this.number('max-files') ?? (this.#input.multiple ? MOST_UPLOADS : 1);
  }

  /** The largest file in bytes; Infinity where the page does not say. */
  get maxBytes() {
    return this.number('max-bytes') ?? Infinity;
  }

  /** How many pixels a picture is sent with at most; undefined for all that it has. */
  get maxPixels() {
    return this.number('max-pixels');
  }

  /** Whether the visitor may give each file a title. */
  get hasTitles() {
    return isOn(this.#host, 'titles') && this.isResumable;
  }

  /** An attribute of the element that is a number above 0. */
  number(attribute) {
    return number(this.#host, attribute);
  }

  /** Its fields but the file, in order. */
  fields() {
    return [...new FormData(this.#form)].filter(([, value]) => typeof value === 'string');
  }

  /** Has the visitor fill in what is missing; whether nothing is. */
  isValid() {
    return this.#form.reportValidity();
  }

  /** Gives submission to `onsubmit`, and has the form make room; gives the files chosen. */
  take(onsubmit, signal) {
    const submit = (event) => {
      event.preventDefault();
      onsubmit();
    };
    this.#form.addEventListener('submit', submit, { signal });
    const chosen = [...this.#input.files];
    this.hold();
    return chosen;
  }

  /** Hides file field and buttons: again where the page has brought them back, or others. */
  hold() {
    [this.#input, ...this.#labels].forEach((each) => this.#hide(each));
    this.#form.querySelectorAll('button:not([type=button], [type=reset]), input[type=submit]')
      .forEach((button) => this.#hide(button));
    // A disabled field is neither checked nor sent.
    if (!this.#input.disabled) {
      this.#input.disabled = true;
    }
  }

  /** Those of the file field that are the form's: others belong to the page, and one may hold all this. */
  get #labels() {
    return [...this.#input.labels].filter(
      (label) => this.#form.contains(label) && !label.contains(this.#host));
  }

  /** Whether the form has something for the visitor to see or fill in besides its file. */
  get hasMore() {
    return [...this.#form.elements].some(
      (field) => field.type !== 'hidden' && field !== this.#input && field.type !== 'fieldset'
        && !this.#hidden.some(([hidden]) => hidden.contains(field)));
  }

  /** Gives the page its form back. */
  release() {
    for (const [element, display] of this.#hidden) {
      element.style.setProperty('display', display);
    }
    this.#hidden = [];
    this.#input.disabled = false;
  }

  /** By its own style, which no rule of the page overrides and a strict policy allows scripts. */
  #hide(element) {
    const { style } = element;
    // A copy of a form that was taken, as pages are kept to go back to, is hidden as that was.
    const isHidden = style.display === 'none' && style.getPropertyPriority('display') !== '';
    if (!this.#hidden.some(([each]) => each === element)) {
      this.#hidden.push([element, isHidden ? '' : style.display]);
    }
    if (!isHidden) {
      style.setProperty('display', 'none', 'important');
    }
  }
}

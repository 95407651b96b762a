// Defines <slipway-upload>. Where there are no elements, as on a server that renders pages, it does nothing.
import { SlipwayUpload } from './lib/element.js';
import { LANGUAGES } from './lib/languages.js';
import { textsFrom } from './lib/texts.js';

textsFrom((language) => LANGUAGES[language]());
if (globalThis.customElements && !customElements.get('slipway-upload')) {
  customElements.define('slipway-upload', SlipwayUpload);
}

// That which counts, if another script has defined it before.
const Defined = globalThis.customElements?.get('slipway-upload') ?? SlipwayUpload;

export { Defined as SlipwayUpload };

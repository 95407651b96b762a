// <slipway-upload>: turns the ordinary upload form it stands around into a resumable uploader.
import { SlipwayUpload } from './slipway-upload/element.js';
import { textsFrom } from './slipway-upload/texts.js';

textsFrom((language) => import(new URL(`./slipway-upload/texts/${language}.js`, import.meta.url).href));
if (!customElements.get('slipway-upload')) {
  customElements.define('slipway-upload', SlipwayUpload);
}

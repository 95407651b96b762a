// <slipway-upload>: turns the ordinary upload form it stands around into a resumable uploader.
import { SlipwayUpload } from './slipway-upload/element.js';
import { textsAt } from './slipway-upload/texts.js';

textsAt(new URL('./slipway-upload/texts/', import.meta.url));
if (!customElements.get('slipway-upload')) {
  customElements.define('slipway-upload', SlipwayUpload);
}

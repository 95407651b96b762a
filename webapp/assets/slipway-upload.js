// <slipway-upload>: turns the ordinary upload form it stands around into a resumable uploader.
import { SlipwayUpload } from './slipway-upload/element.js';

if (!customElements.get('slipway-upload')) {
  customElements.define('slipway-upload', SlipwayUpload);
}

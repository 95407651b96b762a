import type { SlipwayUpload } from './element.js';

export * from './element.js';

declare global {
  interface HTMLElementTagNameMap {
    'slipway-upload': SlipwayUpload;
  }
}

// Renders the page, in node: where there are no elements.
import { renderToString } from 'react-dom/server';
import * as upload from 'slipway-upload';
import { SlipwayUpload } from 'slipway-upload/element';
import 'slipway-upload/react';
import 'slipway-upload/vue';
import danish from 'slipway-upload/texts/da';
import { Page } from './page.js';

declare const process: { argv: string[] };

if (upload.SlipwayUpload !== SlipwayUpload || danish.choose === SlipwayUpload.texts.en.choose) {
  throw new Error('The parts do not belong together');
}
console.log(renderToString(<Page action={process.argv[2]} token={process.argv[3]} />));

import type { HTMLAttributes, PublicProps } from 'vue';
import type { SlipwayUpload, SlipwayUploadAttributes, SlipwayUploadEventMap } from './index.js';

export * from './index.js';

/** What `<slipway-upload>` takes in a template. */
export type SlipwayUploadProps = PublicProps &
  HTMLAttributes &
  SlipwayUploadAttributes & {
    texts?: SlipwayUpload['texts'];
    onSlipwayDone?: (event: SlipwayUploadEventMap['slipway-done']) => void;
    onSlipwayError?: (event: SlipwayUploadEventMap['slipway-error']) => void;
    onSlipwayProgress?: (event: SlipwayUploadEventMap['slipway-progress']) => void;
  };

declare module 'vue' {
  interface GlobalComponents {
    'slipway-upload': new () => { $props: SlipwayUploadProps };
  }
}

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { SlipwayUpload, SlipwayUploadAttributes, SlipwayUploadEventMap } from './index.js';

export * from './index.js';

/** What `<slipway-upload>` takes in JSX. */
export type SlipwayUploadProps = DetailedHTMLProps<HTMLAttributes<SlipwayUpload>, SlipwayUpload> &
  SlipwayUploadAttributes & {
    texts?: SlipwayUpload['texts'] | undefined;
  } & {
    [K in keyof SlipwayUploadEventMap as `on${K}`]?: ((event: SlipwayUploadEventMap[K]) => void) | undefined;
  };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'slipway-upload': SlipwayUploadProps;
    }
  }
}

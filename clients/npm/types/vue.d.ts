import type { HTMLAttributes, PublicProps } from 'vue';
import type { SlipwayUpload, SlipwayUploadAttributes, SlipwayUploadEventMap } from './index.js';

export * from './index.js';

type InCamelCase<Name> = Name extends `${infer Start}-${infer Rest}`
  ? `${Start}${Capitalize<InCamelCase<Rest>>}`
  : Name;

/** The attributes by the names that `vue-tsc` looks for where it is strict (`strictTemplates`). */
type InTemplates = { [Name in keyof SlipwayUploadAttributes as InCamelCase<Name>]: SlipwayUploadAttributes[Name] };

/** What `<slipway-upload>` takes in a template. */
export type SlipwayUploadProps = PublicProps &
  HTMLAttributes &
  SlipwayUploadAttributes &
  InTemplates & {
    texts?: SlipwayUpload['texts'] | undefined;
    onSlipwayDone?: ((event: SlipwayUploadEventMap['slipway-done']) => void) | undefined;
    onSlipwayError?: ((event: SlipwayUploadEventMap['slipway-error']) => void) | undefined;
    onSlipwayProgress?: ((event: SlipwayUploadEventMap['slipway-progress']) => void) | undefined;
  };

declare module 'vue' {
  interface GlobalComponents {
    'slipway-upload': new () => { $props: SlipwayUploadProps };
  }
}

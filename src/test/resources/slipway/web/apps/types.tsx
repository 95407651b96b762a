// What the package's types let through and what not. It is compiled only.
import { SlipwayUpload, type UploadErrorCode } from 'slipway-upload';
import { SlipwayUpload as Element } from 'slipway-upload/element';
import danish from 'slipway-upload/texts/da';
import type { SlipwayUploadProps } from 'slipway-upload/react';
import type { SlipwayUploadProps as VueProps } from 'slipway-upload/vue';
import type { GlobalComponents } from 'vue';

const element = document.querySelector('slipway-upload')!;
const isOne: SlipwayUpload & Element = element;
isOne.maxFiles = 3;
element.theme = null;
element.texts = { choose: 'Pick', more: { one: 'One', other: 'More' } };
element.add([new File([], 'empty.jpg')]);
element.add(document.querySelector('input')!.files!);
element.addEventListener('slipway-done', ({ detail }) => detail.uploads[0].photo_id.length);
element.addEventListener('slipway-error', ({ detail }) => detail.status + detail.message.length + detail.total);
element.addEventListener('click', (event) => event.clientX);
SlipwayUpload.texts.da = danish;
SlipwayUpload.texts.fi = { choose: { one: 'Valitse tiedosto', other: 'Valitse tiedostot' } };
const limit = [3].find((each) => each > 3);
const label = ['Pick'].find((each) => each === 'Choose');
element.texts = { choose: label };
const codes: UploadErrorCode[] = ['network', 'http_418'];

// @ts-expect-error: there is no such code
codes.push('netwrok');
// @ts-expect-error: there is no such text
element.texts = { chose: 'Pick' };
// @ts-expect-error: a form for all other numbers is missing
element.texts = { more: { one: 'One' } };
// @ts-expect-error: it tells of no photo
element.addEventListener('slipway-error', ({ detail }) => detail.photo_id);
// @ts-expect-error: they are made by the uploader
element.uploads = [];

export const some = [
  <slipway-upload max-files="2" max-bytes={5} files-url="/files/" text-drop-now="Now" theme="dark" className="wide" key="1" />,
  // What a page leaves out, where undefined is no value of its own (exactOptionalPropertyTypes).
  <slipway-upload max-files={limit} text-drop={label} texts={{ choose: label }} onslipway-done={undefined} />,
  // @ts-expect-error: the attribute is max-files
  <slipway-upload maxFiles={2} />,
  // @ts-expect-error: there is no such theme
  <slipway-upload theme="blue" />,
];
export const react: SlipwayUploadProps = { 'onslipway-progress': ({ detail }) => detail.sent };
export const vue: VueProps = { 'max-files': 2, onSlipwayError: ({ detail }) => detail.code, class: ['wide'] };
// As vue-tsc has attributes where it is strict.
export const strict: VueProps = { maxFiles: limit, dropAnywhere: true, textDropNow: 'Now', onSlipwayDone: undefined };
// @ts-expect-error: there is no such attribute
export const mistaken: VueProps = { maxFile: 2 };
export const inTemplates: InstanceType<GlobalComponents['slipway-upload']>['$props'] = vue;

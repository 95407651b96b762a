import { $, element, size } from './dom.js';

export function overviewPanel({ call }) {
  return async () => {
    const { usage } = await call('site/usage');
    $('#figures').replaceChildren(
      figure('Photos and videos', usage.photos),
      figure('Published', usage.published),
      figure('Stored', size(usage.bytes)),
      figure('Uploads in the last 24 hours', usage.uploads_24h),
      figure('Received in the last 24 hours', size(usage.bytes_24h)),
      figure('Valid upload tokens', usage.live_tokens),
      figure('Free disk space', size(usage.free_bytes)),
    );
  };
}

function figure(name, value) {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value));
}

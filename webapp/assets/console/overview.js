import { $, element, size } from './dom.js';

export function overviewPanel({ call }) {
  return async () => {
    const { usage } = await call('site/usage');
    $('#figures').replaceChildren(
      figure('Photos and videos', usage.photos),
      figure('Published', usage.published),
      figure('Stored', size(usage.bytes)),
      figure('Uploads in 24 hours', usage.uploads_24h),
      figure('Received in 24 hours', size(usage.bytes_24h)),
      figure('Live upload tokens', usage.live_tokens),
      figure('Free on the disk', size(usage.free_bytes)),
    );
  };
}

function figure(name, value) {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value));
}

import { call } from './api.js';
import { element } from './dom.js';
import { number, say, size } from './words.js';

/** Storage and traffic at a glance. */
export function overviewPanel() {
  const figures = element('dl', { id: 'figures', className: 'figures' });
  return {
    name: 'overview',
    content: [figures],
    show: async () => {
      const { usage } = await call('site/usage');
      figures.replaceChildren(
        figure('photosAndVideos', number(usage.photos)),
        figure('published', number(usage.published)),
        figure('stored', size(usage.bytes)),
        figure('uploadsToday', number(usage.uploads_24h)),
        figure('receivedToday', size(usage.bytes_24h)),
        figure('liveTokens', number(usage.live_tokens)),
        figure('freeSpace', size(usage.free_bytes)),
      );
    },
  };
}

function figure(key, value) {
  return element('div', {}, element('dt', {}, say(key)), element('dd', {}, value));
}

// Secrets that the API tells once.
import { element } from './dom.js';
import { copying } from './links.js';
import { say } from './words.js';

/** Shows values by their name, those that are there. */
export function onlyNow(place, values) {
  const lines = Object.entries(values).filter(([, value]) => value).map(([name, value]) =>
    element('p', { className: 'secret' },
      element('span', {}, name), element('code', { dir: 'ltr' }, value), copying(value)));
  place.replaceChildren(element('p', {}, say('onlyNow')), ...lines);
  place.hidden = false;
}

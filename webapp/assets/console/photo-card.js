// A photo of the list: its picture is what chooses it.
import { base } from './api.js';
import { acts, anchor, button, dangerous, element } from './dom.js';
import { moment, say, size } from './words.js';

/** What a virus scanner said, where that is worth a word. */
const SCANS = { pending: 'scanPending', unknown: 'scanUnknown', infected: 'scanInfected' };

/** What a photo is called. */
export const nameOf = (photo) => photo.title || say('photoOf', { id: photo.photo_id });

/**
 * Makes one.
 *
 * @param does what its buttons do: { enlarge, toggle, edit, remove }
 */
export function photoCard(photo, isChosen, does) {
  const name = nameOf(photo);
  const isPublished = photo.published_p === 1;
  const box = element('input', {
    type: 'checkbox', checked: isChosen, value: photo.photo_id, ariaLabel: say('selectOf', { name }),
  });
  const image = element('img', {
    id: `picture-${photo.photo_id}`, src: pictureOf(photo), alt: '', loading: 'lazy',
  });
  return element('article', { className: isPublished ? 'card' : 'card unpublished' },
    element('label', { className: 'pick' }, box, image),
    element('h2', { dir: 'auto' }, anchor(pageOf(photo), name)),
    element('p', {}, factsOf(photo)),
    acts(
      button(say('enlarge'), does.enlarge),
      button(say(isPublished ? 'hide' : 'publish'), does.toggle),
      button(say('edit'), does.edit),
      dangerous(say('remove'), does.remove)));
}

/** What there is to say of one, in a line. */
export function factsOf(photo) {
  const scan = SCANS[photo.scan_state];
  return [
    say(photo.published_p === 1 ? 'published' : 'unpublished'),
    ...(photo.display_name ? [photo.display_name] : []),
    moment(photo.creation_date_epoch),
    size(photo.original_size),
    ...(scan ? [say(scan)] : []),
  ].join(' · ');
}

/** Where one of its pictures is. */
export const pictureOf = (photo, size = 'standard') =>
  new URL(`${photo.tree_id}/${photo.photo_id}/${photo.token}/${size}`, base).href;

const pageOf = (photo) => new URL(`photo/${photo.photo_id}/${photo.token}`, base).href;

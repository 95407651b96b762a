// A photo as large as the window, and from one to the next of a list by keys and buttons.
import { call } from './api.js';
import { confirmed, opened } from './dialogs.js';
import { button, dangerous, element, withAttributes } from './dom.js';
import { deleting, publishing } from './photo-acts.js';
import { factsOf, nameOf, pictureOf } from './photo-card.js';
import { makeViewLink } from './view-links.js';
import { number, say } from './words.js';

/** Opens one photo by its number, wherever it is named. */
export async function viewPhoto(id) {
  const { photos } = await call('photo/list', { photo_id: id, include_unpublished_p: 1 });
  await viewPhotos(photos, 0);
}

/**
 * Opens a list of photos at one of them.
 *
 * @param selection what is chosen of them, if they can be chosen
 * @returns once it is closed: { isChanged, last }, whether anything was changed, and the photo that
 *     was shown last
 */
export async function viewPhotos(photos, start, selection = null) {
  const shown = [...photos];
  let at = start;
  let isChanged = false;
  const frame = withAttributes(element('div', { className: 'frame', tabIndex: -1 }),
    { autofocus: '' });
  const title = element('h2', { dir: 'auto' });
  const facts = element('p', { className: 'facts' });
  const alert = withAttributes(element('p', { hidden: true }), { role: 'alert' });
  const box = element('input', { type: 'checkbox' });
  const previous = button(say('previous'), () => go(-1));
  const next = button(say('next'), () => go(1));
  const toggle = button('', () => act(async (photo) => {
    const published = photo.published_p === 1 ? 0 : 1;
    await publishing(published)(photo);
    Object.assign(photo, { published_p: published });
  }));
  const link = button(say('viewLink'), () => makeViewLink('photo', shown[at].photo_id, nameOf(shown[at])));
  const remove = dangerous(say('remove'), deleteShown);
  const close = button(say('close'), () => dialog.close(), 'secondary');
  const dialog = element('dialog', { className: 'large', ariaLabel: say('photos') },
    element('article', {},
      frame,
      element('div', { className: 'said' },
        withAttributes(element('div', {}, title, facts), { role: 'status' }),
        alert,
        element('div', { className: 'acts' }, previous, next,
          ...(selection ? [element('label', {}, box, say('select'))] : []),
          toggle, link, remove, close))));

  function render() {
    const photo = shown[at];
    const name = nameOf(photo);
    frame.replaceChildren(photo.video_p === 1 ? videoOf(photo, name) : pictureIn(photo, name));
    tellOf(photo);
    alert.hidden = true;
    previous.disabled = at === 0;
    next.disabled = at === shown.length - 1;
    if (shown[at + 1]) {
      new Image().src = pictureOf(shown[at + 1], 'large');
    }
    if (document.activeElement === document.body || document.activeElement.disabled) {
      frame.focus();
    }
  }

  function tellOf(photo) {
    title.textContent = nameOf(photo);
    facts.textContent = [`${number(at + 1)}/${number(shown.length)}`, factsOf(photo)].join(' · ');
    toggle.textContent = say(photo.published_p === 1 ? 'hide' : 'publish');
    box.checked = selection?.has(photo.photo_id) ?? false;
  }

  function go(step) {
    if (shown[at + step]) {
      at += step;
      render();
    }
  }

  function choose(isChosen) {
    selection.set(shown[at].photo_id, isChosen);
    tellOf(shown[at]);
  }

  /** Changes what is shown, and says where that fails. */
  async function act(change) {
    const photo = shown[at];
    alert.hidden = true;
    try {
      await change(photo);
      isChanged = true;
      tellOf(shown[at]);
      return true;
    } catch (failure) {
      alert.textContent = say('failureOf', { name: nameOf(photo), reason: failure.message });
      alert.hidden = false;
      return false;
    }
  }

  async function deleteShown() {
    const photo = shown[at];
    const isMeant = await confirmed(say('deleteOf', { name: nameOf(photo) }), say('remove'));
    if (isMeant && await act(deleting)) {
      selection?.remove(photo.photo_id);
      shown.splice(shown.indexOf(photo), 1);
      at = Math.min(at, shown.length - 1);
      if (at < 0) {
        dialog.close();
      } else {
        render();
      }
    }
  }

  const toNext = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  dialog.addEventListener('keydown', (event) => {
    const { key, target } = event;
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!isPlain || target.matches('video')) {
      return;
    }
    if (key === 'ArrowRight' || key === 'ArrowLeft') {
      event.preventDefault();
      go(key === toNext ? 1 : -1);
    } else if (key === ' ' && selection && target === frame) {
      event.preventDefault();
      choose(!box.checked);
    }
  });
  box.addEventListener('change', () => choose(box.checked));
  render();
  await opened(dialog);
  return { isChanged, last: shown[at] };
}

const pictureIn = (photo, name) => element('img', { src: pictureOf(photo, 'large'), alt: name });

const videoOf = (photo, name) => element('video', {
  src: photo.video_medium_download ? pictureOf(photo, 'video_medium') : pictureOf(photo, 'original'),
  poster: pictureOf(photo, 'large'),
  controls: true,
  preload: 'metadata',
  ariaLabel: name,
});

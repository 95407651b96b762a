import { base } from './api.js';
import { lookAgain } from '../again.js';
import { $, button, confirmed, element, moment, pages, size } from './dom.js';

export function photosPanel({ call, attempt }) {
  let search = '';
  let stop = () => {};
  $('#photo-search').onsubmit = (event) => {
    event.preventDefault();
    search = event.target.elements.search.value.trim();
    attempt(() => list(1));
  };

  /** What a virus scanner said, where that is worth a word. */
  const SCANS = {
    pending: 'waiting for the virus scanner',
    unknown: 'not yet scanned for viruses',
    infected: 'infected',
  };

  async function list(page) {
    const asked = { p: page, size: 24, search, include_unpublished_p: 1, orderby: 'uploaded' };
    const reply = await call('photo/list', asked);
    stop();
    const cards = reply.photos.map((photo) => card(photo, () => list(page)));
    $('#photo-list').replaceChildren(
      ...(cards.length ? cards : [element('p', { className: 'empty' }, 'No photos found.')]));
    pages($('#photo-pages'), reply, (other) => attempt(() => list(other)));
    awaitPictures(new Set(reply.photos.filter(isNew).map((photo) => photo.photo_id)), asked);
  }

  /** Shows the pictures that are still being made once they are there. */
  function awaitPictures(waiting, asked) {
    if (waiting.size > 0) {
      stop = lookAgain(async () => {
        if ($('#photos').hidden || $('#signed-in').hidden) {
          return { left: false, news: false };
        }
        const made = (await call('photo/list', asked)).photos
          .filter((photo) => waiting.has(photo.photo_id) && isMade(photo));
        for (const photo of made) {
          waiting.delete(photo.photo_id);
          const image = document.getElementById(`picture-${photo.photo_id}`);
          image?.setAttribute('src', `${address(photo, 'standard')}?made=${photo.standard_size}`);
        }
        return { left: waiting.size > 0, news: made.length > 0 };
      });
    }
  }

  function card(photo, refresh) {
    const name = photo.title || `Photo ${photo.photo_id}`;
    const change = (parameters, done) => attempt(async () => {
      await call('photo/update', { photo_id: photo.photo_id, ...parameters });
      await refresh();
    }, done);
    const published = photo.published_p === 1;
    const remove = async () => {
      if (await confirmed(`“${name}” and its file will be deleted permanently.`, 'Delete')) {
        await attempt(async () => {
          await call('photo/delete', { photo_id: photo.photo_id });
          await refresh();
        }, `“${name}” deleted.`);
      }
    };
    return element('article', { className: published ? 'card' : 'card hidden' },
      element('img', {
        id: `picture-${photo.photo_id}`, src: address(photo, 'standard'), alt: '', loading: 'lazy',
      }),
      element('h2', {}, element('a', { href: page(photo) }, name)),
      element('p', {}, [
        moment(new Date(`${photo.creation_date_ansi.replace(' ', 'T')}Z`)),
        size(photo.original_size),
        published ? 'published' : 'hidden',
        ...(SCANS[photo.scan_state] ? [SCANS[photo.scan_state]] : []),
      ].join(' · ')),
      element('div', {},
        button(published ? 'Hide' : 'Publish',
          () => change({ published_p: published ? 0 : 1 }, published ? 'Hidden.' : 'Published.')),
        button('Edit', () => edit(photo, change)),
        button('Delete', remove)));
  }

  function edit(photo, change) {
    const dialog = $('#edit');
    const form = dialog.querySelector('form');
    form.elements.title.value = photo.title;
    form.elements.description.value = photo.content || '';
    form.elements.tags.value = photo.tags || '';
    form.querySelector('[value=cancel]').onclick = () => dialog.close();
    form.onsubmit = () => change(Object.fromEntries(new FormData(form)), 'Saved.');
    dialog.showModal();
  }

  return () => list(1);
}

function isMade(photo) {
  return Boolean(photo.standard_size);
}

/** Pictures of an older one will not come soon, or never. */
function isNew(photo) {
  return !isMade(photo) && Date.now() / 1000 - photo.creation_date_epoch < 3600;
}

function address(photo, file) {
  return new URL(`${photo.tree_id}/${photo.photo_id}/${photo.token}/${file}`, base).href;
}

function page(photo) {
  return new URL(`photo/${photo.photo_id}/${photo.token}`, base).href;
}

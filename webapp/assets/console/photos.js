import { call } from './api.js';
import { ask } from './dialogs.js';
import { element, lastPage, pages } from './dom.js';
import { area, field, given, input, searchForm, choice } from './forms.js';
import { questions } from './latest.js';
import { attempt } from './news.js';
import { publishing } from './photo-acts.js';
import { deleteAll, does, photoBar } from './photo-bar.js';
import { photoCard } from './photo-card.js';
import { awaitPictures } from './photo-pictures.js';
import { viewPhotos } from './photo-viewer.js';
import { Selection } from './selection.js';
import { say } from './words.js';

const SIZE = 48;

/** Which are shown, as photo/list is asked for them. */
const SHOWN = {
  all: { include_unpublished_p: 1 },
  unpublished: { published_p: 0 },
  published: { published_p: 1 },
};

const NOTHING_ASKED = { search: '', shown: 'all' };

/** The photos, of which many can be chosen and changed at once. */
export function photosPanel({ isShown }) {
  const selection = new Selection();
  let { asked, current } = window.history.state?.photos ?? { asked: NOTHING_ASKED, current: 1 };
  let listed = [];
  const question = questions();
  let stop = () => {};
  const list = element('div', { id: 'photo-list' });
  const total = element('p', { className: 'total' });
  const nav = element('nav', { id: 'photo-pages', ariaLabel: say('photos') });
  const { bar, render } = photoBar(selection, {
    over: async (photos) => {
      change(() => photos.forEach((photo) => selection.remove(photo.photo_id)));
      await load(current);
    },
    selectPage: () => change(() => selection.setPage()),
    clear: () => change(() => selection.clear()),
  });

  async function find(page) {
    const { search, shown } = asked;
    return call('photo/list', { p: page, size: SIZE, search, orderby: 'uploaded', ...SHOWN[shown] });
  }

  async function load(page) {
    const isLast = question();
    let reply = await find(page);
    if (reply.photos.length === 0 && page > 1) {
      reply = await find(Math.min(page - 1, lastPage(reply))); // The page has lost its photos.
    }
    if (!isLast()) {
      return;
    }
    current = Number(reply.p);
    // Whoever comes back to the page, or loads it anew, finds the same.
    window.history.replaceState({ ...window.history.state, photos: { asked, current } }, '');
    stop();
    listed = reply.photos;
    selection.shows(reply.photos.map((photo) => [photo.photo_id, photo]));
    const cards = reply.photos.map((photo) =>
      photoCard(photo, selection.has(photo.photo_id), actsOn(photo)));
    list.replaceChildren(
      ...(cards.length ? cards : [element('p', { className: 'empty' }, say('empty'))]));
    total.textContent = say('photoCount', { count: Number(reply.total_count) });
    pages(nav, reply, (other) => attempt(() => load(other)));
    render();
    stop = awaitPictures(reply.photos, async () => (await find(current)).photos, isShown);
  }

  /** Changes what is chosen, and shows it. */
  function change(act) {
    act();
    for (const box of boxes()) {
      box.checked = selection.has(box.value);
    }
    render();
  }

  const boxes = () => [...list.querySelectorAll('[type=checkbox]')];

  const reload = () => load(current);

  function actsOn(photo) {
    const isPublished = photo.published_p === 1;
    return {
      enlarge: () => enlarge(photo.photo_id),
      toggle: () => does(say(isPublished ? 'hide' : 'publish'), () => [photo],
        publishing(isPublished ? 0 : 1), reload),
      edit: () => edit(photo),
      remove: () => deleteAll([photo], async () => {
        selection.remove(photo.photo_id);
        await reload();
      }),
    };
  }

  async function enlarge(id) {
    const start = listed.findIndex((photo) => photo.photo_id === id);
    const { isChanged, last } = await viewPhotos(listed, start, selection);
    change(() => {});
    if (isChanged) {
      await attempt(reload);
    }
    boxes().find((box) => box.value === last?.photo_id)?.focus();
  }

  /** Shows nothing until there is an answer: what was listed is not what is asked for. */
  function searchFor(values) {
    asked = values;
    selection.clear();
    stop();
    listed = [];
    selection.shows([]);
    list.replaceChildren();
    total.textContent = '';
    nav.replaceChildren();
    render();
    attempt(() => load(1));
  }

  async function edit(photo) {
    const isDone = await ask({
      title: say('edit'),
      yes: say('save'),
      content: [
        field(say('title'), input('title', { value: photo.title, dir: 'auto' })),
        field(say('description'), area('description', { value: photo.content || '', dir: 'auto' })),
        field(say('tags'), input('tags', { value: photo.tags || '', dir: 'auto' })),
      ],
      act: (form) => call('photo/update',
        { photo_id: photo.photo_id, ...given(form, { withEmpty: true }) }),
    });
    if (isDone) {
      await attempt(async () => {
        await reload();
        return say('saved');
      });
    }
  }

  list.addEventListener('click', ({ target, shiftKey }) => {
    if (target.type === 'checkbox') {
      change(() => selection.set(target.value, target.checked, shiftKey));
    }
  });
  // A range by the pointer would mark texts.
  list.addEventListener('mousedown', (event) => {
    if (event.shiftKey && event.target.closest('.pick')) {
      event.preventDefault();
    }
  });
  list.addEventListener('keydown', (event) => {
    walk(event, boxes(), (box) => change(() => selection.set(box.value, true, true)));
    if (event.key === 'Enter' && event.target.type === 'checkbox') {
      enlarge(event.target.value);
    }
  });

  const filters = choice('shown', {
    all: say('everything'), unpublished: say('unpublished'), published: say('published'),
  });
  filters.ariaLabel = say('show');
  const searching = searchForm('photo-search', say('search'), searchFor, filters);
  searching.elements.shown.value = asked.shown;
  searching.elements.search.value = asked.search;
  return {
    name: 'photos',
    content: [
      searching,
      bar,
      element('p', { className: 'help' }, say('selectHelp')),
      total,
      list,
      nav,
    ],
    show: () => load(current),
  };
}

/** Goes from box to box by the arrow keys; with Shift what is passed is chosen. */
function walk(event, boxes, choose) {
  const at = boxes.indexOf(event.target);
  const isFromTheRight = document.documentElement.dir === 'rtl';
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const isSideways = event.key === 'ArrowRight' || event.key === 'ArrowLeft';
  const next = boxes[at + (isSideways && isFromTheRight ? -step : step)];
  if (at < 0 || !step || !next) {
    return;
  }
  event.preventDefault();
  if (event.shiftKey) {
    choose(event.target);
    choose(next);
  }
  next.focus();
}

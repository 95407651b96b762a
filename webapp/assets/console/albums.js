import { base, call, may } from './api.js';
import { ask, confirmed } from './dialogs.js';
import { acts, anchor, button, dangerous, element } from './dom.js';
import { area, field, flag, given, input, maker, notifying, searchForm } from './forms.js';
import { pagedList } from './list.js';
import { attempt } from './news.js';
import { picker } from './picker.js';
import { makeViewLink } from './view-links.js';
import { moment, number, say, seconds } from './words.js';

/** The albums, those that are hidden too. */
export function albumsPanel() {
  let search = '';
  const user = may('super') ? picker('user_id') : null;
  const list = pagedList({
    id: 'album-list',
    label: say('albums'),
    method: 'album/list',
    items: (reply) => reply.albums,
    asked: () => ({ search, include_hidden_p: 1 }),
    heads: [say('title'), say('photos'), say('user'), say('made'), say('hiddenAlbum'),
      say('action')],
    row: (album) => [
      anchor(pageOf(album), nameOf(album)),
      number(album.photo_count),
      album.display_name || '–',
      moment(seconds(album.creation_date_ansi)),
      album.hide_p === 1 ? '✓' : '–',
      acts(
        button(say('edit'), () => edit(album)),
        button(say('viewLink'), () => makeViewLink('album', album.album_id, nameOf(album))),
        dangerous(say('remove'), () => remove(album))),
    ],
  });

  async function create(form) {
    const said = { ...given(form), ...await user?.value() };
    await call('album/create', said);
    await list.load(1);
    return say('createdOf', { name: said.title });
  }

  async function edit(album) {
    const isDone = await ask({
      title: nameOf(album),
      yes: say('save'),
      content: fields(album),
      act: (form) => call('album/update',
        { album_id: album.album_id, ...given(form, { withEmpty: true }) }),
    });
    if (isDone) {
      await attempt(async () => {
        await list.load();
        return say('saved');
      });
    }
  }

  async function remove(album) {
    const name = nameOf(album);
    const stay = element('p', {}, say('photosStay'));
    if (await confirmed(say('deleteOf', { name }), say('remove'), stay)) {
      await attempt(async () => {
        await call('album/delete', { album_id: album.album_id });
        await list.load();
        return say('deletedOf', { name });
      });
    }
  }

  const making = maker(say('makeAlbum'), [...fields({}), ...(user ? [user.field] : [])],
    { id: 'make-album', attempt, act: create });
  const finding = searchForm('album-search', say('search'), (values) => {
    search = values.search;
    attempt(() => list.load(1));
  });
  return { name: 'albums', content: [making, finding, ...list.nodes], show: () => list.load() };
}

function fields(album) {
  return [
    field(say('title'),
      input('title', { required: true, defaultValue: album.title ?? '', dir: 'auto' })),
    field(say('description'), area('description', { value: album.content ?? '', dir: 'auto' })),
    flag('hide_p', say('hiddenAlbum'), album.hide_p === 1),
    ...notifying(album),
  ];
}

/** Nobody sees a hidden album without its token. */
const pageOf = ({ album_id: id, hide_p: isHidden, token }) =>
  new URL(isHidden === 1 ? `album/${id}/${token}` : `album/${id}`, base).href;

const nameOf = (album) => album.title || say('untitled');

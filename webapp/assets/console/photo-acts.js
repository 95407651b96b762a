// What can be done to photos, each with what undoes it.
import { call } from './api.js';

const update = (photo, parameters) =>
  call('photo/update', { photo_id: photo.photo_id, ...parameters });

/** A photo as it is now: others may have changed it since the list was shown. */
async function now(photo) {
  const { photo_id: id } = photo;
  return (await call('photo/list', { photo_id: id, include_unpublished_p: 1 })).photos[0];
}

/** Changes a photo where that makes a difference; resolves to the parameters that undo it. */
async function change(photo, from, to) {
  if (JSON.stringify(from) === JSON.stringify(to)) {
    return null;
  }
  await update(photo, to);
  return from;
}

/** Publishes photos, or hides them. */
export const publishing = (published) => async (photo) =>
  change(photo, { published_p: (await now(photo)).published_p }, { published_p: published });

/** Adds tags to photos. */
export const tagging = (tags) => (photo) => retag(photo, (had) =>
  [...had, ...tagsOf(tags).filter((tag) => !includes(had, tag))]);

/** Takes tags from photos. */
export const untagging = (tags) => (photo) => retag(photo, (had) =>
  had.filter((tag) => !includes(tagsOf(tags), tag)));

/** Puts photos into an album, besides those they are in. */
export const collecting = (album) => async (photo) => {
  const { album_id: had } = await now(photo);
  const albums = had === '' ? [] : had.split(',');
  const all = albums.includes(album) ? albums : [...albums, album];
  return change(photo, { album_id: had }, { album_id: all.join(',') });
};

/** Deletes photos: nothing undoes that. */
export const deleting = async (photo) => {
  await call('photo/delete', { photo_id: photo.photo_id });
  return null;
};

/** Makes photos what they were before an act, by what it resolved to. */
export const undoing = ({ thing, result }) => update(thing, result);

async function retag(photo, changed) {
  const { tags } = await now(photo);
  const had = tagsOf(tags);
  const wanted = changed(had);
  return wanted.length === had.length ? null : change(photo, { tags }, { tags: listOf(wanted) });
}

/** The tags of a list such as `summer "New York" sea`. */
export function tagsOf(list) {
  return [...list.matchAll(/"([^"]*)"?|[^\s,"]+/g)]
    .map(([whole, quoted]) => (quoted ?? whole).trim())
    .filter((tag) => tag !== '');
}

const listOf = (tags) => tags.map((tag) => (/[\s,]/.test(tag) ? `"${tag}"` : tag)).join(' ');

const includes = (tags, tag) =>
  tags.some((each) => each.toLocaleLowerCase() === tag.toLocaleLowerCase());

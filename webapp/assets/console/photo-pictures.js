// The pictures that are still being made, shown once they are there.
import { lookAgain } from '../again.js';
import { pictureOf } from './photo-card.js';

const isMade = (photo) => Boolean(photo.standard_size);

/** Pictures of an older one will not come soon, or never. */
const isNew = (photo) => !isMade(photo) && Date.now() / 1000 - photo.creation_date_epoch < 3600;

/**
 * Awaits those of a list.
 *
 * @param list resolves to the photos as they are then
 * @param isSeen whether anybody looks at it
 * @returns what ends it
 */
export function awaitPictures(photos, list, isSeen) {
  const waiting = new Set(photos.filter(isNew).map((photo) => photo.photo_id));
  return waiting.size === 0 ? () => {} : lookAgain(async () => {
    if (!isSeen()) {
      return { left: false, news: false };
    }
    const made = (await list()).filter((photo) => waiting.has(photo.photo_id) && isMade(photo));
    for (const photo of made) {
      waiting.delete(photo.photo_id);
      const image = document.getElementById(`picture-${photo.photo_id}`);
      image?.setAttribute('src', `${pictureOf(photo)}?made=${photo.standard_size}`);
    }
    return { left: waiting.size > 0, news: made.length > 0 };
  });
}

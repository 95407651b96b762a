package slipway.rendition;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import slipway.db.Database;
import slipway.editing.PhotoEvents;
import slipway.health.BusyException;
import slipway.media.LocalFile;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.Previews;
import slipway.media.decoder.DecodedPicture;
import slipway.media.pictures.NoPreviewException;
import slipway.photo.Photo;
import slipway.photo.PhotoFacts;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionSize;

/**
 * Sets another picture to represent a video, in place of the one made from it: its renditions
 * become those of the video. One at a time, and few may wait. For many threads.
 */
public final class Posters {
  private static final int MOST_WAITING = 8;
  private static final int MOST_WAIT_SECONDS = 20;

  /** What is cut off at the sides must not make the rest too small. */
  private static final int MOST_WIDTH_TO_CROP = 2 * RenditionSize.LARGE.most();

  private final Database database;
  private final MediaStore media;
  private final FreeRoom room;
  private final Photos photos;
  private final RenditionQueue queue;
  private final PhotoEvents events;
  private final Previews previews;
  private final Semaphore turn = new Semaphore(1, true);
  private final AtomicInteger waiting = new AtomicInteger();

  /** Gives pictures to the videos of that database, whose files are in that store. */
  public Posters(
      Database database,
      MediaStore media,
      FreeRoom room,
      Photos photos,
      RenditionQueue queue,
      PhotoEvents events,
      Previews previews) {
    this.database = database;
    this.media = media;
    this.room = room;
    this.photos = photos;
    this.queue = queue;
    this.events = events;
    this.previews = previews;
  }

  /**
   * Takes the frame of a video at a time for its picture.
   *
   * @param millis from its start
   * @return false when the video is held, gone, has another file, or waits for its own pictures
   * @throws NoPreviewException when it has no picture there, or ffmpeg is not installed
   * @throws BusyException when too many are requested
   */
  public boolean take(Photo video, long millis)
      throws IOException, NoPreviewException, InterruptedException {
    if (video.isHeld()) {
      return false;
    }
    enter();
    try (LocalFile file = media.local(key(video)).orElse(null)) {
      if (file == null) {
        return false;
      }
      try (DecodedPicture picture =
          previews.at(file.path(), video.contentType(), millis, RenditionSize.LARGE.most())) {
        PhotoFacts facts = PictureTask.facts(picture.facts());
        RenditionSet made = RenditionSet.of(picture, facts.width(), facts.height(), false);
        return keep(video, facts, made, Map.of());
      }
    } finally {
      turn.release();
    }
  }

  /**
   * Takes a picture that was sent for that of a video.
   *
   * @param contentType MIME type by content
   * @param crop whether it is cut to the video's proportions, whose size is known then; else it
   *     keeps its own
   * @return false when the video is held, gone, has another file, or waits for its own pictures
   * @throws NoPreviewException when it cannot be decoded
   * @throws BusyException when too many are requested
   */
  public boolean take(Photo video, LocalFile file, String contentType, boolean crop)
      throws IOException, NoPreviewException, InterruptedException {
    enter();
    int width = crop ? MOST_WIDTH_TO_CROP : RenditionSize.LARGE.most();
    try (DecodedPicture picture = previews.of(file.path(), contentType, width)) {
      if (crop) {
        RenditionSet cut = RenditionSet.of(picture, video.width(), video.height(), true);
        return keep(video, PhotoFacts.NONE, cut, Map.of());
      }
      RenditionSet own =
          RenditionSet.of(picture, picture.facts().width(), picture.facts().height(), false);
      return keep(video, PhotoFacts.NONE, own, own.dimensions());
    } finally {
      turn.release();
    }
  }

  private boolean keep(
      Photo video,
      PhotoFacts facts,
      RenditionSet made,
      Map<RenditionSize, RenditionSize.Dimensions> dimensions)
      throws IOException {
    if (!isReady(video)) {
      return false;
    }
    return new RenditionSwitch(media, room)
        .to(key(video), made.files(), version -> commit(video, facts, version, made, dimensions));
  }

  private OptionalLong commit(
      Photo video,
      PhotoFacts facts,
      long version,
      RenditionSet made,
      Map<RenditionSize, RenditionSize.Dimensions> dimensions) {
    return database.write(
        tx -> {
          OptionalLong before = queue.posted(tx, video, facts, version, made.bytes(), dimensions);
          if (before.isPresent()) {
            events.updated(tx, photos.find(tx, video.photoId()).orElseThrow());
          }
          return before;
        });
  }

  private boolean isReady(Photo video) {
    return photos.find(video.photoId()).filter(now -> isReady(video, now)).isPresent()
        && !queue.isWaiting(video.photoId());
  }

  private static boolean isReady(Photo video, Photo now) {
    return now.mediaKey().equals(video.mediaKey()) && !now.isHeld();
  }

  private static MediaKey key(Photo video) {
    return new MediaKey(video.treeId(), video.mediaKey());
  }

  private void enter() throws InterruptedException {
    try {
      if (waiting.incrementAndGet() > MOST_WAITING
          || !turn.tryAcquire(MOST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new BusyException("Too many pictures of videos are to be made");
      }
    } finally {
      waiting.decrementAndGet();
    }
  }
}

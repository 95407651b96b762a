package slipway.rendition;

import java.io.IOException;
import java.util.Optional;
import slipway.media.Media;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.net.EntityTag;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.photo.RenditionSize;
import slipway.photo.RenditionVersion;
import slipway.photo.WebVideo;

/** Opens originals and renditions for readers; none of a photo that is held. For many threads. */
public final class KeptFiles {
  /** A photo rarely gets another file or picture, and never twice between two look-ups. */
  private static final int MOST_LOOKS = 3;

  private final Photos photos;
  private final MediaStore media;

  /** The files of these photos, in that store. */
  public KeptFiles(Photos photos, MediaStore media) {
    this.photos = photos;
    this.media = media;
  }

  /**
   * A file that is open.
   *
   * @param photo as it was when this was one of its files
   * @param file to be closed
   */
  public record Opened(Photo photo, Media file) {}

  private interface Opening {
    Optional<Media> of(MediaKey key, Photo now) throws IOException;
  }

  /** The tag that distinguishes a rendition from earlier ones, also of other files. */
  public static EntityTag tag(Photo photo, RenditionSize size) {
    return new EntityTag(photo.mediaKey() + "-" + photo.renditionVersion() + "-" + size.id());
  }

  /** Opens the original of a photo; empty when there is none. As {@link #open} does. */
  public Optional<Opened> original(Photo photo) throws IOException {
    return open(photo, (key, now) -> media.open(key));
  }

  /**
   * Opens a rendition of a photo. If the ones that it had when it was read are gone, the present
   * ones are opened.
   *
   * @return empty when there is none
   */
  public Optional<Opened> open(Photo photo, RenditionSize size) throws IOException {
    return open(photo, (key, now) -> media.openRendition(key, now.renditionVersion(), size.id()));
  }

  /** The tag that distinguishes the copy of a video from earlier ones, also of other files. */
  public static EntityTag videoTag(Photo photo) {
    return new EntityTag(photo.mediaKey() + "-" + photo.videoVersion() + "-" + WebVideo.FILE);
  }

  /**
   * Opens the copy of a video that every browser plays; empty when there is none. As {@link #open}
   * does.
   */
  public Optional<Opened> video(Photo photo) throws IOException {
    return open(photo, this::video);
  }

  private Optional<Media> video(MediaKey key, Photo now) throws IOException {
    return now.videoVersion() == RenditionVersion.NONE
        ? Optional.empty()
        : media.openRendition(key, now.videoVersion(), WebVideo.FILE);
  }

  private Optional<Opened> open(Photo photo, Opening opening) throws IOException {
    Photo now = photo;
    for (int look = 1; !now.isHeld(); look++) {
      MediaKey key = new MediaKey(now.treeId(), now.mediaKey());
      Optional<Media> file = opening.of(key, now);
      if (file.isPresent()) {
        return Optional.of(new Opened(now, file.get()));
      }
      Optional<Photo> next = photos.find(photo.photoId());
      if (look == MOST_LOOKS || next.isEmpty() || next.get().file().equals(now.file())) {
        return Optional.empty();
      }
      now = next.get();
    }
    return Optional.empty();
  }
}

package slipway.editing;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.photo.RenditionVersion;

/** Deletes photos: the row first, then the file, so that a row always has its file. */
public final class Removal {
  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

  private final Database database;
  private final MediaStore media;
  private final Photos photos;
  private final PhotoEvents events;

  /** Deletes photos of that database, and their files from that store. */
  public Removal(Database database, MediaStore media, Photos photos, PhotoEvents events) {
    this.database = database;
    this.media = media;
    this.photos = photos;
    this.events = events;
  }

  /**
   * Deletes a photo.
   *
   * @return whether there was one of that number
   */
  public boolean delete(long photoId) {
    Optional<Photo> deleted =
        database.write(
            tx -> {
              Optional<Photo> photo = photos.delete(tx, photoId);
              photo.ifPresent(gone -> events.deleted(tx, gone));
              return photo;
            });
    deleted.ifPresent(photo -> deleteFile(media, photo));
    return deleted.isPresent();
  }

  /**
   * Deletes the file of a photo that no longer has it. One that stays is set aside after the next
   * start.
   */
  public static void deleteFile(MediaStore media, Photo photo) {
    try {
      MediaKey key = new MediaKey(photo.treeId(), photo.mediaKey());
      media.deleteRenditions(key, photo.renditionVersion());
      if (photo.videoVersion() != RenditionVersion.NONE) {
        media.deleteRenditions(key, photo.videoVersion());
      }
      media.delete(key);
    } catch (IOException e) {
      LOG.warn(
          "A file of photo {} could not be deleted; the next start will set it aside",
          photo.photoId(),
          e);
    }
  }
}

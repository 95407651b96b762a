package slipway.editing;

import java.util.Optional;
import slipway.db.Database;
import slipway.media.MediaStore;
import slipway.photo.Photo;
import slipway.photo.Photos;

/** Deletes photos, their events and their files. */
public final class Removal {
  private final Database database;
  private final GoneFiles files;
  private final Photos photos;
  private final PhotoEvents events;

  /** Deletes photos of that database, and their files from that store. */
  public Removal(Database database, MediaStore media, Photos photos, PhotoEvents events) {
    this.database = database;
    this.files = new GoneFiles(database, media);
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
              photo.ifPresent(gone -> files.note(tx, gone));
              return photo;
            });
    deleted.ifPresent(files::delete);
    return deleted.isPresent();
  }
}

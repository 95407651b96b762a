package slipway.upload;

import slipway.db.Database;
import slipway.photo.PhotoChange;
import slipway.photo.Photos;

/** Changes what is said of photos: the change and its event are committed as one. */
public final class PhotoChanges {
  private final Database database;
  private final Photos photos;
  private final PhotoEvents events;

  /** Changes photos of that database. */
  public PhotoChanges(Database database, Photos photos, PhotoEvents events) {
    this.database = database;
    this.photos = photos;
    this.events = events;
  }

  /**
   * Changes a photo.
   *
   * @return whether there is one of that number
   */
  public boolean apply(long photoId, PhotoChange change) {
    return database.write(
        tx -> {
          boolean exists = photos.find(tx, photoId).isPresent();
          if (exists) {
            photos.change(tx, photoId, change);
            events.updated(tx, photos.find(tx, photoId).orElseThrow());
          }
          return exists;
        });
  }
}

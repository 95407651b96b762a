package slipway.editing;

import java.util.Optional;
import slipway.db.Database;
import slipway.details.DetailsChange;
import slipway.license.License;
import slipway.license.PhotoLicenses;
import slipway.photo.Photos;
import slipway.photo.PlannedChange;

/** Changes the metadata of photos: the change and its event are committed as one. */
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
   * @param license what others may do with it; null to leave it as it is
   * @return whether there is one of that number
   */
  public boolean apply(long photoId, DetailsChange change, License license) {
    Optional<PlannedChange> planned = plan(photoId, change);
    while (planned.isPresent() && !apply(planned.get(), license)) {
      planned = plan(photoId, change); // Another change was made in between.
    }
    return planned.isPresent();
  }

  private Optional<PlannedChange> plan(long photoId, DetailsChange change) {
    return database.read(handle -> photos.plan(handle, photoId, change));
  }

  private boolean apply(PlannedChange planned, License license) {
    return database.write(
        tx -> {
          boolean done = photos.change(tx, planned);
          if (done && license != null) {
            PhotoLicenses.put(tx, planned.photoId(), license);
          }
          if (done) {
            events.updated(tx, photos.find(tx, planned.photoId()).orElseThrow());
          }
          return done;
        });
  }
}

package slipway;

import java.time.Clock;
import java.time.Duration;
import slipway.db.Database;
import slipway.photo.Albums;
import slipway.photo.DeletedAlbums;
import slipway.photo.PhotoLists;
import slipway.photo.Photos;
import slipway.photo.Publications;
import slipway.photo.RenditionQueue;
import slipway.photo.ScanQueue;
import slipway.photo.TagLists;
import slipway.photo.ViewCounts;
import slipway.photo.user.Users;

/** The photos, and everything they are found by. */
record Catalogue(
    Photos photos,
    PhotoLists lists,
    Users users,
    Albums albums,
    TagLists tags,
    RenditionQueue renditions,
    ViewCounts views,
    ScanQueue scans) {

  /** How soon work that is done to many photos in small steps continues. */
  private static final Duration STEPS_PERIOD = Duration.ofSeconds(2);

  static Catalogue open(Settings settings, Storage storage) {
    Database database = storage.database();
    Clock clock = storage.clock();
    ScanQueue scans = new ScanQueue(database, clock, settings.scanning().isOn());
    return new Catalogue(
        new Photos(database, clock, scans),
        new PhotoLists(database, clock, settings.texts()),
        new Users(database, clock),
        new Albums(database, clock, settings.texts()),
        new TagLists(database, clock),
        new RenditionQueue(database),
        new ViewCounts(database),
        scans);
  }

  /**
   * Writes the view counts of photos from time to time, and continues work that many photos wait
   * for.
   */
  void count(Duration period, Storage storage, Closing closing) {
    Publications publications = new Publications(storage.database(), storage.clock());
    DeletedAlbums deletedAlbums = new DeletedAlbums(storage.database());
    closing.later(views);
    closing.later(new Sweeper("views", views::write, period));
    closing.later(new Sweeper("publications", storage.once(publications::sweep), STEPS_PERIOD));
    closing.later(new Sweeper("albums", storage.once(deletedAlbums::sweep), STEPS_PERIOD));
  }
}

package slipway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.db.DatabaseFile;
import slipway.db.postgres.PostgresEngine;
import slipway.media.FileMediaStore;
import slipway.media.MediaCopy;
import slipway.media.MediaPlace;
import slipway.media.MediaStore;
import slipway.media.Spool;
import slipway.media.s3.MediaBucket;
import slipway.reconcile.CopyOfAll;

/**
 * A command that copies the files of all photos from the data folder into the bucket of {@code
 * slipway.media}, or back. What is there already is not copied again, so that it can be repeated.
 * Settings are system properties or in the environment, as for the service.
 */
public final class CopyMedia {
  private static final Logger LOG = LoggerFactory.getLogger(CopyMedia.class);
  private static final String BACK = "--to-folder";

  private CopyMedia() {}

  /**
   * Runs it.
   *
   * @param options none, or {@code --to-folder} to copy from the bucket
   */
  public static void main(String[] options) {
    try {
      CopyOfAll.CopyTally outcome = copy(List.of(options));
      LOG.info("Copied: {}; there already: {}", outcome.copied(), outcome.there());
      if (outcome.missing() > 0) {
        LOG.error(
            "Photos whose files are missing: {}, such as {}", outcome.missing(), outcome.example());
        System.exit(1);
      }
    } catch (IllegalArgumentException e) {
      LOG.error("Nothing was copied: {}", e.getMessage());
      System.exit(1);
    } catch (IOException e) {
      LOG.error("Not all was copied; run it again: {}", e.getMessage());
      LOG.debug("Not all was copied", e);
      System.exit(1);
    }
  }

  private static CopyOfAll.CopyTally copy(List<String> options) throws IOException {
    if (!List.of(BACK).containsAll(options)) {
      throw new IllegalArgumentException("the only option is " + BACK);
    }
    return copy(Settings.read(name -> null, null), !options.isEmpty());
  }

  /** A database file is held meanwhile; with a PostgreSQL, the service may run. */
  static CopyOfAll.CopyTally copy(Settings settings, boolean isBack) throws IOException {
    Settings.Stores stores = settings.stores();
    if (stores.media() == null) {
      throw new IllegalArgumentException("the setting slipway.media must name the bucket");
    }
    Path media = stores.data().resolve("media");
    Spool spool = new Spool(media, settings.operations().mediaAccess());
    try (MediaPlace bucket = new MediaBucket(stores.media())) {
      MediaStore objects = bucket.open(spool, name -> LOG.warn("{} was not deleted", name));
      MediaStore files = new FileMediaStore(spool);
      MediaCopy copy =
          isBack ? new MediaCopy(objects, files, spool) : new MediaCopy(files, objects, spool);
      return run(stores, copy);
    }
  }

  private static CopyOfAll.CopyTally run(Settings.Stores stores, MediaCopy copy)
      throws IOException {
    if (stores.database() != null) {
      try (Database database = new Database(PostgresEngine.open(stores.database()))) {
        return new CopyOfAll(database, copy).run();
      }
    }
    try (DataLock lock = DataLock.of(stores.data())) {
      LOG.info("{} is held", lock);
      return new CopyOfAll(new DatabaseFile(stores.data().resolve("slipway.db")), copy).run();
    }
  }
}

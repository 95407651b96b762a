package slipway.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.db.DatabaseFile;
import slipway.db.Identity;
import slipway.db.Reading;
import slipway.media.MediaIdentity;
import slipway.media.MediaKey;
import slipway.photo.PhotoFiles;

/**
 * Makes sure that a database and its media folder belong together: both carry the same identity,
 * and those with different ones are not opened. If one has no identity, because it is new or of an
 * earlier version, both get one if they agree: the files that the rows name exist, and without rows
 * there are no files.
 */
public final class Pairing {
  private static final Logger LOG = LoggerFactory.getLogger(Pairing.class);

  /** How many rows are checked for existing files. */
  private static final int SAMPLE = 64;

  private final String name;
  private final MediaIdentity media;

  /**
   * The pairing of a database and a place for media, neither of which need exist.
   *
   * @param name of the database, for people, such as its file
   */
  public Pairing(String name, MediaIdentity media) {
    this.name = name;
    this.media = media;
  }

  /**
   * Checks that a database's file belongs to the media folder. To be called before the database is
   * opened, which migrates it: a refusal changes nothing.
   *
   * @throws IOException when they do not belong together
   */
  public void check(Path file) throws IOException {
    if (media.isSaidToBelong()) {
      return;
    }
    if (Files.exists(file) && Files.size(file) > 0) {
      DatabaseFile database = new DatabaseFile(file);
      checkAgreement(database, database::hasTable);
    } else if (media.isUsed()) {
      throw refusal("the database " + name + " is missing or empty");
    }
  }

  /**
   * The same for a database on a server, which has all its tables.
   *
   * @throws IOException when they do not belong together
   */
  public void check(Database database) throws IOException {
    if (!media.isSaidToBelong()) {
      checkAgreement(database, table -> true);
    }
  }

  /** Gives both their identity if they have none, after they were checked. */
  public void join(Database database) throws IOException {
    Optional<String> ofDatabase = Identity.read(database);
    Optional<String> ofMedia = media.read();
    if (ofDatabase.isPresent() && ofDatabase.equals(ofMedia) && !media.isSaidToBelong()) {
      return;
    }
    String one = ofDatabase.or(() -> ofMedia).orElseGet(() -> UUID.randomUUID().toString());
    if (ofDatabase.isEmpty()) {
      one = Identity.write(database, one);
    }
    if (media.isSaidToBelong()) {
      LOG.warn("{} and {} are treated as a pair, as a file requested", name, media.place());
    }
    media.write(one);
    LOG.info("The database and the {} {} have the identity {}", media.kind(), media.place(), one);
  }

  /** One of an earlier version may have no identity. */
  private void checkAgreement(Reading database, Predicate<String> hasTable) throws IOException {
    Optional<String> ofDatabase =
        hasTable.test("identity") ? Identity.read(database) : Optional.empty();
    Optional<String> ofMedia = media.read();
    if (ofDatabase.isPresent() && ofDatabase.equals(ofMedia)) {
      return;
    }
    if (ofDatabase.isPresent() && ofMedia.isPresent()) {
      throw refusal(
          "the database %s has the identity %s, and the %s another, %s"
              .formatted(name, ofDatabase.get(), media.kind(), ofMedia.get()));
    }
    List<PhotoFiles.File> sample =
        hasTable.test("photo") ? new PhotoFiles(database).sample(SAMPLE) : List.of();
    if (sample.isEmpty() && media.hasKept()) {
      throw refusal("the database " + name + " has no photos");
    }
    int there = 0;
    for (PhotoFiles.File named : sample) {
      there += media.has(new MediaKey(named.treeId(), named.mediaKey())) ? 1 : 0;
    }
    if (there * 2 < sample.size()) {
      throw refusal(
          "the database %s names files that are missing (%d of %d looked at are); %s"
              .formatted(name, there, sample.size(), media.suspicion()));
    }
  }

  private IOException refusal(String why) {
    return new IOException(
        ("database and %1$s do not belong together: %2$s. The %1$s is %3$s."
                + " Nothing was changed. Stop, and put back the one that belongs to the other, as it"
                + " is or from a back-up. To start over, move both away. If they do belong together,"
                + " make the empty %4$s and start again: files that the database does not know"
                + " are then set aside")
            .formatted(media.kind(), why, media.place(), media.together()));
  }
}

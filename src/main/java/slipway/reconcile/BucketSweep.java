package slipway.reconcile;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.media.s3.BucketListing;
import slipway.media.s3.BucketListing.Listed;
import slipway.photo.PhotoFiles;
import slipway.stray.StrayObjects;
import slipway.upload.resumable.UploadTable;

/**
 * Compares a bucket with the database: names begin with the time, so that what came since is looked
 * at by itself, a day later, and all of it slowly, again and again. An object that no row knows, as
 * a kill may leave one, is noted, and deleted after the grace time, unless a row knows it by then.
 * A photo without its object is told of. For one thread.
 */
public final class BucketSweep {
  private static final Logger LOG = LoggerFactory.getLogger(BucketSweep.class);

  /** What of the bucket is in the memory at a time. */
  private static final BucketSteps STEPS = new BucketSteps(500, 30_000, 10);

  /** Longer than an upload in one request takes. */
  private static final Duration YOUNG = Duration.ofHours(24);

  /** Longer than it takes to send a file to the store. */
  private static final Duration UNFINISHED = Duration.ofHours(48);

  /** Between two looks at an old object, in time of service. */
  private static final Duration ROUND = Duration.ofDays(30);

  private static final int MOST_MISSING = 1000;

  /** What is deleted in a go. */
  private static final int MOST_DUE = 500;

  private final BucketListing bucket;
  private final PhotoFiles photos;
  private final KnownObjects known;
  private final StrayObjects strays;
  private final BucketMarks marks;
  private final BucketWindow window;
  private final BucketSteps steps;
  private final Supplier<Optional<Instant>> time;
  private final Duration grace;

  /**
   * How much is done at a time.
   *
   * @param names that are requested of the bucket
   * @param photos that are compared
   * @param turns that the look at all of it has, before others have theirs
   */
  record BucketSteps(int names, int photos, int turns) {}

  /**
   * A sweep of a bucket by the rows of its database.
   *
   * @param time the time; empty if it is not certain
   * @param grace how long the service runs before what was noted is deleted
   */
  public BucketSweep(
      BucketListing bucket,
      Database database,
      UploadTable uploads,
      Supplier<Optional<Instant>> time,
      Duration grace) {
    this(bucket, database, uploads, time, grace, STEPS);
  }

  BucketSweep(
      BucketListing bucket,
      Database database,
      UploadTable uploads,
      Supplier<Optional<Instant>> time,
      Duration grace,
      BucketSteps steps) {
    this.bucket = bucket;
    this.photos = new PhotoFiles(database);
    this.known = new KnownObjects(photos, uploads);
    this.strays = new StrayObjects(database);
    this.marks = new BucketMarks(database);
    this.window = new BucketWindow(bucket, photos, known, strays, steps.names());
    this.steps = steps;
    this.time = time;
    this.grace = grace;
  }

  /** How many objects are noted. */
  int noted() {
    return strays.count();
  }

  /** How many photos lack their object, as far as that was looked for. */
  int missing() {
    return marks.countMissing();
  }

  /**
   * Looks at the objects since the last sweep.
   *
   * @return how many of them no row knows
   */
  int sweep() throws IOException {
    Optional<Instant> now = time.get();
    String from = marks.mark();
    String to = now.map(time -> start(time.minus(YOUNG))).orElse("");
    if (to.compareTo(from) <= 0) {
      return 0;
    }
    lookAgain();
    int found = 0;
    while (from.compareTo(to) < 0) {
      String next = next(from, to);
      found += look(from, next);
      marks.mark(next);
      from = next;
    }
    int aborted = bucket.abortUnfinished(now.orElseThrow().minus(UNFINISHED));
    if (aborted > 0) {
      LOG.info("Dropped the parts of {} objects that were never completed", aborted);
    }
    return found;
  }

  /**
   * Goes on to look at all of the bucket, if that is due, for a while.
   *
   * @return how many objects no row knows
   */
  int lookAround() throws IOException {
    String end = marks.mark();
    int found = 0;
    for (int turn = 0; turn < steps.turns() && marks.round().isDue() && !end.isEmpty(); turn++) {
      String from = marks.round().mark();
      String next = next(from, end);
      found += look(from, next);
      if (next.equals(end)) {
        marks.endRound(ROUND);
      } else {
        marks.roundMark(next);
      }
    }
    return found;
  }

  /** The end of a window that begins there: no whole name, so that no name is between two. */
  private String next(String from, String most) {
    return photos
        .next(from, steps.photos())
        .map(name -> name.substring(0, name.length() - 1))
        .filter(start -> start.compareTo(from) > 0 && start.compareTo(most) < 0)
        .orElse(most);
  }

  private int look(String from, String to) throws IOException {
    BucketWindow.Difference found = window.look(from, to);
    marks.missing(from, to, found.missing().stream().map(PhotoFiles.File::mediaKey).toList());
    tell(found);
    return found.unknown();
  }

  private void tell(BucketWindow.Difference found) {
    if (found.unknown() > 0) {
      LOG.warn(
          "Objects of the bucket that no row of the database refers to: {}. They are deleted after {}"
              + " of service (slipway.media.set-aside), unless a row refers to them by then",
          found.unknown(),
          Comparison.inWords(grace));
    }
    if (!found.missing().isEmpty()) {
      PhotoFiles.File one = found.missing().get(0);
      LOG.warn(
          "Photos without their object in the bucket: {}, such as {}/{}. The bucket is older than the"
              + " database, or objects were lost. Put them back from a back-up of the bucket",
          found.missing().size(),
          one.treeId(),
          one.mediaKey());
    }
  }

  /** Whoever has put some back need not wait until all of the bucket was looked at. */
  private void lookAgain() throws IOException {
    List<String> missing = marks.missing(MOST_MISSING);
    Map<String, PhotoFiles.File> rows = new HashMap<>();
    photos.known(missing).forEach(row -> rows.put(row.mediaKey(), row));
    for (String key : missing) {
      PhotoFiles.File row = rows.get(key);
      if (row == null || !window.isMissing(row)) {
        marks.found(key);
      }
    }
  }

  /** As the names of files begin that came at that time. */
  private static String start(Instant time) {
    return HexFormat.of().toHexDigits((int) time.getEpochSecond());
  }

  /**
   * Counts time for what is noted, and deletes what has been noted for the grace time.
   *
   * @param ran for how long the service ran since this was called last
   * @return how many objects
   */
  int pass(Duration ran) throws IOException {
    strays.pass(ran);
    List<String> due = strays.due(grace, MOST_DUE);
    List<Listed> objects = due.stream().flatMap(name -> bucket.named(name).stream()).toList();
    List<Listed> unknown = known.unknown(objects);
    List<String> done = new ArrayList<>(due);
    try {
      for (Listed object : unknown) {
        bucket.delete(object);
      }
    } catch (IOException e) {
      done.removeAll(unknown.stream().map(Listed::name).toList());
      throw e;
    } finally {
      strays.forget(done);
    }
    if (!unknown.isEmpty()) {
      LOG.info("Deleted {} objects that no row refers to", unknown.size());
    }
    return unknown.size();
  }
}

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
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.media.MediaKey;
import slipway.media.s3.BucketListing;
import slipway.media.s3.BucketListing.Listed;
import slipway.photo.PhotoFiles;
import slipway.upload.resumable.UploadTable;

/**
 * Looks for objects of a bucket that no row knows, as a kill may leave some. Each is looked at
 * once: names begin with the time, and a sweep goes from where the one before ended to a day ago.
 * What it finds is noted, and deleted after the grace time, unless a row knows it by then. For one
 * thread.
 */
public final class BucketSweep {
  private static final Logger LOG = LoggerFactory.getLogger(BucketSweep.class);
  private static final int PAGE = 500;

  /** Longer than an upload that comes in one request is under way. */
  private static final Duration YOUNG = Duration.ofHours(24);

  /** Longer than a file is being sent to the store. */
  private static final Duration UNFINISHED = Duration.ofHours(48);

  private final BucketListing bucket;
  private final PhotoFiles photos;
  private final UploadTable uploads;
  private final StrayObjects strays;
  private final Supplier<Optional<Instant>> time;
  private final Duration grace;
  private final int count;

  /**
   * A sweep of a bucket by the rows of its database.
   *
   * @param time what time it is; empty where nobody can be sure
   * @param grace how long the service runs before what was noted is deleted
   */
  public BucketSweep(
      BucketListing bucket,
      PhotoFiles photos,
      UploadTable uploads,
      StrayObjects strays,
      Supplier<Optional<Instant>> time,
      Duration grace) {
    this(bucket, photos, uploads, strays, time, grace, PAGE);
  }

  /** The same in pages of so many names. */
  BucketSweep(
      BucketListing bucket,
      PhotoFiles photos,
      UploadTable uploads,
      StrayObjects strays,
      Supplier<Optional<Instant>> time,
      Duration grace,
      int count) {
    this.count = count;
    this.bucket = bucket;
    this.photos = photos;
    this.uploads = uploads;
    this.strays = strays;
    this.time = time;
    this.grace = grace;
  }

  /** How many objects are noted. */
  int noted() {
    return strays.count();
  }

  /**
   * Notes what no row knows of the objects since the last sweep.
   *
   * @return how many
   */
  int sweep() throws IOException {
    Optional<Instant> now = time.get();
    String from = strays.mark();
    String to = now.map(time -> start(time.minus(YOUNG))).orElse("");
    if (to.compareTo(from) <= 0) {
      return 0;
    }
    int found = 0;
    for (int tree = 1; tree <= MediaKey.TREES; tree++) {
      found += sweep(tree, from, to);
    }
    strays.mark(to);
    int aborted = bucket.abortUnfinished(now.orElseThrow().minus(UNFINISHED));
    if (aborted > 0) {
      LOG.info("Dropped the parts of {} objects that were never completed", aborted);
    }
    tell(found);
    return found;
  }

  private void tell(int found) {
    if (found > 0) {
      LOG.warn(
          "Objects of the bucket that no row of the database refers to: {}. They are deleted after {}"
              + " hours of service (slipway.media.set-aside), unless a row refers to them by then",
          found,
          grace.toHours());
    }
  }

  /** As the names of files begin that came at that time. */
  private static String start(Instant time) {
    return HexFormat.of().toHexDigits((int) time.getEpochSecond());
  }

  private int sweep(int tree, String from, String to) throws IOException {
    int found = 0;
    BucketListing.ListedPage page = bucket.list(tree, from, count);
    while (!page.last().isEmpty()) {
      List<Listed> old =
          page.listed().stream().filter(one -> one.key().name().compareTo(to) < 0).toList();
      List<String> unknown = unknown(old);
      strays.note(unknown);
      found += unknown.size();
      boolean isOver = old.size() < page.listed().size();
      page =
          isOver
              ? new BucketListing.ListedPage(List.of(), "")
              : bucket.list(tree, page.last(), count);
    }
    return found;
  }

  private List<String> unknown(List<Listed> objects) {
    if (objects.isEmpty()) {
      return List.of();
    }
    // The rows of uploads first: a photo has been made before its upload's row goes.
    Set<String> unfinished = uploads.unfinishedFiles();
    Set<String> pieces =
        uploads.piecesAmong(objects.stream().filter(Listed::isPiece).map(Listed::name).toList());
    Map<String, PhotoFiles.Rendered> rows = new HashMap<>();
    photos
        .rendered(objects.stream().map(one -> one.key().name()).distinct().toList())
        .forEach(row -> rows.put(row.file().mediaKey(), row));
    List<String> unknown = new ArrayList<>();
    for (Listed object : objects) {
      boolean isKnown =
          object.isPiece()
              ? pieces.contains(object.name())
              : isKnown(object, rows.get(object.key().name()))
                  || unfinished.contains(object.key().name());
      if (!isKnown) {
        unknown.add(object.name());
      }
    }
    return unknown;
  }

  private static boolean isKnown(Listed object, PhotoFiles.Rendered row) {
    if (row == null || row.file().treeId() != object.key().treeId()) {
      return false;
    }
    return object.version() == null
        || object.version() == row.version()
        || object.version() == row.videoVersion();
  }

  /**
   * Lets time pass for what is noted, and deletes what has been for the grace time.
   *
   * @param ran for how long the service ran since this was called last
   * @return how many objects
   */
  int pass(Duration ran) throws IOException {
    strays.pass(ran);
    int deleted = 0;
    List<String> due = strays.due(grace, PAGE);
    List<Listed> objects = due.stream().flatMap(name -> bucket.named(name).stream()).toList();
    Set<String> unknown = Set.copyOf(unknown(objects));
    for (Listed object : objects) {
      if (unknown.contains(object.name())) {
        bucket.delete(object);
        deleted++;
      }
      strays.forget(object.name());
    }
    if (deleted > 0) {
      LOG.warn("Deleted {} objects that no row has referred to for the grace time", deleted);
    }
    return deleted;
  }
}

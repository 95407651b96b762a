package slipway.reconcile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import slipway.media.MediaKey;
import slipway.media.s3.BucketListing;
import slipway.media.s3.BucketListing.Listed;
import slipway.media.s3.BucketListing.ListedPage;
import slipway.photo.PhotoFiles;
import slipway.stray.StrayObjects;

/**
 * Compares the objects of a bucket whose names lie between two with the rows of those names: the
 * names of each tree are listed once, and each side tells what the other lacks. For one thread.
 */
final class BucketWindow {
  private final BucketListing bucket;
  private final PhotoFiles photos;
  private final KnownObjects known;
  private final StrayObjects strays;
  private final int page;

  /**
   * One of a bucket and its database.
   *
   * @param strays where objects are noted that no row knows
   * @param page how many names are requested at a time
   */
  BucketWindow(
      BucketListing bucket, PhotoFiles photos, KnownObjects known, StrayObjects strays, int page) {
    this.bucket = bucket;
    this.photos = photos;
    this.known = known;
    this.strays = strays;
    this.page = page;
  }

  /**
   * What is not as it should be.
   *
   * @param unknown how many objects no row knows
   * @param missing photos without their object
   */
  record Difference(int unknown, List<PhotoFiles.File> missing) {}

  /**
   * Looks at the names from {@code from} on and before {@code to}.
   *
   * @throws IOException when they may not have been looked at
   */
  Difference look(String from, String to) throws IOException {
    // The rows first: an object is there before its row is.
    Set<PhotoFiles.File> rows = photos.between(from, to);
    int unknown = 0;
    for (int tree = 1; tree <= MediaKey.TREES; tree++) {
      unknown += look(tree, from, to, rows);
    }
    return new Difference(unknown, missing(rows));
  }

  private int look(int tree, String from, String to, Set<PhotoFiles.File> rows) throws IOException {
    int found = 0;
    ListedPage names = bucket.list(tree, from, page);
    while (!names.last().isEmpty()) {
      List<Listed> within =
          names.listed().stream().filter(one -> one.key().name().compareTo(to) < 0).toList();
      within.stream().filter(Listed::isOriginal).forEach(one -> rows.remove(file(one.key())));
      List<String> unknown = known.unknown(within).stream().map(Listed::name).toList();
      strays.note(unknown);
      found += unknown.size();
      boolean isOver = within.size() < names.listed().size();
      names = isOver ? ListedPage.NONE : bucket.list(tree, names.last(), page);
    }
    return found;
  }

  private static PhotoFiles.File file(MediaKey key) {
    return new PhotoFiles.File(key.treeId(), key.name());
  }

  /** Of a photo that was deleted meanwhile, the object may have gone before it was listed. */
  private List<PhotoFiles.File> missing(Set<PhotoFiles.File> unseen) throws IOException {
    List<PhotoFiles.File> missing = new ArrayList<>();
    for (PhotoFiles.File file : unseen) {
      if (isMissing(file)) {
        missing.add(file);
      }
    }
    return missing;
  }

  /** Whether a photo has no object, for sure. */
  boolean isMissing(PhotoFiles.File file) throws IOException {
    return !bucket.has(new MediaKey(file.treeId(), file.mediaKey()))
        && photos.known(List.of(file.mediaKey())).contains(file);
  }
}

package slipway.reconcile;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import slipway.media.Leftovers;
import slipway.media.Media;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.photo.PhotoFiles;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionVersion;
import slipway.upload.resumable.UploadTable;

/**
 * One pass over media folder and database. The files are listed before the rows are read, and the
 * files of this process are left out ({@link Leftovers}), so a file without a row will never get
 * one. It goes tree by tree, in batches of sorted names, which lie near each other in the
 * database's index; of one tree's names at a time it keeps a list. A name alone tells which row is
 * its file's: a file that lies elsewhere is moved to where its row has it.
 */
public final class Scan {
  private static final int BATCH = 500;
  private static final long LONGEST_REST_NANOS = 500_000_000;

  private final PhotoFiles photos;
  private final UploadTable uploads;
  private final Leftovers leftovers;
  private final RenditionQueue renditions;
  private final MediaStore elsewhere;
  private final int batch;
  private final LongConsumer rest;

  /**
   * A pass over the photos and uploads of a database, and over a media folder.
   *
   * @param renditions the queue for missing renditions
   * @param elsewhere the store where files are kept; null where that is the media folder, which has
   *     only what is received otherwise
   */
  public Scan(
      PhotoFiles photos,
      UploadTable uploads,
      Leftovers leftovers,
      RenditionQueue renditions,
      MediaStore elsewhere) {
    this(photos, uploads, leftovers, renditions, elsewhere, BATCH, LockSupport::parkNanos);
  }

  /**
   * The same in batches of so many files.
   *
   * @param rest rests for so many nanoseconds
   */
  Scan(
      PhotoFiles photos,
      UploadTable uploads,
      Leftovers leftovers,
      RenditionQueue renditions,
      MediaStore elsewhere,
      int batch,
      LongConsumer rest) {
    this.elsewhere = elsewhere;
    this.batch = batch;
    this.rest = rest;
    this.renditions = renditions;
    this.photos = photos;
    this.uploads = uploads;
    this.leftovers = leftovers;
  }

  /**
   * The result.
   *
   * @param isWhole false when it was ended before
   * @param unknown files that were set aside
   * @param newer how many of them are newer than the newest photo
   * @param missing photos without their file
   * @param example the path of one such file; null when there is none
   * @param moved files that lay elsewhere than their rows have them
   * @param lost photos whose renditions were missing, and are made again
   */
  record Found(
      boolean isWhole, int unknown, int newer, int missing, String example, int moved, int lost) {}

  /** Counts during the pass. */
  private static final class Tally {
    private int unknown;
    private int newer;
    private int missing;
    private String example;
    private int moved;
    private int lost;

    private void unknown(String name, String newest) {
      unknown++;
      newer += name.compareTo(newest) > 0 ? 1 : 0;
    }

    private void missing(PhotoFiles.File file) {
      missing++;
      example = file.treeId() + "/" + file.mediaKey();
    }

    private Found found(boolean isWhole) {
      return new Found(isWhole, unknown, newer, missing, example, moved, lost);
    }
  }

  /** Sets aside what no row knows, and counts the rows without a file. */
  Found run(BooleanSupplier isOver) throws IOException {
    Tally tally = new Tally();
    String newest = photos.newest().orElse("");
    setUnfinishedAside(tally, newest);
    if (elsewhere != null) {
      return tally.found(!isOver.getAsBoolean());
    }
    for (int tree = 1; tree <= MediaKey.TREES && !isOver.getAsBoolean(); tree++) {
      long listed = System.nanoTime();
      List<Leftovers.Kept> keys = leftovers.kept(tree);
      rest(listed, keys.size());
      for (int from = 0; from < keys.size() && !isOver.getAsBoolean(); from += batch) {
        long begun = System.nanoTime();
        setAside(keys.subList(from, Math.min(from + batch, keys.size())), tally, newest);
        rest(begun, keys.size() - from);
      }
      leftovers.sync(tree);
    }
    countMissing(tally, isOver);
    return tally.found(!isOver.getAsBoolean());
  }

  /**
   * Leaves the machine to the requests for as long as a batch took: a site may have millions of
   * files. After a few there is no need to.
   *
   * @param left how many files were left at its beginning
   */
  private void rest(long begun, int left) {
    if (left >= batch) {
      rest.accept(Math.min(System.nanoTime() - begun, LONGEST_REST_NANOS));
    }
  }

  /** Pieces that were acknowledged are kept as originals are; their upload's row is gone. */
  private void setUnfinishedAside(Tally tally, String newest) throws IOException {
    List<String> names = leftovers.unfinished();
    Set<String> known = names.isEmpty() ? Set.of() : uploads.unfinishedFiles();
    Map<String, MediaKey> rows = rows(names);
    for (String name : names) {
      if (known.contains(name)) {
        continue;
      }
      MediaKey row = rows.get(name);
      if (row != null && elsewhere != null) {
        deleteCopy(name, row);
      } else if (row != null && leftovers.move(name, row)) {
        tally.moved++;
      } else if (leftovers.setAside(name)) {
        tally.unknown(name, newest);
      }
    }
    leftovers.syncUnfinished();
  }

  /** The file of a photo is certainly kept; the process ended before the copy was deleted. */
  private void deleteCopy(String name, MediaKey row) throws IOException {
    try (Media kept = elsewhere.open(row).orElse(null)) {
      if (kept != null) {
        leftovers.deleteCopy(name, kept.size());
      }
    }
  }

  private void setAside(List<Leftovers.Kept> all, Tally tally, String newest) throws IOException {
    Map<String, PhotoFiles.Rendered> rows =
        rendered(all.stream().map(kept -> kept.key().name()).toList());
    for (Leftovers.Kept kept : all) {
      PhotoFiles.Rendered rendered = rows.get(kept.key().name());
      MediaKey row = rendered == null ? null : key(rendered.file());
      if (row != null && !row.equals(kept.key()) && leftovers.move(kept, row)) {
        tally.moved++;
      } else if (kept.key().equals(row)) {
        settle(kept, rendered, tally);
      } else if (leftovers.setAside(kept)) {
        tally.unknown(kept.key().name(), newest);
      }
    }
  }

  /**
   * A file keeps the renditions of its row. Where those are not there, as the database is older
   * than the media, they are made again.
   */
  private void settle(Leftovers.Kept kept, PhotoFiles.Rendered row, Tally tally)
      throws IOException {
    boolean isLost =
        row.areMade() && kept.hasOriginal() && !kept.versions().contains(row.version());
    boolean isVideoLost =
        row.videoVersion() != RenditionVersion.NONE
            && kept.hasOriginal()
            && !kept.versions().contains(row.videoVersion());
    if ((isLost || isVideoLost || hasOthers(kept, row))
        && leftovers.deleteOthers(kept, row.version(), row.videoVersion())) {
      String name = kept.key().name();
      boolean isAnew = isLost && renditions.retryLost(name, row.version());
      isAnew |= isVideoLost && renditions.retryLostVideo(name, row.videoVersion());
      tally.lost += isAnew ? 1 : 0;
    }
  }

  private static boolean hasOthers(Leftovers.Kept kept, PhotoFiles.Rendered row) {
    return kept.versions().stream()
        .anyMatch(version -> version != row.version() && version != row.videoVersion());
  }

  /** What the rows with some names say, by name. */
  private Map<String, PhotoFiles.Rendered> rendered(List<String> names) {
    Map<String, PhotoFiles.Rendered> rows = new HashMap<>();
    for (int from = 0; from < names.size(); from += BATCH) {
      photos
          .rendered(names.subList(from, Math.min(from + BATCH, names.size())))
          .forEach(row -> rows.put(row.file().mediaKey(), row));
    }
    return rows;
  }

  /** Where the rows with some names have their files, by name. */
  private Map<String, MediaKey> rows(Collection<String> names) {
    Map<String, MediaKey> rows = new HashMap<>();
    List<String> all = List.copyOf(names);
    for (int from = 0; from < all.size(); from += BATCH) {
      for (PhotoFiles.File row :
          photos.known(all.subList(from, Math.min(from + BATCH, all.size())))) {
        rows.put(row.mediaKey(), key(row));
      }
    }
    return rows;
  }

  /** Which of some names a photo or an unfinished upload has. */
  Set<String> known(Collection<String> names) {
    Set<String> known = new HashSet<>(uploads.unfinishedFiles());
    known.retainAll(names);
    known.addAll(rows(names).keySet());
    return known;
  }

  private static MediaKey key(PhotoFiles.File file) {
    return new MediaKey(file.treeId(), file.mediaKey());
  }

  private void countMissing(Tally tally, BooleanSupplier isOver) {
    String last = "";
    List<PhotoFiles.File> rows = photos.after(last, batch);
    while (!rows.isEmpty() && !isOver.getAsBoolean()) {
      long begun = System.nanoTime();
      List<PhotoFiles.File> without =
          rows.stream().filter(row -> !leftovers.has(key(row))).toList();
      if (!without.isEmpty()) {
        // A photo may have been deleted since its row was read, or have got another file.
        Set<PhotoFiles.File> still =
            photos.known(without.stream().map(PhotoFiles.File::mediaKey).toList());
        without.stream().filter(still::contains).forEach(tally::missing);
      }
      last = rows.get(rows.size() - 1).mediaKey();
      int count = rows.size();
      rows = photos.after(last, batch);
      rest(begun, count);
    }
  }

  /**
   * Brings back what was set aside and has a row now, as the database was restored.
   *
   * @return how many files
   */
  int bringBack() throws IOException {
    if (elsewhere != null) {
      return 0; // A file that a row names is not deleted, but left to the administrator.
    }
    int back = 0;
    List<MediaKey> keys = leftovers.keptAside();
    Map<String, PhotoFiles.Rendered> rows = rendered(keys.stream().map(MediaKey::name).toList());
    for (MediaKey was : keys) {
      PhotoFiles.Rendered row = rows.get(was.name());
      back += row != null && bringBack(was, row) ? 1 : 0;
    }
    return back;
  }

  private boolean bringBack(MediaKey was, PhotoFiles.Rendered row) throws IOException {
    return leftovers.bringBack(was, key(row.file()), row.version(), row.videoVersion());
  }
}

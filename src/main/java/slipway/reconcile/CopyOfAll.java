package slipway.reconcile;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import slipway.db.Reading;
import slipway.media.MediaCopy;
import slipway.media.MediaKey;
import slipway.photo.PhotoFiles;
import slipway.photo.RenditionSize;
import slipway.photo.RenditionVersion;
import slipway.photo.WebVideo;

/** Copies the files of all photos, in the order of their names. */
public final class CopyOfAll {
  private static final int BATCH = 500;
  private static final List<String> PICTURES =
      Arrays.stream(RenditionSize.values()).map(RenditionSize::id).toList();

  private final PhotoFiles photos;
  private final MediaCopy copy;
  private int copied;
  private int there;
  private int missing;
  private String example;

  /** That of the photos of a database. */
  public CopyOfAll(Reading database, MediaCopy copy) {
    this.photos = new PhotoFiles(database);
    this.copy = copy;
  }

  /**
   * The outcome.
   *
   * @param copied files
   * @param there files that were there already
   * @param missing photos whose file could not be found
   * @param example one of those; null for none
   */
  public record CopyTally(int copied, int there, int missing, String example) {}

  /** Copies them. */
  public CopyTally run() throws IOException {
    List<PhotoFiles.File> rows = photos.after("", BATCH);
    while (!rows.isEmpty()) {
      List<String> names = rows.stream().map(PhotoFiles.File::mediaKey).toList();
      for (PhotoFiles.Rendered row : photos.rendered(names)) {
        copy(row);
      }
      rows = photos.after(names.get(names.size() - 1), BATCH);
    }
    return new CopyTally(copied, there, missing, example);
  }

  private void copy(PhotoFiles.Rendered row) throws IOException {
    MediaKey key = new MediaKey(row.file().treeId(), row.file().mediaKey());
    MediaCopy.Result original = copy.original(key);
    if (original == MediaCopy.Result.MISSING) {
      missing++;
      example = key.treeId() + "/" + key.name();
      return;
    }
    count(original);
    // What is not there is made again, or never was.
    if (row.areMade()) {
      copy.renditions(key, row.version(), PICTURES);
    }
    if (row.videoVersion() != RenditionVersion.NONE) {
      copy.renditions(key, row.videoVersion(), List.of(WebVideo.FILE));
    }
  }

  private void count(MediaCopy.Result result) {
    if (result == MediaCopy.Result.COPIED) {
      copied++;
    } else {
      there++;
    }
  }
}

package slipway.reconcile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import slipway.media.s3.BucketListing.Listed;
import slipway.photo.PhotoFiles;
import slipway.upload.resumable.UploadTable;

/** Tells which objects of a bucket the rows of its database know. */
final class KnownObjects {
  private final PhotoFiles photos;
  private final UploadTable uploads;

  KnownObjects(PhotoFiles photos, UploadTable uploads) {
    this.photos = photos;
    this.uploads = uploads;
  }

  /** Those of some hundreds of objects that no row knows. */
  List<Listed> unknown(List<Listed> objects) {
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
    return objects.stream()
        .filter(
            object ->
                object.isPiece()
                    ? !pieces.contains(object.name())
                    : !isOfPhoto(object, rows.get(object.key().name()))
                        && !unfinished.contains(object.key().name()))
        .toList();
  }

  private static boolean isOfPhoto(Listed object, PhotoFiles.Rendered row) {
    if (row == null || row.file().treeId() != object.key().treeId()) {
      return false;
    }
    return object.version() == null
        || object.version() == row.version()
        || object.version() == row.videoVersion();
  }
}

package slipway.photo;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import slipway.details.CleanHtml;
import slipway.details.PhotoText;

/** A change of one photo whose words are found already, as the photo was when it was planned. */
public final class PlannedChange {
  private final long photoId;
  private final PhotoChange change;
  private final Said before;
  private final Set<String> words;

  private PlannedChange(long photoId, PhotoChange change, Said before, Set<String> words) {
    this.photoId = photoId;
    this.change = change;
    this.before = before;
    this.words = words;
  }

  /** What the words of a photo are of. */
  private record Said(String title, CleanHtml description, List<String> tags) {
    static Optional<Said> of(Handle handle, long photoId) {
      List<String> tags = TagNames.of(handle, photoId);
      return handle
          .createQuery("select title, description from photo where photo_id = ?")
          .bind(0, photoId)
          .map(
              (row, context) ->
                  new Said(row.getString(1), CleanHtml.stored(row.getString(2)), tags))
          .findOne();
    }

    Set<String> words(PhotoChange change) {
      return PhotoText.words(
          Objects.requireNonNullElse(change.title(), title),
          Objects.requireNonNullElse(change.description(), description),
          Objects.requireNonNullElse(change.tags(), tags));
    }
  }

  static Optional<PlannedChange> of(Handle handle, long photoId, PhotoChange change) {
    boolean changesText =
        change.title() != null || change.description() != null || change.tags() != null;
    return Said.of(handle, photoId)
        .map(
            before ->
                new PlannedChange(
                    photoId,
                    change,
                    changesText ? before : null,
                    changesText ? before.words(change) : null));
  }

  /** Whether the photo is there, and what its words are of is as it was. */
  public boolean isOfToday(Handle tx) {
    return before == null ? exists(tx) : Said.of(tx, photoId).filter(before::equals).isPresent();
  }

  private boolean exists(Handle tx) {
    return tx.createQuery("select 1 from photo where photo_id = ?")
        .bind(0, photoId)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** The photo's number. */
  public long photoId() {
    return photoId;
  }

  PhotoChange change() {
    return change;
  }

  /** What the photo is found by from now on; null where that stays. */
  Set<String> words() {
    return words;
  }
}

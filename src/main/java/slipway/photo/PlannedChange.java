package slipway.photo;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.RowReader;
import slipway.details.CleanHtml;
import slipway.details.DetailsChange;
import slipway.details.PhotoText;

/**
 * A change of one photo whose texts are parsed already, based on the photo as it was when the
 * change was planned.
 */
public final class PlannedChange {
  private final long photoId;
  private final DetailsChange change;
  private final List<String> tags;
  private final Said before;
  private final PhotoText text;

  private PlannedChange(
      long photoId, DetailsChange change, List<String> tags, Said before, PhotoText text) {
    this.photoId = photoId;
    this.change = change;
    this.tags = tags;
    this.before = before;
    this.text = text;
  }

  /** The texts that a photo's words come from. */
  private record Said(String title, CleanHtml description, List<String> tags) {
    static Optional<Said> of(Handle handle, long photoId) {
      List<String> tags = TagNames.of(handle, photoId);
      return handle
          .createQuery("select title, description from photo where photo_id = ?")
          .bind(0, photoId)
          .map(
              RowReader.to(
                  row ->
                      new Said(row.text("title"), CleanHtml.stored(row.text("description")), tags)))
          .findOne();
    }

    PhotoText with(DetailsChange change, List<String> newTags) {
      return PhotoText.of(
          Objects.requireNonNullElse(change.title(), title),
          Objects.requireNonNullElse(change.description(), description),
          Objects.requireNonNullElse(newTags, tags));
    }
  }

  static Optional<PlannedChange> of(Handle handle, long photoId, DetailsChange change) {
    List<String> tags = change.tagList();
    return Said.of(handle, photoId)
        .map(
            before ->
                change.changesWords()
                    ? new PlannedChange(photoId, change, tags, before, before.with(change, tags))
                    : new PlannedChange(photoId, change, null, null, null));
  }

  /** Whether the photo exists and the texts of its words are unchanged. */
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

  DetailsChange change() {
    return change;
  }

  /** The tags from now on; null where they stay. */
  List<String> tags() {
    return tags;
  }

  /** The metadata of the photo from now on; null where that stays. */
  PhotoText text() {
    return text;
  }
}

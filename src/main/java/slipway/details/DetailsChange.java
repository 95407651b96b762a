package slipway.details;

import java.util.List;

/**
 * A change of the metadata of existing or future photos; null leaves a detail as it is.
 *
 * @param albumIds the albums they are in, replacing the present ones
 * @param title plain text
 * @param description for people; may be empty
 * @param tags as given, replacing the present ones: what {@link Tags#parse} takes
 * @param publish whether the public may see them
 */
public record DetailsChange(
    List<Long> albumIds, String title, CleanHtml description, String tags, Boolean publish) {

  /** The details after this change. */
  public Details of(Details before) {
    return new Details(
        before.userId(),
        albumIds == null ? before.albumIds() : albumIds,
        title == null ? before.title() : title,
        description == null ? before.description() : description,
        tags == null ? before.tags() : tags,
        publish == null ? before.publish() : publish,
        before.publishAt(),
        before.absoluteUrl());
  }

  /** The tags one by one; null where they stay. */
  public List<String> tagList() {
    return tags == null ? null : Tags.parse(tags);
  }

  /** Whether it changes what a photo is found by. */
  public boolean changesWords() {
    return title != null || description != null || tags != null;
  }

  /** Contains nothing private. */
  @Override
  public String toString() {
    return "DetailsChange[]";
  }
}

package slipway.token;

import java.util.List;
import slipway.details.CleanHtml;

/**
 * A change of what uploaded photos get; null leaves a detail as it is.
 *
 * @param albumIds the albums it goes into, in place of those before
 * @param title plain text
 * @param description text with safe tags only
 * @param tags space-separated, in place of those before
 * @param publish whether the public may see it
 */
public record DetailsChange(
    List<Long> albumIds, String title, CleanHtml description, String tags, Boolean publish) {

  /** The details after this change. */
  public UploadToken.Details of(UploadToken.Details before) {
    return new UploadToken.Details(
        before.userId(),
        albumIds == null ? before.albumIds() : albumIds,
        title == null ? before.title() : title,
        description == null ? before.description() : description,
        tags == null ? before.tags() : tags,
        publish == null ? before.publish() : publish,
        before.publishAt(),
        before.absoluteUrl());
  }
}

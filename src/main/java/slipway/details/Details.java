package slipway.details;

import java.time.Instant;
import java.util.List;

/**
 * The metadata of a photo that does not exist yet: an upload token has it for the photos uploaded
 * with it.
 *
 * @param userId its owner; null for an anonymous upload
 * @param albumIds the albums it goes into
 * @param title plain text
 * @param description for people; may be empty
 * @param tags as given: what {@link Tags#parse} takes
 * @param publish whether the public may see it
 * @param publishAt from when on the public may see it; null for the time of the upload
 * @param absoluteUrl its canonical address elsewhere; null for the one it has here
 */
public record Details(
    Long userId,
    List<Long> albumIds,
    String title,
    CleanHtml description,
    String tags,
    boolean publish,
    Instant publishAt,
    String absoluteUrl) {
  /** No metadata, except that the public may see the photo. */
  public static final Details NONE =
      new Details(null, List.of(), "", CleanHtml.NONE, "", true, null, null);

  /** Every empty text becomes the same object: tokens are kept by the million. */
  public Details {
    title = shared(title);
    tags = shared(tags);
  }

  private static String shared(String text) {
    return text.isEmpty() ? "" : text;
  }

  /** Contains nothing private. */
  @Override
  public String toString() {
    return "Details[]";
  }
}

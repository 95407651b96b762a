package slipway.photo;

import java.time.Instant;
import java.util.List;

/**
 * Which photos a list is of; null or empty for what does not matter.
 *
 * @param photoId the one of this number
 * @param albumId those in this album
 * @param userId those of this owner
 * @param tags those with these tags
 * @param everyTag whether they must have all of the tags, rather than any
 * @param search those with words that begin with each of these words
 * @param uploadToken those uploaded with this token
 * @param from those published from then on
 * @param until those published before then
 * @param video videos only, or none
 * @param unpublished whether those are listed that the public does not see
 */
public record PhotoFilter(
    Long photoId,
    Long albumId,
    Long userId,
    List<String> tags,
    boolean everyTag,
    String search,
    String uploadToken,
    Instant from,
    Instant until,
    Boolean video,
    boolean unpublished) {

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "PhotoFilter[]";
  }
}

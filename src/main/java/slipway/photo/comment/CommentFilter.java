package slipway.photo.comment;

import java.util.ArrayList;
import java.util.List;

/**
 * Which comments are listed.
 *
 * @param photoId of a photo; null for all
 * @param commentId the one of that number; null for all
 * @param userId by a user; null for all
 * @param waiting also those that are not approved, and of photos that are not published
 * @param approved those that are approved, or those that wait; null for both
 */
public record CommentFilter(
    Long photoId, Long commentId, Long userId, boolean waiting, Boolean approved) {
  /** The condition, on {@code c} and {@code p}, with parameters of these names and {@code now}. */
  String sql() {
    List<String> terms = new ArrayList<>(List.of("true"));
    if (photoId != null) {
      terms.add("c.photo_id = :photoId");
    }
    if (commentId != null) {
      terms.add("c.comment_id = :commentId");
    }
    if (userId != null) {
      terms.add("c.user_id = :userId");
    }
    if (approved != null) {
      terms.add(approved ? "c.approved" : "not c.approved");
    }
    if (!waiting) {
      terms.add("c.approved and p.published and p.published_at <= :now");
    }
    return String.join(" and ", terms);
  }
}

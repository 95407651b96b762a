package slipway.photo.comment;

import java.time.Instant;
import slipway.details.CleanHtml;

/**
 * What somebody said about a photo.
 *
 * @param commentId its number
 * @param text its author and text
 * @param approved whether it is shown
 * @param createdAt when it was said
 * @param photo the photo, as far as a list describes it
 */
public record Comment(
    long commentId, CommentText text, boolean approved, Instant createdAt, CommentedPhoto photo) {

  /**
   * The author and text of a comment.
   *
   * @param userId the user who says it; null for others
   * @param name for people
   * @param email may be empty; not shown to everybody
   * @param content the text itself
   */
  public record CommentText(Long userId, String name, String email, CleanHtml content) {}

  /**
   * A photo that is commented on.
   *
   * @param photoId its number
   * @param treeId which storage tree holds its files
   * @param token its secret
   * @param title may be empty
   */
  public record CommentedPhoto(long photoId, int treeId, String token, String title) {}
}

package slipway.photo;

import java.time.Instant;

/**
 * A photo or video in the catalogue.
 *
 * @param photoId its number, never used again
 * @param token 32 letters and digits: who knows it with the number may see the photo
 * @param treeId storage tree of its files
 * @param mediaKey name of its file in that tree
 * @param title plain text
 * @param description text with safe tags only
 * @param published whether the public sees it
 * @param userId owner; null when uploaded anonymously
 * @param filename the name it had with the visitor: data to show, never a path
 * @param contentType MIME type by content
 * @param size bytes
 * @param createdAt when its upload was done
 */
public record Photo(
    long photoId,
    String token,
    int treeId,
    String mediaKey,
    String title,
    String description,
    boolean published,
    Long userId,
    String filename,
    String contentType,
    long size,
    Instant createdAt) {

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "Photo[" + photoId + "]";
  }
}

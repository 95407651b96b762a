package slipway.photo;

import java.time.Instant;
import slipway.details.CleanHtml;

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
 * @param width pixels as shown, upright; null while not known
 * @param height pixels as shown, upright; null while not known
 * @param durationMillis length of a video in milliseconds; null while not known, and for a picture
 * @param takenAt when the camera took it; null while not known
 * @param publishedAt from when on the public sees it, if it is published
 * @param createdAt when its upload was done
 * @param absoluteUrl its canonical address elsewhere; null for the one it has here
 */
public record Photo(
    long photoId,
    String token,
    int treeId,
    String mediaKey,
    String title,
    CleanHtml description,
    boolean published,
    Long userId,
    String filename,
    String contentType,
    long size,
    Integer width,
    Integer height,
    Long durationMillis,
    Instant takenAt,
    Instant publishedAt,
    Instant createdAt,
    String absoluteUrl) {

  /** The same with other words; itself where they are the same. */
  Photo with(String newTitle, CleanHtml newDescription) {
    return newTitle.equals(title) && newDescription.equals(description)
        ? this
        : new Photo(
            photoId,
            token,
            treeId,
            mediaKey,
            newTitle,
            newDescription,
            published,
            userId,
            filename,
            contentType,
            size,
            width,
            height,
            durationMillis,
            takenAt,
            publishedAt,
            createdAt,
            absoluteUrl);
  }

  /** Whether it is a video rather than a picture. */
  public boolean isVideo() {
    return isVideo(contentType);
  }

  static boolean isVideo(String contentType) {
    return contentType.startsWith("video/");
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "Photo[" + photoId + "]";
  }
}

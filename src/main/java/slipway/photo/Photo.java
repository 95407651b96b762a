package slipway.photo;

import java.time.Instant;
import slipway.details.CleanHtml;

/**
 * A photo or video in the catalogue.
 *
 * @param photoId its number, never used again
 * @param token 32 letters and digits: anyone who knows it and the number may see the photo
 * @param file its file
 * @param title plain text
 * @param description for people; may be empty
 * @param publication whether the public sees it
 * @param facts the facts about its file
 * @param origin its owner, and when it was uploaded
 */
public record Photo(
    long photoId,
    String token,
    PhotoFile file,
    String title,
    CleanHtml description,
    Publication publication,
    PhotoFacts facts,
    Origin origin) {

  /** The same with other texts; itself if they are equal. */
  Photo with(String newTitle, CleanHtml newDescription) {
    return newTitle.equals(title) && newDescription.equals(description)
        ? this
        : new Photo(photoId, token, file, newTitle, newDescription, publication, facts, origin);
  }

  /** Whether it is a video rather than a picture. */
  public boolean isVideo() {
    return file.isVideo();
  }

  /** Storage tree of its files. */
  public int treeId() {
    return file.treeId();
  }

  /** Name of its file in that tree. */
  public String mediaKey() {
    return file.mediaKey();
  }

  /** Which renditions it has, see {@link RenditionVersion}. */
  public long renditionVersion() {
    return file.renditionVersion();
  }

  /** The version of its copy that every browser plays; {@link RenditionVersion#NONE} for none. */
  public long videoVersion() {
    return file.videoVersion();
  }

  /** The name it had with its sender: data to show, never a path. */
  public String filename() {
    return file.filename();
  }

  /** MIME type by content. */
  public String contentType() {
    return file.contentType();
  }

  /** Bytes of its file. */
  public long size() {
    return file.size();
  }

  /**
   * The path of one of its files, below the context path.
   *
   * @param name such as {@code original}, or that of a rendition
   */
  public String path(String name) {
    return "/" + treeId() + "/" + photoId + "/" + token + "/" + name;
  }

  /** The state of its file's scan. */
  public PhotoScan scan() {
    return publication.scan();
  }

  /** Whether its file must not be served or decoded, as a virus scanner has not released it. */
  public boolean isHeld() {
    return scan().isHeld();
  }

  /** Whether the public sees it. */
  public boolean published() {
    return publication.published();
  }

  /** From when on the public sees it, if it is published. */
  public Instant publishedAt() {
    return publication.publishedAt();
  }

  /** Its canonical address elsewhere; null for the one it has here. */
  public String absoluteUrl() {
    return publication.absoluteUrl();
  }

  /** Pixels as shown, upright; null while not known. */
  public Integer width() {
    return facts.width();
  }

  /** Pixels as shown, upright; null while not known. */
  public Integer height() {
    return facts.height();
  }

  /** Length of a video in milliseconds; null while not known, and for a picture. */
  public Long durationMillis() {
    return facts.durationMillis();
  }

  /** When the camera took it; null while not known. */
  public Instant takenAt() {
    return facts.takenAt();
  }

  /** Its owner; null when uploaded anonymously. */
  public Long userId() {
    return origin.userId();
  }

  /** When its upload was done. */
  public Instant createdAt() {
    return origin.createdAt();
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "Photo[" + photoId + "]";
  }
}

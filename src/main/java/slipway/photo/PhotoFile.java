package slipway.photo;

/**
 * A file in the media store that becomes a photo's.
 *
 * @param treeId storage tree
 * @param mediaKey name in that tree
 * @param filename the name it had with its sender: data to show, never a path
 * @param contentType MIME type by content
 * @param size bytes
 * @param renditionVersion which renditions it has, see {@link RenditionVersion}
 * @param videoVersion which copy of a video it has that every browser plays; {@link
 *     RenditionVersion#NONE} for none
 */
public record PhotoFile(
    int treeId,
    String mediaKey,
    String filename,
    String contentType,
    long size,
    long renditionVersion,
    long videoVersion) {
  /** A file that has no renditions yet. */
  public PhotoFile(int treeId, String mediaKey, String filename, String contentType, long size) {
    this(
        treeId,
        mediaKey,
        filename,
        contentType,
        size,
        RenditionVersion.next(),
        RenditionVersion.NONE);
  }

  /** Whether it is a video rather than a picture. */
  boolean isVideo() {
    return contentType.startsWith("video/");
  }
}

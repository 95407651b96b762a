package slipway.photo;

/**
 * A file in the media store that becomes a photo's.
 *
 * @param treeId storage tree
 * @param mediaKey name in that tree
 * @param filename the name it had with its sender: data to show, never a path
 * @param contentType MIME type by content
 * @param size bytes
 */
public record PhotoFile(
    int treeId, String mediaKey, String filename, String contentType, long size) {
  /** Whether it is a video rather than a picture. */
  boolean isVideo() {
    return contentType.startsWith("video/");
  }
}

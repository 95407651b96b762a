package slipway.upload;

import slipway.media.IncomingFile;

/**
 * A file that is received whole and accepted, not yet kept.
 *
 * @param incoming its bytes
 * @param filename the name it had with the visitor: data to show, never a path
 * @param type MIME type by content
 * @param size bytes
 */
public record Received(IncomingFile incoming, String filename, String type, long size) {
  /** The name is cut to the length that is kept. */
  public Received {
    filename = FileName.kept(filename);
  }
}

package slipway.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
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
  private static final int BUFFER_BYTES = 64 * 1024;

  /** The name is cut to the length that is kept. */
  public Received {
    filename = FileName.kept(filename);
  }

  /** Writes its bytes to a channel, which is handed slices of a buffer and must not keep them. */
  void copyTo(WritableByteChannel out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = incoming.read()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(ByteBuffer.wrap(buffer, 0, read));
      }
    }
  }
}

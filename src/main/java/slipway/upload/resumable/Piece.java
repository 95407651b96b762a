package slipway.upload.resumable;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** One stretch of an upload as it comes in; close it. For one thread at a time. */
public interface Piece extends WritableByteChannel {
  /**
   * Checks that no byte is missing.
   *
   * @throws slipway.upload.UploadRefusedException when fewer arrived than were said to
   */
  void checkWhole() throws IOException;

  /**
   * Says that the stretch is whole; it is durable on return.
   *
   * @throws slipway.upload.UploadRefusedException when fewer bytes arrived than were said to
   */
  void end() throws IOException;
}

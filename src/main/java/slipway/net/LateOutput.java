package slipway.net;

import java.io.InputStream;
import java.util.Optional;

/**
 * The body of an answer that can be sent after the request was worked on, as fast as its reader
 * takes it, with no thread that waits for the reader.
 */
public interface LateOutput {
  /** Bodies up to so many bytes gain nothing by it: containers hold them until the end. */
  int AT_ONCE_BYTES = 8 * 1024;

  /**
   * Sends this after what was written so far; nothing can be written after it.
   *
   * @param rest the end of the body; read later, by other threads, and closed in any case
   * @param file the same bytes as a file that the container may send by its name in place of
   *     reading them
   * @param mayBeRefused whether the answer may become that the client shall try again, where too
   *     many are being sent: nothing was changed for it
   */
  void later(InputStream rest, Optional<FilePart> file, boolean mayBeRefused);
}

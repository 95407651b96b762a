package slipway.net;

import java.io.InputStream;
import java.util.Optional;

/**
 * The body of an answer that can be sent after the request was handled, at the pace of its reader,
 * without a thread that waits for the reader.
 */
public interface LateOutput {
  /** Bodies up to this length gain nothing from it, as containers hold them until the end. */
  int AT_ONCE_BYTES = 8 * 1024;

  /**
   * Sends this after what was written so far; nothing can be written after it.
   *
   * @param rest the end of the body; read later, by other threads, and closed in any case
   * @param file the same bytes as a file that the container may send by its name in place of
   *     reading them
   * @param mayBeRefused whether the answer may be replaced by a request to try again if too many
   *     are being sent, as nothing was changed
   */
  void later(InputStream rest, Optional<FilePart> file, boolean mayBeRefused);
}

package slipway.scan;

import java.io.IOException;
import java.nio.file.Path;

/** A virus scanner that runs elsewhere. For many threads. */
interface VirusScanner {
  /**
   * Checks a file, within a bounded time.
   *
   * @param size bytes of the file
   * @throws ScannerAwayException when it cannot be reached, whatever file it is to look at
   * @throws IOException when the file cannot be read now
   */
  ScanVerdict scan(Path file, long size) throws IOException, InterruptedException;

  /**
   * Checks whether it can be reached, without a file.
   *
   * @return whether it answered; false if only its next file will show
   * @throws ScannerAwayException when it cannot
   */
  boolean probe() throws ScannerAwayException, InterruptedException;
}

package slipway.media.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes what a program writes, on a thread of its own, until the program ends or no more of it is
 * wanted. As we write it to a file, and not the program, a full disk can be told from a broken
 * video.
 */
final class Outlet {
  private static final int PIECE_BYTES = 16 * 1024;

  private final FutureTask<Boolean> copying;

  private Outlet(FutureTask<Boolean> copying) {
    this.copying = copying;
  }

  /**
   * Begins.
   *
   * @param most bytes that are taken; where more come, the program finds its output closed
   */
  static Outlet begin(InputStream from, OutputStream to, long most) {
    FutureTask<Boolean> copying =
        new FutureTask<>(
            () -> {
              try (from) {
                return isAllCopied(from, to, most);
              }
            });
    Thread thread = new Thread(copying, "slipway-program");
    thread.setDaemon(true);
    thread.start();
    return new Outlet(copying);
  }

  private static boolean isAllCopied(InputStream from, OutputStream to, long most)
      throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long taken = 0;
    for (int count = from.read(piece); count >= 0; count = from.read(piece)) {
      taken += count;
      if (taken > most) {
        return false;
      }
      to.write(piece, 0, count);
    }
    return true;
  }

  /**
   * Waits for the end; the program has ended already.
   *
   * @return whether all of it was taken
   * @throws IOException when it could not be written
   */
  boolean await() throws IOException, InterruptedException {
    try {
      return copying.get();
    } catch (ExecutionException e) {
      throw new IOException("What a program wrote could not be kept", e.getCause());
    }
  }

  /** Waits that long at most; what the program has begun may keep its output open. */
  void awaitAtMost(long millis) throws InterruptedException {
    try {
      copying.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // What has come by now will do.
    }
  }
}

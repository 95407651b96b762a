package slipway.details;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Limits how many long texts are parsed at a time: each takes many times its length of memory. */
final class Turns {
  private static final Semaphore FREE =
      new Semaphore(Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors())), true);

  private Turns() {}

  /** Does the work when its turn comes. */
  static String of(Supplier<String> work) {
    FREE.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      FREE.release();
    }
  }
}

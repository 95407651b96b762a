package slipway.harness;

import java.util.concurrent.atomic.AtomicInteger;

/** Addresses of visitors, for {@code X-Forwarded-For}. */
public final class Addresses {
  private static final AtomicInteger GIVEN = new AtomicInteger();

  private Addresses() {}

  /** One that no other test of this JVM has had (of RFC 2544's, which are for tests). */
  public static String next() {
    int number = GIVEN.incrementAndGet();
    return "198.18." + number / 250 + "." + (1 + number % 250);
  }
}

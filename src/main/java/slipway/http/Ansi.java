package slipway.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments in the platform's form, such as {@code 2010-02-16 18:13:32}, in UTC. */
public final class Ansi {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private Ansi() {}

  /** The moment to the second; empty for null. */
  public static String of(Instant instant) {
    return instant == null ? "" : FORM.format(instant);
  }
}

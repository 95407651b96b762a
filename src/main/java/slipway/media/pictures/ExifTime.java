package slipway.media.pictures;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as Exif has it (2.32, 4.6.6): {@code 2024:05:06 07:08:09}. Cameras whose clock was never
 * set write zeros, and some programs leave the time of day out.
 */
final class ExifTime {
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4})[:/-](\\d{1,2})[:/-](\\d{1,2})"
              + "(?:[ T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.\\d*)?)?)?");

  private static final Pattern OFFSET = Pattern.compile("[+-]\\d\\d:\\d\\d");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

  private ExifTime() {}

  /**
   * The time, of a day alone its start in UTC; empty when there is no such day or time of day.
   *
   * @param time {@code DateTimeOriginal}; null when not said
   * @param offset {@code OffsetTimeOriginal}; UTC when null or not valid
   * @param fraction {@code SubSecTimeOriginal}, its decimals; none when null or not valid
   */
  static Optional<Instant> of(String time, String offset, String fraction) {
    Matcher said = TIME.matcher(time == null ? "" : time.strip());
    if (!said.matches() || number(said, 1) == 0) {
      return Optional.empty();
    }
    try {
      if (said.group(4) == null) {
        return Optional.of(day(said).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      LocalDateTime local =
          day(said).atTime(number(said, 4), number(said, 5), number(said, 6), nanos(fraction));
      return Optional.of(local.toInstant(offset(offset)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static LocalDate day(Matcher said) {
    return LocalDate.of(number(said, 1), number(said, 2), number(said, 3));
  }

  private static int number(Matcher said, int group) {
    return said.group(group) == null ? 0 : Integer.parseInt(said.group(group));
  }

  private static int nanos(String fraction) {
    String digits = fraction == null ? "" : fraction.strip();
    return DIGITS.matcher(digits).matches()
        ? Integer.parseInt(digits + "0".repeat(9 - digits.length()))
        : 0;
  }

  private static ZoneOffset offset(String offset) {
    String said = offset == null ? "" : offset.strip();
    try {
      return OFFSET.matcher(said).matches() ? ZoneOffset.of(said) : ZoneOffset.UTC;
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
